//! Small comforts for what the server rendered. Without them everything works, less pleasantly.

use leptos::prelude::*;

/// Copy buttons (`data-copy`), countdowns (`data-until`, Unix seconds), ages (`data-since`, Unix seconds) and
/// modal dialogs (`dialog[data-close]`), keys (`data-keys`), the palette (`data-palette`), charts to read
/// (`data-points`), uploads (`data-upload`), choices that a price is no longer for (`data-asks`) and news in passing
/// (`data-toasts`). One per page.
#[island]
pub fn Enhance() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::start());
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use gloo_timers::callback::Interval;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, PerformanceNavigation};

    use crate::{
        broken::is_broken,
        page::{document, elements, listen, within},
        toast,
    };

    /// Menus that the browser opens and closes.
    const MENU: &str = "[popover]";

    /// Countdowns and ages tick once a second.
    const TICK: u32 = 1000;

    pub(super) fn start() {
        copy_buttons();
        dialogs();
        back_from_dialog();
        to_heading();
        crate::keys::start();
        crate::chart::start();
        crate::choose::start();
        crate::outdated::start();
        crate::palette::start();
        toast::start();
        crate::upload::start();
        tick();
        Interval::new(TICK, tick).forget();
        document().set_attribute_live();
    }

    trait Marked {
        /// Tests and styles know by this that the page is alive.
        fn set_attribute_live(&self);
    }

    impl Marked for web_sys::Document {
        fn set_attribute_live(&self) {
            if let Some(root) = self.document_element() {
                let _ = root.set_attribute("data-alive", "");
            }
        }
    }

    fn copy_buttons() {
        listen(&document(), "click", |event: Event| {
            let Some(button) = within(&event, "[data-copy]") else { return };
            let Some(what) = button.get_attribute("data-copy") else { return };
            // A path of ours is a link to send to somebody.
            let origin = document().location().and_then(|location| location.origin().ok());
            let text = if what.starts_with('/') { origin.unwrap_or_default() + &what } else { what };
            let Some(window) = web_sys::window() else { return };
            let refused = button.clone();
            let done = Closure::once(move |_: wasm_bindgen::JsValue| {
                let _ = button.set_attribute("data-copied", "");
                toast::show("good", "Copied");
                gloo_timers::callback::Timeout::new(2000, move || {
                    let _ = button.remove_attribute("data-copied");
                })
                .forget();
            });
            // Stays at the button: news in passing is not the place of an error.
            let failed = Closure::once(move |_: wasm_bindgen::JsValue| {
                let _ = refused.set_attribute("data-copied", "no");
                toast::show("warning", "Copying is not allowed here");
            });
            let _ = window.navigator().clipboard().write_text(&text).then2(&done, &failed);
            done.forget();
            failed.forget();
        });
    }

    /// A dialog that the server rendered open becomes modal; leaving it leads where its cancel link leads.
    fn dialogs() {
        for element in elements("dialog[data-close]") {
            let Ok(dialog) = element.dyn_into::<HtmlDialogElement>() else { continue };
            // Who has begun to type in it stays there.
            let held = document().active_element().filter(|held| dialog.contains(Some(held)));
            dialog.close();
            if dialog.show_modal().is_err() {
                dialog.set_open(true);
            }
            if let Some(held) = held.and_then(|held| held.dyn_into::<HtmlElement>().ok()) {
                let _ = held.focus();
            }
            let leave = dialog.clone();
            listen(&dialog, "cancel", move |event: Event| {
                event.prevent_default();
                if let (Some(address), Some(location)) =
                    (leave.get_attribute("data-close"), document().location())
                {
                    let _ = location.assign(&address);
                }
            });
        }
    }

    /// Who has just left a dialog of this page is back at the link that opened it, or at the button of the menu that
    /// the link stands in. Nothing else may have the focus.
    fn back_from_dialog() -> Option<()> {
        let location = document().location()?;
        let referrer = document().referrer();
        let (path, query) = referrer.strip_prefix(&location.origin().ok()?)?.split_once('?')?;
        // A form that was refused has its draft besides.
        let asked: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("draft=")).collect();
        let is_dialog = |query: &str| query.contains("confirm=");
        let idle = document().active_element().is_none_or(|element| element.local_name() == "body");
        let here = path == location.pathname().ok()? && !is_dialog(&location.search().ok()?);
        if !here || !is_dialog(query) || !idle {
            return None;
        }
        let opener = Some(format!("{path}?{}", asked.join("&")));
        let links = elements("main a[href]").into_iter();
        let (hidden, seen): (Vec<_>, Vec<_>) = links
            .filter(|link| link.get_attribute("href") == opener)
            .partition(|link| link.closest(MENU).is_ok_and(|menu| menu.is_some()));
        let of_menu = |link: &Element| {
            let menu = link.closest(MENU).ok()??.id();
            elements(&format!("[popovertarget=\"{menu}\"]")).pop()
        };
        let back = seen.into_iter().next().or_else(|| of_menu(hidden.first()?))?;
        back.dyn_into::<HtmlElement>().ok()?.focus().ok()
    }

    /// Who came from another page of ours is at the title of this one: it is what a screen reader tells then, and the
    /// next key leads into the page. Elsewhere, and on the way back, the browser knows better. Nothing else may have
    /// the focus.
    fn to_heading() -> Option<()> {
        let (window, document) = (web_sys::window()?, document());
        let location = document.location()?;
        let from_here = document.referrer().starts_with(&format!("{}/", location.origin().ok()?));
        let goes_on = window.performance()?.navigation().type_() == PerformanceNavigation::TYPE_NAVIGATE;
        let idle = document.active_element().is_none_or(|element| element.local_name() == "body");
        // Who has begun to read is not called back.
        let at_the_top = window.scroll_y().ok()? <= 0.0;
        if !from_here || !goes_on || !idle || !at_the_top || !location.hash().ok()?.is_empty() {
            return None;
        }
        let heading = document.query_selector("main h1").ok()??.dyn_into::<HtmlElement>().ok()?;
        heading.set_tab_index(-1);
        heading.focus().ok()
    }

    fn tick() {
        if is_broken() {
            return;
        }
        toast::tick();
        let now = (js_sys::Date::now() / 1000.0) as i64;
        for element in elements("[data-until]") {
            if let Some(until) = number(&element, "data-until") {
                put(&element, &span((until - now).max(0), true));
            }
        }
        for element in elements("[data-since]") {
            if let Some(since) = number(&element, "data-since") {
                let age = (now - since).max(0);
                let text = if age < 5 { "just now".to_owned() } else { format!("{} ago", span(age, false)) };
                put(&element, &text);
            }
        }
    }

    fn number(element: &Element, name: &str) -> Option<i64> {
        element.get_attribute(name)?.parse().ok()
    }

    /// Writes only what differs: selections and screen readers are left alone.
    fn put(element: &Element, text: &str) {
        if element.text_content().as_deref() != Some(text) {
            element.set_text_content(Some(text));
        }
    }

    /// The same words as the server's (`app::words::time`), which a test compares.
    fn span(seconds: i64, exact: bool) -> String {
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600, seconds / 60);
        match seconds {
            _ if exact && days > 0 => format!("{days} d {} h", hours % 24),
            _ if exact && hours > 0 => format!("{hours} h {} min", minutes % 60),
            _ if exact && minutes > 0 => format!("{minutes} min {} s", seconds % 60),
            _ if exact => format!("{seconds} s"),
            _ if days > 0 => plural(days, "day"),
            _ if hours > 0 => plural(hours, "hour"),
            _ if minutes > 0 => plural(minutes, "minute"),
            _ => plural(seconds, "second"),
        }
    }

    fn plural(count: i64, unit: &str) -> String {
        if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
    }
}

//! Keeps a page up to date: places the words that the server sends, and replaces the parts whose shape changed.

use leptos::prelude::*;

/// Follows `src` while the tab is visible. One per page.
///
/// Messages, each a JSON list: `["values", [[key, what, text], …]]` puts texts (`what` is `text`) and attributes
/// into the elements marked `data-live="key"`; `["refresh"]` fetches the page anew and replaces its regions
/// (`data-region`); `["toast", tone, text]` is news in passing; `["signed-out"]` reloads, which leads to sign-in and back; `["version", id]` offers a reload
/// when the program is a newer one.
#[island]
pub fn Live(
    /// Address of the stream; with `&once=1` it answers once, as a list of messages.
    src: String,
    /// Id of the program's build that rendered the page.
    version: String,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new({
        let (src, version) = (src.clone(), version.clone());
        move |_| browser::start(src.clone(), version.clone())
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = version;
    // A page that was fetched anew says here what is to be followed from then on.
    view! { <span hidden data-live-state="" data-live-src=src></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
    };

    use gloo_timers::callback::Timeout;
    use js_sys::{Array, JSON};
    use leptos::task::spawn_local;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        DomParser, Event, EventSource, HtmlProgressElement, MessageEvent, Response, SupportedType,
        VisibilityState,
    };

    use crate::{
        broken::is_broken,
        page::{document, elements, elements_of, listen},
        session,
    };

    /// Between two polls where there is no stream, in milliseconds.
    const POLL: u32 = 3000;
    /// After this many polls a stream is tried again.
    const POLLS: u32 = 10;
    /// A stream that has not said anything after this long is given up, in milliseconds.
    const SILENT: u32 = 8000;

    struct Follower {
        src: RefCell<String>,
        version: String,
        stream: RefCell<Option<EventSource>>,
        timer: RefCell<Option<Timeout>>,
        /// A form was sent: its answer decides where this tab goes.
        leaving: Cell<bool>,
        /// Polls so far.
        polls: Cell<u32>,
    }

    pub(super) fn start(src: String, version: String) {
        let follower = Rc::new(Follower {
            src: RefCell::new(src),
            version,
            stream: RefCell::default(),
            timer: RefCell::default(),
            leaving: Cell::default(),
            polls: Cell::default(),
        });
        let on_submit = Rc::clone(&follower);
        listen(&document(), "submit", move |_| {
            on_submit.leaving.set(true);
            on_submit.rest();
        });
        let on_change = Rc::clone(&follower);
        listen(&document(), "visibilitychange", move |_| on_change.follow_or_rest());
        // A page that comes back from the browser's cache missed everything meanwhile.
        if let Some(window) = web_sys::window() {
            let on_show = Rc::clone(&follower);
            listen(&window, "pageshow", move |_| {
                on_show.leaving.set(false);
                on_show.follow_or_rest();
            });
            let on_hide = Rc::clone(&follower);
            listen(&window, "pagehide", move |_| on_hide.rest());
        }
        follower.follow_or_rest();
    }

    impl Follower {
        fn follow_or_rest(self: &Rc<Self>) {
            if document().visibility_state() == VisibilityState::Visible {
                self.follow();
            } else {
                self.rest();
            }
        }

        fn rest(&self) {
            self.timer.borrow_mut().take();
            if let Some(stream) = self.stream.borrow_mut().take() {
                stream.close();
            }
        }

        /// Opens the stream; the first message tells the present state, whatever was missed.
        fn follow(self: &Rc<Self>) {
            self.rest();
            if is_broken() || session::is_over() {
                return;
            }
            let Ok(stream) = EventSource::new(&self.src.borrow()) else { return self.poll_after(0) };
            let messages = Rc::clone(self);
            listen(&stream, "message", move |event: Event| {
                messages.timer.borrow_mut().take();
                state("streaming");
                if let Some(text) = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string())
                {
                    messages.take(&text);
                }
            });
            let errors = Rc::clone(self);
            listen(&stream, "error", move |event: Event| {
                let closed = event
                    .target()
                    .and_then(|target| target.dyn_into::<EventSource>().ok())
                    .is_some_and(|stream| stream.ready_state() == EventSource::CLOSED);
                // While it reconnects by itself there is nothing to do.
                if closed {
                    errors.rest();
                    errors.poll_after(POLL);
                }
            });
            self.stream.borrow_mut().replace(stream);
            let silent = Rc::clone(self);
            self.timer.borrow_mut().replace(Timeout::new(SILENT, move || {
                silent.rest();
                silent.poll_after(0);
            }));
        }

        /// Asks once, and again; now and then it tries whether there is a stream again.
        fn poll_after(self: &Rc<Self>, pause: u32) {
            if is_broken() || session::is_over() {
                return;
            }
            state("polling");
            let follower = Rc::clone(self);
            let polls = self.polls.get() + 1;
            self.polls.set(polls);
            let timer = Timeout::new(pause, move || {
                if polls.is_multiple_of(POLLS) {
                    return follower.follow_or_rest();
                }
                spawn_local(async move {
                    let address = format!("{}&once=1", follower.src.borrow());
                    if let Some(text) = text_of(&address).await
                        && let Ok(list) = JSON::parse(&text)
                    {
                        for message in Array::from(&list).iter() {
                            follower.act(&Array::from(&message));
                        }
                    }
                    if document().visibility_state() == VisibilityState::Visible && !follower.leaving.get() {
                        follower.poll_after(POLL);
                    }
                });
            });
            self.timer.borrow_mut().replace(timer);
        }

        /// The page will have the new shape: whoever opens the next stream, or polls, must say so.
        fn remember(&self, message: &Array) {
            let (Some(feed), Some(shape)) = (message.get(1).as_string(), message.get(2).as_string()) else {
                return;
            };
            let mark = format!("feed={feed}.");
            let mut src = self.src.borrow_mut();
            if let Some(start) = src.find(&mark).map(|place| place + mark.len()) {
                let end = src[start..].find('&').map_or(src.len(), |length| start + length);
                src.replace_range(start..end, &shape);
            }
        }

        /// After the page was fetched anew: what it follows from now on, an empty address if nothing any more, None if it
        /// could not be fetched. Says whether the stream must be opened anew for that.
        fn now_follows(&self, src: Option<String>) -> bool {
            let mut own = self.src.borrow_mut();
            match src {
                Some(src) if src.is_empty() => *own = without_waiting(&own),
                Some(src) => *own = src,
                None => {}
            }
            without_waiting(&own) != *own
        }

        fn take(self: &Rc<Self>, text: &str) {
            if let Ok(message) = JSON::parse(text) {
                self.act(&Array::from(&message));
            }
        }

        fn act(self: &Rc<Self>, message: &Array) {
            if self.leaving.get() {
                return;
            }
            match message.get(0).as_string().as_deref() {
                Some("values") => place(&Array::from(&message.get(1))),
                Some("refresh") => {
                    self.remember(message);
                    let follower = Rc::clone(self);
                    spawn_local(async move {
                        let follows = refresh(&follower).await;
                        // What is still missing, or failed again, is waited for anew.
                        if follower.now_follows(follows) && !follower.leaving.get() {
                            follower.follow_or_rest();
                        }
                    });
                }
                Some("toast") => {
                    let part = |index| message.get(index).as_string().unwrap_or_default();
                    crate::toast::show(&part(1), &part(2));
                }
                Some("signed-out") => {
                    self.rest();
                    session::over();
                }
                Some("version") if message.get(1).as_string().as_deref() != Some(&self.version) => {
                    for notice in elements("[data-new-version]") {
                        let _ = notice.remove_attribute("hidden");
                    }
                }
                _ => {}
            }
        }
    }

    /// What the page says of itself to tests and styles.
    fn state(word: &str) {
        for element in elements("[data-live-state]") {
            let _ = element.set_attribute("data-live-state", word);
        }
    }

    fn place(values: &Array) {
        for value in values.iter() {
            let value = Array::from(&value);
            let text = |index| value.get(index).as_string().unwrap_or_default();
            let (key, what, text) = (text(0), text(1), text(2));
            for element in elements(&format!("[data-live=\"{key}\"]")) {
                match what.as_str() {
                    "text" => {
                        if element.text_content().as_deref() != Some(&text) {
                            element.set_text_content(Some(&text));
                        }
                    }
                    // The property, so that the bar also moves where the attribute was never set.
                    "value" => {
                        if let (Some(bar), Ok(number)) =
                            (element.dyn_ref::<HtmlProgressElement>(), text.parse())
                        {
                            bar.set_value(number);
                        }
                    }
                    name => {
                        let _ = element.set_attribute(name, &text);
                    }
                }
            }
        }
    }

    /// The address of a stream without what is merely waited for.
    fn without_waiting(src: &str) -> String {
        let (path, query) = src.split_once('?').unwrap_or((src, ""));
        let feeds: Vec<_> = query.split('&').filter(|pair| pair.starts_with("feed=")).collect();
        format!("{path}?{}", feeds.join("&"))
    }

    /// Fetches this page and replaces its regions by the new ones. What a person is typing is in no region. Answers
    /// with the address of the stream of the new page, empty if it has none.
    async fn refresh(follower: &Follower) -> Option<String> {
        let address = document().location()?.href().ok()?;
        let html = text_of(&address).await?;
        // A form was sent meanwhile: nothing may get into the way of its answer.
        if follower.leaving.get() {
            return None;
        }
        let new = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
        let mut replaced = false;
        for region in elements("[data-region]") {
            let Some(name) = region.get_attribute("data-region") else { continue };
            let found = new.query_selector(&format!("[data-region=\"{name}\"]"));
            if let Ok(Some(found)) = found {
                if region.inner_html() != found.inner_html() {
                    let focused =
                        document().active_element().filter(|element| region.contains(Some(element)));
                    let chosen = crate::choose::Chosen::now();
                    let aside = scrolled(&region);
                    let open = region.query_selector(":popover-open").ok().flatten().map(|menu| menu.id());
                    region.set_inner_html(&found.inner_html());
                    chosen.choose_again();
                    scroll(&region, &aside);
                    // A menu that somebody reads stays open; its row may be gone.
                    if let Some(menu) = open.and_then(|id| document().get_element_by_id(&id))
                        && let Ok(menu) = menu.dyn_into::<web_sys::HtmlElement>()
                    {
                        let _ = menu.show_popover();
                    }
                    if let Some(focused) = focused.and_then(|element| same_as(&element, &region))
                        && let Ok(focused) = focused.dyn_into::<web_sys::HtmlElement>()
                    {
                        let _ = focused.focus();
                    }
                }
                replaced = true;
            }
        }
        // Another page altogether, for example sign-in: go there.
        if !replaced && let Some(location) = document().location() {
            let _ = location.reload();
        }
        let follows = new.query_selector("[data-live-src]").ok()?;
        Some(follows.and_then(|element| element.get_attribute("data-live-src")).unwrap_or_default())
    }

    /// How far wide tables were moved aside.
    fn scrolled(region: &web_sys::Element) -> Vec<i32> {
        elements_of(region, ".table-scroll").iter().map(web_sys::Element::scroll_left).collect()
    }

    /// The same again.
    fn scroll(region: &web_sys::Element, aside: &[i32]) {
        for (table, left) in elements_of(region, ".table-scroll").iter().zip(aside) {
            table.set_scroll_left(*left);
        }
    }

    /// What stands in a new region for an element of the old one: by its id, or as a link to the same place.
    fn same_as(old: &web_sys::Element, region: &web_sys::Element) -> Option<web_sys::Element> {
        let id = old.id();
        if !id.is_empty() {
            return document().get_element_by_id(&id);
        }
        let to = old.get_attribute("href")?;
        elements_of(region, "a[href]")
            .into_iter()
            .find(|link| link.get_attribute("href").as_ref() == Some(&to))
    }

    async fn text_of(address: &str) -> Option<String> {
        let response = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
        let response: Response = response.dyn_into().ok()?;
        if response.status() == 401 {
            session::over();
            return None;
        }
        let text = JsFuture::from(response.text().ok()?).await.unwrap_or(JsValue::NULL);
        text.as_string()
    }
}

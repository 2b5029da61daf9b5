//! The palette: opens the dialog that the server rendered closed, asks the server at every pause in typing, and places
//! what it answers. Nothing is done here: what is chosen is a link, and the page it leads to asks.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use js_sys::{Array, JSON, Reflect, encode_uri_component};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Element, Event, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    KeyboardEvent, MouseEvent, RequestInit, Response, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use crate::{
    page::{document, elements, listen, within},
    recent,
};

/// A pause in typing, in milliseconds.
const PAUSE: u32 = 120;

struct Palette {
    dialog: HtmlDialogElement,
    field: HtmlInputElement,
    list: Element,
    notes: Element,
    timer: RefCell<Option<Timeout>>,
    /// The question under way: a newer one takes its place.
    asking: RefCell<Option<AbortController>>,
    /// What is shown is not the answer to what is typed.
    behind: Cell<bool>,
    /// Enter was pressed meanwhile: the best answer is meant.
    hurried: Cell<bool>,
}

/// Makes the palette of this page ready, if it has one.
pub(crate) fn start() {
    let Some(palette) = Palette::here().map(Rc::new) else { return recent::forget() };
    recent::remember(&palette.dialog);
    let keys = Rc::clone(&palette);
    listen(&document(), "keydown", move |event: Event| {
        if let Some(pressed) = event.dyn_ref::<KeyboardEvent>()
            && keys.pressed(pressed)
        {
            event.prevent_default();
        }
    });
    let clicks = Rc::clone(&palette);
    listen(&document(), "click", move |event: Event| clicks.clicked(&event));
    let pointer = Rc::clone(&palette);
    listen(&palette.list, "mousemove", move |event: Event| {
        if let Some(option) = within(&event, "[role=option]") {
            pointer.mark(&option);
        }
    });
    let typing = Rc::clone(&palette);
    listen(&palette.field, "input", move |_| typing.ask_after(PAUSE));
    let closing = Rc::clone(&palette);
    listen(&palette.dialog, "close", move |_| closing.rest());
}

impl Palette {
    fn here() -> Option<Self> {
        let dialog: HtmlDialogElement = elements("dialog[data-palette]").pop()?.dyn_into().ok()?;
        let part = |selector: &str| dialog.query_selector(selector).ok().flatten();
        let (field, list, notes) =
            (part("input")?.dyn_into().ok()?, part("[role=listbox]")?, part("[role=status]")?);
        Some(Self {
            dialog,
            field,
            list,
            notes,
            timer: RefCell::default(),
            asking: RefCell::default(),
            behind: Cell::default(),
            hurried: Cell::default(),
        })
    }

    /// Whether the key was for us.
    fn pressed(self: &Rc<Self>, event: &KeyboardEvent) -> bool {
        if event.is_composing() {
            return false;
        }
        let (key, held) = (event.key(), event.ctrl_key() || event.meta_key());
        if held && !event.alt_key() && !event.shift_key() && key.eq_ignore_ascii_case("k") {
            return self.toggle();
        }
        let typing = self.dialog.open() && event.target().as_ref() == Some(self.field.as_ref());
        match key.as_str() {
            "ArrowDown" if typing => self.step(1),
            "ArrowUp" if typing => self.step(-1),
            "Enter" if typing => self.entered(),
            _ => return false,
        }
        true
    }

    /// Opens or closes it. While another dialog asks something it stays closed.
    fn toggle(self: &Rc<Self>) -> bool {
        if self.dialog.open() {
            self.dialog.close();
        } else if elements("dialog[open]").is_empty() {
            self.open();
        } else {
            return false;
        }
        true
    }

    fn open(self: &Rc<Self>) {
        if self.dialog.show_modal().is_ok() {
            self.field.set_value("");
            let _ = self.field.focus();
            self.ask_after(0);
        }
    }

    /// It was closed: nothing is waited for any more.
    fn rest(&self) {
        self.timer.borrow_mut().take();
        self.stop_asking();
        self.hurried.set(false);
        self.show(&Array::new());
        let _ = self.field.set_attribute("aria-expanded", "false");
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        // A press of Enter in a form arrives as a click without a pointer: that stays what forms do by themselves.
        let pointed =
            event.dyn_ref::<MouseEvent>().is_some_and(|click| click.detail() > 0 && click.button() == 0);
        if pointed && within(event, "[data-palette-opens]").is_some() {
            event.prevent_default();
            self.toggle();
            return;
        }
        // Beside it is the dialog itself, which has nothing of its own to click.
        let beside = event.target().as_ref() == Some(self.dialog.as_ref());
        if beside || within(event, "[data-palette-close], [role=option]:not([aria-disabled])").is_some() {
            self.dialog.close();
        }
    }

    fn entered(self: &Rc<Self>) {
        if self.behind.get() {
            self.hurried.set(true);
        } else {
            self.choose();
        }
    }

    /// Follows what is marked. Where nothing is, the page that searches knows more.
    fn choose(&self) {
        if let Some(option) = self.marked().and_then(|option| option.dyn_into::<HtmlElement>().ok()) {
            return option.click();
        }
        let form = self.field.closest("form").ok().flatten();
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            let _ = form.submit();
        }
    }

    fn options() -> Vec<Element> {
        elements("#palette-list [role=option]")
    }

    fn marked(&self) -> Option<Element> {
        self.list.query_selector("[aria-selected=true]").ok().flatten()
    }

    /// Marks one, for eyes and for screen readers.
    fn mark(&self, option: &Element) {
        if let Some(old) = self.marked() {
            let _ = old.set_attribute("aria-selected", "false");
        }
        let _ = option.set_attribute("aria-selected", "true");
        let _ = self.field.set_attribute("aria-activedescendant", &option.id());
    }

    /// To the next one, or the one before; from the end to the beginning.
    fn step(&self, by: isize) {
        let options = Self::options();
        let marked = |option: &Element| option.get_attribute("aria-selected").as_deref() == Some("true");
        let at = options.iter().position(marked);
        let count = options.len();
        let next = match at {
            Some(at) => (at + count).saturating_add_signed(by) % count,
            None if by > 0 => 0,
            None => count.saturating_sub(1),
        };
        let Some(option) = options.get(next) else { return };
        self.mark(option);
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&nearest);
        // The name of the first group is seen too.
        if next == 0 {
            self.list.set_scroll_top(0);
        }
    }

    fn stop_asking(&self) {
        if let Some(asking) = self.asking.borrow_mut().take() {
            asking.abort();
        }
    }

    fn ask_after(self: &Rc<Self>, pause: u32) {
        self.behind.set(true);
        self.hurried.set(false);
        self.stop_asking();
        let palette = Rc::clone(self);
        let timer = Timeout::new(pause, move || {
            let Ok(asking) = AbortController::new() else { return };
            palette.asking.borrow_mut().replace(asking.clone());
            spawn_local(async move {
                let answer = palette.answer(&asking).await;
                // Who was stopped has nothing more to say.
                if !asking.signal().aborted() {
                    palette.answered(answer);
                }
            });
        });
        self.timer.borrow_mut().replace(timer);
    }

    /// What the server says to what is typed. None if it says nothing.
    async fn answer(&self, asking: &AbortController) -> Option<Array> {
        let ours = self.dialog.get_attribute("data-palette")?;
        let at = document().location()?.pathname().ok()?;
        let word = |text: &str| String::from(encode_uri_component(text));
        let address = format!("{ours}?q={}&at={}", word(&self.field.value()), word(&at));
        let stoppable = RequestInit::new();
        stoppable.set_signal(Some(&asking.signal()));
        let answer = web_sys::window()?.fetch_with_str_and_init(&address, &stoppable);
        let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
        // The session has ended: the page itself leads to sign-in and back.
        if answer.status() == 401 {
            let _ = document().location()?.reload();
        }
        let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
        JSON::parse(&text).ok()?.dyn_into().ok()
    }

    fn answered(&self, answer: Option<Array>) {
        self.behind.set(false);
        let there = answer.is_some();
        self.show(&answer.unwrap_or_default());
        if !there {
            self.say(&self.notes.get_attribute("data-failed").unwrap_or_default());
        }
        let _ = self
            .field
            .set_attribute("aria-expanded", if Self::options().is_empty() { "false" } else { "true" });
        if self.hurried.replace(false) {
            self.choose();
        }
    }

    /// Places the groups; the first thing that can be chosen is marked.
    fn show(&self, groups: &Array) {
        self.list.set_text_content(None);
        self.notes.set_text_content(None);
        let _ = self.field.remove_attribute("aria-activedescendant");
        for group in groups.iter() {
            let recent = Reflect::get(&group, &"recent".into()).is_ok_and(|recent| recent.is_truthy());
            let items = if recent {
                recent::that_fit(&self.dialog, &self.field.value())
            } else {
                list(&group, "items")
            };
            self.place(&text(&group, "group").unwrap_or_default(), &items);
            if let Some(note) = text(&group, "note") {
                self.say(&note);
            }
        }
        let first = self.list.query_selector("[role=option]:not([aria-disabled])");
        if let Ok(Some(first)) = first {
            self.mark(&first);
        }
        self.list.set_scroll_top(0);
    }

    fn say(&self, words: &str) {
        make("p", "", words, &self.notes);
    }

    fn place(&self, name: &str, items: &Array) {
        if items.length() == 0 {
            return;
        }
        let group = make("div", "", "", &self.list);
        let _ = group.set_attribute("role", "group");
        let _ = group.set_attribute("aria-label", name);
        let title = make("p", "palette-group", name, &group);
        let _ = title.set_attribute("aria-hidden", "true");
        for item in items.iter() {
            let option = make("a", "palette-option", "", &group);
            option.set_id(&format!("palette-{}", Self::options().len()));
            for (name, value) in [("role", "option"), ("tabindex", "-1"), ("aria-selected", "false")] {
                let _ = option.set_attribute(name, value);
            }
            let why_not = text(&item, "why_not");
            let address = text(&item, "address").unwrap_or_default();
            let copies = Reflect::get(&item, &"copies".into()).is_ok_and(|copies| copies.is_truthy());
            let (attribute, value) = match (&why_not, copies) {
                (Some(_), _) => ("aria-disabled", "true"),
                (None, true) => ("data-copy", address.as_str()),
                (None, false) => ("href", address.as_str()),
            };
            let _ = option.set_attribute(attribute, value);
            make("span", "palette-name", &text(&item, "name").unwrap_or_default(), &option);
            let hint = why_not.or_else(|| text(&item, "hint")).unwrap_or_default();
            if !hint.is_empty() {
                let _ = option.append_with_str_1(" ");
                make("span", "palette-hint", &hint, &option);
            }
        }
    }
}

/// A new element with a text, at the end of another.
pub(crate) fn make(name: &str, class: &str, text: &str, parent: &Element) -> Element {
    let element = document().create_element(name).expect("a name of HTML");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.set_text_content(Some(text));
    let _ = parent.append_child(&element);
    element
}

/// A text of a JSON object.
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

fn list(object: &JsValue, name: &str) -> Array {
    Reflect::get(object, &name.into()).ok().and_then(|list| list.dyn_into().ok()).unwrap_or_default()
}

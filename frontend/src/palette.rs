//! The palette: opens the dialog that the server rendered closed, asks the server at every pause in typing, and places
//! what it answers. Nothing is done here: what is chosen is a link, and the page it leads to asks.

mod shown;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use js_sys::{Array, JSON, encode_uri_component};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Event, HtmlDialogElement, HtmlElement, HtmlFormElement, KeyboardEvent, MouseEvent,
    RequestInit, Response,
};

use self::shown::Shown;
pub(crate) use self::shown::{make, text};
use crate::{
    page::{MODAL, document, elements, listen, within},
    recent, session,
};

/// A pause in typing, in milliseconds.
const PAUSE: u32 = 120;

struct Palette {
    dialog: HtmlDialogElement,
    shown: Shown,
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
    show_those_that_stand();
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
    listen(&palette.shown.list, "mousemove", move |event: Event| {
        if let Some(option) = within(&event, "[role=option]") {
            pointer.shown.mark(&option);
        }
    });
    let typing = Rc::clone(&palette);
    listen(&palette.shown.field, "input", move |_| typing.ask_after(PAUSE));
    let closing = Rc::clone(&palette);
    listen(&palette.dialog, "close", move |_| {
        // It is told late: who was quick has opened it again.
        if !closing.dialog.open() {
            closing.rest();
        }
    });
}

/// Palettes that stand open on a page and show what it says: those of the gallery.
fn show_those_that_stand() {
    for palette in elements("[data-palette-shows]") {
        let groups = palette.get_attribute("data-palette-shows").and_then(|groups| array(&groups));
        if let Some(shown) = Shown::of(&palette) {
            shown.show(groups.as_ref(), Array::new);
        }
    }
}

/// A list of JSON.
fn array(text: &str) -> Option<Array> {
    JSON::parse(text).ok()?.dyn_into().ok()
}

impl Palette {
    fn here() -> Option<Self> {
        let dialog: HtmlDialogElement = elements("dialog[data-palette]").pop()?.dyn_into().ok()?;
        let shown = Shown::of(&dialog)?;
        Some(Self {
            dialog,
            shown,
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
        let typing = self.dialog.open() && event.target().as_ref() == Some(self.shown.field.as_ref());
        match key.as_str() {
            "ArrowDown" if typing => self.shown.step(1),
            "ArrowUp" if typing => self.shown.step(-1),
            "Enter" if typing => self.entered(),
            _ => return false,
        }
        true
    }

    /// Opens or closes it. While another dialog asks something it stays closed.
    fn toggle(self: &Rc<Self>) -> bool {
        if self.dialog.open() {
            self.dialog.close();
        } else if elements(MODAL).is_empty() {
            self.open();
        } else {
            return false;
        }
        true
    }

    fn open(self: &Rc<Self>) {
        if self.dialog.show_modal().is_ok() {
            self.shown.field.set_value("");
            let _ = self.shown.field.focus();
            self.ask_after(0);
        }
    }

    /// It was closed: nothing is waited for any more.
    fn rest(&self) {
        self.timer.borrow_mut().take();
        self.stop_asking();
        self.hurried.set(false);
        self.shown.clear();
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
        if let Some(option) = self.shown.marked().and_then(|option| option.dyn_into::<HtmlElement>().ok()) {
            return option.click();
        }
        let form = self.shown.field.closest("form").ok().flatten();
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            let _ = form.submit();
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
        let address = format!("{ours}?q={}&at={}", word(&self.shown.field.value()), word(&at));
        let stoppable = RequestInit::new();
        stoppable.set_signal(Some(&asking.signal()));
        let answer = web_sys::window()?.fetch_with_str_and_init(&address, &stoppable);
        let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
        if answer.status() == 401 {
            self.dialog.close();
            session::over();
            return None;
        }
        array(&JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?)
    }

    fn answered(&self, answer: Option<Array>) {
        self.behind.set(false);
        self.shown.show(answer.as_ref(), || recent::that_fit(&self.dialog, &self.shown.field.value()));
        if self.hurried.replace(false) {
            self.choose();
        }
    }
}

//! The browser's page, for islands: elements by selector, listeners that stay.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget};

use crate::broken::is_broken;

/// The document.
pub(crate) fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("islands run in a page")
}

/// All elements of a selector, as of now.
pub(crate) fn elements(selector: &str) -> Vec<Element> {
    let Ok(list) = document().query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

/// Listens for as long as the page lives, and nothing of ours has broken.
pub(crate) fn listen(target: &EventTarget, name: &str, mut act: impl FnMut(Event) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if !is_broken() {
            act(event);
        }
    });
    let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// The element that something happened in, or the nearest around it, that fits the selector.
pub(crate) fn within(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

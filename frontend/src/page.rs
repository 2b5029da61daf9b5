//! The browser's page, for islands: elements by selector, listeners that stay.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, NodeList};

use crate::broken::is_broken;

/// The document.
pub(crate) fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("islands run in a page")
}

/// A dialog that has the page to itself: nothing around it can be reached, seen or heard.
pub(crate) const MODAL: &str = "dialog:modal";

/// All elements of a selector, as of now.
pub(crate) fn elements(selector: &str) -> Vec<Element> {
    document().query_selector_all(selector).map(listed).unwrap_or_default()
}

/// Those within another.
pub(crate) fn elements_of(whole: &Element, selector: &str) -> Vec<Element> {
    whole.query_selector_all(selector).map(listed).unwrap_or_default()
}

fn listed(nodes: NodeList) -> Vec<Element> {
    (0..nodes.length()).filter_map(|index| nodes.item(index)?.dyn_into().ok()).collect()
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

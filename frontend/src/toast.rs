//! News in passing: places a finished sentence at the edge of the page and takes it away after a while, unless
//! somebody looks at it closely. The server rendered the place and the pattern.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlTemplateElement};

use crate::page::{MODAL, document, elements, listen, within};

/// Those that are shown. The gallery has others, which stay.
const SHOWN: &str = "[data-toasts] > .toast";
/// How long one stays, in ticks of a second.
const STAYS: u32 = 6;
/// How many there are at most; the oldest go first.
const MOST: usize = 3;

/// Listens for who closes one.
pub(crate) fn start() {
    listen(&document(), "click", |event: Event| {
        if let Some(toast) = within(&event, "[data-toast-close]").and_then(|button| toast_of(&button)) {
            toast.remove();
        }
    });
}

/// Shows a sentence. `tone` is one of a badge.
pub(crate) fn show(tone: &str, text: &str) {
    let Some(place) = elements("[data-toasts]").pop() else { return };
    let Some(toast) = new() else { return };
    let _ = toast.set_attribute("data-tone", tone);
    if let Ok(Some(words)) = toast.query_selector("p") {
        words.set_text_content(Some(text));
    }
    // Beside a dialog that asks, everything is out of reach: the news come into it.
    let around = elements(MODAL).pop().or_else(|| elements("body").pop());
    if let Some(around) = around.filter(|around| place.parent_element().as_ref() != Some(around)) {
        let _ = around.append_child(&place);
    }
    // The same once more only stays longer.
    for old in elements(SHOWN).iter().filter(|old| old.text_content() == toast.text_content()) {
        old.remove();
    }
    let _ = place.append_child(&toast);
    let all = elements(SHOWN);
    for oldest in &all[..all.len().saturating_sub(MOST)] {
        oldest.remove();
    }
}

/// Once a second: each grows older, but none while one of them is pointed at or has the focus.
pub(crate) fn tick() {
    if !elements("[data-toasts]:is(:hover, :focus-within)").is_empty() {
        return;
    }
    for toast in elements(SHOWN) {
        let age = toast.get_attribute("data-age").and_then(|age| age.parse().ok()).unwrap_or(0) + 1;
        if age > STAYS {
            toast.remove();
        } else {
            let _ = toast.set_attribute("data-age", &age.to_string());
        }
    }
}

/// A new one of the pattern.
fn new() -> Option<Element> {
    let pattern = elements("template[data-toast]").pop()?.dyn_into::<HtmlTemplateElement>().ok()?;
    let toast = pattern.content().first_element_child()?;
    toast.clone_node_with_deep(true).ok()?.dyn_into().ok()
}

fn toast_of(button: &Element) -> Option<Element> {
    button.closest(".toast").ok().flatten()
}

//! A price belongs to what was chosen when it was asked for. Once something else is chosen above it, nothing is ordered
//! at it: the button waits until the price is asked for again, and the page says so. Without scripts the words beside
//! the button name what is ordered.

use wasm_bindgen::JsCast;
use web_sys::{
    Event, HtmlButtonElement, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

use crate::page::{document, elements, listen, within};

/// Forms that ask for a price.
const ASKING: &str = "form[data-asks]";

/// Listens for other choices. A browser may also have kept some over a reload.
pub(crate) fn start() {
    for name in ["input", "change", "reset"] {
        listen(&document(), name, |event: Event| {
            if within(&event, ASKING).is_some() {
                tell();
            }
        });
    }
    listen(&web_sys::window().expect("islands run in a page"), "pageshow", |_| tell());
    tell();
}

/// Says whether what stands in the forms is still what was asked, and lets order only then.
fn tell() {
    let outdated = elements(ASKING)
        .into_iter()
        .filter_map(|form| form.dyn_into::<HtmlFormElement>().ok())
        .any(|form| differs(&form));
    for words in elements("[data-outdated]") {
        let _ = words.toggle_attribute_with_force("hidden", !outdated);
    }
    for button in elements("button[data-needs-asked]") {
        if let Ok(button) = button.dyn_into::<HtmlButtonElement>() {
            button.set_disabled(outdated);
        }
    }
}

/// Whether somebody has typed into a form that changes something.
pub(crate) fn typed_somewhere() -> bool {
    let forms = elements("form[method=post]").into_iter();
    forms.filter_map(|form| form.dyn_into::<HtmlFormElement>().ok()).any(|form| differs(&form))
}

/// Whether a form says something else than the server rendered into it.
fn differs(form: &HtmlFormElement) -> bool {
    let all = form.elements();
    (0..all.length()).filter_map(|index| all.item(index)).any(|field| {
        if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
            return match field.type_().as_str() {
                "checkbox" | "radio" => field.checked() != field.default_checked(),
                _ => field.value() != field.default_value(),
            };
        }
        if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
            return Ok(field.value()) != field.default_value();
        }
        field.dyn_ref::<HtmlSelectElement>().is_some_and(another)
    })
}

/// Whether another option is chosen than at first: where none is marked, the first one is.
fn another(list: &HtmlSelectElement) -> bool {
    let options: Vec<HtmlOptionElement> =
        (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect();
    let at_first = options.iter().position(HtmlOptionElement::default_selected).unwrap_or(0);
    options.iter().enumerate().any(|(place, option)| option.selected() != (place == at_first))
}

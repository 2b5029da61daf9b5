//! Keys for what the page has anyway: links marked `data-keys`, the search of a list, its rows. The server says which
//! keys lead where; here is only the pressing.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, Node};

use crate::page::{MODAL, document, elements, listen};

/// The second key of a pair comes within this time, in milliseconds.
const PAIR: f64 = 1500.0;
/// Where a key is a letter that somebody types.
const TYPING: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/// Menus that somebody opened.
const MENU: &str = "details.menu[open]";

/// Listens for keys, and for clicks beside what the keys close.
pub(crate) fn start() {
    // When `g`, the first of a pair, was pressed.
    let begun = Cell::new(f64::MIN);
    listen(&document(), "keydown", move |event: Event| {
        // What fills in forms by itself sends events of another kind.
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && pressed(event, &begun)
        {
            event.prevent_default();
        }
    });
    listen(&document(), "click", |event: Event| {
        // Beside an open menu, or into another one.
        for menu in elements(MENU) {
            if !event.target().is_some_and(|target| menu.contains(target.dyn_ref::<Node>())) {
                let _ = menu.remove_attribute("open");
            }
        }
    });
}

/// Whether the key was for us.
fn pressed(event: &KeyboardEvent, begun: &Cell<f64>) -> bool {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    if modified || event.default_prevented() || event.is_composing() {
        return false;
    }
    let key = event.key();
    if key == "Escape" {
        return close_menus();
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| matches!(target.closest(TYPING), Ok(Some(_)))) || at_rest() {
        return false;
    }
    if event.time_stamp() - begun.replace(f64::MIN) < PAIR {
        return follow(&format!("g {key}"));
    }
    match key.as_str() {
        "g" => {
            begun.set(event.time_stamp());
            false
        }
        "/" => search(),
        "j" => step(1),
        "k" => step(-1),
        "x" => choose(),
        _ => follow(&key),
    }
}

/// Somebody turned the keys off, or a dialog asks something.
fn at_rest() -> bool {
    let off = document().document_element().is_some_and(|root| root.has_attribute("data-keys-off"));
    off || !elements(MODAL).is_empty()
}

/// Follows the link that is marked with these keys.
fn follow(keys: &str) -> bool {
    let marked = elements("[data-keys]").into_iter();
    let link = marked
        .filter(|link| link.get_attribute("data-keys").as_deref() == Some(keys))
        .find_map(|link| link.dyn_into::<HtmlElement>().ok());
    link.inspect(HtmlElement::click).is_some()
}

fn search() -> bool {
    let mut fields = elements("main input[type=search]").into_iter();
    let field = fields.find_map(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.inspect(HtmlInputElement::select).is_some_and(|field| field.focus().is_ok())
}

/// Moves to the link of another row of a table or of what was found, which Enter opens as it opens every link.
fn step(by: isize) -> bool {
    let rows: Vec<HtmlElement> = elements("main tbody tr, main .found > li")
        .iter()
        .filter_map(|row| link_of(row)?.dyn_into().ok())
        .collect();
    let here =
        document().active_element().and_then(|element| element.closest("tr, .found > li").ok().flatten());
    let at = rows.iter().position(|link| here.as_ref().is_some_and(|row| row.contains(Some(link))));
    let next = at.map_or(0, |at| at.saturating_add_signed(by).min(rows.len() - 1));
    rows.get(next).is_some_and(|link| link.focus().is_ok())
}

/// Chooses the row of the focus, or no longer.
fn choose() -> bool {
    let here =
        document().active_element().and_then(|element| element.closest("main tbody tr").ok().flatten());
    here.is_some_and(|row| crate::choose::toggle(&row))
}

/// The link of what a row is named after, or the first one.
fn link_of(row: &Element) -> Option<Element> {
    let named = row.query_selector("th a[href]").ok().flatten();
    named.or_else(|| row.query_selector("a[href]").ok().flatten())
}

/// Closes open menus; the focus goes back to what opened them.
fn close_menus() -> bool {
    let open = elements(MENU);
    for menu in &open {
        let _ = menu.remove_attribute("open");
        let summary = menu.query_selector("summary").ok().flatten();
        if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
            let _ = summary.focus();
        }
    }
    !open.is_empty()
}

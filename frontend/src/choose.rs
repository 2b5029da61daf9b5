//! Choosing rows of a list: the box in the head chooses all of the page, a second one with Shift all between, and how
//! many are chosen is said. Without scripts rows are chosen one by one.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

use crate::page::{document, elements, listen};

/// The boxes of the rows.
const ROWS: &str = "input[name=row]";

/// The box of all that match, on all pages.
const ALL: &str = "input[name=all]";

/// Listens for choices.
pub(crate) fn start() {
    show_all_box();
    // The last box that was clicked: one end of a stretch.
    let last: RefCell<Option<HtmlInputElement>> = RefCell::default();
    listen(&document(), "click", move |event: Event| {
        let Some(clicked) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if clicked.has_attribute("data-choose-all") {
            for row in boxes() {
                row.set_checked(clicked.checked());
            }
        } else if clicked.matches(ROWS).unwrap_or(false) {
            let stretch = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
            if let Some(other) = last.borrow().as_ref().filter(|_| stretch) {
                choose_between(&clicked, other);
            }
            last.replace(Some(clicked));
        }
        tell();
    });
    tell();
}

/// Chooses the row of an element, or no longer; true if it has a box.
pub(crate) fn toggle(row: &Element) -> bool {
    let found =
        row.query_selector(ROWS).ok().flatten().and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    if let Some(found) = &found {
        found.set_checked(!found.checked());
        tell();
    }
    found.is_some()
}

/// What must survive when the rows are fetched anew.
pub(crate) struct Chosen {
    /// The values of the boxes that are checked.
    rows: Vec<String>,
    /// All that match, on all pages.
    all: bool,
}

impl Chosen {
    /// What is chosen now.
    pub(crate) fn now() -> Self {
        let rows = boxes().iter().filter(|row| row.checked()).map(HtmlInputElement::value).collect();
        Self { rows, all: all_that_match().is_some_and(|all| all.checked()) }
    }

    /// Chooses it again.
    pub(crate) fn choose_again(&self) {
        for row in boxes() {
            row.set_checked(self.rows.contains(&row.value()));
        }
        if let Some(all) = all_that_match() {
            all.set_checked(self.all);
        }
        show_all_box();
        tell();
    }
}

/// The box of all that match.
fn all_that_match() -> Option<HtmlInputElement> {
    elements(ALL).pop()?.dyn_into().ok()
}

fn boxes() -> Vec<HtmlInputElement> {
    elements(ROWS).into_iter().filter_map(|found| found.dyn_into().ok()).collect()
}

/// The box in the head only works with scripts.
fn show_all_box() {
    for all in elements("[data-choose-all]") {
        let _ = all.remove_attribute("hidden");
    }
}

fn choose_between(one: &HtmlInputElement, other: &HtmlInputElement) {
    let all = boxes();
    let place = |wanted: &HtmlInputElement| all.iter().position(|row| row.is_same_node(Some(wanted)));
    if let (Some(from), Some(to)) = (place(one), place(other)) {
        for row in &all[from.min(to)..=from.max(to)] {
            row.set_checked(one.checked());
        }
    }
}

/// Says how many are chosen, and whether all are.
fn tell() {
    let (all, chosen) = (boxes().len(), Chosen::now().rows.len());
    let whole = all_that_match().filter(HtmlInputElement::checked);
    let words = whole.and_then(|whole| whole.get_attribute("data-says"));
    let words = words.unwrap_or_else(|| format!("{chosen} chosen"));
    for place in elements("[data-chosen]") {
        place.set_text_content(Some(&words));
    }
    for head in elements("[data-choose-all]") {
        if let Ok(head) = head.dyn_into::<HtmlInputElement>() {
            head.set_checked(all > 0 && chosen == all);
            head.set_indeterminate(chosen > 0 && chosen < all);
        }
    }
}

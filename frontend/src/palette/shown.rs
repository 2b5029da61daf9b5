//! What a palette shows: groups of what can be chosen, of which one is marked, and what is to be said of them.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::page::{document, elements_of};

/// The parts of a palette that are filled.
pub(super) struct Shown {
    pub(super) field: HtmlInputElement,
    pub(super) list: Element,
    notes: Element,
}

impl Shown {
    /// Those of a palette.
    pub(super) fn of(palette: &Element) -> Option<Self> {
        let part = |selector: &str| palette.query_selector(selector).ok().flatten();
        let (field, list, notes) =
            (part("input")?.dyn_into().ok()?, part("[role=listbox]")?, part("[role=status]")?);
        Some(Self { field, list, notes })
    }

    /// What can be marked.
    pub(super) fn options(&self) -> Vec<Element> {
        elements_of(&self.list, "[role=option]")
    }

    /// What is marked.
    pub(super) fn marked(&self) -> Option<Element> {
        self.list.query_selector("[aria-selected=true]").ok().flatten()
    }

    /// Marks one, for eyes and for screen readers.
    pub(super) fn mark(&self, option: &Element) {
        if let Some(old) = self.marked() {
            let _ = old.set_attribute("aria-selected", "false");
        }
        let _ = option.set_attribute("aria-selected", "true");
        let _ = self.field.set_attribute("aria-activedescendant", &option.id());
    }

    /// To the next one, or the one before; from the end to the beginning.
    pub(super) fn step(&self, by: isize) {
        let options = self.options();
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

    /// Places the groups in the place of those before; the first thing that can be chosen is marked. None: nobody
    /// answered, which is said. `recent` is what this browser opened last.
    pub(super) fn show(&self, groups: Option<&Array>, recent: impl Fn() -> Array) {
        self.clear();
        for group in groups.into_iter().flat_map(Array::iter) {
            let is_recent = Reflect::get(&group, &"recent".into()).is_ok_and(|recent| recent.is_truthy());
            let items = if is_recent { recent() } else { items(&group) };
            self.place(&text(&group, "group").unwrap_or_default(), &items);
            if let Some(note) = text(&group, "note") {
                self.say(&note);
            }
        }
        if groups.is_none() {
            self.say(&self.notes.get_attribute("data-failed").unwrap_or_default());
        }
        let first = self.list.query_selector("[role=option]:not([aria-disabled])");
        if let Ok(Some(first)) = first {
            self.mark(&first);
        }
        self.list.set_scroll_top(0);
        let there = self.list.has_child_nodes();
        let _ = self.field.set_attribute("aria-expanded", if there { "true" } else { "false" });
    }

    /// Nothing is shown any more.
    pub(super) fn clear(&self) {
        self.list.set_text_content(None);
        self.notes.set_text_content(None);
        let _ = self.field.remove_attribute("aria-activedescendant");
        let _ = self.field.set_attribute("aria-expanded", "false");
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
            option.set_id(&format!("{}-{}", self.list.id(), self.options().len()));
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

fn items(group: &JsValue) -> Array {
    Reflect::get(group, &"items".into()).ok().and_then(|list| list.dyn_into().ok()).unwrap_or_default()
}

//! What narrows a list by a value of its own: a choice among words, a text, a day. What is chosen stands above the list
//! as a chip that can be taken away.

use leptos::prelude::*;

use super::ListQuery;
use crate::components::filters::{FilterChoice, FilterDay, FilterText};

/// How a filter is chosen.
#[derive(Debug, Clone)]
enum Control {
    /// Links side by side: few words.
    Chips,
    /// A list to choose from.
    Choice,
    /// A word to type, and what it may look like.
    Text(&'static str),
    /// A day.
    Day,
}

/// A filter.
pub struct Filter<R: 'static> {
    /// Name in addresses.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Value and text of each choice; the first is for everything.
    pub options: Vec<(String, String)>,
    /// Who narrows: the provider or our own storage (none), or we, over all rows, by this test of a row.
    pub ours: Option<fn(&R, &str) -> bool>,
    control: Control,
    /// The choices are what was found, not all there can be.
    found: bool,
}

/// That a value is none of those to choose from: everything would look like the answer to it.
pub fn none_of(value: &str, label: &str) -> String {
    let shown: String = value.chars().take(40).collect();
    format!("“{shown}” is none of the choices for “{label}”.")
}

impl<R> Filter<R> {
    fn new(name: &'static str, label: &'static str, control: Control) -> Self {
        Self { name, label, options: Vec::new(), ours: None, control, found: false }
    }

    /// Few words, as links side by side; the first one is for everything and has an empty value.
    pub fn chips(name: &'static str, label: &'static str, options: &[(&str, &str)]) -> Self {
        let options = options.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect();
        Self { options, ..Self::new(name, label, Control::Chips) }
    }

    /// Words to choose from; the first one is for everything and has an empty value.
    pub fn choice(name: &'static str, label: &'static str, options: Vec<(String, String)>) -> Self {
        Self { options, ..Self::new(name, label, Control::Choice) }
    }

    /// A word to type.
    pub fn text(name: &'static str, label: &'static str, placeholder: &'static str) -> Self {
        Self::new(name, label, Control::Text(placeholder))
    }

    /// A day.
    pub fn day(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Control::Day)
    }

    /// The choices are what was found: to any other value the answer is that nothing matches.
    #[must_use]
    pub fn of_found(self) -> Self {
        Self { found: true, ..self }
    }

    /// We narrow by it: whether a row passes a value.
    #[must_use]
    pub fn by(self, passes: fn(&R, &str) -> bool) -> Self {
        Self { ours: Some(passes), ..self }
    }

    /// What a value of the address means: nothing if it is empty. What is typed freely is judged by who narrows.
    ///
    /// # Errors
    /// A sentence on a value that is none of those to choose from: everything would look like the answer to it.
    pub(super) fn take(&self, value: String) -> Result<Option<(&'static str, String)>, String> {
        if value.is_empty() {
            return Ok(None);
        }
        let known = match self.control {
            Control::Chips | Control::Choice => {
                self.found || self.options.iter().any(|(known, _)| *known == value)
            }
            Control::Text(_) | Control::Day => true,
        };
        if known {
            return Ok(Some((self.name, value)));
        }
        Err(none_of(&value, self.label))
    }

    /// Whether it is chosen by links and not in the form.
    pub(super) fn is_chips(&self) -> bool {
        matches!(self.control, Control::Chips)
    }

    /// The text of a value.
    fn text_of(&self, value: &str) -> String {
        let option = self.options.iter().find(|(known, _)| known == value);
        option.map_or_else(|| value.to_owned(), |(_, text)| text.clone())
    }

    /// The links of a filter whose words stand side by side.
    fn links(&self, query: &ListQuery) -> Option<AnyView> {
        if !self.is_chips() {
            return None;
        }
        let present = query.filter(self.name);
        let links = self
            .options
            .iter()
            .map(|(value, text)| {
                let current = (present == value).then_some("true");
                let to = query.filtered(self.name, value);
                view! { <li><a class="chip" href=to aria-current=current>{text.clone()}</a></li> }
            })
            .collect_view();
        Some(view! { <nav aria-label=self.label><ul class="chips">{links}</ul></nav> }.into_any())
    }

    /// Its control in the form of filters.
    fn control(&self, query: &ListQuery) -> Option<AnyView> {
        let (name, label, value) = (self.name, self.label, query.filter(self.name).to_owned());
        Some(match self.control {
            Control::Chips => return None,
            Control::Choice => {
                let options = self.options.clone();
                view! { <FilterChoice name=name label=label options=options value=value /> }.into_any()
            }
            Control::Text(placeholder) => {
                view! { <FilterText name=name label=label placeholder=placeholder value=value /> }.into_any()
            }
            Control::Day => view! { <FilterDay name=name label=label value=value /> }.into_any(),
        })
    }

    /// What is chosen, as a chip that takes it away.
    fn chosen(&self, query: &ListQuery) -> Option<AnyView> {
        let value = query.filter(self.name);
        if self.is_chips() || value.is_empty() {
            return None;
        }
        Some(chosen_chip(&format!("{}: {}", self.label, self.text_of(value)), query.filtered(self.name, "")))
    }
}

/// A value that narrows the list; following it takes it away.
pub(super) fn chosen_chip(text: &str, without: String) -> AnyView {
    view! {
        <li>
            <a class="chip chosen" href=without>
                {text.to_owned()} <span class="chip-remove" aria-hidden="true">"×"</span>
                <span class="visually-hidden">", remove"</span>
            </a>
        </li>
    }
    .into_any()
}

/// The links of all filters whose words stand side by side.
pub(super) fn links<R>(filters: &[Filter<R>], query: &ListQuery) -> Vec<AnyView> {
    filters.iter().filter_map(|filter| filter.links(query)).collect()
}

/// The controls of the others.
pub(super) fn controls<R>(filters: &[Filter<R>], query: &ListQuery) -> Vec<AnyView> {
    filters.iter().filter_map(|filter| filter.control(query)).collect()
}

/// What is chosen in the others.
pub(super) fn chosen<R>(filters: &[Filter<R>], query: &ListQuery) -> Vec<AnyView> {
    filters.iter().filter_map(|filter| filter.chosen(query)).collect()
}

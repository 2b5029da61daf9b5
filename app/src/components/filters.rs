//! What narrows a list, where a search alone is not enough: a form that is sent by GET, so that everything stands in
//! the address and works without scripts.

use leptos::prelude::*;

/// The form: controls side by side, and the button that applies them.
#[component]
pub fn FilterForm(
    /// Path of the list.
    action: &'static str,
    /// Where everything is shown again, if something is narrowed.
    clear: Option<String>,
    /// Other parts of the address to keep.
    #[prop(optional)]
    keep: Vec<(&'static str, String)>,
    children: Children,
) -> impl IntoView {
    let clear = clear.map(|to| view! { <a class="button" href=to>"Show all"</a> });
    view! {
        <form class="filter-form" method="get" action=action role="search" aria-label="Filters">
            {children()}
            <KeptFields keep=keep />
            <div class="actions">
                <button class="button" type="submit">"Apply"</button>
                {clear}
            </div>
        </form>
    }
}

/// Parts of an address that a form sent by GET keeps.
#[component]
pub fn KeptFields(
    /// Names and values; empty values are left out.
    keep: Vec<(&'static str, String)>,
) -> impl IntoView {
    keep.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
}

/// A choice among words.
#[component]
pub fn FilterChoice(
    /// Name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Value and text of each choice; the first is for everything.
    options: Vec<(String, String)>,
    /// What is chosen now. Kept also when it is not among the options.
    value: String,
) -> impl IntoView {
    let id = format!("filter-{name}");
    let unknown =
        (!options.iter().any(|(option, _)| *option == value)).then(|| (value.clone(), value.clone()));
    let options = options
        .into_iter()
        .chain(unknown)
        .map(|(option, text)| {
            let selected = option == value;
            view! { <option value=option selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="filter">
            <label for=id.clone()>{label}</label>
            <select id=id name=name autocomplete="off">{options}</select>
        </div>
    }
}

/// A word to type.
#[component]
pub fn FilterText(
    /// Name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What it may look like.
    placeholder: &'static str,
    /// What is typed now.
    value: String,
) -> impl IntoView {
    let id = format!("filter-{name}");
    view! {
        <div class="filter">
            <label for=id.clone()>{label}</label>
            <input id=id name=name type="text" value=value placeholder=placeholder maxlength="100"
                autocomplete="off" />
        </div>
    }
}

/// A day.
#[component]
pub fn FilterDay(
    /// Name in the address.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// The day now, as `2026-03-04`.
    value: String,
) -> impl IntoView {
    let id = format!("filter-{name}");
    // A field for days holds nothing else, and browsers complain; what was asked instead stands in the error.
    let value = value.parse::<jiff::civil::Date>().map(|day| day.to_string()).unwrap_or_default();
    view! {
        <div class="filter">
            <label for=id.clone()>{label}</label>
            <input id=id name=name type="date" value=value autocomplete="off" />
        </div>
    }
}

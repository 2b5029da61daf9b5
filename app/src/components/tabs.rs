//! Parts of an object's page, each with an address of its own.

use leptos::prelude::*;

/// One part of a page.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub to: String,
    /// Whether it is the one that is shown.
    pub here: bool,
}

/// Links to the parts of a page: what is shown stands in the address, so that it can be sent to somebody.
#[component]
pub fn Tabs(
    /// What they are parts of, for those who cannot see it.
    label: String,
    /// The parts.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|Tab { name, to, here }| {
            let current = here.then_some("page");
            view! { <li><a href=to aria-current=current>{name}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{links}</ul></nav> }
}

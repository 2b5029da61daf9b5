//! A form that only asks: sent by GET, so that what it asks stands in the address and can be sent to somebody.

use gateway::Draft;
use leptos::prelude::*;

use super::{filters::KeptFields, form::summary};
use crate::forms::Rule;

/// Fields and the button that asks with them.
#[component]
pub fn Asking(
    /// The page that answers.
    #[prop(into)]
    action: String,
    /// Its name for those who cannot see it.
    label: &'static str,
    /// The rules of its fields.
    fields: &'static [Rule],
    /// What is asked now, and what is wrong with it.
    draft: Draft,
    /// Other parts of the address to keep.
    keep: Vec<(&'static str, String)>,
    /// The verb on the button.
    verb: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="form" method="get" action=action aria-label=label data-asks="">
            {summary(&draft, fields)}
            {children()}
            <KeptFields keep=keep />
            <div class="actions">
                <button class="button" type="submit">{verb}</button>
            </div>
        </form>
    }
}

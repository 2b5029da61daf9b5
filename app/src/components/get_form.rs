//! A form that only asks: sent by GET, so that all that is filled in stands in the address, and a link fills it in.

use leptos::prelude::*;

/// The form.
#[component]
pub fn GetForm(
    /// Where it asks.
    action: &'static str,
    /// What it is for, for who cannot see what stands around it.
    label: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <form class="form" method="get" action=action aria-label=label data-asks="">{children()}</form> }
}

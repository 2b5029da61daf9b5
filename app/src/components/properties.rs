//! What an object is: names and values.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// One property of a list (`<dl class="properties">`).
pub fn property(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="property">
            <dt>{name}</dt>
            <dd>{value.into_any()}</dd>
        </div>
    }
    .into_any()
}

/// Text with a button that copies it.
#[component]
pub fn Copyable(
    /// The text.
    #[prop(into)]
    text: String,
    /// What it is, for the button's name.
    what: &'static str,
    /// Shown behind the text, not copied.
    #[prop(optional, into)]
    suffix: Option<String>,
) -> impl IntoView {
    view! {
        <span class="copyable">
            <code>{text.clone()}</code>
            {suffix.map(|suffix| view! { <span class="hint">{suffix}</span> })}
            <CopyButton text=text label=format!("Copy {what}") />
        </span>
    }
}

/// A button that copies the link of an object: its own address, without what this visit added to it.
pub fn copy_link(path: String) -> AnyView {
    view! { <CopyButton text=path label="Copy link" wide=true /> }.into_any()
}

/// A button that copies; a path of ours becomes a whole address. Shown only where scripts run.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// The button's name.
    #[prop(into)]
    label: String,
    /// Shows the name beside the icon.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let name = (!wide).then(|| label.clone());
    view! {
        <button
            type="button"
            class="copy"
            class:button=wide
            data-copy=text
            aria-label=name
        >
            {icon(Icon::Copy)}
            {wide.then_some(label)}
        </button>
    }
}

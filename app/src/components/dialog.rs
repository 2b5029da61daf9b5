//! The one dialog: asks before something is interrupted, destroyed or ended. Its address is the page's own with
//! `?confirm=`, so that it works without scripts; with them it is modal.

use gateway::Draft;
use leptos::prelude::*;

use super::{
    curl::Curl,
    form::{Demands, Field, Form, Kind},
};

/// Asks to confirm. `children` are the hidden fields of the form.
#[component]
pub fn Dialog(
    /// The question, naming the object: "Restart web-1?"
    #[prop(into)]
    title: String,
    /// What will happen, in words.
    #[prop(into)]
    consequence: String,
    /// The verb on the button.
    verb: &'static str,
    /// Where the form is sent.
    action: &'static str,
    /// Where leaving leads.
    #[prop(into)]
    close: String,
    /// Something is gone afterwards: this name must be typed.
    #[prop(optional, into)]
    type_name: Option<String>,
    /// The button is for something that hurts.
    #[prop(optional)]
    danger: bool,
    /// What was refused before.
    draft: Option<Draft>,
    /// What the verb will send, as a command.
    curl: Option<String>,
    children: Children,
) -> impl IntoView {
    let typed = type_name.map(|name| {
        view! {
            <Field name="name" label="Name" kind=Kind::Line draft=draft.clone()
                demands=Demands { required: true, ..Demands::default() }
                hint=format!("Type {name} to confirm.") autocomplete="off" />
        }
    });
    let leave = close.clone();
    view! {
        <dialog class="dialog" open aria-labelledby="dialog-title" data-close=close>
            <h2 id="dialog-title">{title}</h2>
            <p>{consequence}</p>
            <Form action=action draft=draft.unwrap_or_default()>
                {children()}
                {typed}
                <div class="actions">
                    <a class="button" href=leave>"Cancel"</a>
                    <button class="button" data-tone=if danger { "bad" } else { "accent" } type="submit">{verb}</button>
                </div>
            </Form>
            <Curl command=curl />
        </dialog>
    }
}

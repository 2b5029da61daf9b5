//! The one dialog: asks before something is interrupted, destroyed or ended. Its address is the page's own with
//! `?confirm=`, so that it works without scripts; with them it is modal.

use gateway::Draft;
use leptos::prelude::*;

use super::{
    curl::Curl,
    form::{Field, Form},
};
use crate::forms::{Confirmation, NAME, Rule};

/// Asks to confirm. `children` are the hidden fields of the form.
#[component]
pub fn Dialog(
    /// The question, naming the object: "Restart web-1?"
    #[prop(into)]
    title: String,
    /// What is asked: follows from what the operation does.
    asks: Confirmation,
    /// The verb on the button.
    verb: &'static str,
    /// Where the form is sent.
    action: &'static str,
    /// The rules of its fields, if it has any beside the name.
    #[prop(optional)]
    fields: &'static [Rule],
    /// Where leaving leads.
    #[prop(into)]
    close: String,
    /// What was refused before.
    draft: Option<Draft>,
    /// What the verb will send, as a command.
    curl: Option<String>,
    children: Children,
) -> impl IntoView {
    let (hurts, consequence) = (asks.hurts(), asks.consequence.clone());
    let typed = asks.name_to_type().map(|name| {
        view! {
            <Field rule=NAME draft=draft.clone() hint=format!("Type {name} to confirm.") autocomplete="off" />
        }
    });
    let leave = close.clone();
    view! {
        <dialog class="dialog" open aria-labelledby="dialog-title" data-close=close>
            <h2 id="dialog-title">{title}</h2>
            <p>{consequence}</p>
            <Form action=action fields=fields draft=draft.unwrap_or_default()>
                {children()}
                {typed}
                <div class="actions">
                    <a class="button" href=leave>"Cancel"</a>
                    <button class="button" data-tone=if hurts { "bad" } else { "accent" } type="submit">{verb}</button>
                </div>
            </Form>
            <Curl command=curl of_form=!fields.is_empty() />
        </dialog>
    }
}

/// The same question on a page of its own, for what names more than one object: no dialog covers them.
#[component]
pub fn ConfirmForm(
    /// What is asked: follows from what the operation does.
    asks: Confirmation,
    /// The verb on the button.
    verb: &'static str,
    /// Where the form is sent.
    action: &'static str,
    /// Where leaving leads.
    close: String,
    /// What was refused before.
    draft: Option<Draft>,
    /// What the verb will send, as commands.
    curl: Option<String>,
    children: Children,
) -> impl IntoView {
    let (hurts, consequence) = (asks.hurts(), asks.consequence.clone());
    let typed = asks.name_to_type().map(|name| {
        view! {
            <Field rule=NAME draft=draft.clone() hint=format!("Type {name} to confirm.") autocomplete="off" />
        }
    });
    view! {
        <p class="lead">{consequence}</p>
        <Form action=action draft=draft.unwrap_or_default()>
            {children()}
            {typed}
            <div class="actions">
                <button class="button" data-tone=if hurts { "bad" } else { "accent" } type="submit">{verb}</button>
                <a class="button" href=close>"Cancel"</a>
            </div>
        </Form>
        <Curl command=curl />
    }
}

/// Asks before something long that changes nothing: its answer is a link.
#[component]
pub fn LinkDialog(
    /// The question.
    title: String,
    /// What will happen.
    words: String,
    /// Where leaving leads.
    close: String,
    /// The verb on the button.
    verb: &'static str,
    /// Where it leads.
    to: String,
) -> impl IntoView {
    let leave = close.clone();
    view! {
        <dialog class="dialog" open aria-labelledby="dialog-title" data-close=close>
            <h2 id="dialog-title">{title}</h2>
            <p>{words}</p>
            <div class="actions">
                <a class="button" href=leave>"Cancel"</a>
                <a class="button" data-tone="accent" href=to>{verb}</a>
            </div>
        </dialog>
    }
}

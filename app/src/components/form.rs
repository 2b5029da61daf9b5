//! The one form: labels, hints, errors at their fields and a summary; what was typed survives.

use gateway::{Access, Draft};
use leptos::prelude::*;

use super::{
    filters::KeptFields,
    icon::{Icon, icon},
    notice::read_only_notice,
};
use crate::{
    forms::{Attributes, Kind, Rule},
    visitor::Visitor,
};

/// What a list is searched for.
pub const SEARCH: Rule = Rule::new(Kind::Line, "q", "Search").longest(100);

/// A form that changes something at the provider, sent to `action`. Carries a one-time id, and the account it was
/// made for. Says first when the token can probably only read.
#[component]
pub fn Form(
    /// Where it is sent: one of `routes::DO_…`.
    action: &'static str,
    /// The rules of its fields, for the way from an error to its field.
    #[prop(optional)]
    fields: &'static [Rule],
    /// What was typed and refused before.
    #[prop(optional)]
    draft: Option<Draft>,
    /// Class, for example `inline`.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let account = Visitor::here().account;
    let read_only = account
        .as_ref()
        .is_some_and(|account| account.access() == Access::ProbablyReadOnly)
        .then(read_only_notice);
    let account = account.map(|account| (account.owner().hex(), account.new_form()));
    view! {
        <form class=format!("form {class}") method="post" action=action>
            {account.map(|(account, (once, seal))| view! {
                <input type="hidden" name="account" value=account />
                <input type="hidden" name="once" value=once />
                <input type="hidden" name="seal" value=seal />
            })}
            {draft.as_ref().and_then(|draft| summary(draft, fields))}
            {read_only}
            {children()}
        </form>
    }
}

/// All that is wrong, first of all and with the focus: what concerns a field leads to it.
pub fn summary(draft: &Draft, fields: &[Rule]) -> Option<AnyView> {
    if draft.errors.is_empty() {
        return None;
    }
    let (whole, at_fields): (Vec<_>, Vec<_>) =
        draft.errors.iter().cloned().partition(|(field, _)| field.is_empty());
    let count = at_fields.len();
    let list = (count > 0).then(|| {
        let need = if count == 1 { "needs" } else { "need" };
        let links = at_fields
            .into_iter()
            .map(|(field, problem)| match fields.iter().find(|rule| rule.name == field) {
                Some(rule) => {
                    let (to, label) = (format!("#{}", rule.id()), rule.label);
                    view! { <li><a href=to>{format!("{label}: {problem}")}</a></li> }.into_any()
                }
                None => view! { <li>{problem}</li> }.into_any(),
            })
            .collect_view();
        view! {
            <p>{format!("{} below {need} another look.", crate::words::count(count as u64, "field"))}</p>
            <ul class="errors">{links}</ul>
        }
    });
    Some(
        view! {
            <div class="notice" data-tone="bad" role="alert" tabindex="-1" autofocus>
                {icon(Icon::Bad)}
                {whole.into_iter().map(|(_, problem)| view! { <p>{problem}</p> }).collect_view()}
                {list}
            </div>
        }
        .into_any(),
    )
}

/// A form with a single button and no one-time id, for what is harmless when sent twice.
#[component]
pub fn PlainForm(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// Class, for example `inline`.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <form class=class method="post" action=action>{children()}</form> }
}

/// A search in the address: sent by GET, keeps the other parts of the address as hidden fields.
#[component]
pub fn Search(
    /// Path of the list.
    action: &'static str,
    /// What is searched for now.
    value: String,
    /// What it searches in.
    label: &'static str,
    /// Other parts of the address to keep.
    #[prop(optional)]
    keep: Vec<(&'static str, String)>,
    /// One can type at once.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    view! {
        <form class="search" method="get" action=action role="search" aria-label=label>
            <label class="visually-hidden" for="search">{label}</label>
            <input id="search" type="search" name="q" value=value placeholder=label maxlength=SEARCH.attributes().maxlength.map(|most| most.to_string()) autocomplete="off" autofocus=autofocus />
            <KeptFields keep=keep />
            <button class="button" type="submit">"Search"</button>
        </form>
    }
}

/// Hidden text of a form.
#[component]
pub fn Hidden(
    /// Name of the field.
    name: &'static str,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

/// A field to type in: what it demands, the browser checks by the same rule.
#[component]
pub fn Field(
    /// What it is and demands.
    rule: Rule,
    /// A hint below the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was typed before.
    draft: Option<Draft>,
    /// Word for the browser's own memory.
    #[prop(optional)]
    autocomplete: &'static str,
) -> impl IntoView {
    let Rule { name, kind, .. } = rule;
    let id = rule.id();
    let value = draft.as_ref().and_then(|draft| draft.value(name)).unwrap_or_default().to_owned();
    let (described, error) = around(&rule, hint.is_some(), draft.as_ref());
    let invalid = error.is_some().then_some("true");
    let Attributes { type_, required, minlength, maxlength, pattern, title } = rule.attributes();
    let (min, max) = (minlength.map(|min| min.to_string()), maxlength.map(|max| max.to_string()));
    let control = if kind == Kind::Text {
        view! {
            <textarea id=id name=name rows="7" required=required minlength=min maxlength=max
                aria-describedby=described aria-invalid=invalid>{value}</textarea>
        }
        .into_any()
    } else {
        let value = (kind != Kind::Secret).then_some(value);
        let exact = matches!(kind, Kind::Url | Kind::Secret).then_some("false");
        view! {
            <input id=id name=name type=type_ value=value required=required
                minlength=min maxlength=max pattern=pattern title=title
                spellcheck=exact autocapitalize=exact.map(|_| "none")
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                aria-describedby=described aria-invalid=invalid />
        }
        .into_any()
    };
    labelled(&rule, hint, error, control)
}

/// The ids of hint and error, and the error.
fn around(rule: &Rule, hint: bool, draft: Option<&Draft>) -> (Option<String>, Option<String>) {
    let errors: Vec<&str> = draft.map(|draft| draft.errors_of(rule.name).collect()).unwrap_or_default();
    let error = (!errors.is_empty()).then(|| errors.join(" "));
    let id = rule.id();
    let described = [(hint, format!("{id}-hint")), (error.is_some(), format!("{id}-error"))];
    let described: Vec<_> = described.into_iter().filter(|(there, _)| *there).map(|(_, id)| id).collect();
    ((!described.is_empty()).then(|| described.join(" ")), error)
}

/// A control below its label and hint, above its error.
fn labelled(
    rule: &Rule,
    hint: Option<String>,
    error: Option<String>,
    control: AnyView,
) -> impl IntoView + use<> {
    let (id, label, optional) = (rule.id(), rule.label, !rule.is_required());
    view! {
        <div class="field">
            <label for=id.clone()>{label} {optional.then(|| view! { <span class="optional">" optional"</span> })}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {control}
            {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
        </div>
    }
}

/// A field to choose from.
#[component]
pub fn Choice(
    /// What it is and demands.
    rule: Rule,
    /// Value and text of each choice.
    options: Vec<(String, String)>,
    /// A hint below the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was chosen before.
    draft: Option<Draft>,
) -> impl IntoView {
    let chosen = draft.as_ref().and_then(|draft| draft.value(rule.name)).unwrap_or_default().to_owned();
    let (described, error) = around(&rule, hint.is_some(), draft.as_ref());
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    let control = view! {
        <select id=rule.id() name=rule.name required=rule.is_required() aria-describedby=described
            aria-invalid=error.is_some().then_some("true")>
            {options}
        </select>
    }
    .into_any();
    labelled(&rule, hint, error, control)
}

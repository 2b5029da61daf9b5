//! The one form: labels, hints, errors at their fields and a summary; what was typed survives.

use gateway::{Access, Draft};
use leptos::prelude::*;

use super::{
    filters::KeptFields,
    icon::{Icon, icon},
    notice::read_only_notice,
};
use crate::{
    forms::{Attributes, Kind, NAME, Rule},
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
            .map(|(field, problem)| match fields.iter().chain(&[NAME]).find(|rule| rule.name == field) {
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
    #[prop(into)]
    name: String,
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
    let hint = said(hint);
    let id = rule.id();
    let value = draft.as_ref().and_then(|draft| draft.value(name)).unwrap_or_default().to_owned();
    let (described, error) = around(&rule, hint.is_some(), draft.as_ref());
    let invalid = error.is_some().then_some("true");
    let Attributes { type_, required, minlength, maxlength, pattern, title, min, max } = rule.attributes();
    let text = |number: Option<u32>| number.map(|number| number.to_string());
    let (minlength, maxlength, min, max) = (text(minlength), text(maxlength), text(min), text(max));
    let control = if kind == Kind::Text {
        view! {
            <textarea id=id name=name rows="7" required=required minlength=minlength maxlength=maxlength
                aria-describedby=described aria-invalid=invalid>{value}</textarea>
        }
        .into_any()
    } else {
        let value = (kind != Kind::Secret).then_some(value);
        let exact = matches!(kind, Kind::Url | Kind::Secret).then_some("false");
        view! {
            <input id=id name=name type=type_ value=value required=required
                minlength=minlength maxlength=maxlength pattern=pattern title=title
                min=min max=max inputmode=(kind == Kind::Number).then_some("numeric")
                spellcheck=exact autocapitalize=exact.map(|_| "none")
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                aria-describedby=described aria-invalid=invalid />
        }
        .into_any()
    };
    labelled(&rule, hint, error, control)
}

/// A hint that says something.
fn said(hint: Option<String>) -> Option<String> {
    hint.filter(|hint| !hint.is_empty())
}

/// The ids of hint and error, and the error.
pub(super) fn around(rule: &Rule, hint: bool, draft: Option<&Draft>) -> (Option<String>, Option<String>) {
    let errors: Vec<&str> = draft.map(|draft| draft.errors_of(rule.name).collect()).unwrap_or_default();
    let error = (!errors.is_empty()).then(|| errors.join(" "));
    let id = rule.id();
    let described = [(hint, format!("{id}-hint")), (error.is_some(), format!("{id}-error"))];
    let described: Vec<_> = described.into_iter().filter(|(there, _)| *there).map(|(_, id)| id).collect();
    ((!described.is_empty()).then(|| described.join(" ")), error)
}

/// A control below its label and hint, above its error.
pub(super) fn labelled(
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
    let hint = said(hint);
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

/// A box to tick: `on` when it is.
#[component]
pub fn Tick(
    /// What it is.
    rule: Rule,
    /// What ticking it means.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was chosen before.
    draft: Draft,
) -> impl IntoView {
    let hint = said(hint);
    let (id, ticked) = (rule.id(), draft.value(rule.name) == Some("on"));
    let (described, error) = around(&rule, hint.is_some(), Some(&draft));
    view! {
        <div class="field tick">
            <input id=id.clone() type="checkbox" name=rule.name value="on" checked=ticked
                aria-describedby=described aria-invalid=error.is_some().then_some("true") />
            <label for=id.clone()>{rule.label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
        </div>
    }
}

/// One of several to choose: what it is called in the form, and what a person reads.
#[derive(Debug, Clone)]
pub struct Choosable {
    /// Value in the form; with several to choose it follows the rule's name: `key-12`.
    pub value: String,
    /// Its name.
    pub text: String,
    /// More about it, in small.
    pub hint: Option<String>,
    /// Why it cannot be chosen now, if so.
    pub not_now: Option<String>,
}

impl Choosable {
    /// One that can be chosen.
    pub fn new(value: impl ToString, text: impl Into<String>) -> Self {
        Self { value: value.to_string(), text: text.into(), hint: None, not_now: None }
    }

    /// With more about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Cannot be chosen now, if there is a reason.
    #[must_use]
    pub fn unless(self, not_now: Option<String>) -> Self {
        Self { not_now, ..self }
    }
}

/// One of a few, all in sight.
#[component]
pub fn OneOf(
    /// What it is and demands.
    rule: Rule,
    /// What there is to choose from.
    options: Vec<Choosable>,
    /// A hint below the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was chosen before.
    draft: Draft,
) -> impl IntoView {
    let chosen = draft.value(rule.name).unwrap_or_default().to_owned();
    let buttons = options.into_iter().enumerate().map(|(place, option)| {
        let checked = option.value == chosen;
        choosable(&rule, place, option, "radio", rule.name.to_owned(), checked)
    });
    group(&rule, hint, &draft, buttons.collect_view().into_any())
}

/// Any number of several, all in sight. Each is a field of its own, `<name>-<value>` ([`crate::forms::Typed::chosen`]).
#[component]
pub fn SomeOf(
    /// What it is.
    rule: Rule,
    /// What there is to choose from.
    options: Vec<Choosable>,
    /// A hint below the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was chosen before.
    draft: Draft,
) -> impl IntoView {
    let boxes = options.into_iter().enumerate().map(|(place, option)| {
        let name = format!("{}-{}", rule.name, option.value);
        let checked = draft.value(&name).is_some_and(|value| !value.is_empty());
        let option = Choosable { value: "on".to_owned(), ..option };
        choosable(&rule, place, option, "checkbox", name, checked)
    });
    let boxes = boxes.collect_view().into_any();
    group(&rule, hint, &draft, boxes)
}

fn choosable(
    rule: &Rule,
    place: usize,
    option: Choosable,
    type_: &'static str,
    name: String,
    checked: bool,
) -> AnyView {
    // The first one is where an error of the whole leads to.
    let id = if place == 0 { rule.id() } else { format!("{}-{place}", rule.id()) };
    let not_now = option.not_now.is_some();
    let more: Vec<String> = said(option.hint).into_iter().chain(option.not_now).collect();
    let described = (!more.is_empty()).then(|| format!("{id}-more"));
    let required = (type_ == "radio" && rule.is_required()).then_some(true);
    view! {
        <div class="choosable">
            <input id=id.clone() type=type_ name=name value=option.value checked=checked disabled=not_now
                required=required aria-describedby=described.clone() />
            <label for=id>{option.text}</label>
            {described.map(|id| view! { <p class="hint" id=id>{more.join(" ")}</p> })}
        </div>
    }
    .into_any()
}

fn group(rule: &Rule, hint: Option<String>, draft: &Draft, options: AnyView) -> impl IntoView + use<> {
    let (described, error) = around(rule, hint.is_some(), Some(draft));
    let (id, optional) = (rule.id(), !rule.is_required());
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend>{rule.label} {optional.then(|| view! { <span class="optional">" optional"</span> })}</legend>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <div class="choosables">{options}</div>
            {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
        </fieldset>
    }
}

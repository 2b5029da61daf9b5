//! The one form: labels, hints, errors at their fields and a summary; what was typed survives.

use gateway::Draft;
use leptos::prelude::*;

use crate::visitor::Visitor;

/// A form that is sent to `action`. Carries a one-time id, and the account it was made for.
#[component]
pub fn Form(
    /// Where it is sent: one of `routes::DO_…`.
    action: &'static str,
    /// What was typed and refused before.
    #[prop(optional)]
    draft: Option<Draft>,
    /// Class, for example `inline`.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let account = Visitor::here().account.map(|account| (account.key().hex(), account.new_form()));
    let whole: Vec<String> =
        draft.as_ref().map(|draft| draft.errors_of("").map(str::to_owned).collect()).unwrap_or_default();
    let fields = draft.as_ref().map_or(0, |draft| draft.errors.len() - whole.len());
    let problems = (!whole.is_empty() || fields > 0).then(|| {
        let count = (fields > 0).then(|| view! {
            <p>{crate::words::count(fields as u64, "field")} " below " {if fields == 1 { "needs" } else { "need" }} " another look."</p>
        });
        view! {
            <div class="notice" data-tone="bad" role="alert" tabindex="-1" autofocus>
                {whole.into_iter().map(|problem| view! { <p>{problem}</p> }).collect_view()}
                {count}
            </div>
        }
    });
    view! {
        <form class=format!("form {class}") method="post" action=action>
            {account.map(|(account, (once, seal))| view! {
                <input type="hidden" name="account" value=account />
                <input type="hidden" name="once" value=once />
                <input type="hidden" name="seal" value=seal />
            })}
            {problems}
            {children()}
        </form>
    }
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
) -> impl IntoView {
    let kept = keep
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form class="search" method="get" action=action role="search">
            <label class="visually-hidden" for="search">{label}</label>
            <input id="search" type="search" name="q" value=value placeholder=label maxlength="100" autocomplete="off" />
            {kept}
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

/// What a field looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// An address.
    Url,
    /// A secret: never shown again.
    Secret,
    /// Many lines.
    Text,
}

/// What a field demands, as the browser may check it too. The server's check is the truth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Demands {
    /// May not be empty.
    pub required: bool,
    /// Shortest text in characters.
    pub min: Option<u32>,
    /// Longest text in characters.
    pub max: Option<u32>,
}

/// A field to type in.
#[component]
pub fn Field(
    /// Name of the field.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// What it looks like.
    kind: Kind,
    /// What it demands.
    #[prop(optional)]
    demands: Demands,
    /// A hint below the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was typed before.
    draft: Option<Draft>,
    /// Word for the browser's own memory.
    #[prop(optional)]
    autocomplete: &'static str,
) -> impl IntoView {
    let value = draft.as_ref().and_then(|draft| draft.value(name)).unwrap_or_default().to_owned();
    let errors: Vec<String> =
        draft.as_ref().map(|draft| draft.errors_of(name).map(str::to_owned).collect()).unwrap_or_default();
    let id = format!("field-{name}");
    let wrong = !errors.is_empty();
    let described = [(hint.is_some(), format!("{id}-hint")), (wrong, format!("{id}-error"))];
    let described: Vec<_> = described.into_iter().filter(|(there, _)| *there).map(|(_, id)| id).collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = wrong.then_some("true");
    let (min, max) = (demands.min.map(|min| min.to_string()), demands.max.map(|max| max.to_string()));
    let control = if kind == Kind::Text {
        view! {
            <textarea id=id.clone() name=name rows="7" required=demands.required minlength=min maxlength=max
                aria-describedby=described aria-invalid=invalid>{value}</textarea>
        }
        .into_any()
    } else {
        let (type_, value) = match kind {
            Kind::Secret => ("password", None),
            // Also addresses: with `url` browsers refuse before the person sees our words.
            _ => ("text", Some(value)),
        };
        let inputmode = (kind == Kind::Url).then_some("url");
        let exact = matches!(kind, Kind::Url | Kind::Secret).then_some("false");
        view! {
            <input id=id.clone() name=name type=type_ value=value required=demands.required
                minlength=min maxlength=max inputmode=inputmode spellcheck=exact autocapitalize=exact.map(|_| "none")
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                aria-describedby=described aria-invalid=invalid />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label} {(!demands.required).then(|| view! { <span class="optional">" optional"</span> })}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {control}
            {wrong.then(|| view! { <p class="error" id=format!("{id}-error")>{errors.join(" ")}</p> })}
        </div>
    }
}

/// A field to choose from.
#[component]
pub fn Choice(
    /// Name of the field.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// Value and text of each choice.
    options: Vec<(String, String)>,
    /// One must be chosen.
    #[prop(optional)]
    required: bool,
    /// A hint below the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What was chosen before.
    draft: Option<Draft>,
) -> impl IntoView {
    let chosen = draft.as_ref().and_then(|draft| draft.value(name)).unwrap_or_default().to_owned();
    let errors: Vec<String> =
        draft.as_ref().map(|draft| draft.errors_of(name).map(str::to_owned).collect()).unwrap_or_default();
    let id = format!("field-{name}");
    let wrong = !errors.is_empty();
    let described = [(hint.is_some(), format!("{id}-hint")), (wrong, format!("{id}-error"))];
    let described: Vec<_> = described.into_iter().filter(|(there, _)| *there).map(|(_, id)| id).collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label} {(!required).then(|| view! { <span class="optional">" optional"</span> })}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <select id=id.clone() name=name required=required aria-describedby=described aria-invalid=wrong.then_some("true")>
                {options}
            </select>
            {wrong.then(|| view! { <p class="error" id=format!("{id}-error")>{errors.join(" ")}</p> })}
        </div>
    }
}

//! The way to everything: the search in the top bar, which is a form, and the palette, a closed dialog that only
//! scripts can open and fill. What it shows comes from `/api/find` in finished words.

use http::{header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::form::SEARCH;
use crate::{
    find::{Group, Object},
    routes,
    visitor::Visitor,
};

/// What both are called.
const LABEL: &str = "Find anything";

/// The search of the top bar. Where scripts run, a click opens the palette instead.
#[component]
pub fn FindForm(
    /// The page refreshes itself where no scripts run: then it has no field, only the way to the page with one.
    refreshes: bool,
) -> impl IntoView {
    view! {
        <form class="find" method="get" action=routes::FIND role="search" aria-label=LABEL
            data-palette-opens="" data-refreshes=refreshes.then_some("")>
            <button type="submit" aria-label="Find">{lens()}</button>
            <input type="text" name="q" aria-label=LABEL placeholder=LABEL maxlength=longest()
                enterkeyhint="search" autocomplete="off" spellcheck="false" autocapitalize="none" />
            <kbd aria-hidden="true">{keys_of_palette()}</kbd>
        </form>
    }
}

/// The palette, closed. `name` is the title of the page, by which it is remembered when it is about an object.
#[component]
pub fn Palette(
    /// Title of the page.
    name: String,
) -> impl IntoView {
    let visitor = Visitor::here();
    let account = visitor.account.as_ref().map(|account| account.owner().hex());
    // What could not be shown is nothing to come back to.
    let well = use_context::<ResponseOptions>().is_none_or(|response| {
        let status = response.0.read().ok().and_then(|parts| parts.status);
        status.is_none_or(|status| status.is_success())
    });
    let here = Object::at(&visitor.address).filter(|_| well);
    let kind = here.map(Object::kind);
    let name = here.map(|_| name);
    view! {
        <dialog class="palette" aria-label=LABEL data-palette=routes::API_FIND data-account=account
            data-here=here.map(Object::address) data-name=name data-kind=kind>
            {parts("")}
        </dialog>
    }
}

/// A palette that stands open as a part of a page, and shows what it is given. None: nobody answers.
pub fn standing(typed: &'static str, groups: Option<&[Group]>) -> AnyView {
    let groups = groups.and_then(|groups| serde_json::to_string(groups).ok()).unwrap_or_default();
    view! {
        <dialog class="palette" aria-label=LABEL data-palette-shows=groups open>
            {parts(typed)}
        </dialog>
    }
    .into_any()
}

/// What is in it. Scripts fill the list and the notes.
fn parts(typed: &'static str) -> impl IntoView {
    view! {
        <form method="get" action=routes::FIND>
            {lens()}
            <input type="text" name="q" role="combobox" aria-label=LABEL aria-expanded="false"
                aria-controls="palette-list" aria-autocomplete="list" placeholder="Name, address or action"
                maxlength=longest() enterkeyhint="go" value=(!typed.is_empty()).then_some(typed) autocomplete="off" spellcheck="false"
                autocapitalize="none" />
            <button type="button" class="palette-close" data-palette-close="" aria-label="Close"><kbd>"Esc"</kbd> <span>"Close"</span></button>
        </form>
        <div class="palette-list" id="palette-list" role="listbox" aria-label="What can be chosen"></div>
        <div class="palette-notes" role="status"
            data-failed="Nobody answers here right now. Enter asks the search page."></div>
        <p class="palette-keys" aria-hidden="true">
            <kbd>"↑"</kbd> <kbd>"↓"</kbd> " choose " <kbd>"Enter"</kbd> " open " <kbd>"Esc"</kbd> " close"
        </p>
    }
}

/// What this browser opened last: only scripts know it, so its place is hidden until they have filled it.
pub fn recent() -> AnyView {
    view! {
        <section aria-labelledby="found-recent" data-recent="" hidden>
            <h2 id="found-recent">"Recent"</h2>
            <ul class="found"></ul>
        </section>
    }
    .into_any()
}

/// The keys that open the palette, as the keyboard of the browser that asks names them.
pub fn keys_of_palette() -> &'static str {
    let agent = use_context::<Parts>()
        .and_then(|parts| Some(parts.headers.get(header::USER_AGENT)?.to_str().ok()?.contains("Mac OS")));
    if agent == Some(true) { "⌘ K" } else { "Ctrl K" }
}

fn longest() -> Option<String> {
    SEARCH.attributes().maxlength.map(|most| most.to_string())
}

fn lens() -> impl IntoView {
    view! {
        <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
            <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.3" />
            <path d="m10.5 10.5 3.5 3.5" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" />
        </svg>
    }
}

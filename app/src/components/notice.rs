//! What a page says when all is not as expected. Empty, no match, waiting, stale, forbidden, not offered and
//! failed look different, always.

use gateway::{Error, Reading};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::{
    icon::{Icon, icon},
    time::{Ago, Countdown},
};
use crate::{routes, visitor::Visitor};

/// Nothing is there, and nothing is wrong.
#[component]
pub fn Empty(
    /// What is not there.
    #[prop(into)]
    title: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
}

/// A sentence above the content: `info`, `good`, `warning` or `bad`. Bad news is announced at once.
pub fn notice(tone: &'static str, words: impl IntoView + 'static) -> AnyView {
    let role = if tone == "bad" { "alert" } else { "status" };
    let mark = match tone {
        "good" => Icon::Good,
        "warning" => Icon::Warning,
        "bad" => Icon::Bad,
        _ => Icon::Info,
    };
    view! { <div class="notice" data-tone=tone role=role>{icon(mark)} {words.into_any()}</div> }.into_any()
}

/// The age of a value that is not the present one, and why. Nothing for a fresh one.
pub fn staleness<T>(reading: &Reading<T>) -> Option<AnyView> {
    let why = reading.stale()?.clone();
    let read_at = reading.read_at;
    Some(notice(
        "warning",
        view! { <p>
            <strong>"Not the present state. "</strong>
            {why.to_string()} " Shown is what the provider said " <Ago at=Some(read_at) /> "."
            {until(&why)}
        </p> },
    ))
}

/// The same for a part of a page: which part it is must be said.
pub fn staleness_of<T>(reading: &Reading<T>, part: &str) -> Option<AnyView> {
    let why = reading.stale()?.clone();
    let read_at = reading.read_at;
    Some(notice(
        "warning",
        view! { <p>
            <strong>{format!("Not the present state of {part}. ")}</strong>
            {why.to_string()} " Shown is what the provider said " <Ago at=Some(read_at) /> "."
            {until(&why)}
        </p> },
    ))
}

/// A few words on the age of a value that is not the present one, for where there is no room for more.
pub fn stale_hint<T>(reading: &Reading<T>) -> Option<AnyView> {
    let why = reading.stale()?.to_string();
    let read_at = reading.read_at;
    Some(view! { <p class="hint stale">"As of " <Ago at=Some(read_at) /> ". " {why}</p> }.into_any())
}

/// Rows that could not be read: said, not hidden.
pub fn broken_rows(count: usize) -> Option<AnyView> {
    (count > 0).then(|| {
        notice(
            "warning",
            view! { <p>
                {crate::words::count(count as u64, "row")}
                " of the provider's answer could not be understood and cannot be shown."
            </p> },
        )
    })
}

/// A part that could not be read. Leaves the page's status alone.
pub fn trouble(error: &Error, what: &str) -> AnyView {
    match error {
        Error::StillWaiting => view! {
            <div class="waiting" role="status">
                <p>{format!("Waiting for {what}. ")} {error.to_string()}</p>
                <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
            </div>
        }
        .into_any(),
        Error::NotOffered => view! {
            <div class="empty" data-kind="not-offered">
                <p class="empty-title">{format!("The provider does not offer {what}.")}</p>
                <p>"Its interface does not have this call. It is asked again in an hour."</p>
            </div>
        }
        .into_any(),
        Error::Forbidden | Error::ReadOnly => view! {
            <div class="empty" data-kind="forbidden">
                <p class="empty-title">{format!("This token may not see {what}.")}</p>
                <p>{error.to_string()}</p>
            </div>
        }
        .into_any(),
        _ => {
            let again = Visitor::here().address;
            view! {
                <div class="empty" data-kind="failed" role="alert">
                    <p class="empty-title">{format!("There is no word on {what}.")}</p>
                    <p>{error.to_string()} {until(error)}</p>
                    <p><a class="button" href=again>"Try again"</a></p>
                </div>
            }
            .into_any()
        }
    }
}

/// When the provider wants requests again, ticking.
fn until(error: &Error) -> Option<AnyView> {
    let Error::RateLimited(pause) = error else { return None };
    let at = jiff::Timestamp::now() + jiff::SignedDuration::try_from(*pause).ok()?;
    Some(view! { " Continues in " <Countdown until=at /> "." }.into_any())
}

/// A page whose main object could not be read: status, headers, and words that help. A token that is refused
/// leads to sign-in and back.
pub fn main_trouble(error: &Error, what: &str) -> AnyView {
    let visitor = Visitor::here();
    if *error == Error::TokenRefused {
        let next = routes::safe_next(&visitor.address).to_owned();
        let to = routes::with_query(routes::SIGN_IN, &[("reason", error.code()), ("next", &next)]);
        see_other(&to);
        return view! { <p><a href=to>"Sign in again"</a></p> }.into_any();
    }
    set_status(error);
    if *error == Error::NotFound {
        let what = what.strip_prefix("the ").unwrap_or(what);
        let who = visitor.account.as_ref().and_then(|account| account.email().map(str::to_owned));
        return view! {
            <div class="empty" data-kind="not-found">
                <p class="empty-title">{format!("There is no {what} here.")}</p>
                <p>
                    "You are signed in as " <strong>{who.unwrap_or_else(|| "this token's account".to_owned())}</strong>
                    ". It may be gone, or belong to another account: "
                    <a href=routes::with_query(routes::SIGN_IN, &[("next", &visitor.address)])>
                        "sign in with another token"
                    </a> "."
                </p>
            </div>
        }
        .into_any();
    }
    trouble(error, what)
}

/// Sets the page's status by an error of its main object.
pub fn set_status(error: &Error) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE));
        if let Some(seconds) = error.retry_after() {
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

/// Answers with a status of our own.
pub fn status(code: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(code);
    }
}

/// Answers with "see other": after a form, or towards sign-in.
pub fn see_other(to: &str) {
    // Letters of all the world travel percent-encoded.
    let to: String = to
        .bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let Ok(location) = HeaderValue::from_str(&to) else { return status(StatusCode::INTERNAL_SERVER_ERROR) };
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::SEE_OTHER);
        response.insert_header(header::LOCATION, location);
    }
}

/// Said before a person fills in a form in vain. It can still be tried: the answer is the provider's.
pub fn read_only_notice() -> AnyView {
    notice(
        "warning",
        view! { <p>
            "This token can probably only read, so the provider may refuse this. You can try anyway, or "
            <a href=routes::with_query(routes::SIGN_IN, &[("next", &Visitor::here().address)])>
                "sign in with a write token"
            </a> "."
        </p> },
    )
}

//! `/sign-in`: a token, or the demo.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{
        form::{Field, Hidden, PlainForm, summary},
        frame::{BrandMark, recovery_bar},
        notice::{notice, status},
    },
    forms::{Kind, Rule, Shape},
    routes::{self, safe_next},
    visitor::Visitor,
};

/// The token. That it is one, `gateway` checks by the same measures before it asks the provider.
pub const TOKEN: Rule = Rule::new(Kind::Secret, "token", "API token")
    .required(EMPTY)
    .longest(1024)
    .shape(Shape { starts: &[], letters: &[('!', '~')], words: NO_TOKEN });
/// Who signs in; what is too long is cut.
pub const PERSON: Rule = Rule::new(Kind::Line, "person", "Your name").longest(80);
/// The fields of the form.
pub const FIELDS: &[Rule] = &[TOKEN, PERSON];

const EMPTY: &str = "Paste the token from the provider's client area.";
const NO_TOKEN: &str =
    "This is not a token: it has a space, a line break or a letter that tokens do not have.";

/// The page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let visitor = Visitor::here();
    let query = use_query_map().get_untracked();
    let next = safe_next(&query.get("next").unwrap_or_default()).to_owned();
    let reason = query.get("reason").unwrap_or_default();
    let why = why(&reason);
    if why.as_ref().is_some_and(|(tone, _)| *tone == "bad") {
        status(http::StatusCode::UNPROCESSABLE_ENTITY);
    }
    let leads = (next != routes::OVERVIEW).then(|| {
        view! {
            <p class="hint">"You will be led to " <code>{next.clone()}</code> " afterwards."</p>
        }
    });
    let demo = visitor.house.demo.map(|_| {
        let demo = |which: &'static str, text: &'static str| {
            let next = next.clone();
            view! {
                <PlainForm action=routes::DO_TRY_DEMO class="inline">
                    <Hidden name="which" value=which />
                    <Hidden name="next" value=next />
                    <button class="button" type="submit">{text}</button>
                </PlainForm>
            }
        };
        view! {
            <section class="demo" aria-labelledby="demo-title">
                <h2 id="demo-title">"Demo"</h2>
                <p>"A sandbox with invented servers. Nothing here costs money or touches a real machine."</p>
                <div class="actions">{demo("write", "Try the demo")} {demo("read", "Try it read-only")}</div>
            </section>
        }
    });
    let here = visitor.account.as_ref().map(|account| {
        let who = account.email().unwrap_or("another token's account").to_owned();
        view! {
            {notice("info", view! { <p>"You are signed in as " <strong>{who}</strong> ". Another token replaces it here. "
                    <a href=routes::OVERVIEW>"Go on"</a></p> })}
        }
    });
    // What is wrong with the token itself stands at its field too; what the provider said stands above.
    let at_token = matches!(reason.as_str(), "empty" | "too-long" | "no-token");
    let (why, wrong) = if at_token { (None, why) } else { (why, None) };
    let draft = gateway::Draft {
        values: query.get("person").map(|person| (PERSON.name.to_owned(), person)).into_iter().collect(),
        errors: wrong.map(|(_, words)| (TOKEN.name.to_owned(), words.to_owned())).into_iter().collect(),
    };
    view! {
        <Title text="Sign in · Vitosha" />
        <main class="sign-in" id="main">
            <p class="brand"><BrandMark /> "Vitosha"</p>
            <h1>"Sign in"</h1>
            {recovery_bar(&routes::sign_in_then(&next))}
            {why.map(|(tone, words)| view! { {notice(tone, view! { <p>{words}</p> })} })}
            {here}
            <PlainForm action=routes::DO_SIGN_IN class="form">
                {summary(&draft, FIELDS)}
                <Hidden name="next" value=next.clone() />
                <Field rule=TOKEN draft=Some(draft.clone()) autocomplete="off"
                    hint="Made in the provider's client area, under API tokens. It stays on this server, sealed, and is never shown." />
                <Field rule=PERSON draft=Some(draft) autocomplete="name"
                    hint="For the record of who did what, when several people share an account." />
                {leads}
                <div class="actions">
                    <button class="button" data-tone="accent" type="submit">"Sign in"</button>
                </div>
            </PlainForm>
            {demo}
        </main>
        <frontend::Enhance />
    }
}

/// The words for a reason in the address: a fixed list.
fn why(reason: &str) -> Option<(&'static str, &'static str)> {
    Some(match reason {
        "not-signed-in" => ("info", "You were signed out. What you typed is kept: sign in to go on."),
        "ended" => ("info", "Your session has ended. Sign in to go on where you were."),
        "token-refused" => (
            "bad",
            "The provider no longer accepts the token of your session, so it has ended. Use a valid one.",
        ),
        "refused" => (
            "bad",
            "The provider does not accept this token. It is mistyped, or it was revoked. Nothing was stored.",
        ),
        "empty" => ("bad", EMPTY),
        "too-long" => ("bad", "This is longer than any token. Paste only the token."),
        "no-token" => ("bad", NO_TOKEN),
        "unreachable" => {
            ("bad", "The provider cannot be reached. Nothing was stored; try again in a moment.")
        }
        "timed-out" => {
            ("bad", "The provider did not answer in time. Nothing was stored; try again in a moment.")
        }
        "rate-limited" => (
            "bad",
            "The provider allows no more requests with this token right now. Nothing was stored; try again in a minute.",
        ),
        "too-often" => {
            ("bad", "Too many tokens were refused from your address. Wait some minutes before you try again.")
        }
        "not-asked" => (
            "bad",
            "The provider's answer could not be used, so nobody knows whether the token is good. Nothing was stored.",
        ),
        "signed-out" => ("good", "You are signed out."),
        _ => return None,
    })
}

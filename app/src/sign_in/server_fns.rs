//! Signing in and out.

use gateway::{Error, SignInError};
use leptos::prelude::*;

use super::page::PERSON;
use crate::{components::notice::see_other, routes, visitor::Visitor};

/// Signs in with a token.
#[server(prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(
    #[server(default)] token: String,
    #[server(default)] person: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    enter(token.trim(), &person, &next).await;
    Ok(())
}

/// Signs in with a token of the demo.
#[server(prefix = "/do", endpoint = "try-demo")]
pub async fn try_demo(
    #[server(default)] which: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    match Visitor::here().house.demo {
        Some(demo) => {
            enter(if which == "read" { demo.read_token } else { demo.write_token }, "", &next).await;
        }
        None => see_other(routes::SIGN_IN),
    }
    Ok(())
}

/// Signs out. Without a session it only leads to sign-in.
#[server(prefix = "/do", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), ServerFnError> {
    let visitor = Visitor::here();
    if let Some(account) = &visitor.account {
        account.sign_out(&visitor.session).await;
    }
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(
            http::HeaderName::from_static("clear-site-data"),
            http::HeaderValue::from_static("\"cache\", \"prefetchCache\""),
        );
    }
    see_other(&routes::with_query(routes::SIGN_IN, &[("reason", "signed-out")]));
    Ok(())
}

async fn enter(token: &str, person: &str, next: &str) {
    let visitor = Visitor::here();
    let next = routes::safe_next(next);
    let name = name_of(person);
    let throttle = &visitor.house.throttle;
    let from = visitor.client_address.clone();
    if !throttle.admit(&from) {
        return refuse("too-often", next, &name);
    }
    let person = (!name.is_empty()).then(|| name.clone());
    match visitor.house.gateway.sign_in(&visitor.session, token, person).await {
        Ok(_) => {
            throttle.refund(&from);
            see_other(next);
        }
        Err(error) => {
            if error != SignInError::Refused {
                throttle.refund(&from);
            }
            refuse(reason(&error), next, &name);
        }
    }
}

/// The name as it is kept. Trimmed last: what is taken off or cut may leave spaces at the ends.
fn name_of(typed: &str) -> String {
    let visible: String = typed.chars().filter(|letter| !letter.is_control()).collect();
    PERSON.cut(&visible).trim_end().to_owned()
}

/// Back to the form, with the name, never with the token.
fn refuse(reason: &str, next: &str, person: &str) {
    let next = if next == routes::OVERVIEW { "" } else { next };
    see_other(&routes::with_query(
        routes::SIGN_IN,
        &[("reason", reason), ("next", next), ("person", person)],
    ));
}

fn reason(error: &SignInError) -> &'static str {
    match error {
        SignInError::NotAToken(kind) => kind,
        SignInError::Refused => "refused",
        SignInError::NotAsked(Error::Unreachable) => "unreachable",
        SignInError::NotAsked(Error::TimedOut) => "timed-out",
        SignInError::NotAsked(Error::RateLimited(_)) => "rate-limited",
        SignInError::NotAsked(_) => "not-asked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_spaces_at_its_ends_whatever_was_cut_off() {
        assert_eq!(name_of(" Ada \u{7}"), "Ada");
        assert_eq!(name_of("\u{7} Ada Lovelace"), "Ada Lovelace");
        assert_eq!(name_of(&format!("{} Lovelace", "A".repeat(79))), "A".repeat(79));
        assert_eq!(name_of(" \u{0} "), "");
    }
}

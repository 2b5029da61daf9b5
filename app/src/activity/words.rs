//! The words of a record.

use crate::{components::badge::Tone, routes};

/// An outcome in words, with its tone: `done`, or the code of an error.
pub fn outcome(code: &str) -> (&str, Tone) {
    match code {
        "done" => ("Done", Tone::Good),
        "outcome-unknown" => ("Not known", Tone::Warning),
        "not-done" => ("Not done", Tone::Bad),
        "forbidden" => ("Not done: not allowed", Tone::Bad),
        "read-only" => ("Not done: read-only token", Tone::Bad),
        "token-refused" => ("Not done: token not accepted", Tone::Bad),
        "not-found" => ("Not done: no such object", Tone::Bad),
        "invalid" => ("Not done: not accepted", Tone::Bad),
        "locked" => ("Not done: another task ran", Tone::Bad),
        "rate-limited" => ("Not done: too many requests", Tone::Bad),
        "unreachable" => ("Not done: no connection", Tone::Bad),
        "not-offered" => ("Not done: not offered", Tone::Bad),
        "not-signed-in" => ("Not done: not signed in", Tone::Bad),
        "timed-out" => ("Not done: no answer in time", Tone::Bad),
        "still-waiting" => ("Not done: no answer yet", Tone::Bad),
        "purchase-open" => ("Not done: an earlier purchase was open", Tone::Bad),
        "price-risen" => ("Not done: the price had risen", Tone::Bad),
        "already-paid" => ("Not done: it could not be paid any more", Tone::Bad),
        "stopping" => ("Not done: Vitosha was being stopped", Tone::Bad),
        "provider-fault" => ("Not done: a fault of the provider", Tone::Bad),
        "not-understood" => ("Not done: answer not understood", Tone::Bad),
        "internal" => ("Failed in Vitosha", Tone::Bad),
        other => (other, Tone::Quiet),
    }
}

/// The objects of a record: text, and the address of its page if it has one. Records name one (`server 7`), several
/// (`servers 5, 7`) or two that belong together (`server 7, addon 3`).
pub fn objects(text: &str) -> Vec<(String, Option<String>)> {
    let mut kind = "";
    let parts = text.split(", ").enumerate();
    parts
        .map(|(place, part)| {
            let (named, id) = part.rsplit_once(' ').unwrap_or(("", part));
            if !named.is_empty() {
                kind = named.strip_suffix('s').unwrap_or(named);
            }
            let part = match named {
                "iso" => format!("ISO {id}"),
                _ if place == 0 => capital(part),
                _ => part.to_owned(),
            };
            (part, address(kind, id))
        })
        .collect()
}

fn address(kind: &str, id: &str) -> Option<String> {
    match kind {
        "server" => id.parse().ok().map(routes::server),
        "iso" => id.parse().ok().map(routes::iso),
        "invoice" => id.parse().ok().map(routes::invoice),
        "ticket" => id.parse().ok().map(routes::ticket),
        "order" => id.parse().ok().map(routes::order),
        _ => None,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_with_a_page_are_linked() {
        let one = |text| objects(text).remove(0);
        assert_eq!(one("server 7"), ("Server 7".to_owned(), Some("/servers/7".to_owned())));
        assert_eq!(one("iso 12"), ("ISO 12".to_owned(), Some("/isos/12".to_owned())));
        assert_eq!(one("ticket 3").1.as_deref(), Some("/tickets/3"));
        assert_eq!(one("invoice 9").1.as_deref(), Some("/invoices/9"));
        assert_eq!(one("snapshot 4"), ("Snapshot 4".to_owned(), None));
        assert_eq!(one("two-factor login"), ("Two-factor login".to_owned(), None));
        assert_eq!(one("server seven").1, None);
        assert_eq!(one(""), (String::new(), None));
    }

    #[test]
    fn several_objects_are_linked_each() {
        let told = |text| -> Vec<_> {
            let objects = objects(text).into_iter();
            objects.map(|(words, to)| format!("{words} {}", to.unwrap_or_default())).collect()
        };
        assert_eq!(told("servers 5, 7"), ["Servers 5 /servers/5", "7 /servers/7"]);
        assert_eq!(told("server 7, addon 3"), ["Server 7 /servers/7", "addon 3 "]);
        assert_eq!(told("floating IPs 1, 2, server 7"), ["Floating IPs 1 ", "2 ", "server 7 /servers/7"]);
    }

    #[test]
    fn every_error_has_words() {
        use gateway::Error;
        let all = [
            Error::NotSignedIn,
            Error::TokenRefused,
            Error::Forbidden,
            Error::ReadOnly,
            Error::NotFound,
            Error::Invalid(Vec::new()),
            Error::Locked,
            Error::RateLimited(std::time::Duration::ZERO),
            Error::Unreachable,
            Error::TimedOut,
            Error::StillWaiting,
            Error::OutcomeUnknown,
            Error::PurchaseOpen,
            Error::PriceRisen,
            Error::AlreadyPaid,
            Error::Stopping,
            Error::NotOffered,
            Error::ProviderFault,
            Error::NotUnderstood,
            Error::Internal,
        ];
        for error in &all {
            // Whoever adds an error is led here, and adds it above.
            match error {
                Error::NotSignedIn
                | Error::TokenRefused
                | Error::Forbidden
                | Error::ReadOnly
                | Error::NotFound
                | Error::Invalid(_)
                | Error::Locked
                | Error::RateLimited(_)
                | Error::Unreachable
                | Error::TimedOut
                | Error::StillWaiting
                | Error::OutcomeUnknown
                | Error::PurchaseOpen
                | Error::PriceRisen
                | Error::AlreadyPaid
                | Error::Stopping
                | Error::NotOffered
                | Error::ProviderFault
                | Error::NotUnderstood
                | Error::Internal => {}
            }
            assert_ne!(outcome(error.code()).0, error.code());
        }
    }

    #[test]
    fn an_outcome_without_words_shows_its_code() {
        assert_eq!(outcome("something-new"), ("something-new", Tone::Quiet));
    }
}

//! What a host name is (`HostnameUpdateRequest`; the rules for its parts are those of DNS).

use crate::forms::{Kind, Refusal, Rule, Shape, Typed};

const LETTERS: Shape = Shape {
    starts: &[],
    letters: &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('-', '.')],
    words: "Letters without accents, digits, hyphens and dots.",
};

/// The name of a server.
pub const HOSTNAME: Rule =
    Rule::new(Kind::Line, "hostname", "Host name").required("Enter a name.").longest(253).shape(LETTERS);

/// Another name for a server that keeps its own if this is empty.
pub const NEW_HOSTNAME: Rule = Rule::new(Kind::Line, "hostname", "New host name").longest(253).shape(LETTERS);

/// The new name that was typed, checked; none when there is none, or it is wrong, which is noted.
pub fn read_new(typed: &Typed, refusal: &mut Refusal) -> Option<String> {
    let name = refusal.read(&NEW_HOSTNAME, typed.get(NEW_HOSTNAME.name));
    if let Some(problem) = problem(name) {
        refusal.add(NEW_HOSTNAME.name, problem);
    }
    (!name.is_empty()).then(|| name.to_owned())
}

/// The name that was typed, checked; empty when it is wrong, which is noted.
pub fn read<'a>(typed: &'a Typed, refusal: &mut Refusal) -> &'a str {
    let name = refusal.read(&HOSTNAME, typed.get(HOSTNAME.name));
    if let Some(problem) = problem(name) {
        refusal.add(HOSTNAME.name, problem);
    }
    name
}

/// What is wrong with the parts of a name, if anything.
pub fn problem(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return None;
    }
    name.split('.').find_map(|part| match part {
        "" => Some("A dot stands between two parts."),
        part if part.len() > 63 => Some("Between two dots stand at most 63 characters."),
        part if part.starts_with('-') || part.ends_with('-') => Some("No part begins or ends with a hyphen."),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_dns() {
        let long = format!("{}.example.org", "a".repeat(63));
        for good in ["web-1", "a", "7", "web-1.example.org", "xn--bcher-kva.example", &long] {
            assert!(HOSTNAME.check(good).is_ok() && problem(good).is_none(), "{good}");
        }
        let too_long = "a".repeat(64);
        for bad in ["", "-web", "web-", "web..1", ".web", "web.", "wéb", "web 1", "web_1", &too_long] {
            assert!(HOSTNAME.check(bad).is_err() || problem(bad).is_some(), "{bad}");
        }
    }
}

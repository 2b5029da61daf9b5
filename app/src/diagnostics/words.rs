//! The words of an operation's state.

use gateway::{Diagnosis, Error, LastCall};
use vpsbg_api::Evidence;

use crate::components::badge::Tone;

/// How an operation is known.
pub fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Documented => "Documented",
        Evidence::Observed => "Observed",
        Evidence::Inferred => "Inferred",
    }
}

/// The state in a word, with its tone.
pub fn state(diagnosis: &Diagnosis) -> (&'static str, Tone) {
    if diagnosis.not_offered {
        return ("Not offered", Tone::Warning);
    }
    let Some(last) = &diagnosis.last else { return ("Never called", Tone::Quiet) };
    match &last.outcome {
        Ok(()) if last.fitted => ("Answered", Tone::Good),
        Ok(()) => ("Fits in part", Tone::Warning),
        Err(Error::NotUnderstood) => ("Not understood", Tone::Bad),
        Err(Error::NotOffered) => ("Not offered", Tone::Warning),
        Err(Error::Unreachable | Error::TimedOut | Error::ProviderFault) => ("Failed", Tone::Bad),
        Err(_) => ("Refused", Tone::Warning),
    }
}

/// What is behind the word: in a few words, with the status of the answer if there was one.
pub fn detail(diagnosis: &Diagnosis) -> Option<String> {
    if diagnosis.not_offered {
        return Some("No such address at the provider; asked again after an hour".to_owned());
    }
    let last = diagnosis.last.as_ref()?;
    let why = match last.outcome.as_ref().err()? {
        Error::TokenRefused => "the token is not accepted",
        Error::Forbidden | Error::ReadOnly => "not allowed",
        Error::NotFound => "no such object",
        Error::Invalid(_) => "what was sent was not accepted",
        Error::Locked => "another task was running",
        Error::RateLimited(_) => "too many requests",
        Error::Unreachable => "no connection",
        Error::TimedOut => "no answer in time",
        Error::ProviderFault => "a fault of the provider",
        Error::NotUnderstood => "nothing of it could be used",
        // Asked anew, and perhaps offered by now.
        Error::NotOffered => "no such address at the provider",
        _ => return None,
    };
    Some(with_status(why, last))
}

fn with_status(why: &str, last: &LastCall) -> String {
    last.status.map_or_else(|| why.to_owned(), |status| format!("{why} ({status})"))
}

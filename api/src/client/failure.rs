//! What can go wrong with a call. The distinction that matters: was it certainly not done, or may it have been?

use std::{error::Error, time::Duration};

use super::RateLimit;

/// Why a call gave no answer that can be used. Texts are for the log, not for people.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// The connection was never made: nothing was sent.
    #[error("no connection: {0}")]
    NotConnected(String),
    /// No answer in time; the provider may have acted.
    #[error("no answer in time")]
    TimedOut,
    /// The connection broke after sending; the provider may have acted.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// An answer that cannot be understood: not JSON, cut, too long, a redirect.
    #[error("answer {status} cannot be understood: {why}")]
    Nonsense {
        /// HTTP status.
        status: u16,
        /// What is wrong with it; never contains what was sent.
        why: String,
    },
    /// The provider refused, with a status of 400 or above.
    #[error("refused with {status}: {}", message.as_deref().unwrap_or("no message"))]
    Refused {
        /// HTTP status.
        status: u16,
        /// `message` of the body (FACTS §1, error bodies).
        message: Option<String>,
        /// `errors` of a 422: problems by field.
        fields: Vec<(String, Vec<String>)>,
        /// `Retry-After`, in seconds as sent.
        retry_after: Option<Duration>,
        /// What is left of the rate limit.
        rate: RateLimit,
    },
    /// None of the spellings exists.
    #[error("the provider has no such operation")]
    NotOffered,
    /// A file that can be read only once was read for a route that turned out not to exist. Nothing was done;
    /// with the file handed over again the next spelling is tried.
    #[error("the file was read for a route that does not exist and is needed again")]
    FileUsedUp,
}

impl Failure {
    /// Sorts an error of the HTTP library.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        // The chain of causes without the address: queries may hold what a person typed.
        let mut text = String::new();
        let mut cause: Option<&dyn Error> = error.source();
        while let Some(inner) = cause {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&inner.to_string());
            cause = inner.source();
        }
        if error.is_connect() || error.is_builder() {
            Self::NotConnected(text)
        } else if error.is_timeout() {
            Self::TimedOut
        } else if error.is_redirect() {
            Self::Nonsense { status: 302, why: "a redirect that is not followed".to_owned() }
        } else {
            Self::Broken(text)
        }
    }

    /// True when the provider certainly never saw the request.
    pub fn was_never_sent(&self) -> bool {
        matches!(self, Self::NotConnected(_))
    }

    /// True when the provider certainly did not do it: never sent, refused below 500, or not offered.
    pub fn was_not_done(&self) -> bool {
        match self {
            Self::NotConnected(_) | Self::NotOffered | Self::FileUsedUp => true,
            Self::Refused { status, .. } => *status < 500,
            Self::TimedOut | Self::Broken(_) | Self::Nonsense { .. } => false,
        }
    }

    /// The status of a refusal.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } | Self::Nonsense { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// A refusal that could only come from a route that exists.
    pub(super) fn proves_the_route(&self) -> bool {
        matches!(self.status(), Some(404 | 409 | 422 | 423))
    }
}

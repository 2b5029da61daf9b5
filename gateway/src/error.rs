//! The outside face of everything that can go wrong: a code safe in an address bar, a sentence for a person,
//! an HTTP status. What really happened went to the log, once, where it happened.

use std::{fmt, time::Duration};

use vpsbg_api::client::Failure;

/// Problems by field, as the provider named the fields; the empty name is the request as a whole.
pub type FieldErrors = Vec<(String, Vec<String>)>;

/// Why something could not be shown or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Nobody is signed in.
    NotSignedIn,
    /// The provider no longer takes the token; the session has ended.
    TokenRefused,
    /// The provider, or the person's role, does not allow it.
    Forbidden,
    /// A change was refused and the token can probably only read.
    ReadOnly,
    /// Nothing with this id in this account.
    NotFound,
    /// The provider refused what was entered.
    Invalid(FieldErrors),
    /// Another task holds the object; nothing was done.
    Locked,
    /// Too many requests this minute; nothing was done.
    RateLimited(Duration),
    /// No connection to the provider.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The page did not wait any longer; the call goes on.
    StillWaiting,
    /// A change was sent and its answer lost: it may or may not have been done.
    OutcomeUnknown,
    /// An earlier purchase of the same kind is still being looked for; nothing was sent.
    PurchaseOpen,
    /// A purchase has become dearer than what was shown; nothing was sent.
    PriceRisen,
    /// The order was paid meanwhile, or its payment is on its way; nothing was sent.
    AlreadyPaid,
    /// The program stops; nothing was sent.
    Stopping,
    /// The provider has no such operation.
    NotOffered,
    /// The provider answered with a fault of its own.
    ProviderFault,
    /// The provider answered something that cannot be understood.
    NotUnderstood,
    /// Something is wrong on our side.
    Internal,
}

impl Error {
    /// The code: short, stable, safe in an address.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not-signed-in",
            Self::TokenRefused => "token-refused",
            Self::Forbidden => "forbidden",
            Self::ReadOnly => "read-only",
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Locked => "locked",
            Self::RateLimited(_) => "rate-limited",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::StillWaiting => "still-waiting",
            Self::OutcomeUnknown => "outcome-unknown",
            Self::PurchaseOpen => "purchase-open",
            Self::PriceRisen => "price-risen",
            Self::AlreadyPaid => "already-paid",
            Self::Stopping => "stopping",
            Self::NotOffered => "not-offered",
            Self::ProviderFault => "provider-fault",
            Self::NotUnderstood => "not-understood",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status of a page whose main object failed like this. The provider's 500 is never ours.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotSignedIn | Self::TokenRefused => 401,
            Self::Forbidden | Self::ReadOnly => 403,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::PurchaseOpen | Self::PriceRisen | Self::AlreadyPaid => 409,
            Self::Locked => 423,
            Self::Internal => 500,
            Self::NotOffered => 501,
            Self::RateLimited(_)
            | Self::Unreachable
            | Self::TimedOut
            | Self::StillWaiting
            | Self::OutcomeUnknown
            | Self::Stopping
            | Self::ProviderFault
            | Self::NotUnderstood => 503,
        }
    }

    /// Seconds after which asking again makes sense; for `Retry-After`.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited(pause) => Some(pause.as_secs().max(1)),
            Self::StillWaiting => Some(5),
            Self::Stopping
            | Self::Unreachable
            | Self::TimedOut
            | Self::ProviderFault
            | Self::NotUnderstood => Some(15),
            _ => None,
        }
    }

    /// True for trouble that a last good answer may bridge (design §4): the value itself was not denied.
    pub fn may_be_bridged(&self) -> bool {
        matches!(
            self,
            Self::RateLimited(_)
                | Self::Unreachable
                | Self::TimedOut
                | Self::StillWaiting
                | Self::ProviderFault
                | Self::NotUnderstood
        )
    }

    /// The error a failed call shows as.
    pub(crate) fn of(failure: &Failure) -> Self {
        match failure {
            Failure::NotConnected(_) | Failure::Broken(_) => Self::Unreachable,
            Failure::TimedOut => Self::TimedOut,
            Failure::NotOffered => Self::NotOffered,
            Failure::FileUsedUp => Self::Invalid(vec![(
                String::new(),
                vec!["The file could not be passed on. Choose it again and send once more.".to_owned()],
            )]),
            Failure::Nonsense { .. } => Self::NotUnderstood,
            Failure::Refused { status, fields, message, retry_after, .. } => match status {
                401 => Self::TokenRefused,
                403 => Self::Forbidden,
                404 | 410 => Self::NotFound,
                400 | 409 | 413 | 422 => Self::Invalid(match message {
                    Some(message) if fields.is_empty() => vec![(String::new(), vec![message.clone()])],
                    _ => fields.clone(),
                }),
                423 => Self::Locked,
                429 => Self::RateLimited(retry_after.unwrap_or(Duration::from_secs(60))),
                500.. => Self::ProviderFault,
                _ => Self::NotUnderstood,
            },
        }
    }
}

/// The sentence a person reads.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotSignedIn => "Sign in to see this.",
            Self::TokenRefused => "The provider no longer accepts this token. Sign in with a valid one.",
            Self::Forbidden => "This account may not do that.",
            Self::ReadOnly => {
                "The provider refused the change: this token can probably only read. Sign in with a write token."
            }
            Self::NotFound => "There is nothing with this number in this account.",
            Self::Invalid(_) => "The provider did not accept what was entered.",
            Self::Locked => "Another task is running on it. Nothing was changed; try again in a minute.",
            Self::RateLimited(pause) => {
                return write!(
                    formatter,
                    "The provider allows no more requests right now. Try again in {} s.",
                    pause.as_secs().max(1)
                );
            }
            Self::Unreachable => "The provider cannot be reached.",
            Self::TimedOut => "The provider did not answer in time.",
            Self::StillWaiting => "The provider is slow to answer. This part completes by itself.",
            Self::OutcomeUnknown => {
                "The provider did not confirm. It may have been done: look before you repeat it."
            }
            Self::PurchaseOpen => {
                "Whether an earlier purchase was made is still being found out. Nothing was bought; wait for it first."
            }
            Self::PriceRisen => "The price is higher now than the one you were shown. Nothing was bought; look at it again.",
            Self::AlreadyPaid => "It cannot be paid any more: somebody has paid it, or it is over. Nothing was sent.",
            Self::Stopping => "Vitosha is just being stopped. Nothing was changed; try again in a minute.",
            Self::NotOffered => "The provider does not offer this.",
            Self::ProviderFault => "The provider reports a fault of its own.",
            Self::NotUnderstood => "The provider's answer could not be understood.",
            Self::Internal => "Something went wrong in Vitosha. The log has the cause.",
        })
    }
}

impl std::error::Error for Error {}

//! What the token may do, as far as the provider's answers have shown. There is no call that tells.

use std::sync::atomic::{AtomicU8, Ordering};

/// What is known about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing has shown it yet.
    Unknown,
    /// A call that needs a write token was refused with 403.
    ProbablyReadOnly,
    /// A call that needs a write token was accepted.
    Writes,
}

impl Access {
    /// The word kept in a session.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::ProbablyReadOnly => "read",
            Self::Writes => "write",
        }
    }

    /// The value of a word kept in a session.
    pub fn from_word(word: &str) -> Self {
        match word {
            "read" => Self::ProbablyReadOnly,
            "write" => Self::Writes,
            _ => Self::Unknown,
        }
    }
}

/// The newest knowledge, shared by all requests of an account.
#[derive(Debug, Default)]
pub(crate) struct Learned(AtomicU8);

impl Learned {
    pub(crate) fn get(&self) -> Access {
        match self.0.load(Ordering::Relaxed) {
            1 => Access::ProbablyReadOnly,
            2 => Access::Writes,
            _ => Access::Unknown,
        }
    }

    pub(crate) fn set(&self, access: Access) {
        self.0.store(access as u8, Ordering::Relaxed);
    }

    /// Takes what a session remembers, unless something newer is known.
    pub(crate) fn remember(&self, access: Access) {
        if self.get() == Access::Unknown {
            self.set(access);
        }
    }
}

//! Tokens: what they are called and what they may. The values never leave the registry except when a world is made.

use serde::Serialize;
use std::fmt::Write as _;

/// Token of the default world that may do everything.
pub const DEMO_WRITE_TOKEN: &str = "demo-write";
/// Token of the default world that may only read.
pub const DEMO_READ_TOKEN: &str = "demo-read";

/// What a token may do (FACTS §1: read allows only GET, write everything).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Permission {
    Read,
    Write,
}

impl Permission {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// A token nobody can guess.
pub(crate) fn fresh(permission: Permission) -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let mut token = format!("sandbox-{}-", permission.word());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}

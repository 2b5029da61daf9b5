//! What the owner of a sandbox may choose. No behaviour lives here.

use crate::seeds::Seed;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How a [`Sandbox`](crate::Sandbox) is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the default world (the one of the demo tokens) is filled with.
    pub seed: Seed,
    /// Requests per minute for worlds that do not choose their own (FACTS §1: 60 is a fair start).
    pub rate_limit: u32,
    /// Serve `/_sandbox` to peers that are not on the loopback interface.
    pub control_from_anywhere: bool,
    /// Take a request without a known peer (no `ConnectInfo`) for a loopback one.
    pub trust_unknown_peer: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: Seed::Typical, rate_limit: 60, control_from_anywhere: false, trust_unknown_peer: false }
    }
}

/// The wish for a new world: body of `POST /_sandbox/accounts`, all of it optional.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NewAccount {
    /// What the world is filled with; `typical` when absent.
    pub seed: Seed,
    /// Requests per minute; the sandbox's own default when absent.
    pub rate_limit: Option<u32>,
    /// Address of the account's owner, as `GET /user` tells it.
    pub email: Option<String>,
    /// Where the world's clock begins; the real time when absent.
    pub now: Option<Timestamp>,
    /// Begin with a frozen clock.
    pub freeze: bool,
}

/// A world that was just made: answer of `POST /_sandbox/accounts`.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// Names the world in control calls.
    pub id: String,
    /// May do everything.
    pub write_token: String,
    /// May only read.
    pub read_token: String,
}

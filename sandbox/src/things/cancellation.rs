//! A request to end a service: at once, or when what is paid runs out (FACTS §3, Cancellation).

use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A cancellation that has not been carried out yet and can be withdrawn.
#[derive(Debug, Clone)]
pub(crate) struct CancelRequest {
    pub id: i64,
    /// At once; else at the expiry date.
    pub now: bool,
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

impl CancelRequest {
    /// `CancelRequest`. Only type 1 was ever seen: here it waits for the expiry date, and 2 is at once (design).
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "type": if self.now { 2 } else { 1 },
            "reason": self.reason,
            "created_at": stamp::iso(self.created_at),
        })
    }
}

//! Answers ordered in advance: the next time an operation is called, this happens instead.
//! Only the orders are kept here; the door carries them out.

use crate::routes::ROUTES;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Body of `POST /_sandbox/force`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forced {
    /// An `operationId`, or `*` for any request.
    pub operation: String,
    pub status: Option<u16>,
    /// A string is sent as it is, anything else as JSON.
    pub body: Option<Value>,
    pub content_type: Option<String>,
    /// Added to the answer; null takes a header away.
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    /// The answer ends here although its length promises more.
    pub cut_after_bytes: Option<usize>,
    /// No answer at all, until the client goes away.
    #[serde(default)]
    pub hang: bool,
    /// The connection is closed without an answer.
    #[serde(default)]
    pub reset: bool,
    /// Wait before answering, real milliseconds.
    #[serde(default)]
    pub delay_ms: u64,
    /// How often; 0 = until cleared.
    #[serde(default = "once")]
    pub times: u32,
    /// Carry out the operation although its answer is replaced or lost.
    /// Absent: only when nothing but the delivery (delay, cut, headers) is changed.
    pub perform: Option<bool>,
}

const fn once() -> u32 {
    1
}

impl Forced {
    pub fn replaces(&self) -> bool {
        self.status.is_some() || self.body.is_some()
    }

    pub fn performs(&self) -> bool {
        self.perform.unwrap_or(!self.replaces() && !self.hang && !self.reset)
    }

    fn check(&self) -> Result<(), String> {
        if self.operation != "*" && !ROUTES.iter().any(|route| route.operation == self.operation) {
            return Err(format!("There is no operation {}.", self.operation));
        }
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("status lies between 200 and 599.".to_owned());
        }
        Ok(())
    }
}

/// The orders of a world, oldest first.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ForcedAnswers(Vec<Forced>);

impl ForcedAnswers {
    pub fn order(&mut self, forced: Forced) -> Result<(), String> {
        forced.check()?;
        self.0.push(forced);
        Ok(())
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes the oldest order that fits; `operation` is none for a request to no known route.
    pub fn take(&mut self, operation: Option<&str>) -> Option<Forced> {
        let fits = |forced: &Forced| forced.operation == "*" || Some(forced.operation.as_str()) == operation;
        let at = self.0.iter().position(fits)?;
        let order = self.0.get_mut(at)?;
        let taken = order.clone();
        match order.times {
            0 => {}
            1 => drop(self.0.remove(at)),
            _ => order.times -= 1,
        }
        Some(taken)
    }
}

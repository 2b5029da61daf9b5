//! What was asked of a world, so that a test can say what was sent and what was not. Never a token, never a body.

use crate::stamp;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::VecDeque;

/// Older entries are forgotten.
const KEPT: usize = 10_000;

/// One request.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// On the world's clock.
    pub time: String,
    pub method: String,
    pub path: String,
    /// Without the question mark; empty if there was none.
    pub query: String,
    /// `operationId`, if the request meant one.
    pub operation: Option<&'static str>,
    /// `write`, `read` or `unknown`.
    pub token: &'static str,
    /// Null if no answer was sent (hang, reset).
    pub status: Option<u16>,
}

impl Entry {
    pub fn stamp(moment: Timestamp) -> String {
        stamp::iso(moment)
    }
}

/// The last requests, newest last.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Journal(VecDeque<Entry>);

impl Journal {
    pub fn write(&mut self, entry: Entry) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

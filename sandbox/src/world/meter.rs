//! The rate limit: so many requests in a minute of the world's clock (FACTS §1, Rate limit).

use crate::stamp;
use jiff::Timestamp;

/// Length of the window, seconds.
const WINDOW: i64 = 60;

/// Counts the requests of the running minute.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    began: Option<Timestamp>,
    used: u32,
}

/// What the headers say after a request was counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds to wait, only if this request was one too many.
    pub retry_after: Option<u64>,
}

impl Meter {
    pub fn count(&mut self, now: Timestamp, limit: u32) -> Allowance {
        let began = match self.began {
            Some(began) if now < stamp::later(began, WINDOW) => began,
            _ => {
                self.used = 0;
                now
            }
        };
        self.began = Some(began);
        if self.used >= limit {
            let wait = stamp::seconds_between(now, stamp::later(began, WINDOW)).ceil().max(1.0);
            return Allowance { limit, remaining: 0, retry_after: Some(wait as u64) };
        }
        self.used += 1;
        Allowance { limit, remaining: limit - self.used, retry_after: None }
    }

    /// What is left, without counting.
    pub fn look(&self, limit: u32) -> Allowance {
        Allowance { limit, remaining: limit.saturating_sub(self.used), retry_after: None }
    }
}

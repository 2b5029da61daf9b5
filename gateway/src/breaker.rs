//! The breaker: after five failures in a row nothing is asked for a while, then a single probe.
//!
//! One per account counts missing connections and timeouts; one per operation of the account counts faults and
//! nonsense, so that one bad operation does not close the account. 4xx never counts.

use std::time::Duration;

use tokio::time::Instant;

use crate::{Error, Timings};

/// Failures in a row that open it.
const OPENS_AFTER: u32 = 5;

/// A probe that has not come back after this long is lost: another may go.
const PROBE: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub(crate) struct Breaker {
    failures: u32,
    pause: Option<Duration>,
    closed_until: Option<Instant>,
    probe: Option<Instant>,
    why: Option<Error>,
}

impl Breaker {
    /// Whether a call may go out now. While open, one call per pause may: the probe. Changes nothing.
    pub(crate) fn would_admit(&self, now: Instant) -> bool {
        let probing = self.probe.is_some_and(|since| now.duration_since(since) < PROBE);
        self.closed_until.is_none_or(|until| now >= until && !probing)
    }

    /// How long it holds all calls back.
    pub(crate) fn opens_in(&self, now: Instant) -> Duration {
        self.closed_until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    /// Whether it holds calls back, but for its probe.
    pub(crate) fn is_open(&self) -> bool {
        self.closed_until.is_some()
    }

    /// A call goes out. If the breaker is open it is the probe.
    pub(crate) fn sent(&mut self, now: Instant) {
        if self.closed_until.is_some() {
            self.probe = Some(now);
        }
    }

    /// What the last failure was, for who is refused meanwhile.
    pub(crate) fn because(&mut self, why: Error) {
        self.why = Some(why);
    }

    /// The last failure.
    pub(crate) fn why(&self) -> Option<&Error> {
        self.why.as_ref()
    }

    pub(crate) fn succeeded(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn failed(&mut self, now: Instant, timings: &Timings) {
        self.failures += 1;
        let probed = self.probe.take().is_some();
        // Calls that were under way when it opened tell nothing new.
        if probed || (self.closed_until.is_none() && self.failures >= OPENS_AFTER) {
            let pause = self.pause.map_or(timings.breaker_pause, |pause| pause * 2);
            let pause = pause.min(timings.breaker_pause_max);
            self.pause = Some(pause);
            self.closed_until = Some(now + pause);
        }
    }

    /// The probe gave neither success nor failure (a 4xx, or nothing was sent): the way is free for another.
    pub(crate) fn undecided(&mut self) {
        self.probe = None;
    }
}

//! The rate budget of an account: a person's actions go first; background work gets half, spaced evenly, and
//! everything pauses when the provider says so.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;
use vpsbg_api::client::RateLimit;

/// Requests a minute while the provider has not said (FACTS §1: 60 is a fair start).
const UNKNOWN_LIMIT: u32 = 60;

#[derive(Debug)]
pub(crate) struct Budget(Mutex<State>);

#[derive(Debug)]
struct State {
    limit: u32,
    /// What was left, and when that was told.
    left: Option<(u32, Instant)>,
    paused_until: Option<Instant>,
    next_background: Option<Instant>,
}

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(State {
            limit: UNKNOWN_LIMIT,
            left: None,
            paused_until: None,
            next_background: None,
        }))
    }
}

impl Budget {
    /// How long the provider wants no requests, if it said so.
    pub(crate) fn pause(&self) -> Option<Duration> {
        let until = self.0.lock().paused_until?;
        until.checked_duration_since(Instant::now()).filter(|pause| !pause.is_zero())
    }

    /// Waits for the next place for background work.
    pub(crate) async fn background(&self) {
        let until = {
            let mut state = self.0.lock();
            let now = Instant::now();
            let spacing = Duration::from_secs(60) / (state.limit / 2).max(1);
            let mut at = state.next_background.map_or(now, |next| next.max(now));
            if let Some(paused) = state.paused_until {
                at = at.max(paused);
            }
            state.next_background = Some(at + spacing);
            at
        };
        tokio::time::sleep_until(until).await;
    }

    /// Requests a minute of background work: half of the limit.
    pub(crate) fn background_per_minute(&self) -> u32 {
        (self.0.lock().limit / 2).max(1)
    }

    pub(crate) fn heard(&self, rate: RateLimit) {
        let mut state = self.0.lock();
        if let Some(limit) = rate.limit.filter(|limit| *limit > 0) {
            state.limit = limit;
        }
        if let Some(left) = rate.remaining {
            state.left = Some((left, Instant::now()));
        }
    }

    /// How many requests were left when the provider last said so, if that was within the minute for which it counts.
    pub(crate) fn left(&self) -> Option<u32> {
        let (left, told) = self.0.lock().left?;
        (told.elapsed() < Duration::from_secs(60)).then_some(left)
    }

    pub(crate) fn limited(&self, pause: Duration) {
        self.0.lock().paused_until = Some(Instant::now() + pause);
    }
}

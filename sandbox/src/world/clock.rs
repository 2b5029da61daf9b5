//! The time of a world: the real one plus an offset, and it can stand still.
//! Everything that changes by itself is computed from here; nothing runs in the background.

use jiff::{SignedDuration, Timestamp};

/// A clock that can be moved forward and stopped.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    offset: SignedDuration,
    frozen_at: Option<Timestamp>,
}

impl Clock {
    /// A clock that shows `now` (or the real time) and perhaps stands still.
    pub fn starting(now: Option<Timestamp>, freeze: bool) -> Self {
        let real = Timestamp::now();
        let offset = now.map_or(SignedDuration::ZERO, |now| now.duration_since(real));
        // Frozen at exactly the moment asked for, not some microseconds later.
        Self { offset, frozen_at: freeze.then(|| now.unwrap_or(real)) }
    }

    pub fn now(&self) -> Timestamp {
        self.frozen_at.unwrap_or_else(|| plus(Timestamp::now(), self.offset))
    }

    pub fn is_frozen(&self) -> bool {
        self.frozen_at.is_some()
    }

    /// Stops the clock where it is, or lets it go on from there.
    pub fn freeze(&mut self, freeze: bool) {
        let now = self.now();
        if freeze {
            self.frozen_at = Some(now);
        } else {
            self.offset = now.duration_since(Timestamp::now());
            self.frozen_at = None;
        }
    }

    /// Moves the clock forward, frozen or not.
    pub fn advance(&mut self, by: SignedDuration) {
        match &mut self.frozen_at {
            Some(at) => *at = plus(*at, by),
            None => self.offset = self.offset.saturating_add(by),
        }
    }
}

fn plus(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.checked_add(by).unwrap_or(Timestamp::MAX)
}

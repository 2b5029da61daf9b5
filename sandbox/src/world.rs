//! A world: one account of the sandbox with everything that belongs to it and to nobody else.
//! Worlds never see each other; nothing in here knows HTTP.

pub(crate) mod clock;
pub(crate) mod dialect;
pub(crate) mod faults;
pub(crate) mod forced;
pub(crate) mod journal;
pub(crate) mod meter;
pub(crate) mod registry;
pub(crate) mod tokens;

use crate::seeds::{self, Seed};
use crate::things::holdings::Holdings;
use clock::Clock;
use dialect::Dialect;
use faults::Faults;
use forced::ForcedAnswers;
use jiff::Timestamp;
use journal::Journal;
use meter::Meter;

/// One account: what it holds, its time, its faults and what was asked of it.
#[derive(Debug)]
pub(crate) struct World {
    pub id: String,
    /// Position among the worlds; ids of objects are counted from it, so no two worlds share one.
    pub number: u32,
    pub seed: Seed,
    pub email: Option<String>,
    pub clock: Clock,
    pub faults: Faults,
    pub forced: ForcedAnswers,
    pub dialect: Dialect,
    pub meter: Meter,
    pub journal: Journal,
    pub holdings: Holdings,
    /// As at birth, for reset.
    born: Birth,
}

/// What reset goes back to.
#[derive(Debug, Clone)]
pub(crate) struct Birth {
    pub rate_limit: u32,
    pub now: Option<Timestamp>,
    pub freeze: bool,
}

impl World {
    pub fn new(id: String, number: u32, seed: Seed, email: Option<String>, born: Birth) -> Self {
        let clock = Clock::starting(born.now, born.freeze);
        let holdings = seeds::plant(seed, number, email.as_deref(), clock.now());
        Self {
            id,
            number,
            seed,
            email,
            clock,
            faults: Faults::new(born.rate_limit),
            forced: ForcedAnswers::default(),
            dialect: Dialect::default(),
            meter: Meter::default(),
            journal: Journal::default(),
            holdings,
            born,
        }
    }

    /// Back to the first moment: seed, clock, faults, journal. The tokens stay.
    pub fn reset(&mut self) {
        *self = Self::new(self.id.clone(), self.number, self.seed, self.email.clone(), self.born.clone());
    }

    /// Lets everything happen that has become due.
    pub fn settle(&mut self) {
        let now = self.now();
        self.holdings.settle(now, &self.faults);
    }

    /// The world's present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

//! What has become of the contract, operation by operation: a small record in memory, filled by every call.
//!
//! Per account, because an outcome tells what somebody did; only which spelling works and what is not offered is
//! the provider's and shared. Holds places and kinds (`data.*.size: expected a number, got text`), never values,
//! and is empty after a restart.

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use parking_lot::Mutex;
use vpsbg_api::{Info, Notes, OPERATIONS, Spelling};

use crate::{Account, Error, calls::Outcome};

/// Places kept of an answer at most.
const MAX_PLACES: usize = 20;
/// Longest place with its kind, in characters.
const LONGEST_PLACE: usize = 160;

/// One operation of the contract, and how it fared.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// What is known of it.
    pub info: Info,
    /// The spelling that worked last, for whomever.
    pub works: Option<Spelling>,
    /// No spelling existed within the last hour: it is not asked until that is over.
    pub not_offered: bool,
    /// The last call of this account.
    pub last: Option<LastCall>,
    /// The newest answer to this account of which something did not fit.
    pub misfit: Option<Misfits>,
}

/// A call that is over.
#[derive(Debug, Clone)]
pub struct LastCall {
    /// When it ended.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// Whether it was answered. What the provider said of fields is left out: it may be personal.
    pub outcome: Result<(), Error>,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// True when all of the answer could be used.
    pub fitted: bool,
}

/// What did not fit of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfits {
    /// When it came.
    pub at: Timestamp,
    /// Place and kind, and how often: rows count as one place.
    pub places: Vec<(String, usize)>,
    /// How many more places there were that are not kept, as far as they were told apart.
    pub more: usize,
}

/// The record of an account. Bounded by the number of operations.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<HashMap<&'static str, (LastCall, Option<Misfits>)>>);

impl Seen {
    pub(crate) fn note(&self, operation: &'static str, outcome: Outcome) {
        let at = Timestamp::now();
        let fitted = outcome.notes.is_empty();
        let result = outcome.result.map_err(|error| match error {
            Error::Invalid(_) => Error::Invalid(Vec::new()),
            error => error,
        });
        let last = LastCall { at, took: outcome.took, outcome: result, status: outcome.status, fitted };
        let misfits = (!fitted).then(|| Misfits::of(&outcome.notes, at));
        let mut seen = self.0.lock();
        let entry = seen.entry(operation).or_insert_with(|| (last.clone(), None));
        entry.0 = last;
        if misfits.is_some() {
            entry.1 = misfits;
        }
    }

    fn of(&self, operation: &str) -> (Option<LastCall>, Option<Misfits>) {
        self.0
            .lock()
            .get(operation)
            .map_or((None, None), |(last, misfits)| (Some(last.clone()), misfits.clone()))
    }
}

impl Misfits {
    fn of(notes: &Notes, at: Timestamp) -> Self {
        let all = notes.places();
        let cut = |place: &str| place.chars().take(LONGEST_PLACE).collect();
        let places: Vec<_> = all.iter().take(MAX_PLACES).map(|(place, times)| (cut(place), *times)).collect();
        let more = all.len() - places.len();
        Self { at, places, more }
    }
}

impl Account {
    /// Every operation of the contract, in its order, with what this program has seen of it.
    pub fn diagnoses(&self) -> Vec<Diagnosis> {
        let routes = &self.gateway.0.routes;
        let of = |info: &Info| {
            let (last, misfit) = self.state.seen.of(info.id);
            let (works, not_offered) = (routes.working(info.id), routes.is_not_offered(info.id));
            Diagnosis { info: *info, works, not_offered, last, misfit }
        };
        OPERATIONS.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_one_place_and_nothing_grows_without_end() {
        let mut notes = Notes::default();
        for row in 0..40 {
            notes.within("data", |notes| {
                notes.within(row.to_string(), |notes| notes.add("expected a number, got text"));
            });
        }
        let seen = Misfits::of(&notes, Timestamp::UNIX_EPOCH);
        assert_eq!(seen.places, [("data.*: expected a number, got text".to_owned(), 40)]);
        let mut notes = Notes::default();
        for row in 0..1000 {
            notes.within(row.to_string(), |notes| {
                notes.within("size", |notes| notes.add("expected a number, got text"));
                if row == 900 {
                    notes.within("name", |notes| notes.add("expected text, got null"));
                }
            });
        }
        let seen = Misfits::of(&notes, Timestamp::UNIX_EPOCH);
        let (size, name) = ("*.size: expected a number, got text", "*.name: expected text, got null");
        assert_eq!(seen.places, [(size.to_owned(), 1000), (name.to_owned(), 1)]);
        assert_eq!(seen.more, 0);
        let mut notes = Notes::default();
        for place in 0..60 {
            notes.within(format!("field-{place}-{}", "x".repeat(500)), |notes| notes.add("expected text"));
        }
        let seen = Misfits::of(&notes, Timestamp::UNIX_EPOCH);
        assert_eq!((seen.places.len(), seen.more), (MAX_PLACES, 30));
        assert!(seen.places.iter().all(|(place, _)| place.len() <= LONGEST_PLACE));
    }
}

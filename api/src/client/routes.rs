//! Routes correct themselves (design §3): most spellings are guesses, so a route that does not exist leads to
//! the next likely one, and what worked is remembered.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use super::Failure;
use crate::operation::{Effects, Evidence, Info, Spelling};

/// How long "not offered" is believed before it is asked again.
const ASK_AGAIN: Duration = Duration::from_secs(60 * 60);

/// What is known about the spellings of one provider. Shared by all its clients.
#[derive(Debug, Default)]
pub struct Routes {
    known: Mutex<HashMap<&'static str, Known>>,
}

#[derive(Debug, Clone, Copy)]
enum Known {
    Works(Spelling),
    /// This one did not exist; the ones after it have to be tried.
    Passed(Spelling),
    NotOffered(Instant),
}

impl Routes {
    /// The spellings of an operation in the order to try: the one that worked first; ones that did not exist
    /// last.
    pub(super) fn order(&self, info: &Info) -> Vec<Spelling> {
        let mut order: Vec<_> = info.spellings().collect();
        let place = |wanted: &Spelling| info.spellings().position(|spelling| spelling == *wanted);
        match self.known.lock().get(info.id) {
            Some(Known::Works(works)) => {
                if let Some(place) = place(works) {
                    order[..=place].rotate_right(1);
                }
            }
            Some(Known::Passed(passed)) => {
                if let Some(place) = place(passed) {
                    order.rotate_left(place + 1);
                }
            }
            Some(Known::NotOffered(_)) | None => {}
        }
        order
    }

    /// The spelling that last worked, if any.
    pub fn working(&self, id: &str) -> Option<Spelling> {
        match self.known.lock().get(id) {
            Some(Known::Works(spelling)) => Some(*spelling),
            _ => None,
        }
    }

    /// True when no spelling existed within the last hour.
    pub fn is_not_offered(&self, id: &str) -> bool {
        matches!(self.known.lock().get(id), Some(Known::NotOffered(since)) if since.elapsed() < ASK_AGAIN)
    }

    pub(super) fn worked(&self, id: &'static str, spelling: Spelling) {
        self.known.lock().insert(id, Known::Works(spelling));
    }

    /// Remembered for calls that cannot try the next spelling themselves: their file is read.
    pub(super) fn does_not_exist(&self, id: &'static str, spelling: Spelling) {
        self.known.lock().insert(id, Known::Passed(spelling));
    }

    pub(super) fn not_offered(&self, id: &'static str) {
        self.known.lock().insert(id, Known::NotOffered(Instant::now()));
    }
}

/// Whether a refusal means "no such route" and not "no such object".
///
/// 405 always; a 404 that says so; any 404 of a read without an id whose route is a guess and has not worked before:
/// one stray 404 must not switch an operation off for everybody. For changes only the first two count, so that a
/// guess is never followed further than the provider's own words.
pub(super) fn is_no_such_route(
    info: &Info,
    effects: Effects,
    refusal: &Failure,
    worked_before: bool,
) -> bool {
    let Failure::Refused { status, message, .. } = refusal else { return false };
    match status {
        405 => true,
        404 => {
            let says_so = message.as_deref().is_some_and(|message| {
                let message = message.to_ascii_lowercase();
                message.contains("route") && message.contains("not be found")
            });
            // A change may be refused with 404 for something it names, for example a department.
            let a_guess = info.evidence != Evidence::Documented && !worked_before;
            says_so || (effects.only_read() && a_guess && info.is_without_id())
        }
        _ => false,
    }
}

//! Power of servers one by one, for where the provider does not offer all at once (only the title of that call is
//! known): in the background half of the rate budget, those that somebody looks at first, and only as long as
//! somebody looks.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use parking_lot::Mutex;
use tokio::time::Instant;
use vpsbg_api::{GetServerStatus, Operation, ServerId, StatusEntry};

use crate::{Account, Error, StatusesSeen};

/// Nobody has asked for this long: nobody looks.
const LOOKED_AT: Duration = Duration::from_secs(30);
/// Servers that wait to be read at most; who looks at more sees the rest later.
const QUEUE: usize = 300;

/// What is known of the servers that were asked about.
#[derive(Debug, Clone)]
pub struct OneByOne {
    /// Live state of those of which it is known.
    pub seen: StatusesSeen,
    /// When the oldest of it was read.
    pub oldest: Option<jiff::Timestamp>,
    /// How many are still to be read, or to be read anew.
    pub to_come: usize,
    /// Why something is not known, if a call failed.
    pub failed: Option<Error>,
}

/// The memory of an account.
#[derive(Default)]
pub(crate) struct Singles(Mutex<State>);

#[derive(Default)]
struct State {
    known: HashMap<ServerId, Known>,
    queue: VecDeque<ServerId>,
    asked: Option<Instant>,
    working: bool,
}

struct Known {
    status: Result<StatusEntry, Error>,
    at: Instant,
    read_at: jiff::Timestamp,
    /// Something was changed since: it is shown, and read anew.
    generation: u64,
}

impl Account {
    /// What is known of the power of these servers, at once; what is missing or old is read in the background.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without `servers.read`.
    pub fn statuses_one_by_one(&self, ids: &[ServerId]) -> Result<OneByOne, Error> {
        self.permit(GetServerStatus::INFO.permission)?;
        let (generation, timings) = (self.generation(), &self.gateway.0.timings);
        let mut state = self.state.singles.0.lock();
        state.known.retain(|_, known| known.at.elapsed() <= timings.kept);
        let due: Vec<ServerId> = ids
            .iter()
            .filter(|id| {
                state.known.get(id).is_none_or(|known| {
                    known.generation != generation || known.at.elapsed() > timings.one_by_one
                })
            })
            .copied()
            .collect();
        let of_these = || ids.iter().filter_map(|id| Some((*id, state.known.get(id)?)));
        let failed = of_these().find_map(|(_, known)| known.status.as_ref().err().cloned());
        // Then nothing will come for the others either.
        let due = if failed.as_ref().is_some_and(for_all) { Vec::new() } else { due };
        let entries = of_these().filter_map(|(id, known)| Some((id, known.status.clone().ok()?)));
        let known = OneByOne {
            seen: StatusesSeen(entries.collect()),
            oldest: of_these()
                .filter(|(_, known)| known.status.is_ok())
                .map(|(_, known)| known.read_at)
                .min(),
            to_come: due.len(),
            failed,
        };
        // A page that is fetched beforehand asks nothing.
        if due.is_empty() || self.at_work().is_err() {
            return Ok(known);
        }
        state.asked = Some(Instant::now());
        state.queue.retain(|id| !due.contains(id));
        for id in due.into_iter().rev() {
            state.queue.push_front(id);
        }
        state.queue.truncate(QUEUE);
        if !std::mem::replace(&mut state.working, true) {
            tokio::spawn(self.for_house().read_one_by_one());
        }
        Ok(known)
    }

    async fn read_one_by_one(self) {
        while let Some(id) = self.next_to_read() {
            let generation = self.generation();
            let status = self.read_anew(&GetServerStatus { id }).await;
            let status = status.and_then(|reading| match reading.stale() {
                Some(why) => Err(why.clone()),
                None => Ok(reading.value.as_ref().clone().of(id)),
            });
            let ends = status.as_ref().is_err_and(for_all);
            let (at, read_at) = (Instant::now(), jiff::Timestamp::now());
            let mut state = self.state.singles.0.lock();
            state.known.insert(id, Known { status, at, read_at, generation });
            if ends {
                state.queue.clear();
            }
        }
    }

    /// The next one; None ends the work.
    fn next_to_read(&self) -> Option<ServerId> {
        let mut state = self.state.singles.0.lock();
        if state.asked.is_none_or(|asked| asked.elapsed() > LOOKED_AT) {
            state.queue.clear();
        }
        let next = state.queue.pop_front();
        state.working = next.is_some();
        next
    }
}

/// Whether an error is the same for all servers.
fn for_all(error: &Error) -> bool {
    matches!(error, Error::TokenRefused | Error::Forbidden | Error::NotOffered | Error::Stopping)
}

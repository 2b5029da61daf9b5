//! What only single calls tell of many servers: in the background half of the rate budget, those that somebody looks at
//! first, and only as long as somebody looks.
//!
//! Power, where the provider does not offer all at once (only the title of that call is known); and what its list does
//! not tell of a server, but its own page does.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use futures::future::BoxFuture;
use parking_lot::Mutex;
use tokio::time::Instant;
use vpsbg_api::{GetServer, GetServerStatus, Operation, Permission, Server, ServerId, StatusEntry};

use crate::{
    Account, Error, Timings,
    shared::AccountState,
    storage::{millis, now},
};

/// Nobody has asked for this long: nobody looks. Pages ask every minute at least.
const LOOKED_AT: Duration = Duration::from_secs(90);
/// Servers that wait to be read at most; who looks at more sees the rest later.
const QUEUE: usize = 300;

/// What is known of the servers that were asked about.
#[derive(Debug, Clone)]
pub struct OneByOne<V> {
    /// The values that are known.
    pub seen: HashMap<ServerId, V>,
    /// When the oldest of them was read.
    pub oldest: Option<jiff::Timestamp>,
    /// How many are still to be read, or to be read anew.
    pub to_come: usize,
    /// Something was changed a moment ago: what was read since may not show it yet, and is read again.
    pub settling: bool,
    /// Why something is not known, if a call failed.
    pub failed: Option<Error>,
}

/// The memory of an account.
pub(crate) struct Singles<V>(Mutex<State<V>>);

struct State<V> {
    known: HashMap<ServerId, Known<V>>,
    queue: VecDeque<ServerId>,
    asked: Option<Instant>,
    /// The one that is being read.
    reading: Option<ServerId>,
    working: bool,
}

impl<V> Default for Singles<V> {
    fn default() -> Self {
        let (known, queue) = (HashMap::new(), VecDeque::new());
        Self(Mutex::new(State { known, queue, asked: None, reading: None, working: false }))
    }
}

struct Known<V> {
    /// The last good value, and when it was read.
    good: Option<(V, jiff::Timestamp)>,
    /// Why the last call brought none.
    failed: Option<Error>,
    /// When the last call was made, and the same in milliseconds of Unix time.
    at: Instant,
    at_millis: i64,
}

/// A kind of value: where it is kept, and the call that brings it.
struct Kind<V> {
    permission: Permission,
    /// How long a value is good.
    good_for: fn(&Timings) -> Duration,
    singles: fn(&AccountState) -> &Singles<V>,
    read: fn(Account, ServerId) -> BoxFuture<'static, Result<V, Error>>,
}

const STATUS: Kind<StatusEntry> = Kind {
    permission: GetServerStatus::INFO.permission,
    good_for: |timings| timings.one_by_one,
    singles: |state| &state.statuses,
    read: |account, id| {
        Box::pin(async move {
            let reading = account.read_anew(&GetServerStatus { id }).await?;
            Ok(reading.present()?.as_ref().clone().of(id))
        })
    },
};

const CLOSELY: Kind<Server> = Kind {
    permission: GetServer::INFO.permission,
    // Hundreds of servers take ten minutes: they must be done some time.
    good_for: |timings| timings.kept,
    singles: |state| &state.closely,
    read: |account, id| {
        Box::pin(async move {
            let reading = account.read_anew(&GetServer { id, with_app_guide: false }).await?;
            Ok(reading.present()?.as_ref().clone())
        })
    },
};

impl Account {
    /// What is known of the power of these servers, at once; what is missing or old is read in the background.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without `servers.read`; [`Error::Internal`] when the database fails.
    pub async fn statuses_one_by_one(&self, ids: &[ServerId]) -> Result<OneByOne<StatusEntry>, Error> {
        self.one_by_one(&STATUS, ids).await
    }

    /// The same for all that a server's own call tells.
    ///
    /// # Errors
    /// As [`Account::statuses_one_by_one`].
    pub async fn servers_one_by_one(&self, ids: &[ServerId]) -> Result<OneByOne<Server>, Error> {
        self.one_by_one(&CLOSELY, ids).await
    }

    async fn one_by_one<V>(&self, kind: &Kind<V>, ids: &[ServerId]) -> Result<OneByOne<V>, Error>
    where
        V: Clone + Send + 'static,
    {
        self.permit(kind.permission)?;
        let timings = &self.gateway.0.timings;
        let good_for = (kind.good_for)(timings);
        // What was changed shows late (FACTS §3, power): what was read before it must show is not good for long,
        // however much later somebody looks.
        let changed = self.changed_since(timings.settle.saturating_add(timings.kept)).await?;
        let settle = millis(timings.settle);
        let mut state = (kind.singles)(&self.state).0.lock();
        let oldest_kept = jiff::Timestamp::now()
            .saturating_sub(jiff::SignedDuration::try_from(timings.kept).unwrap_or_default())
            .unwrap_or_default();
        state.known.retain(|_, known| {
            // What could not be read again for long is no longer shown.
            known.good = known.good.take().filter(|(_, read_at)| *read_at >= oldest_kept);
            known.good.is_some() || known.at.elapsed() <= timings.kept
        });
        let settles = |id: &ServerId, known: &Known<V>| {
            changed.get(id).is_some_and(|at| known.at_millis < at.saturating_add(settle))
        };
        let is_due = |id: &&ServerId| {
            state.known.get(id).is_none_or(|known| {
                let good_for = if settles(id, known) { timings.poll_idle.min(good_for) } else { good_for };
                let before = changed.get(id).is_some_and(|at| known.at_millis <= *at);
                before || known.at.elapsed() > good_for
            })
        };
        let due: Vec<ServerId> = ids.iter().filter(is_due).copied().collect();
        let of_these = || ids.iter().filter_map(|id| Some((*id, state.known.get(id)?)));
        let failed = of_these().find_map(|(_, known)| known.failed.clone());
        // Then nothing will come for the others either.
        let due = if failed.as_ref().is_some_and(for_all) { Vec::new() } else { due };
        let good = || of_these().filter_map(|(id, known)| Some((id, known.good.as_ref()?)));
        let known = OneByOne {
            seen: good().map(|(id, (value, _))| (id, value.clone())).collect(),
            oldest: good().map(|(_, (_, read_at))| *read_at).min(),
            to_come: due.len(),
            settling: of_these().any(|(id, known)| settles(&id, known)),
            failed,
        };
        // A page that is fetched beforehand asks nothing.
        if due.is_empty() || self.at_work().is_err() {
            return Ok(known);
        }
        state.asked = Some(Instant::now());
        state.queue.retain(|id| !due.contains(id));
        let reading = state.reading;
        for id in due.into_iter().rev().filter(|id| reading != Some(*id)) {
            state.queue.push_front(id);
        }
        state.queue.truncate(QUEUE);
        if !std::mem::replace(&mut state.working, true) {
            tokio::spawn(self.for_house().read_one_by_one(kind.singles, kind.read));
        }
        Ok(known)
    }

    async fn read_one_by_one<V: Clone + Send + 'static>(
        self,
        singles: fn(&AccountState) -> &Singles<V>,
        read: fn(Self, ServerId) -> BoxFuture<'static, Result<V, Error>>,
    ) {
        while let Some(id) = next(singles(&self.state)) {
            let result = read(self.clone(), id).await;
            let mut state = singles(&self.state).0.lock();
            if result.as_ref().is_err_and(for_all) {
                state.queue.clear();
            }
            let before = state.known.remove(&id).and_then(|known| known.good);
            let (good, failed) = match result {
                Ok(value) => (Some((value, jiff::Timestamp::now())), None),
                // What is denied or gone must not be shown any more.
                Err(error @ (Error::Forbidden | Error::NotFound | Error::TokenRefused)) => {
                    (None, Some(error))
                }
                Err(error) => (before, Some(error)),
            };
            state.reading = None;
            state.known.insert(id, Known { good, failed, at: Instant::now(), at_millis: now() });
        }
    }

    /// Servers that were changed through Vitosha in this last while, and when, in milliseconds of Unix time.
    async fn changed_since(&self, while_: Duration) -> Result<HashMap<ServerId, i64>, Error> {
        let since = now().saturating_sub(millis(while_));
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT object, max(at) FROM audit WHERE account = $1 AND at > $2 AND object LIKE 'server%' GROUP BY object",
        )
        .bind(self.owner().0.to_vec())
        .bind(since)
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(|error| {
            tracing::error!(%error, "changes of servers could not be read");
            Error::Internal
        })?;
        // Several in one record are told one after the other: "servers 7, 12".
        let ids = |object: &str| -> Vec<ServerId> {
            object.split(|letter: char| !letter.is_ascii_digit()).filter_map(|id| id.parse().ok()).collect()
        };
        let all = rows.iter().flat_map(|(object, at)| ids(object).into_iter().map(|id| (id, *at)));
        let mut changed: HashMap<ServerId, i64> = HashMap::new();
        for (id, at) in all {
            let latest = changed.entry(id).or_insert(at);
            *latest = at.max(*latest);
        }
        Ok(changed)
    }
}

/// The next one; None ends the work.
fn next<V>(singles: &Singles<V>) -> Option<ServerId> {
    let mut state = singles.0.lock();
    if state.asked.is_none_or(|asked| asked.elapsed() > LOOKED_AT) {
        state.queue.clear();
    }
    let next = state.queue.pop_front();
    (state.working, state.reading) = (next.is_some(), next);
    next
}

/// Whether an error is the same for all servers.
fn for_all(error: &Error) -> bool {
    matches!(error, Error::TokenRefused | Error::Forbidden | Error::NotOffered | Error::Stopping)
}

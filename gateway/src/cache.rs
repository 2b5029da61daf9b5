//! Reads that are remembered, and reads that are under way.
//!
//! Identical reads at the same moment are one call (a flight); what it brought is fresh for a few seconds and
//! kept for some minutes to bridge trouble. A change starts a new generation of its account: older values and
//! flights are out, and a flight begun earlier may not fill the cache.

use std::{any::Any, collections::HashMap, sync::Arc};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use parking_lot::Mutex;
use tokio::time::Instant;

use crate::{
    AccountKey, Error, Timings,
    metrics::{Metrics, Served},
};

/// Values kept at most, over all accounts.
const CAPACITY: u64 = 20_000;

/// What is asked: the account and the exact request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) account: AccountKey,
    pub(crate) request: String,
}

/// A value that was read.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) value: Arc<dyn Any + Send + Sync>,
    pub(crate) read_at: jiff::Timestamp,
    at: Instant,
    generation: u64,
}

impl Kept {
    pub(crate) fn new<T: Send + Sync + 'static>(value: T, generation: u64) -> Self {
        Self { value: Arc::new(value), read_at: jiff::Timestamp::now(), at: Instant::now(), generation }
    }
}

pub(crate) type Flight = Shared<BoxFuture<'static, Result<Kept, Error>>>;

pub(crate) struct Cache {
    kept: moka::sync::Cache<Key, Kept>,
    flights: Arc<Mutex<HashMap<Key, (u64, Flight)>>>,
    timings: Timings,
    metrics: Arc<Metrics>,
}

impl Cache {
    pub(crate) fn new(timings: &Timings, metrics: Arc<Metrics>) -> Self {
        Self {
            kept: moka::sync::Cache::builder().max_capacity(CAPACITY).time_to_live(timings.kept).build(),
            flights: Arc::default(),
            timings: timings.clone(),
            metrics,
        }
    }

    /// The value, if it is of this generation; and whether it is still fresh.
    pub(crate) fn get(&self, key: &Key, generation: u64) -> Option<(Kept, bool)> {
        let kept = self.kept.get(key).filter(|kept| kept.generation == generation)?;
        let age = kept.at.elapsed();
        (age <= self.timings.kept).then(|| {
            let fresh = age <= self.timings.fresh;
            (kept, fresh)
        })
    }

    /// Joins the flight for this key, or starts one. It goes on when nobody waits any more, and fills the cache
    /// unless the account's generation (read again through `now`) has moved on.
    pub(crate) fn join(
        &self,
        key: Key,
        generation: u64,
        now: impl Fn() -> u64 + Send + 'static,
        start: impl Future<Output = Result<Kept, Error>> + Send + 'static,
    ) -> Flight {
        let mut flights = self.flights.lock();
        if let Some((of, flight)) = flights.get(&key)
            && *of == generation
        {
            self.metrics.served(Served::Joined);
            return flight.clone();
        }
        self.metrics.served(Served::Missed);
        let (kept, all, own) = (self.kept.clone(), Arc::clone(&self.flights), key.clone());
        let flight = async move {
            let result = start.await;
            if now() == generation {
                match &result {
                    Ok(value) => kept.insert(own.clone(), value.clone()),
                    // Denied or gone: what was kept must not be shown any more.
                    Err(Error::Forbidden | Error::NotFound | Error::TokenRefused) => kept.invalidate(&own),
                    Err(_) => {}
                }
            }
            let mut all = all.lock();
            if all.get(&own).is_some_and(|(of, _)| *of == generation) {
                all.remove(&own);
            }
            result
        }
        .boxed()
        .shared();
        flights.insert(key, (generation, flight.clone()));
        drop(flights);
        tokio::spawn(flight.clone());
        flight
    }

    /// Resolves when all reads of an account that are under way now have ended.
    pub(crate) fn landed(&self, account: AccountKey) -> impl Future<Output = ()> + Send + use<> {
        let flights: Vec<Flight> = {
            let all = self.flights.lock();
            all.iter()
                .filter(|(key, _)| key.account == account)
                .map(|(_, (_, flight))| flight.clone())
                .collect()
        };
        futures::future::join_all(flights).map(|_| ())
    }
}

//! Numbers about the gateway, for who runs it. Labels are operations and words of our own: never a token, an
//! account, an e-mail or the id of an object.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use crate::{Error, Gateway, StorageError, calls::Outcome, storage};

/// Bounds of the time a call takes, in seconds; a call ends after 20.
const SECONDS: [f64; 9] = [0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    operation: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabel {
    operation: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReadLabel {
    result: &'static str,
}

/// Labels of a number that is not always there.
type NoLabels = Vec<(&'static str, &'static str)>;

/// How a read was served.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Served {
    /// From the cache, fresh.
    Hit,
    /// By a call that was under way.
    Joined,
    /// By a call of its own.
    Missed,
    /// By the last good answer, because there was no newer one.
    Stale,
}

/// All numbers. Those that count go up as it happens, those that measure are set by [`Gateway::measure`].
#[derive(Debug)]
pub(crate) struct Metrics {
    calls: Family<CallLabels, Counter>,
    call_seconds: Family<OperationLabel, Histogram>,
    reads: Family<ReadLabel, Counter>,
    pub(crate) streams: Gauge,
    feeds: Gauge,
    accounts: Gauge,
    paused: Gauge,
    least_left: Family<NoLabels, Gauge>,
    open: Gauge,
    operations_open: Family<OperationLabel, Gauge>,
    sessions: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            calls: Family::default(),
            call_seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            reads: Family::default(),
            streams: Gauge::default(),
            feeds: Gauge::default(),
            accounts: Gauge::default(),
            paused: Gauge::default(),
            least_left: Family::default(),
            open: Gauge::default(),
            operations_open: Family::default(),
            sessions: Gauge::default(),
        }
    }
}

impl Metrics {
    pub(crate) fn called(&self, operation: &'static str, call: &Outcome) {
        let outcome = call.result.as_ref().map_or_else(Error::code, |()| "answered");
        self.calls.get_or_create(&CallLabels { operation, outcome }).inc();
        self.call_seconds.get_or_create(&OperationLabel { operation }).observe(call.took.as_secs_f64());
    }

    pub(crate) fn served(&self, how: Served) {
        let result = match how {
            Served::Hit => "hit",
            Served::Joined => "joined",
            Served::Missed => "missed",
            Served::Stale => "stale",
        };
        self.reads.get_or_create(&ReadLabel { result }).inc();
    }
}

/// A browser that follows live values, for as long as this is kept.
#[derive(Debug)]
pub struct OpenStream(Gauge);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Gateway {
    /// Puts the gateway's numbers into a registry.
    pub fn register(&self, registry: &mut Registry) {
        let all = &self.0.metrics;
        registry.register("upstream_calls", "Calls to the provider", all.calls.clone());
        registry.register(
            "upstream_call_seconds",
            "How long calls to the provider take",
            all.call_seconds.clone(),
        );
        registry.register(
            "reads",
            "Reads by how they were served: hit, joined, missed, stale",
            all.reads.clone(),
        );
        registry.register("streams_open", "Browsers that follow live values", all.streams.clone());
        registry.register("feeds_open", "Pollers that feed them", all.feeds.clone());
        registry.register("accounts_remembered", "Accounts in memory", all.accounts.clone());
        registry.register(
            "accounts_paused",
            "Accounts of which the provider wants no requests now",
            all.paused.clone(),
        );
        registry.register(
            "rate_limit_remaining",
            "Fewest requests left to an account in the last minute, if any was told",
            all.least_left.clone(),
        );
        registry.register("breakers_open", "Accounts that do not ask the provider now", all.open.clone());
        registry.register(
            "operation_breakers_open",
            "Accounts that do not ask an operation now",
            all.operations_open.clone(),
        );
        registry.register(
            "sessions",
            "Sessions kept that are signed in, also those idle for long",
            all.sessions.clone(),
        );
    }

    /// Looks at what does not count by itself, so that the numbers are those of now.
    ///
    /// # Errors
    /// When the database cannot be read; the other numbers are set all the same.
    pub async fn measure(&self) -> Result<(), StorageError> {
        let all = &self.0.metrics;
        let (mut accounts, mut feeds, mut paused, mut open) = (0, 0, 0, 0);
        let mut least: Option<u32> = None;
        all.operations_open.clear();
        for (_, account) in &self.0.accounts {
            accounts += 1;
            feeds += account.feeds.lock().len();
            paused += i64::from(account.budget.pause().is_some());
            least = least.into_iter().chain(account.budget.left()).min();
            open += i64::from(account.breaker.lock().is_open());
            let operations = account.operation_breakers.lock();
            for (operation, _) in operations.iter().filter(|(_, breaker)| breaker.is_open()) {
                all.operations_open.get_or_create(&OperationLabel { operation }).inc();
            }
        }
        all.accounts.set(accounts);
        all.feeds.set(i64::try_from(feeds).unwrap_or(i64::MAX));
        all.paused.set(paused);
        all.open.set(open);
        all.least_left.clear();
        if let Some(least) = least {
            all.least_left.get_or_create(&NoLabels::new()).set(i64::from(least));
        }
        let query = "SELECT count(*) FROM sessions WHERE account IS NOT NULL AND expires_at >= $1";
        let sessions = sqlx::query_scalar(query).bind(storage::now()).fetch_one(&self.0.pool).await?;
        all.sessions.set(sessions);
        Ok(())
    }

    /// Counts a browser that follows live values.
    pub fn stream_opened(&self) -> OpenStream {
        self.0.metrics.streams.inc();
        OpenStream(self.0.metrics.streams.clone())
    }
}

//! The gateway itself: what all accounts share, and the memory of each account.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
    sync::atomic::{AtomicBool, AtomicU64},
    time::Duration,
};

use parking_lot::Mutex;
use secrecy::{ExposeSecret, SecretString};
use sqlx::SqlitePool;
use tokio::sync::{Notify, broadcast, watch};
use url::Url;
use vpsbg_api::{Server, StatusEntry, client::Routes};

use crate::{
    AccountKey, Feed, KeyError, Live, PurchaseId, SealingKey, Sessions, StorageError, Timings,
    access::Learned, account::Ended, breaker::Breaker, budget::Budget, bulk::Bulks, cache::Cache,
    calls::Client, diagnostics::Seen, http, isos::Tracks, metrics::Metrics, one_by_one::Singles,
    stopping::Changes, storage, views::Views,
};

/// Accounts remembered at most; the longest unused are forgotten first.
const ACCOUNTS: u64 = 10_000;

/// What the gateway needs to start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Base address of the provider's API, `https://api.vpsbg.eu/v1`. `http` only on loopback.
    pub api_url: Url,
    /// Directory of the database. Must exist and be writable.
    pub directory: PathBuf,
    /// The sealing key.
    pub key: SealingKey,
    /// All periods.
    pub timings: Timings,
}

/// Why the gateway cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The sealing key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The HTTP clients.
    #[error("the HTTP client cannot be made: {0}")]
    Http(#[from] reqwest::Error),
    /// A plain address that is not this machine.
    #[error("the provider's address must be https, or http on this machine: {0}")]
    PlainAddress(Url),
}

/// The way to the provider. Cheap to clone.
#[derive(Clone)]
pub struct Gateway(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) timings: Timings,
    pub(crate) key: SealingKey,
    pub(crate) pool: SqlitePool,
    pub(crate) cache: Cache,
    pub(crate) ended: broadcast::Sender<Ended>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) api_url: Url,
    reads: reqwest::Client,
    changes: reqwest::Client,
    pub(crate) routes: Arc<Routes>,
    pub(crate) accounts: moka::sync::Cache<AccountKey, Arc<AccountState>>,
    /// Never forgotten: a turn to buy must not be given twice. One for each owner who came since the start.
    owners: Mutex<HashMap<AccountKey, Arc<OwnerState>>>,
    pub(crate) changes_under_way: Arc<Changes>,
    /// Purchases that this run of the program is sending.
    pub(crate) sending: Mutex<HashSet<PurchaseId>>,
    /// Purchases that are being looked for.
    pub(crate) looked_after: Mutex<HashSet<PurchaseId>>,
}

/// What is known about a token and its calls, for as long as the program runs.
#[derive(Default)]
pub(crate) struct AccountState {
    /// Whose token it is, once that was looked up.
    pub(crate) owner: Mutex<Option<AccountKey>>,
    pub(crate) generation: AtomicU64,
    pub(crate) learned: Learned,
    pub(crate) budget: Budget,
    pub(crate) breaker: Mutex<Breaker>,
    pub(crate) operation_breakers: Mutex<HashMap<&'static str, Breaker>>,
    /// How the operations of the contract fared.
    pub(crate) seen: Seen,
    pub(crate) isos: Mutex<Tracks>,
    /// Power of single servers.
    pub(crate) statuses: Singles<StatusEntry>,
    /// What only their own calls tell.
    pub(crate) closely: Singles<Server>,
    pub(crate) feeds: Mutex<HashMap<Feed, watch::Sender<Option<Live>>>>,
    /// Something was changed: pollers look at once.
    pub(crate) changed: Notify,
}

/// What the tokens of one owner share, for as long as the program runs.
#[derive(Default)]
pub(crate) struct OwnerState {
    /// Purchases go one after the other.
    pub(crate) spending: Arc<tokio::sync::Mutex<()>>,
    /// Purchases of an earlier run were taken over.
    pub(crate) resumed: AtomicBool,
    /// A purchase has moved on.
    pub(crate) changed: Notify,
    /// Bulk jobs of the user.
    pub(crate) bulks: Bulks,
    /// Saved views of the user.
    pub(crate) views: Views,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Gateway").field("api_url", &self.0.api_url.as_str()).finish_non_exhaustive()
    }
}

impl Gateway {
    /// Opens the storage and makes the clients. Speaks to the provider only if an earlier run left a purchase
    /// whose outcome is open, or a bulk job that goes on.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let Settings { api_url, directory, key, timings } = settings;
        let direct = is_loopback(&api_url);
        if api_url.scheme() != "https" && !(api_url.scheme() == "http" && direct) {
            return Err(StartError::PlainAddress(api_url));
        }
        let pool = storage::open(&directory, &key).await?;
        let metrics: Arc<Metrics> = Arc::default();
        let shared = Shared {
            cache: Cache::new(&timings, Arc::clone(&metrics)),
            metrics,
            reads: http::for_reads(&timings, direct)?,
            changes: http::for_changes(&timings, direct)?,
            routes: Arc::default(),
            accounts: moka::sync::Cache::new(ACCOUNTS),
            owners: Mutex::default(),
            changes_under_way: Arc::default(),
            sending: Mutex::default(),
            looked_after: Mutex::default(),
            ended: broadcast::channel(256).0,
            timings,
            key,
            pool,
            api_url,
        };
        let gateway = Self(Arc::new(shared));
        gateway.resume_bulks().await?;
        tokio::spawn(gateway.clone().resume_purchases());
        Ok(gateway)
    }

    /// Whether the provider answers at all; for a word at the start. Any HTTP answer counts.
    pub async fn reaches_provider(&self) -> bool {
        let url = self.0.api_url.clone();
        self.0.reads.get(url).timeout(self.0.timings.connect + Duration::from_secs(2)).send().await.is_ok()
    }

    /// The sessions' store, for the middleware.
    pub fn sessions(&self) -> Sessions {
        Sessions::new(self.0.pool.clone(), self.0.key.clone())
    }

    /// All periods.
    pub fn timings(&self) -> &Timings {
        &self.0.timings
    }

    /// Removes what expired, now and then. Ends only with the program.
    pub async fn keep_house(self) {
        loop {
            if let Err(error) = storage::clean(&self.0.pool, &self.0.timings).await {
                tracing::warn!(%error, "expired rows could not be removed");
            }
            tokio::time::sleep(self.0.timings.housekeeping).await;
        }
    }

    pub(crate) fn state(&self, account: AccountKey) -> Arc<AccountState> {
        self.0.accounts.get_with(account, Arc::default)
    }

    pub(crate) fn owner_state(&self, owner: AccountKey) -> Arc<OwnerState> {
        Arc::clone(self.0.owners.lock().entry(owner).or_default())
    }

    /// The memory of an account, if there is one.
    pub(crate) fn known(&self, account: AccountKey) -> Option<Arc<AccountState>> {
        self.0.accounts.get(&account)
    }

    pub(crate) fn reading_client(&self, token: &SecretString) -> Client {
        self.client(&self.0.reads, token)
    }

    pub(crate) fn changing_client(&self, token: &SecretString) -> Client {
        self.client(&self.0.changes, token)
    }

    fn client(&self, http: &reqwest::Client, token: &SecretString) -> Client {
        let (url, routes) = (self.0.api_url.clone(), Arc::clone(&self.0.routes));
        let inner = vpsbg_api::client::Client::new(http.clone(), url, token.clone(), routes);
        Client::new(inner, self.clone(), self.account_key(token.expose_secret()))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

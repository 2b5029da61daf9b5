//! An account in the hands of one person: the only way to the provider.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;
use tokio::sync::broadcast::error::RecvError;

use crate::{
    Access, Error, Gateway, Permissions, SignedIn,
    shared::{AccountState, OwnerState},
};

/// No file takes longer than this.
const LONGEST_FILE: Duration = Duration::from_secs(24 * 60 * 60);

/// Which account: a keyed hash of the token, or of the provider's user behind it. Not secret, but says nothing without
/// the key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKey(pub(crate) [u8; 16]);

impl std::fmt::Debug for AccountKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "AccountKey({})", self.hex())
    }
}

impl AccountKey {
    /// In hexadecimal.
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// From hexadecimal; None for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

/// Who acts, for the audit.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Actor {
    /// SHA-256 of the session id.
    pub session: [u8; 32],
    /// The optional name given at sign-in.
    pub person: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// Id of the request, as in the log.
    pub request_id: String,
}

/// What ended, so that open streams end with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Session([u8; 32]),
    Account(AccountKey),
    /// The program stops.
    Everything,
}

/// An account, opened for one request. Cheap to clone.
#[derive(Clone)]
pub struct Account {
    pub(crate) gateway: Gateway,
    pub(crate) key: AccountKey,
    pub(crate) state: Arc<AccountState>,
    pub(crate) token: SecretString,
    pub(crate) actor: Arc<Actor>,
    pub(crate) email: Option<Arc<str>>,
    pub(crate) permissions: Permissions,
    /// Until when the page that is being made waits for the provider, all its reads together.
    pub(crate) deadline: Option<tokio::time::Instant>,
    /// Of an account that shows what is in the cache and nothing else: whether something else was wanted.
    pub(crate) lacked: Option<Arc<AtomicBool>>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Account").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Gateway {
    /// Opens the account of a session, whose owner has been found ([`Gateway::find_owner`]).
    pub(crate) fn account(&self, signed_in: &SignedIn, actor: Actor) -> Account {
        let key = self.account_key(&signed_in.token);
        let state = self.state(key);
        state.learned.remember(Access::from_word(&signed_in.access));
        Account {
            gateway: self.clone(),
            key,
            state,
            token: signed_in.token.clone().into(),
            actor: Arc::new(actor),
            email: signed_in.email.as_deref().map(Arc::from),
            permissions: Permissions::all(),
            deadline: None,
            lacked: None,
        }
    }

    /// The key of a token's account.
    pub fn account_key(&self, token: &str) -> AccountKey {
        AccountKey(self.0.key.fingerprint(token.as_bytes()))
    }
}

impl Account {
    /// For one page: all its reads together wait for the provider no longer than `Timings::page_wait` from now.
    #[must_use]
    pub fn for_page(mut self) -> Self {
        self.deadline = Some(tokio::time::Instant::now() + self.gateway.0.timings.page_wait);
        self
    }

    /// For a file: its reads wait as long as the provider takes, each within `Timings::whole_read`.
    #[must_use]
    pub fn for_file(mut self) -> Self {
        self.deadline = Some(tokio::time::Instant::now() + LONGEST_FILE);
        self
    }

    /// The same account, for a page that nobody has asked for yet: it shows what is fresh in the cache, and asks and
    /// changes nothing. [`Account::lacked`] tells afterwards whether that was enough.
    #[must_use]
    pub(crate) fn cached_only(self) -> Self {
        Self { lacked: Some(Arc::default()), ..self }
    }

    /// Whether something was wanted that only an account at work can give: then the page is none.
    pub fn lacked(&self) -> bool {
        self.lacked.as_ref().is_some_and(|lacked| lacked.load(Ordering::SeqCst))
    }

    /// The check before everything that is more than a look into the cache.
    pub(crate) fn at_work(&self) -> Result<(), Error> {
        let Some(lacked) = &self.lacked else { return Ok(()) };
        lacked.store(true, Ordering::SeqCst);
        Err(Error::StillWaiting)
    }

    /// Whether the session of who acts lives on: what takes minutes looks again and again.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails.
    pub(crate) async fn session_goes_on(&self) -> Result<bool, Error> {
        let (gateway, session) = (&self.gateway, &self.actor.session);
        let found = gateway.sessions().signed_in(session, gateway.timings()).await;
        found.map(|found| found.is_some()).map_err(|error| {
            tracing::error!(%error, "a session could not be read");
            Error::Internal
        })
    }

    /// The token's own key: whose calls these are.
    pub fn key(&self) -> AccountKey {
        self.key
    }

    /// Whose account it is: the provider's user, the same with each of its tokens. The token's own key until the
    /// provider has told at a sign-in.
    pub fn owner(&self) -> AccountKey {
        self.state.owner.lock().unwrap_or(self.key)
    }

    /// What all tokens of the owner share.
    pub(crate) fn owner_state(&self) -> Arc<OwnerState> {
        self.gateway.owner_state(self.owner())
    }

    /// E-mail of the provider's user, if the provider told it at sign-in.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// The name the person gave at sign-in.
    pub fn person(&self) -> Option<&str> {
        self.actor.person.as_deref()
    }

    /// What the token may do, as far as known.
    pub fn access(&self) -> Access {
        self.state.learned.get()
    }

    /// Resolves when the session ends: signed out, the token refused, too old or too long without a request; and when
    /// the program stops. True if it was the session.
    pub fn ended(&self) -> impl Future<Output = bool> + Send + use<> {
        let (mut ended, session, key) = (self.gateway.0.ended.subscribe(), self.actor.session, self.key);
        let account = self.clone();
        async move {
            loop {
                let look = tokio::time::sleep(account.gateway.0.timings.session_look);
                let told = tokio::select! {
                    told = ended.recv() => told,
                    // Who listens only is not at work: age ends a session by itself, and nobody tells.
                    () = look => Err(RecvError::Lagged(0)),
                };
                match told {
                    Ok(what) if what == Ended::Session(session) || what == Ended::Account(key) => {
                        return true;
                    }
                    Ok(Ended::Everything) | Err(RecvError::Closed) => return false,
                    // Many ended at once: this one may be among them.
                    Err(RecvError::Lagged(_)) => {
                        if matches!(account.session_goes_on().await, Ok(false)) {
                            return true;
                        }
                    }
                    Ok(_) => {}
                }
            }
        }
    }

    /// Tells the open streams of this session that it was ended.
    pub(crate) fn announce_sign_out(&self) {
        let _ = self.gateway.0.ended.send(Ended::Session(self.actor.session));
    }

    /// Resolves when all reads of this account that are under way now have ended: then a page that did not wait
    /// for them can be completed.
    pub fn landed(&self) -> impl Future<Output = ()> + Send + use<> {
        self.gateway.0.cache.landed(self.key)
    }
}

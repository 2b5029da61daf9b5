//! Whether a token is good. Sign-in must not hang on one guess about the contract: the first existing one of
//! three reads decides (design §3).

use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use vpsbg_api::{GetBalance, GetUser, ListServers, Operation, QuoteRenewal, ServerFilter, client::Failure};

use tower_sessions_core::Session;

use crate::{Access, Account, AccountKey, Actor, Error, Gateway, SignedIn, account::Ended, sessions::OUT};

/// What was learned about a good token.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The token's own key.
    pub account: AccountKey,
    /// E-mail of the provider's user, if the provider tells.
    pub email: Option<String>,
    /// What the token may do, as far as it shows.
    pub access: Access,
}

/// Why a token cannot be used to sign in. Nothing is stored in any of these cases.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Not a token at all: `empty`, `too-long`, or `no-token` (letters that tokens do not have).
    #[error("not a token ({0})")]
    NotAToken(&'static str),
    /// The provider answered 401.
    #[error("The provider does not accept this token. It is mistyped, or it was revoked.")]
    Refused,
    /// The provider could not be asked.
    #[error("{0} Nothing was stored; try again in a moment.")]
    NotAsked(Error),
}

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Out {
    /// The browser shows no session.
    Stranger,
    /// The session has ended: too old, too long idle, or signed out elsewhere.
    Ended,
    /// The provider no longer takes the session's token.
    Refused,
}

/// Longest token that is tried, in bytes. Those of the framework have about fifty.
const LONGEST: usize = 1024;
/// The use of a session is noted at most this often, in seconds: each note is a write.
const NOTE_USE: i64 = 300;

impl Gateway {
    /// Asks the provider about a token.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn check_token(&self, token: &str) -> Result<Checked, SignInError> {
        if token.is_empty() {
            return Err(SignInError::NotAToken("empty"));
        }
        if token.len() > LONGEST {
            return Err(SignInError::NotAToken("too-long"));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SignInError::NotAToken("no-token"));
        }
        let token: SecretString = token.to_owned().into();
        let client = self.reading_client(&token);
        let limit = self.timings().page_wait + self.timings().connect;
        let asked = tokio::time::timeout(limit, self.ask(&client)).await;
        let email = asked.unwrap_or(Err(SignInError::NotAsked(Error::TimedOut)))?;
        let access =
            tokio::time::timeout(self.timings().page_wait, probe(&self.reading_client(&token).unseen()))
                .await;
        let account = self.account_key(secrecy::ExposeSecret::expose_secret(&token));
        let access = access.unwrap_or(Access::Unknown);
        if access != Access::Unknown {
            self.state(account).learned.set(access);
        }
        Ok(Checked { account, email, access })
    }

    /// The first existing one of three reads decides; only `GET /user` also tells the e-mail.
    async fn ask(&self, client: &crate::calls::Client) -> Result<Option<String>, SignInError> {
        if let Some(user) = asked(client, &GetUser).await? {
            return Ok(user.email.clone());
        }
        if asked(client, &GetBalance).await?.is_some() {
            return Ok(None);
        }
        let first = ListServers { page: 1, per_page: Some(1), filter: ServerFilter::default(), sort: None };
        match asked(client, &first).await? {
            Some(_) => Ok(None),
            None => Err(SignInError::NotAsked(Error::NotOffered)),
        }
    }
}

/// One of the three. `None`: it does not exist, or is not for this token, so it decides nothing.
async fn asked<O: Operation>(
    client: &crate::calls::Client,
    operation: &O,
) -> Result<Option<Arc<O::Answer>>, SignInError> {
    match client.send(operation).await {
        Ok(received) => Ok(Some(Arc::new(received.value))),
        Err(Failure::Refused { status: 401, .. }) => Err(SignInError::Refused),
        Err(Failure::NotOffered | Failure::Refused { status: 403 | 404, .. }) => Ok(None),
        Err(failure) => {
            tracing::warn!(operation = O::INFO.id, cause = %failure, "a token could not be checked");
            Err(SignInError::NotAsked(Error::of(&failure)))
        }
    }
}

/// Tells a read token from a write token without any effect: a quote for no servers is refused with 422 to who
/// may write, with 403 to who may only read. Any other answer tells nothing.
async fn probe(client: &crate::calls::Client) -> Access {
    let nothing = QuoteRenewal { servers: Vec::new(), billing_cycle: 1, promo_code: None };
    match client.send(&nothing).await {
        Ok(_) | Err(Failure::Refused { status: 422, .. }) => Access::Writes,
        Err(Failure::Refused { status: 403, .. }) => Access::ProbablyReadOnly,
        Err(_) => Access::Unknown,
    }
}

impl Gateway {
    /// Checks a token and, if it is good, signs this session in: with a new id, so that one planted earlier is
    /// worth nothing. When the token is not good the session stays as it was.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        session: &Session,
        token: &str,
        person: Option<String>,
    ) -> Result<Access, SignInError> {
        let checked = self.check_token(token).await?;
        self.learn_owner(checked.account, checked.email.as_deref()).await.map_err(|error| {
            tracing::error!(%error, "whose token it is could not be written down");
            SignInError::NotAsked(Error::Internal)
        })?;
        let now = jiff::Timestamp::now().as_second();
        let signed_in = SignedIn {
            token: token.to_owned(),
            account: checked.account.hex(),
            person,
            email: checked.email,
            access: checked.access.word().to_owned(),
            since: now,
            touched: now,
        };
        // The session before this one, if any, ends for its open streams too.
        if let Some(before) = session.id() {
            let _ = self.0.ended.send(Ended::Session(crate::Sessions::hash(&before)));
        }
        let stored = async {
            session.clear().await;
            session.cycle_id().await?;
            session.insert(SignedIn::KEY, signed_in).await
        };
        stored.await.map_err(|error| {
            tracing::error!(%error, "a session could not be stored");
            SignInError::NotAsked(Error::Internal)
        })?;
        Ok(checked.access)
    }

    /// The account of a session, if somebody is signed in and the session is neither too old nor too long idle.
    /// Notes the use now and then, which moves the idle end.
    ///
    /// # Errors
    /// [`Out`]: why nobody is signed in.
    pub async fn enter(&self, session: &Session, actor: Actor) -> Result<Account, Out> {
        // Asked before the store is: afterwards an id that the store does not know is forgotten.
        let known = session.id().is_some();
        let Some(mut signed_in): Option<SignedIn> = session.get(SignedIn::KEY).await.ok().flatten() else {
            let why = session.get(OUT).await.ok().flatten();
            return Err(why.unwrap_or(if known { Out::Ended } else { Out::Stranger }));
        };
        let now = jiff::Timestamp::now().as_second();
        if signed_in.is_over(self.timings()) {
            session.clear().await;
            // Saved here, so that the token leaves the store now.
            let noted = async { session.insert(OUT, Out::Ended).await.and(session.save().await) };
            if let Err(error) = noted.await {
                tracing::error!(%error, "the end of a session could not be noted");
            }
            return Err(Out::Ended);
        }
        if now - signed_in.touched >= NOTE_USE {
            signed_in.touched = now;
            if let Err(error) = session.insert(SignedIn::KEY, signed_in.clone()).await {
                tracing::error!(%error, "the use of a session could not be noted");
            }
        }
        let account = self.open(session, &signed_in, actor).await.ok_or(Out::Ended)?;
        account.resume_purchases();
        Ok(account)
    }

    /// The account of a session for a page that nobody has asked for yet: it shows what is in the cache, and leaves no
    /// trace in the session. None: nobody is signed in.
    pub async fn look_in(&self, session: &Session, actor: Actor) -> Option<Account> {
        let signed_in: SignedIn = session.get(SignedIn::KEY).await.ok()??;
        if signed_in.is_over(self.timings()) {
            return None;
        }
        Some(self.open(session, &signed_in, actor).await?.cached_only())
    }

    async fn open(&self, session: &Session, signed_in: &SignedIn, actor: Actor) -> Option<Account> {
        if let Err(error) = self.find_owner(self.account_key(&signed_in.token)).await {
            // As if the session could not be read: without it nobody knows whose things to show.
            tracing::error!(%error, "whose token it is could not be read");
            return None;
        }
        let session = session.id().map(|id| crate::Sessions::hash(&id)).unwrap_or_default();
        let person = signed_in.person.clone();
        Some(self.account(signed_in, Actor { session, person, ..actor }))
    }
}

impl Account {
    /// Signs out: the session ends in the store and in all open streams.
    pub async fn sign_out(&self, session: &Session) {
        if let Err(error) = session.flush().await {
            tracing::error!(%error, "a session could not be removed at sign-out");
        }
        self.announce_sign_out();
    }
}

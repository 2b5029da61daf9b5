//! Sessions in the database: each record sealed whole, found by the SHA-256 of its id, which is stored nowhere
//! else. `save` only updates, and never makes a session signed in, so that a request still in flight at sign-out
//! does not bring a session back.
//!
//! A session that was ended by something else than its person stays, without the token, until its time is over:
//! every tab of the browser is told why.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use tower_sessions_core::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::{AccountKey, Out, SealingKey, StorageError, Timings};

/// The key in a session under which [`SignedIn`] stands.
const SIGNED_IN: &str = "signed_in";

/// What a session holds about its person. Sealed in the store; never in HTML, logs or addresses.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// The token.
    pub token: String,
    /// [`AccountKey`] of the token, in hexadecimal: lets the store find all sessions of an account.
    pub account: String,
    /// The name given at sign-in.
    pub person: Option<String>,
    /// E-mail of the provider's user.
    pub email: Option<String>,
    /// What the token may do, as known at sign-in: [`crate::Access::word`].
    pub access: String,
    /// Unix seconds of the sign-in: the absolute end counts from here.
    pub since: i64,
    /// Unix seconds of the last request that was noted: the idle end counts from here.
    pub touched: i64,
}

impl SignedIn {
    /// The key under which it stands in a session.
    pub const KEY: &'static str = SIGNED_IN;

    /// Whether the session is too old or too long idle.
    pub(crate) fn is_over(&self, timings: &Timings) -> bool {
        let now = jiff::Timestamp::now().as_second();
        let seconds = |period: std::time::Duration| i64::try_from(period.as_secs()).unwrap_or(i64::MAX);
        now - self.since > seconds(timings.session_absolute)
            || now - self.touched > seconds(timings.session_idle)
    }
}

/// The key in a session under which stands, as an [`Out`], why it ended.
pub(crate) const OUT: &str = "out";

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SignedIn").field("account", &self.account).finish_non_exhaustive()
    }
}

/// The store of sessions.
#[derive(Clone)]
pub struct Sessions {
    pool: SqlitePool,
    key: SealingKey,
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sessions")
    }
}

impl Sessions {
    pub(crate) fn new(pool: SqlitePool, key: SealingKey) -> Self {
        Self { pool, key }
    }

    /// SHA-256 of a session id, the only form in which it is kept.
    pub fn hash(id: &Id) -> [u8; 32] {
        Sha256::digest(id.0.to_le_bytes()).into()
    }

    /// Ends all sessions of an account because its token is refused: what they held is gone, the reason stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn end_account(&self, account: AccountKey) -> std::result::Result<(), StorageError> {
        let mut transaction = self.pool.begin().await?;
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT id_hash, sealed FROM sessions WHERE account = $1")
                .bind(&account.0[..])
                .fetch_all(&mut *transaction)
                .await?;
        for (hash, sealed) in rows {
            let ended = self.opened(&sealed, &hash).and_then(|mut record| {
                record.data =
                    [(OUT.to_owned(), serde_json::to_value(Out::Refused).unwrap_or_default())].into();
                self.sealed(&record)
            });
            let query = match ended {
                Ok((sealed, ..)) => {
                    sqlx::query("UPDATE sessions SET account = NULL, sealed = $2 WHERE id_hash = $1")
                        .bind(hash)
                        .bind(sealed)
                }
                // What does not open helps nobody.
                Err(_) => sqlx::query("DELETE FROM sessions WHERE id_hash = $1").bind(hash),
            };
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    fn opened(&self, sealed: &[u8], hash: &[u8]) -> Result<Record> {
        let text = self.key.open(sealed, hash);
        let text = text.ok_or_else(|| Error::Decode("a session does not open".to_owned()))?;
        serde_json::from_slice(&text).map_err(|error| Error::Decode(error.to_string()))
    }

    /// What one of the live sessions of an owner holds, with whichever token, if there is any.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn one_of(
        &self,
        owner: AccountKey,
    ) -> std::result::Result<Option<SignedIn>, StorageError> {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "SELECT id_hash, sealed FROM sessions WHERE expires_at >= $2 \
             AND (account = $1 OR account IN (SELECT token FROM owners WHERE owner = $1))",
        )
        .bind(&owner.0[..])
        .bind(crate::storage::now())
        .fetch_all(&self.pool)
        .await?;
        let opened = |(hash, sealed): (Vec<u8>, Vec<u8>)| {
            let text = self.key.open(&sealed, &hash)?;
            let record: Record = serde_json::from_slice(&text).ok()?;
            serde_json::from_value(record.data.get(SIGNED_IN)?.clone()).ok()
        };
        Ok(rows.into_iter().find_map(opened))
    }

    /// What a live session holds, by the hash of its id. None when it has ended, for whatever reason.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn signed_in(
        &self,
        hash: &[u8; 32],
        timings: &Timings,
    ) -> std::result::Result<Option<SignedIn>, StorageError> {
        let sealed: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT sealed FROM sessions WHERE id_hash = $1 AND expires_at >= $2")
                .bind(&hash[..])
                .bind(crate::storage::now())
                .fetch_optional(&self.pool)
                .await?;
        let record = sealed.and_then(|sealed| self.opened(&sealed, hash).ok());
        let signed_in: Option<SignedIn> =
            record.and_then(|record| serde_json::from_value(record.data.get(SIGNED_IN)?.clone()).ok());
        Ok(signed_in.filter(|signed_in| !signed_in.is_over(timings)))
    }

    fn sealed(&self, record: &Record) -> Result<(Vec<u8>, Option<Vec<u8>>, i64)> {
        let text = serde_json::to_vec(record).map_err(|error| Error::Encode(error.to_string()))?;
        let sealed = self.key.seal(&text, &Self::hash(&record.id));
        let account = record.data.get(SIGNED_IN).and_then(|value| value.get("account")?.as_str());
        let account = account.and_then(AccountKey::from_hex).map(|key| key.0.to_vec());
        let expires_at = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000);
        Ok((sealed, account, expires_at.unwrap_or(i64::MAX)))
    }
}

fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let (sealed, account, expires_at) = self.sealed(record)?;
            let inserted = sqlx::query(
                "INSERT INTO sessions (id_hash, account, sealed, expires_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (id_hash) DO NOTHING",
            )
            .bind(&Self::hash(&record.id)[..])
            .bind(account)
            .bind(sealed)
            .bind(expires_at)
            .execute(&self.pool)
            .await
            .map_err(backend)?;
            if inserted.rows_affected() == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (sealed, account, expires_at) = self.sealed(record)?;
        sqlx::query(
            "UPDATE sessions SET account = $2, sealed = $3, expires_at = $4 \
             WHERE id_hash = $1 AND ($2 IS NULL OR account = $2)",
        )
        .bind(&Self::hash(&record.id)[..])
        .bind(account)
        .bind(sealed)
        .bind(expires_at)
        .execute(&self.pool)
        .await
        .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let hash = Self::hash(id);
        let sealed: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT sealed FROM sessions WHERE id_hash = $1 AND expires_at >= $2")
                .bind(&hash[..])
                .bind(crate::storage::now())
                .fetch_optional(&self.pool)
                .await
                .map_err(backend)?;
        let Some(sealed) = sealed else { return Ok(None) };
        self.opened(&sealed, &hash).map(Some)
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE id_hash = $1")
            .bind(&Self::hash(id)[..])
            .execute(&self.pool)
            .await
            .map_err(backend)?;
        Ok(())
    }
}

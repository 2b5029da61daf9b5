//! The journal in the database. A line moves from state to state and never back by itself; each move names the
//! states it may come from, so that of two who decide at once only one does.

use std::{fmt, str::FromStr};

use sqlx::SqliteConnection;

use super::{
    PurchaseState,
    paper::{Content, Paper},
};
use crate::{
    AccountKey, Error, Gateway,
    audit::{Record, word},
    seal::random,
    storage::now,
};

/// Lines that are shown at most.
const SHOWN: i64 = 100;

/// The id of a line: 128 random bits, in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PurchaseId([u8; 16]);

impl PurchaseId {
    /// A new one.
    pub(super) fn new() -> Self {
        Self(random().expect("the system gives random bytes"))
    }
}

impl fmt::Display for PurchaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

/// Text that is no id of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a purchase")]
pub struct NotAPurchase;

impl FromStr for PurchaseId {
    type Err = NotAPurchase;
    fn from_str(text: &str) -> Result<Self, NotAPurchase> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAPurchase)?;
        Ok(Self(bytes))
    }
}

/// The lines of all owners.
pub(super) struct Journal<'gateway>(&'gateway Gateway);

/// Id, owner, state, when it began, when it changed, the sealed part.
pub(super) type Row = (String, Vec<u8>, String, i64, i64, Vec<u8>);

pub(super) const ROW: &str = "SELECT id, account, state, created_at, changed_at, sealed FROM purchases";

impl Gateway {
    pub(super) fn journal(&self) -> Journal<'_> {
        Journal(self)
    }
}

impl Journal<'_> {
    /// Writes a purchase down before it is sent.
    pub(super) async fn begin(
        &self,
        id: PurchaseId,
        owner: AccountKey,
        content: Content,
    ) -> Result<Paper, Error> {
        let now = now();
        let state = PurchaseState::Sending;
        let paper = Paper { id, owner, state, created_at: now, changed_at: now, content };
        sqlx::query(
            "INSERT INTO purchases (id, account, operation, state, created_at, changed_at, sealed) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id.to_string())
        .bind(&owner.0[..])
        .bind(&paper.content.record.operation)
        .bind(paper.state.word())
        .bind(now)
        .bind(now)
        .bind(self.sealed(&paper)?)
        .execute(&self.0.0.pool)
        .await
        .map_err(internal)?;
        Ok(paper)
    }

    /// Moves a line; false when it was in none of the states it may come from.
    pub(super) async fn change(
        &self,
        paper: &mut Paper,
        from: &[PurchaseState],
        to: PurchaseState,
    ) -> Result<bool, Error> {
        let mut database = self.0.0.pool.acquire().await.map_err(internal)?;
        self.change_in(&mut database, paper, from, to).await
    }

    /// The sending has ended: moves the line and writes the audit record, both or neither.
    pub(super) async fn sent(
        &self,
        paper: &mut Paper,
        to: PurchaseState,
        outcome: Result<(), &Error>,
    ) -> Result<bool, Error> {
        let mut transaction = self.0.0.pool.begin().await.map_err(internal)?;
        if !self.change_in(&mut transaction, paper, &[PurchaseState::Sending], to).await? {
            return Ok(false);
        }
        let record: &Record = &paper.content.record;
        record.write(&mut *transaction, paper.owner, word(outcome)).await.map_err(internal)?;
        transaction.commit().await.map_err(internal)?;
        Ok(true)
    }

    async fn change_in(
        &self,
        database: &mut SqliteConnection,
        paper: &mut Paper,
        from: &[PurchaseState],
        to: PurchaseState,
    ) -> Result<bool, Error> {
        let first = from.first().copied().unwrap_or(to);
        loop {
            let (sealed, now) = (self.sealed(paper)?, now());
            let changed = sqlx::query(
                "UPDATE purchases SET state = $3, changed_at = $4, sealed = $5 \
                 WHERE id = $1 AND account = $2 AND (state = $6 OR state = $7)",
            )
            .bind(paper.id.to_string())
            .bind(&paper.owner.0[..])
            .bind(to.word())
            .bind(now)
            .bind(sealed)
            .bind(first.word())
            .bind(from.get(1).copied().unwrap_or(first).word())
            .execute(&mut *database)
            .await
            .map_err(internal)?;
            if changed.rows_affected() == 1 {
                (paper.state, paper.changed_at) = (to, now);
                return Ok(true);
            }
            // Its owner may have become known since it was read.
            let owner: Option<Vec<u8>> = sqlx::query_scalar("SELECT account FROM purchases WHERE id = $1")
                .bind(paper.id.to_string())
                .fetch_optional(&mut *database)
                .await
                .map_err(internal)?;
            match owner.and_then(|owner| owner.try_into().ok()).map(AccountKey) {
                Some(owner) if owner != paper.owner => paper.owner = owner,
                _ => return Ok(false),
            }
        }
    }

    /// One line, whose ever it is.
    pub(super) async fn paper(&self, id: PurchaseId) -> Result<Paper, Error> {
        let query = format!("{ROW} WHERE id = $1");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(id.to_string())
            .fetch_optional(&self.0.0.pool)
            .await
            .map_err(internal)?;
        row.and_then(|row| self.opened(row)).ok_or(Error::NotFound)
    }

    /// The newest lines of an owner, newest first.
    pub(super) async fn newest(&self, owner: AccountKey) -> Result<Vec<Paper>, Error> {
        let query = format!("{ROW} WHERE account = $1 ORDER BY created_at DESC LIMIT $2");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&owner.0[..])
            .bind(SHOWN)
            .fetch_all(&self.0.0.pool)
            .await
            .map_err(internal)?;
        Ok(rows.into_iter().filter_map(|row| self.opened(row)).collect())
    }

    /// All lines of an owner whose outcome is open, and those that began after a moment.
    pub(super) async fn open_or_since(&self, owner: AccountKey, since: i64) -> Result<Vec<Paper>, Error> {
        let query = format!(
            "{ROW} WHERE account = $1 AND (created_at >= $2 OR state = 'sending' OR state = 'looking' \
             OR state = 'unknown')"
        );
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&owner.0[..])
            .bind(since)
            .fetch_all(&self.0.0.pool)
            .await
            .map_err(internal)?;
        Ok(rows.into_iter().filter_map(|row| self.opened(row)).collect())
    }

    fn sealed(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_vec(&paper.content).map_err(|_| Error::Internal)?;
        Ok(self.0.0.key.seal(&text, &place(paper.owner, paper.id)))
    }

    /// Owners of purchases whose outcome may still come by itself.
    pub(super) async fn owners_with_open_purchases(&self) -> Result<Vec<AccountKey>, sqlx::Error> {
        let keys: Vec<Vec<u8>> = sqlx::query_scalar(
            "SELECT DISTINCT account FROM purchases WHERE state = 'sending' OR state = 'looking'",
        )
        .fetch_all(&self.0.0.pool)
        .await?;
        Ok(keys.into_iter().filter_map(|key| key.try_into().ok().map(AccountKey)).collect())
    }

    /// A line that does not open is one for the log, not for a person.
    pub(super) fn opened(&self, (id, owner, state, created_at, changed_at, sealed): Row) -> Option<Paper> {
        let id: PurchaseId = id.parse().ok()?;
        let owner = AccountKey(owner.try_into().ok()?);
        let text = self.0.0.key.open(&sealed, &place(owner, id));
        let content = text.and_then(|text| serde_json::from_slice(&text).ok());
        let Some(content) = content else {
            tracing::error!(purchase = %id, "a line of the purchase journal does not open");
            return None;
        };
        Some(Paper { id, owner, state: PurchaseState::from_word(&state)?, created_at, changed_at, content })
    }
}

impl Gateway {
    /// All purchases of an owner become another's: they are sealed anew, for their new place. One that does not open
    /// stays where it is.
    pub(crate) async fn move_purchases(
        &self,
        database: &mut SqliteConnection,
        from: AccountKey,
        to: AccountKey,
    ) -> Result<(), sqlx::Error> {
        let rows: Vec<(String, Vec<u8>)> =
            sqlx::query_as("SELECT id, sealed FROM purchases WHERE account = $1")
                .bind(&from.0[..])
                .fetch_all(&mut *database)
                .await?;
        for (text, sealed) in rows {
            let Ok(id) = text.parse::<PurchaseId>() else { continue };
            let Some(content) = self.0.key.open(&sealed, &place(from, id)) else {
                tracing::error!(purchase = %id, "a line of the purchase journal does not open");
                continue;
            };
            sqlx::query("UPDATE purchases SET account = $2, sealed = $3 WHERE id = $1")
                .bind(text)
                .bind(&to.0[..])
                .bind(self.0.key.seal(&content, &place(to, id)))
                .execute(&mut *database)
                .await?;
        }
        Ok(())
    }
}

/// Binds what is sealed to its line and its owner.
fn place(owner: AccountKey, id: PurchaseId) -> Vec<u8> {
    [b"purchase ", &owner.0[..], &id.0].concat()
}

pub(super) fn internal(error: sqlx::Error) -> Error {
    tracing::error!(%error, "the purchase journal cannot be read or written");
    Error::Internal
}

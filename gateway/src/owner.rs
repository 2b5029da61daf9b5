//! Whose it is. Tokens come and go, and a team may have several of one account: what was done, bought and typed
//! belongs to the provider's user behind them. Everything about the calls themselves (cache, limits, breakers, what
//! the token may do) stays with the token.
//!
//! The contract tells one thing by which an account is known, its e-mail, and sign-in works without it: until it is
//! told, the token is its own owner. Once it is learned, what was kept under the token moves to the user, and the
//! token is remembered as this user's, so that a sign-in at which the provider tells nothing finds it again. A token
//! stays with its user: if it tells another e-mail than before, the user has changed it, and everything moves along.

use std::sync::atomic::Ordering;

use sqlx::SqliteConnection;

use crate::{AccountKey, Gateway, StorageError, storage::now};

/// Tables of which nothing but the key has to move: no two owners can have the same row in them. Whoever adds a table
/// with an owner adds it here, or a line to [`moved`].
const PLAIN: [&str; 3] = ["audit", "drafts", "bulk_jobs"];

impl Gateway {
    /// The key of a provider's user. Never that of a token: those have no such letter in them.
    fn user_key(&self, email: &str) -> AccountKey {
        AccountKey(self.0.key.fingerprint(format!("user\0{email}").as_bytes()))
    }

    /// Whose token it is, as far as known; then also [`crate::Account::owner`] knows it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn find_owner(&self, token: AccountKey) -> Result<AccountKey, sqlx::Error> {
        let state = self.state(token);
        if let Some(owner) = *state.owner.lock() {
            return Ok(owner);
        }
        let found = stored_owner(&mut *self.0.pool.acquire().await?, token).await?;
        // Whoever signs in meanwhile knows better.
        Ok(*state.owner.lock().get_or_insert(found.unwrap_or(token)))
    }

    /// The provider told at sign-in whose token it is, or did not.
    ///
    /// # Errors
    /// When the database cannot be written; then everything is as it was.
    pub(crate) async fn learn_owner(
        &self,
        token: AccountKey,
        email: Option<&str>,
    ) -> Result<(), sqlx::Error> {
        let Some(email) = email.map(str::trim).filter(|email| !email.is_empty()) else {
            return self.find_owner(token).await.map(drop);
        };
        let owner = self.user_key(email);
        let mut transaction = self.0.pool.begin().await?;
        sqlx::query(
            "INSERT INTO owners (token, owner, learned_at) VALUES ($1, $1, $2) \
             ON CONFLICT (token) DO UPDATE SET learned_at = excluded.learned_at",
        )
        .bind(&token.0[..])
        .bind(now())
        .execute(&mut *transaction)
        .await?;
        let before = stored_owner(&mut transaction, token).await?.unwrap_or(token);
        if before != owner {
            self.moved(&mut transaction, before, owner).await?;
            let all = "UPDATE owners SET owner = $2 WHERE owner = $1".to_owned();
            run(&mut transaction, all, before, owner).await?;
        }
        let tokens: Vec<Vec<u8>> = sqlx::query_scalar("SELECT token FROM owners WHERE owner = $1")
            .bind(&owner.0[..])
            .fetch_all(&mut *transaction)
            .await?;
        transaction.commit().await?;
        *self.state(token).owner.lock() = Some(owner);
        // Also for those who are at work with another of its tokens right now.
        for state in tokens.into_iter().filter_map(key_of).filter_map(|token| self.known(token)) {
            *state.owner.lock() = Some(owner);
        }
        if before != owner {
            // What came along and is open is looked for; who waits for it looks at its new place.
            self.owner_state(owner).resumed.store(false, Ordering::SeqCst);
            *self.owner_state(owner).views.lock().await = None;
            self.owner_state(before).changed.notify_waiters();
        }
        Ok(())
    }

    /// Everything of an owner becomes another's.
    async fn moved(
        &self,
        database: &mut SqliteConnection,
        from: AccountKey,
        to: AccountKey,
    ) -> Result<(), sqlx::Error> {
        for table in PLAIN {
            let all = format!("UPDATE {table} SET account = $2 WHERE account = $1");
            run(database, all, from, to).await?;
        }
        // Where both have the same, the later action and the earlier outcome of a form stay.
        for query in [
            "DELETE FROM power_actions WHERE account = $2 AND EXISTS (SELECT 1 FROM power_actions AS moving \
             WHERE moving.account = $1 AND moving.server = power_actions.server \
             AND moving.started_at > power_actions.started_at)",
            "DELETE FROM power_actions WHERE account = $1 \
             AND server IN (SELECT server FROM power_actions WHERE account = $2)",
            "UPDATE power_actions SET account = $2 WHERE account = $1",
            "DELETE FROM submissions WHERE account = $1 \
             AND id IN (SELECT id FROM submissions WHERE account = $2)",
            "UPDATE submissions SET account = $2 WHERE account = $1",
            // What the user saved under a name stays as it is, and so does its default.
            "DELETE FROM saved_views WHERE account = $1 AND EXISTS (SELECT 1 FROM saved_views AS there \
             WHERE there.account = $2 AND there.list = saved_views.list \
             AND there.name_hash = saved_views.name_hash)",
            "UPDATE saved_views SET is_default = FALSE WHERE account = $1 \
             AND list IN (SELECT list FROM saved_views WHERE account = $2 AND is_default)",
            "UPDATE saved_views SET account = $2 WHERE account = $1",
        ] {
            run(database, query.to_owned(), from, to).await?;
        }
        self.move_purchases(database, from, to).await
    }

    /// Forgets what was done with a token of the demo, which anybody may have: it ends with the demo.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_demo(&self, token: &str) -> Result<(), StorageError> {
        let token = self.account_key(token);
        let owner = self.find_owner(token).await?;
        let mut transaction = self.0.pool.begin().await?;
        for table in ["audit", "purchases", "power_actions", "bulk_jobs", "saved_views"] {
            let all = format!("DELETE FROM {table} WHERE account = $1 OR account = $2");
            run(&mut transaction, all, token, owner).await?;
        }
        transaction.commit().await?;
        *self.owner_state(owner).views.lock().await = None;
        Ok(())
    }
}

/// Runs a query of ours about two keys, `$1` and `$2`.
async fn run(
    database: &mut SqliteConnection,
    query: String,
    first: AccountKey,
    second: AccountKey,
) -> Result<(), sqlx::Error> {
    let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(&first.0[..]).bind(&second.0[..]);
    query.execute(database).await.map(drop)
}

/// Whose token it is, as written down.
async fn stored_owner(
    database: &mut SqliteConnection,
    token: AccountKey,
) -> Result<Option<AccountKey>, sqlx::Error> {
    let owner: Option<Vec<u8>> = sqlx::query_scalar("SELECT owner FROM owners WHERE token = $1")
        .bind(&token.0[..])
        .fetch_optional(database)
        .await?;
    Ok(owner.and_then(key_of))
}

fn key_of(bytes: Vec<u8>) -> Option<AccountKey> {
    bytes.try_into().ok().map(AccountKey)
}

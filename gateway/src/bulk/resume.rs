//! After a restart: what was on its way is of unknown outcome and never sent again; jobs whose session goes on
//! continue by themselves, the others pause.

use super::{BulkAction, BulkId, PauseReason, store::Jobs};
use crate::{AccountKey, Error, Gateway, StorageError, audit::word, storage::now};

/// Id, account, action, the session that it works with, the sealed part.
type Left = (String, Vec<u8>, String, Vec<u8>, Vec<u8>);

impl Gateway {
    /// Takes over what an earlier run left. Before anything else happens: from now on what stands as sending is
    /// being sent.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub(crate) async fn resume_bulks(&self) -> Result<(), StorageError> {
        self.settle_left_rows().await?;
        let running: Vec<Left> = sqlx::query_as(
            "SELECT id, account, action, session, sealed FROM bulk_jobs WHERE state = 'running' \
             ORDER BY started_at",
        )
        .fetch_all(&self.0.pool)
        .await?;
        for (id, owner, _, session, sealed) in running {
            let (Ok(id), Some(owner)) = (id.parse::<BulkId>(), key(owner)) else { continue };
            let jobs = Jobs::of(self, owner);
            let session = <[u8; 32]>::try_from(session).unwrap_or_default();
            let signed_in = self.sessions().signed_in(&session, self.timings()).await?;
            if let Some(signed_in) = &signed_in {
                self.find_owner(self.account_key(&signed_in.token)).await?;
            }
            let account = signed_in.zip(jobs.who(id, &sealed)).map(|(it, who)| self.account(&it, who.actor));
            match account.filter(|account| account.owner() == owner) {
                Some(account) => account.work_on(id),
                None => drop(jobs.end(id, Some(PauseReason::SessionEnded)).await),
            }
        }
        Ok(())
    }

    async fn settle_left_rows(&self) -> Result<(), StorageError> {
        let left: Vec<Left> = sqlx::query_as(
            "SELECT id, account, action, session, sealed FROM bulk_jobs WHERE id IN \
             (SELECT job FROM bulk_rows WHERE outcome = 'sending')",
        )
        .fetch_all(&self.0.pool)
        .await?;
        for (id, owner, action, _, sealed) in left {
            let (Ok(id), Some(owner), Some(action)) =
                (id.parse::<BulkId>(), key(owner), BulkAction::from_word(&action))
            else {
                continue;
            };
            let jobs = Jobs::of(self, owner);
            let rows: Vec<(i64, i64)> =
                sqlx::query_as("SELECT place, object FROM bulk_rows WHERE job = $1 AND outcome = 'sending'")
                    .bind(id.to_string())
                    .fetch_all(&self.0.pool)
                    .await?;
            let who = jobs.who(id, &sealed);
            for (place, object) in rows {
                tracing::warn!(bulk = %id, object, "the program ended while this was sent: its outcome is unknown");
                // Both or neither: one record for each that was sent.
                let mut transaction = self.0.pool.begin().await?;
                sqlx::query(
                    "UPDATE bulk_rows SET outcome = 'unknown', changed_at = $3 WHERE job = $1 AND place = $2",
                )
                .bind(id.to_string())
                .bind(place)
                .bind(now())
                .execute(&mut *transaction)
                .await?;
                let record =
                    who.as_ref().and_then(|who| action.record(&who.actor, object.unsigned_abs()).ok());
                if let Some(record) = record {
                    record.write(&mut *transaction, owner, word(Err(&Error::OutcomeUnknown))).await?;
                }
                transaction.commit().await?;
            }
        }
        Ok(())
    }
}

fn key(bytes: Vec<u8>) -> Option<AccountKey> {
    bytes.try_into().ok().map(AccountKey)
}

//! Who changed what. One record for each call that changes something, whatever its outcome; records are only
//! ever added, and removed by age (`Timings::audit`) or with the demo; whose they are may be learned later.

use serde::{Deserialize, Serialize};
use sqlx::{Executor, Sqlite};
use vpsbg_api::Operation;

use crate::{Account, AccountKey, Actor, Error, seal::random, storage::now};

/// One record, before it is written. Also part of the purchase journal, so that a purchase whose program was
/// killed is still written down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) operation: String,
    permission: String,
    pub(crate) object: Option<String>,
    pub(crate) person: Option<String>,
    /// The beginning of the hash of the session's id.
    session: [u8; 8],
    address: Option<String>,
    pub(crate) request_id: String,
}

impl Record {
    /// The record of a change by somebody.
    pub(crate) fn of<O: Operation>(operation: &O, actor: &Actor) -> Self {
        let mut session = [0; 8];
        session.copy_from_slice(&actor.session[..8]);
        Self {
            operation: O::INFO.id.to_owned(),
            permission: O::INFO.permission.name().to_owned(),
            object: operation.object(),
            person: actor.person.clone(),
            session,
            address: actor.address.clone(),
            request_id: actor.request_id.clone(),
        }
    }

    /// Writes it down with its outcome.
    pub(crate) async fn write<'c>(
        &self,
        database: impl Executor<'c, Database = Sqlite>,
        owner: AccountKey,
        outcome: &str,
    ) -> Result<(), sqlx::Error> {
        let id: [u8; 16] = random().expect("the system gives random bytes");
        sqlx::query(
            "INSERT INTO audit (id, at, account, operation, permission, object, outcome, person, session, \
             address, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(&id[..])
        .bind(now())
        .bind(&owner.0[..])
        .bind(&self.operation)
        .bind(&self.permission)
        .bind(self.object.as_deref())
        .bind(outcome)
        .bind(self.person.as_deref())
        .bind(&self.session[..])
        .bind(self.address.as_deref())
        .bind(&self.request_id)
        .execute(database)
        .await?;
        let (operation, object) = (&self.operation, self.object.as_deref());
        tracing::info!(operation, object, outcome, "change");
        Ok(())
    }
}

/// The word of an outcome in the records.
pub(crate) fn word(outcome: Result<(), &Error>) -> &'static str {
    outcome.map_or_else(Error::code, |()| "done")
}

impl Account {
    /// The record of a change by this person.
    pub(crate) fn record_of<O: Operation>(&self, operation: &O) -> Record {
        Record::of(operation, &self.actor)
    }

    /// Writes the record of a change. A record that cannot be written is an error in the log, not for the
    /// person: the change has happened.
    pub(crate) async fn record<O: Operation>(&self, operation: &O, outcome: Result<(), &Error>) {
        let record = self.record_of(operation);
        if let Err(error) = record.write(&self.gateway.0.pool, self.owner(), word(outcome)).await {
            tracing::error!(%error, operation = O::INFO.id, "the audit record could not be written");
        }
    }
}

//! Who changed what. One record for each call that changes something, whatever its outcome; records are only
//! ever added, and removed by age (`Timings::audit`).

use vpsbg_api::Operation;

use crate::{Account, Error, seal::random, storage::now};

impl Account {
    /// Writes the record of a change. A record that cannot be written is an error in the log, not for the
    /// person: the change has happened.
    pub(crate) async fn record<O: Operation>(&self, operation: &O, outcome: Result<(), &Error>) {
        let outcome = outcome.map_or_else(Error::code, |()| "done");
        let id: [u8; 16] = random().expect("the system gives random bytes");
        let written = sqlx::query(
            "INSERT INTO audit (id, at, account, operation, permission, object, outcome, person, session, \
             address, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(&id[..])
        .bind(now())
        .bind(&self.key.0[..])
        .bind(O::INFO.id)
        .bind(O::INFO.permission.name())
        .bind(operation.object())
        .bind(outcome)
        .bind(self.actor.person.as_deref())
        .bind(&self.actor.session[..8])
        .bind(self.actor.address.as_deref())
        .bind(&self.actor.request_id)
        .execute(&self.gateway.0.pool)
        .await;
        let object = operation.object();
        tracing::info!(operation = O::INFO.id, object, outcome, "change");
        if let Err(error) = written {
            tracing::error!(%error, operation = O::INFO.id, "the audit record could not be written");
        }
    }
}

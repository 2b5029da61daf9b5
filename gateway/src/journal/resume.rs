//! After a restart: purchases that were on their way when the program ended are looked for, never sent again.

use std::sync::atomic::Ordering;

use super::PurchaseState;
use crate::{Account, AccountKey, Actor, Error, Gateway, StorageError};

impl Gateway {
    /// Goes on looking, as far as there is a session whose token may ask. The others follow when their account is
    /// opened.
    pub(crate) async fn resume_purchases(self) {
        let owners = match self.journal().owners_with_open_purchases().await {
            Ok(owners) => owners,
            Err(error) => return tracing::error!(%error, "open purchases could not be read"),
        };
        for owner in owners {
            match self.open_for(owner).await {
                Ok(true) => {}
                Ok(false) => tracing::info!("an open purchase waits until its account signs in"),
                Err(error) => tracing::error!(%error, "a session could not be read"),
            }
        }
    }

    /// Opens the account of an owner with one of its sessions, which takes over what is open; false if there is none.
    async fn open_for(&self, owner: AccountKey) -> Result<bool, StorageError> {
        let Some(signed_in) = self.sessions().one_of(owner).await? else { return Ok(false) };
        self.find_owner(self.account_key(&signed_in.token)).await?;
        self.account(&signed_in, Actor::default()).resume_purchases();
        Ok(true)
    }
}

impl Account {
    /// Once in the life of the program, when an account of the owner is opened first; again when more became the
    /// owner's.
    pub(crate) fn resume_purchases(&self) {
        if self.owner_state().resumed.swap(true, Ordering::SeqCst) {
            return;
        }
        let account = self.for_house();
        tokio::spawn(async move {
            if let Err(error) = account.take_over().await {
                tracing::error!(%error, "open purchases could not be taken over");
            }
        });
    }

    async fn take_over(&self) -> Result<(), Error> {
        let journal = self.gateway.journal();
        for mut paper in journal.open_or_since(self.owner(), i64::MAX).await? {
            // What this run is not sending was left by an earlier one.
            let left = !self.gateway.0.sending.lock().contains(&paper.id);
            if paper.state == PurchaseState::Sending && left {
                journal.sent(&mut paper, PurchaseState::Looking, Err(&Error::OutcomeUnknown)).await?;
            }
            if paper.state == PurchaseState::Looking {
                self.look_after(paper.id);
            }
        }
        Ok(())
    }
}

//! After a restart: purchases that were on their way when the program ended are looked for, never sent again.

use super::PurchaseState;
use crate::{Account, Actor, Error, Gateway};

impl Gateway {
    /// Goes on looking, as far as there is a session whose token may ask. The others follow when their account is
    /// opened.
    pub(crate) async fn resume_purchases(self) {
        let accounts = match self.accounts_with_open_purchases().await {
            Ok(accounts) => accounts,
            Err(error) => return tracing::error!(%error, "open purchases could not be read"),
        };
        for key in accounts {
            match self.sessions().one_of(key).await {
                Ok(Some(signed_in)) => drop(self.account(&signed_in, Actor::default())),
                Ok(None) => tracing::info!("an open purchase waits until its account signs in"),
                Err(error) => tracing::error!(%error, "a session could not be read"),
            }
        }
    }
}

impl Account {
    /// Once in the life of the program, when the account is opened first.
    pub(crate) fn resume_purchases(&self) {
        let account = self.for_house();
        // Before anybody can buy: from now on what stands as sending was left by an earlier run.
        let turn = self.state.spending.clone().try_lock_owned();
        tokio::spawn(async move {
            let _turn = turn;
            if let Err(error) = account.take_over().await {
                tracing::error!(%error, "open purchases could not be taken over");
            }
        });
    }

    async fn take_over(&self) -> Result<(), Error> {
        let journal = self.journal();
        for mut paper in journal.open_or_since(i64::MAX).await? {
            if paper.state == PurchaseState::Sending {
                journal.sent(&mut paper, PurchaseState::Looking, Err(&Error::OutcomeUnknown)).await?;
            }
            if paper.state == PurchaseState::Looking {
                self.look_after(paper.id);
            }
        }
        Ok(())
    }
}

//! The purchase journal: what costs money is written down before it is sent, and if the answer is lost the
//! provider is asked, by reading only, what became of it (design §4).
//!
//! *Done*: exactly what was ordered is there and was not there before. *Not done*: nothing of the kind appeared
//! while the provider kept answering for two minutes. Everything else is *unknown*: what might be it is kept, and
//! a person decides. **Nothing is ever sent a second time from here**, also not after a restart.

mod before;
mod buying;
mod listed;
mod looking;
mod orders;
mod paper;
mod resume;
mod signs;
mod store;
mod table;
mod trace;

use serde::{Deserialize, Serialize};

use self::paper::{Decided, Paper};
use crate::{Account, Error};

pub use listed::PurchaseFilter;
pub use signs::Sign;
pub use store::{NotAPurchase, PurchaseId};

/// What became of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PurchaseState {
    /// On its way; no answer yet.
    Sending,
    /// The answer was lost; the provider is being asked what became of it.
    Looking,
    /// It was bought.
    Done,
    /// It was not bought.
    NotDone,
    /// Nobody can tell; a person must look and decide.
    Unknown,
}

impl PurchaseState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Sending, Self::Looking, Self::Done, Self::NotDone, Self::Unknown];

    /// The word in addresses and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Looking => "looking",
            Self::Done => "done",
            Self::NotDone => "not-done",
            Self::Unknown => "unknown",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// False while an answer may still come by itself.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Sending | Self::Looking)
    }
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Its id, for an address.
    pub id: PurchaseId,
    /// `operationId` of what was sent.
    pub operation: String,
    /// What it was about, as in the audit: `server 7`. None: the account as a whole.
    pub object: Option<String>,
    /// What became of it.
    pub state: PurchaseState,
    /// The total that the person was shown, as shown.
    pub shown: Option<String>,
    /// What was found at the provider: the result when it is done, everything that might be it when unknown.
    pub found: Vec<Sign>,
    /// Code of the refusal when it was refused ([`Error::code`]).
    pub refusal: Option<String>,
    /// Who bought.
    pub person: Option<String>,
    /// Whether a person decided what became of it, and who, if the name is known.
    pub decided: Option<Option<String>>,
    /// Id of the request that bought, as in its audit record ([`crate::AuditRecord::request_id`]).
    pub request_id: String,
    /// When it was sent.
    pub created_at: jiff::Timestamp,
    /// When its state last changed.
    pub changed_at: jiff::Timestamp,
}

/// What a purchase gave that was not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spent<A> {
    /// The provider confirmed.
    Done {
        /// The line in the journal.
        purchase: PurchaseId,
        /// The provider's answer.
        answer: A,
    },
    /// The answer was lost. It is being looked for: see [`Account::purchase`] or wait for [`Account::settled`].
    Looking {
        /// The line in the journal.
        purchase: PurchaseId,
    },
}

/// What a person says about a purchase of unknown outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It was bought.
    Done,
    /// It was not bought.
    NotDone,
    /// The provider should be asked once more.
    LookAgain,
}

impl Account {
    /// The newest purchases of this account's owner, newest first, at most a hundred.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without `billing.read`; [`Error::Internal`] when the database fails.
    pub async fn purchases(&self) -> Result<Vec<Purchase>, Error> {
        self.permit(vpsbg_api::Permission::BillingRead)?;
        let papers = self.gateway.journal().newest(self.owner()).await?;
        Ok(papers.into_iter().map(Into::into).collect())
    }

    /// One purchase of this account.
    ///
    /// # Errors
    /// As [`Account::purchases`]; [`Error::NotFound`].
    pub async fn purchase(&self, id: PurchaseId) -> Result<Purchase, Error> {
        self.permit(vpsbg_api::Permission::BillingRead)?;
        Ok(self.paper(id).await?.into())
    }

    /// Resolves when a purchase has settled, at once if it has.
    ///
    /// # Errors
    /// As [`Account::purchase`].
    pub async fn settled(&self, id: PurchaseId) -> Result<Purchase, Error> {
        loop {
            let owner = self.owner_state();
            let changed = owner.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let purchase = self.purchase(id).await?;
            if purchase.state.is_settled() {
                return Ok(purchase);
            }
            changed.await;
        }
    }

    /// A person says what became of a purchase of unknown outcome. Sends nothing.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without `billing.spend`; [`Error::NotFound`] when there is no such purchase, or its
    /// outcome is not (or no longer) unknown; [`Error::Internal`] when the database fails.
    pub async fn decide(&self, id: PurchaseId, decision: Decision) -> Result<Purchase, Error> {
        self.permit(vpsbg_api::Permission::BillingSpend)?;
        let mut paper = self.paper(id).await?;
        let to = match decision {
            Decision::Done => PurchaseState::Done,
            Decision::NotDone => PurchaseState::NotDone,
            Decision::LookAgain => PurchaseState::Looking,
        };
        if to.is_settled() {
            paper.content.decided = Some(Decided { by: self.actor.person.clone() });
        }
        if !self.gateway.journal().change(&mut paper, &[PurchaseState::Unknown], to).await? {
            return Err(Error::NotFound);
        }
        if !to.is_settled() {
            self.look_after(id);
        }
        self.owner_state().changed.notify_waiters();
        Ok(paper.into())
    }

    /// A line that is this account's.
    async fn paper(&self, id: PurchaseId) -> Result<Paper, Error> {
        let paper = self.gateway.journal().paper(id).await?;
        if paper.owner == self.owner() { Ok(paper) } else { Err(Error::NotFound) }
    }
}

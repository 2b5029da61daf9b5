//! Buying: what is there is read, the purchase written down, sent once, and its outcome noted.

use std::{future::ready, sync::Arc};

use tokio::sync::OwnedMutexGuard;
use vpsbg_api::{Effects, Money, Operation};

use super::{PurchaseId, PurchaseState, Spent, before::before, paper::Content, table::traces, trace};
use crate::{Account, Error, Gateway, Quote, Shown, quote_is_higher};

/// A database that is busy for a moment is asked again this often to note an outcome.
const NOTINGS: u32 = 5;

impl Account {
    /// Buys something. `shown` is the total that the person saw and agreed to, for the journal.
    ///
    /// Purchases of an owner go one after the other, so that what is new at the provider can be told apart.
    /// While an earlier one of the same kind is still being looked for, nothing is sent.
    ///
    /// # Errors
    /// [`Error`]: it was certainly not bought. [`Error::PurchaseOpen`] when an earlier one must settle first;
    /// trouble with the provider before sending is told as such, and nothing was sent.
    pub async fn spend<O: Operation>(
        &self,
        operation: &O,
        shown: Option<Money>,
    ) -> Result<Spent<O::Answer>, Error> {
        self.spend_if(operation, shown, ready(Ok(()))).await
    }

    /// Buys something that the provider gives a quote for. The quote is asked for once more when its turn has come:
    /// purchases before it may have taken their time, and changed what this one costs. If it is higher than what was
    /// `shown` (see [`quote_is_higher`]) nothing is sent, and the dialog must come back with it.
    ///
    /// # Errors
    /// As [`Account::spend`]; [`Error::PriceRisen`]; what [`Quote::holds`] says.
    pub async fn spend_quoted<O: Operation, Q: Operation<Answer: Quote>>(
        &self,
        operation: &O,
        quote: &Q,
        shown: impl Into<Shown>,
    ) -> Result<Spent<O::Answer>, Error> {
        let (house, quote, shown) = (self.for_house(), quote.clone(), shown.into());
        let still = async move {
            let now = match house.read_now(&quote).await {
                Ok(answer) => Some(answer),
                Err(Error::NotOffered) => None,
                Err(error) => return Err(error),
            };
            let refusal = match now.holds() {
                Ok(()) if !quote_is_higher(shown, &now) => return Ok(()),
                Ok(()) => Error::PriceRisen,
                Err(error) => error,
            };
            // What is kept no longer holds: the form must come back with what does.
            house.forget_reads();
            Err(refusal)
        };
        self.spend_if(operation, shown.0.with_vat, still).await
    }

    /// Buys, if what is asked last of all before sending agrees.
    async fn spend_if<O: Operation>(
        &self,
        operation: &O,
        shown: Option<Money>,
        agrees: impl Future<Output = Result<(), Error>> + Send + 'static,
    ) -> Result<Spent<O::Answer>, Error> {
        self.at_work()?;
        if let Err(error) = self.permit(O::INFO.permission) {
            self.record(operation, Err(&error)).await;
            return Err(error);
        }
        // The answer must be noted even if the person has gone: the task goes on.
        let (account, operation, under_way) = (self.clone(), operation.clone(), self.gateway.under_way());
        let task = tokio::spawn(async move {
            let _under_way = under_way;
            let spent = account.buy(&operation, shown, agrees).await;
            account.state.changed.notify_waiters();
            account.owner_state().changed.notify_waiters();
            spent
        });
        // A task that broke may have sent: nobody can say that nothing was bought.
        task.await.unwrap_or(Err(Error::OutcomeUnknown))
    }

    async fn buy<O: Operation>(
        &self,
        operation: &O,
        shown: Option<Money>,
        agrees: impl Future<Output = Result<(), Error>> + Send,
    ) -> Result<Spent<O::Answer>, Error> {
        debug_assert!(operation.effects().contain(Effects::SPENDS), "{} costs nothing", O::INFO.id);
        let _turn = self.turn().await;
        let journal = self.gateway.journal();
        let sending = Sending::new(&self.gateway);
        let mut paper = match self.prepare(operation, shown, agrees).await {
            Ok(content) => journal.begin(sending.id, self.owner(), content).await,
            Err(error) => Err(error),
        };
        let paper = match &mut paper {
            Ok(paper) => paper,
            Err(error) => {
                self.record(operation, Err(error)).await;
                return Err(error.clone());
            }
        };
        self.forget_reads();
        let result = self.change(operation).await;
        self.forget_reads();
        let (to, outcome) = match &result {
            Ok(_) => (PurchaseState::Done, Ok(())),
            Err(Error::OutcomeUnknown) => (PurchaseState::Looking, Err(&Error::OutcomeUnknown)),
            Err(error) => {
                paper.content.refusal = Some(error.code().to_owned());
                (PurchaseState::NotDone, Err(error))
            }
        };
        // If this cannot be written the line stays as it is, and the next start looks for what became of it.
        for _ in 0..NOTINGS {
            let Err(error) = journal.sent(paper, to, outcome).await else { break };
            tracing::error!(%error, purchase = %paper.id, "the outcome of a purchase could not be noted");
            tokio::time::sleep(self.gateway.0.timings.purchase_pause).await;
        }
        let purchase = paper.id;
        match result {
            Ok(answer) => Ok(Spent::Done { purchase, answer }),
            Err(Error::OutcomeUnknown) => {
                self.look_after(purchase);
                Ok(Spent::Looking { purchase })
            }
            Err(error) => Err(error),
        }
    }

    /// The turn to buy. Waited for anew if the owner became another meanwhile.
    async fn turn(&self) -> OwnedMutexGuard<()> {
        loop {
            let owner = self.owner();
            let turn = Arc::clone(&self.gateway.owner_state(owner).spending).lock_owned().await;
            if self.owner() == owner {
                return turn;
            }
        }
    }

    /// All that must be known before anything is sent.
    async fn prepare<O: Operation>(
        &self,
        operation: &O,
        shown: Option<Money>,
        agrees: impl Future<Output = Result<(), Error>> + Send,
    ) -> Result<Content, Error> {
        // Its turn may come only now.
        if self.gateway.is_stopping() {
            return Err(Error::Stopping);
        }
        let traces = traces(operation);
        let open = self.gateway.journal().open_or_since(self.owner(), i64::MAX).await?;
        if open.iter().any(|paper| !paper.state.is_settled() && trace::alike(&traces, &paper.content.traces))
        {
            return Err(Error::PurchaseOpen);
        }
        let before = before(&self.for_house(), &traces).await?;
        agrees.await?;
        Ok(Content {
            record: self.record_of(operation),
            shown: shown.map(|total| total.0.to_string()),
            traces,
            before,
            found: Vec::new(),
            refusal: None,
            decided: None,
        })
    }
}

/// A purchase that this run of the program is sending: while it is, its line is no leftover of an earlier run.
struct Sending {
    id: PurchaseId,
    gateway: Gateway,
}

impl Sending {
    fn new(gateway: &Gateway) -> Self {
        let id = PurchaseId::new();
        gateway.0.sending.lock().insert(id);
        Self { id, gateway: gateway.clone() }
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.gateway.0.sending.lock().remove(&self.id);
    }
}

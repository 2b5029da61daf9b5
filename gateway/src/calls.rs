//! Every call to the provider goes out here: timed, counted, and its outcome remembered for the page about the
//! contract. What the outcome teaches (limits, breakers, permissions) is decided in `send`.

use std::time::{Duration, Instant};

use vpsbg_api::{
    File, Notes, Operation,
    client::{self, Download, Failure, Received},
};

use crate::{AccountKey, Error, Gateway};

/// Sends for one account, and keeps the books.
pub(crate) struct Client {
    inner: client::Client,
    gateway: Gateway,
    account: AccountKey,
    /// What comes of its calls is not remembered for the page about the contract.
    unseen: bool,
}

/// What came of a call, without anything that came with it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) result: Result<(), Error>,
    /// HTTP status, if there was an answer.
    pub(crate) status: Option<u16>,
    /// What did not fit.
    pub(crate) notes: Notes,
    pub(crate) took: Duration,
}

impl Client {
    pub(crate) fn new(inner: client::Client, gateway: Gateway, account: AccountKey) -> Self {
        Self { inner, gateway, account, unseen: false }
    }

    /// For a question of our own whose refusal nobody caused.
    pub(crate) fn unseen(self) -> Self {
        Self { unseen: true, ..self }
    }

    /// As [`client::Client::send`].
    pub(crate) async fn send<O: Operation>(&self, operation: &O) -> Result<Received<O::Answer>, Failure> {
        let call = self.begin(O::INFO.id);
        let result = self.inner.send(operation).await;
        match &result {
            Ok(received) => {
                call.answered(received.status, received.notes.clone());
            }
            Err(failure) => call.failed(failure),
        }
        result
    }

    /// As [`client::Client::download`]. Counts until the file begins to come.
    pub(crate) async fn download<O: Operation<Answer = File>>(
        &self,
        operation: &O,
        limit: u64,
    ) -> Result<Download, Failure> {
        let call = self.begin(O::INFO.id);
        let result = self.inner.download(operation, limit).await;
        match &result {
            Ok(_) => call.answered(200, Notes::default()),
            Err(failure) => call.failed(failure),
        }
        result
    }

    fn begin(&self, operation: &'static str) -> Call<'_> {
        // Believed for an hour without being asked: then nothing goes out, and there is nothing to note.
        let asked = !self.gateway.0.routes.is_not_offered(operation);
        Call { client: self, operation, begun: Instant::now(), open: asked }
    }
}

/// A call that is under way. Given up half-way it counts as one that was not answered in time.
struct Call<'client> {
    client: &'client Client,
    operation: &'static str,
    begun: Instant,
    open: bool,
}

impl Call<'_> {
    fn answered(mut self, status: u16, notes: Notes) {
        self.over(Ok(()), Some(status), notes);
    }

    fn failed(mut self, failure: &Failure) {
        let mut notes = Notes::default();
        if let Failure::Nonsense { why, .. } = failure {
            notes.add(why);
        }
        self.over(Err(Error::of(failure)), failure.status(), notes);
    }

    fn over(&mut self, result: Result<(), Error>, status: Option<u16>, notes: Notes) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        let outcome = Outcome { result, status, notes, took: self.begun.elapsed() };
        let gateway = &self.client.gateway;
        gateway.0.metrics.called(self.operation, &outcome);
        // Whoever tries tokens must not fill the memory: only an answer makes an account known.
        let known = match outcome.result {
            Ok(()) => Some(gateway.state(self.client.account)),
            Err(_) => gateway.known(self.client.account),
        };
        if let Some(account) = known.filter(|_| !self.client.unseen) {
            account.seen.note(self.operation, outcome);
        }
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.over(Err(Error::TimedOut), None, Notes::default());
    }
}

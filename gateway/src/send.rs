//! How a call survives trouble: permission, cache, breaker, budget, retries for reads; once and only once for
//! changes.

use std::{any::Any, sync::Arc, sync::atomic::Ordering};

use tokio::time::Instant;
use vpsbg_api::{
    Body, Effects, Operation, TokenKind,
    client::{Failure, Received},
};

use crate::{
    Access, Account, Error, Freshness, Reading, Spent,
    account::Ended,
    cache::{Flight, Kept, Key},
    metrics::Served,
    seal::random,
};

/// Tries of a read: the first and two more.
const TRIES: u32 = 3;

impl Account {
    /// Reads for a page: waits at most `Timings::page_wait`. What takes longer goes on and fills the cache.
    /// While there is trouble the last good value stands in, marked with the reason.
    ///
    /// # Errors
    /// [`Error`]; [`Error::StillWaiting`] when the call goes on and nothing is kept.
    pub async fn read<O: Operation>(&self, operation: &O) -> Result<Reading<O::Answer>, Error> {
        self.permit(O::INFO.permission)?;
        let (key, generation) = (self.cache_key(operation), self.generation());
        let kept = self.gateway.0.cache.get(&key, generation);
        if let Some((kept, true)) = &kept {
            self.gateway.0.metrics.served(Served::Hit);
            return reading(kept, Freshness::Fresh);
        }
        self.at_work()?;
        let flight = self.flight(operation, key, generation);
        let failed = match tokio::time::timeout_at(self.waits_until(), flight).await {
            Ok(Ok(read)) => return reading(&read, Freshness::Fresh),
            Ok(Err(error)) => error,
            Err(_) => Error::StillWaiting,
        };
        match kept {
            Some((kept, _)) if failed.may_be_bridged() => self.bridged(&kept, failed),
            _ => Err(failed),
        }
    }

    /// Reads past the cache and fills it, with all the time there is. For pollers.
    pub(crate) async fn read_anew<O: Operation>(&self, operation: &O) -> Result<Reading<O::Answer>, Error> {
        self.permit(O::INFO.permission)?;
        self.at_work()?;
        // Before the flight begins: a person who joins it must not wait for the poller's turn.
        self.state.budget.background().await;
        self.read_first(operation).await
    }

    /// The same in the turn of a person.
    pub(crate) async fn read_first<O: Operation>(&self, operation: &O) -> Result<Reading<O::Answer>, Error> {
        self.permit(O::INFO.permission)?;
        self.at_work()?;
        let (key, generation) = (self.cache_key(operation), self.generation());
        let result = self.flight(operation, key.clone(), generation).await;
        match result {
            Ok(read) => reading(&read, Freshness::Fresh),
            Err(error) => match self.gateway.0.cache.get(&key, generation) {
                Some((kept, _)) if error.may_be_bridged() => self.bridged(&kept, error),
                _ => Err(error),
            },
        }
    }

    fn bridged<T: Any + Send + Sync>(&self, kept: &Kept, why: Error) -> Result<Reading<T>, Error> {
        self.gateway.0.metrics.served(Served::Stale);
        reading(kept, Freshness::Stale(why))
    }

    /// Reads past the cache and past what others read, at once. For what must not rest on anything older.
    ///
    /// # Errors
    /// [`Error`] of this very call: nothing older stands in for its answer.
    pub async fn read_now<O: Operation>(&self, operation: &O) -> Result<O::Answer, Error> {
        self.permit(O::INFO.permission)?;
        self.at_work()?;
        let limit = self.gateway.0.timings.whole_read;
        if let Ok(read) = tokio::time::timeout(limit, self.try_to_read(operation)).await {
            return read;
        }
        self.learn::<O>(Err(&Failure::TimedOut)).await;
        Err(Error::TimedOut)
    }

    /// Does something. Sent once; sent again only if the connection was never made.
    ///
    /// # Errors
    /// [`Error`]; [`Error::OutcomeUnknown`] when it may or may not have been done.
    pub async fn act<O: Operation>(&self, operation: &O) -> Result<O::Answer, Error> {
        self.at_work()?;
        // What costs money has no way past the journal.
        if operation.effects().contain(Effects::SPENDS) {
            return match self.spend(operation, None).await? {
                Spent::Done { answer, .. } => Ok(answer),
                Spent::Looking { .. } => Err(Error::OutcomeUnknown),
            };
        }
        if let Err(error) = self.permit(O::INFO.permission) {
            self.record(operation, Err(&error)).await;
            return Err(error);
        }
        // The answer must arrive even if the person has gone: the task goes on, the records are written.
        let (account, operation, under_way) = (self.clone(), operation.clone(), self.gateway.under_way());
        let task = tokio::spawn(async move {
            let _under_way = under_way;
            account.forget_reads();
            let result = account.change(&operation).await;
            account.forget_reads();
            account.record(&operation, result.as_ref().map(|_| ())).await;
            account.state.changed.notify_waiters();
            result
        });
        task.await.unwrap_or(Err(Error::OutcomeUnknown))
    }

    pub(crate) async fn change<O: Operation>(&self, operation: &O) -> Result<O::Answer, Error> {
        if let Some(pause) = self.state.budget.pause() {
            return Err(Error::RateLimited(pause));
        }
        let client = self.gateway.changing_client(&self.token);
        let mut tries = 0;
        loop {
            if self.gateway.is_stopping() {
                return Err(Error::Stopping);
            }
            tries += 1;
            let result = client.send(operation).await;
            self.learn::<O>(result.as_ref()).await;
            let failure = match result {
                Ok(received) => {
                    note_drift::<O>(&received);
                    return Ok(received.value);
                }
                Err(failure) => failure,
            };
            if failure.was_never_sent() && tries < TRIES {
                self.pause_before_retry(tries).await;
                continue;
            }
            tracing::warn!(operation = O::INFO.id, cause = %failure, "change failed");
            let error = Error::of(&failure);
            return Err(match error {
                _ if !failure.was_not_done() => Error::OutcomeUnknown,
                Error::Forbidden if self.access() == Access::ProbablyReadOnly => Error::ReadOnly,
                error => error,
            });
        }
    }

    /// The flight of a read: joined if the same is under way.
    fn flight<O: Operation>(&self, operation: &O, key: Key, generation: u64) -> Flight {
        let (account, operation) = (self.clone(), operation.clone());
        let state = Arc::clone(&self.state);
        self.gateway.0.cache.join(
            key,
            generation,
            move || state.generation.load(Ordering::SeqCst),
            async move {
                let limit = account.gateway.0.timings.whole_read;
                let tried = tokio::time::timeout(limit, account.try_to_read(&operation)).await;
                let read = if let Ok(read) = tried {
                    read
                } else {
                    tracing::warn!(operation = O::INFO.id, "read given up");
                    account.learn::<O>(Err(&Failure::TimedOut)).await;
                    Err(Error::TimedOut)
                };
                read.map(|value| Kept::new(value, generation))
            },
        )
    }

    async fn try_to_read<O: Operation>(&self, operation: &O) -> Result<O::Answer, Error> {
        let client = self.gateway.reading_client(&self.token);
        let mut tries = 0;
        loop {
            if let Some(pause) = self.state.budget.pause() {
                return Err(Error::RateLimited(pause));
            }
            self.breakers_admit(O::INFO.id)?;
            tries += 1;
            let result = client.send(operation).await;
            self.learn::<O>(result.as_ref()).await;
            let failure = match result {
                Ok(received) => {
                    note_drift::<O>(&received);
                    return Ok(received.value);
                }
                Err(failure) => failure,
            };
            let error = Error::of(&failure);
            let worth_another = matches!(
                error,
                Error::Unreachable | Error::TimedOut | Error::ProviderFault | Error::NotUnderstood
            );
            if worth_another && tries < TRIES {
                tracing::debug!(operation = O::INFO.id, cause = %failure, tries, "read failed, once more");
                self.pause_before_retry(tries).await;
                continue;
            }
            tracing::warn!(operation = O::INFO.id, cause = %failure, tries, "read failed");
            return Err(error);
        }
    }

    /// Full jitter: anything between nothing and the doubling bound.
    async fn pause_before_retry(&self, tries: u32) {
        let bound = self.gateway.0.timings.retry_pause * 2u32.pow(tries - 1);
        let share = u16::from_le_bytes(random().unwrap_or_default());
        tokio::time::sleep(bound * u32::from(share) / u32::from(u16::MAX)).await;
    }

    /// What every answer teaches: limits, what the token may do, the health of provider and operation, and the
    /// end of the session when the token is refused.
    pub(crate) async fn learn<O: Operation>(&self, result: Result<&Received<O::Answer>, &Failure>) {
        let needs_write = O::INFO.route.method.needs() == TokenKind::Write;
        match result {
            Ok(received) => {
                self.state.budget.heard(received.rate);
                if needs_write {
                    self.state.learned.set(Access::Writes);
                }
                self.state.breaker.lock().succeeded();
                self.state.operation_breakers.lock().remove(O::INFO.id);
            }
            Err(failure) => self.learn_from_failure::<O>(needs_write, failure).await,
        }
    }

    async fn learn_from_failure<O: Operation>(&self, needs_write: bool, failure: &Failure) {
        let (now, timings) = (Instant::now(), &self.gateway.0.timings);
        match failure {
            Failure::NotConnected(_) | Failure::TimedOut | Failure::Broken(_) => {
                self.state.breaker.lock().failed(now, timings);
                // The connection says nothing about the operation.
                self.operation_undecided::<O>();
            }
            Failure::Nonsense { .. } => {
                self.state.breaker.lock().succeeded();
                self.operation_failed::<O>(Error::NotUnderstood);
            }
            Failure::Refused { status, rate, retry_after, .. } => {
                self.state.breaker.lock().succeeded();
                self.state.budget.heard(*rate);
                match status {
                    401 => self.end_sessions().await,
                    403 if needs_write => self.state.learned.set(Access::ProbablyReadOnly),
                    // Validation comes after authorisation: the token may write.
                    422 if needs_write => self.state.learned.set(Access::Writes),
                    429 => {
                        self.state.budget.limited(retry_after.unwrap_or(std::time::Duration::from_secs(60)));
                    }
                    500.. => self.operation_failed::<O>(Error::ProviderFault),
                    _ => {}
                }
                if *status < 500 {
                    self.operation_undecided::<O>();
                }
            }
            // Nothing was sent, or only refusals came: no word on anybody's health.
            Failure::NotOffered | Failure::FileUsedUp => {
                self.state.breaker.lock().undecided();
                self.operation_undecided::<O>();
            }
        }
    }

    fn operation_undecided<O: Operation>(&self) {
        if let Some(breaker) = self.state.operation_breakers.lock().get_mut(O::INFO.id) {
            breaker.undecided();
        }
    }

    fn operation_failed<O: Operation>(&self, why: Error) {
        let mut breakers = self.state.operation_breakers.lock();
        let breaker = breakers.entry(O::INFO.id).or_default();
        breaker.because(why);
        breaker.failed(Instant::now(), &self.gateway.0.timings);
    }

    /// Both breakers must agree before either takes the call for its probe.
    fn breakers_admit(&self, operation: &'static str) -> Result<(), Error> {
        let now = Instant::now();
        let mut breakers = self.state.operation_breakers.lock();
        let mut account = self.state.breaker.lock();
        let own = breakers.get_mut(operation);
        if !account.would_admit(now) {
            return Err(Error::Unreachable);
        }
        if let Some(breaker) = own {
            if !breaker.would_admit(now) {
                return Err(breaker.why().cloned().unwrap_or(Error::ProviderFault));
            }
            breaker.sent(now);
        }
        account.sent(now);
        Ok(())
    }

    /// The token is refused: every session with it ends, in the store and in open streams. Also when who asked
    /// has gone.
    async fn end_sessions(&self) {
        let (gateway, key) = (self.gateway.clone(), self.key);
        let ending = tokio::spawn(async move {
            if let Err(error) = gateway.sessions().end_account(key).await {
                tracing::error!(%error, "sessions of a refused token could not be ended");
            }
            let _ = gateway.0.ended.send(Ended::Account(key));
        });
        let _ = ending.await;
    }

    fn waits_until(&self) -> Instant {
        self.deadline.unwrap_or_else(|| Instant::now() + self.gateway.0.timings.page_wait)
    }

    pub(crate) fn generation(&self) -> u64 {
        self.state.generation.load(Ordering::SeqCst)
    }

    pub(crate) fn forget_reads(&self) {
        self.state.generation.fetch_add(1, Ordering::SeqCst);
    }

    fn cache_key<O: Operation>(&self, operation: &O) -> Key {
        // With the body: quotes are POSTs that read, and differ only there.
        let body = match operation.body() {
            Body::Json(body) => body.to_string(),
            Body::Empty | Body::Multipart { .. } => String::new(),
        };
        let request = format!("{} {:?} {:?} {body}", O::INFO.id, operation.arguments(), operation.query());
        Key { account: self.key, request }
    }
}

fn reading<T: Any + Send + Sync>(kept: &Kept, freshness: Freshness) -> Result<Reading<T>, Error> {
    let value = Arc::clone(&kept.value).downcast::<T>().map_err(|_| Error::Internal)?;
    Ok(Reading { value, read_at: kept.read_at, freshness })
}

/// What did not fit goes to the log, by place and kind; never the values themselves.
fn note_drift<O: Operation>(received: &Received<O::Answer>) {
    if !received.notes.is_empty() {
        let (lines, more) = (received.notes.lines(), received.notes.more());
        tracing::debug!(operation = O::INFO.id, ?lines, more, "parts of an answer did not fit");
    }
}

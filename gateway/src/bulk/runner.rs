//! The runner of a job: one object after the other is looked at, dealt with, and its result noted.
//!
//! Every request is background work: it takes its place in the rate budget, so that a person's own actions go first.
//! 429 means "not done": the object waits and is tried again when the provider wants requests again.

use std::{collections::hash_map::Entry, pin::pin, sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{
    sync::{
        OwnedMutexGuard,
        broadcast::{self, error::RecvError},
    },
    time::{Instant, sleep},
};

use super::{
    BulkAction, BulkId, PauseReason, RowOutcome,
    object::Shows,
    store::{Jobs, Place},
};
use crate::{
    Account, Error,
    account::Ended,
    shared::OwnerState,
    stopping::UnderWay,
    storage::{millis, now},
};

/// How often an object is tried that could not be reached.
const TRIES: u32 = 3;
/// So many objects in a row that could not be reached, or whose answer was lost, and the job pauses.
const UNREACHED: u32 = 5;
/// A database that is busy for a moment is asked again this often to note a result.
const NOTINGS: u32 = 5;
/// How long a database that does not work is left alone.
const DATABASE_PAUSE: Duration = Duration::from_secs(15);

/// Why a runner does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Halt {
    /// The job pauses.
    Pause(PauseReason),
    /// The job does not run any more: somebody stopped it.
    Over,
    /// The program stops: the next run goes on.
    Program,
    /// The database does not work.
    Database,
}

/// What the database refuses; it was logged there.
impl From<Error> for Halt {
    fn from(_: Error) -> Self {
        Self::Database
    }
}

/// What came of one try.
enum Tried {
    Settled(RowOutcome),
    /// The provider wants no requests: once more, later.
    Later,
    /// Certainly not done: the provider does not answer, or not as it should.
    NotReached(Error),
}

/// The turn of a job, and the sign that it has it.
struct Turn {
    owner: Arc<OwnerState>,
    _turn: OwnedMutexGuard<()>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.owner.bulks.working.lock() = None;
    }
}

struct Runner {
    id: BulkId,
    action: BulkAction,
    /// In the hands of who started the job or let it go on.
    account: Account,
    /// The same for looking at objects.
    house: Account,
    owner: Arc<OwnerState>,
    ended: broadcast::Receiver<Ended>,
    /// Objects in a row that could not be reached, and why.
    unreached: u32,
    trouble: PauseReason,
    /// From the sending until its result is noted: for so long the program does not close the database.
    under_way: Option<UnderWay>,
}

impl Account {
    /// Works on a job in the background. A runner that has not quite ended is followed by this one.
    pub(super) fn work_on(&self, id: BulkId) {
        let owner = self.owner_state();
        match owner.bulks.at_work.lock().entry(id) {
            Entry::Occupied(mut entry) => {
                entry.insert(Some(self.clone()));
                return;
            }
            Entry::Vacant(entry) => {
                entry.insert(None);
            }
        }
        let (mut account, mut turn) = (self.clone(), in_queue(&owner).boxed());
        let mut ended = self.gateway.0.ended.subscribe();
        tokio::spawn(async move {
            loop {
                account.run(id, turn, ended).await;
                let mut at_work = owner.bulks.at_work.lock();
                let Some(next) = at_work.get_mut(&id).and_then(Option::take) else {
                    at_work.remove(&id);
                    return;
                };
                ended = next.gateway.0.ended.subscribe();
                (account, turn) = (next, in_queue(&owner).boxed());
            }
        });
    }

    /// Runs a job until it has ended or pauses.
    async fn run(
        &self,
        id: BulkId,
        turn: impl Future<Output = OwnedMutexGuard<()>>,
        ended: broadcast::Receiver<Ended>,
    ) {
        let Ok(head) = Jobs::of(&self.gateway, self.owner()).head(id).await else { return };
        let mut runner = Runner {
            id,
            action: head.action,
            account: Self { deadline: None, ..self.clone() },
            house: self.for_house(),
            owner: self.owner_state(),
            ended,
            unreached: 0,
            trouble: PauseReason::Unreachable,
            under_way: None,
        };
        let mut halt = runner.work_in_turn(turn).await;
        loop {
            runner.under_way = None;
            let why = match halt {
                Ok(()) => None,
                Err(Halt::Pause(why)) => Some(why),
                Err(Halt::Over | Halt::Program) => return,
                Err(Halt::Database) => {
                    // One that was busy or full for a moment must not leave a job lying for good.
                    if self.gateway.0.pool.is_closed() {
                        return;
                    }
                    sleep(DATABASE_PAUSE).await;
                    let turn = in_queue(&runner.owner);
                    halt = runner.work_in_turn(turn).await;
                    continue;
                }
            };
            match runner.jobs().end(id, why).await {
                Ok(true) => {
                    tracing::info!(bulk = %id, paused = why.map(PauseReason::word), "a bulk job has ended");
                    runner.tell();
                    return;
                }
                Ok(false) => return,
                Err(_) => halt = Err(Halt::Database),
            }
        }
    }
}

/// The turn of the next job, with a place in the queue from now on: jobs go in the order in which they came.
fn in_queue(owner: &OwnerState) -> impl Future<Output = OwnedMutexGuard<()>> + Send + use<> {
    let mut turn = Box::pin(Arc::clone(&owner.bulks.turn).lock_owned());
    let got = turn.as_mut().now_or_never();
    async move {
        match got {
            Some(turn) => turn,
            None => turn.await,
        }
    }
}

impl Runner {
    fn jobs(&self) -> Jobs<'_> {
        Jobs::of(&self.account.gateway, self.account.owner())
    }

    /// Tells who watches.
    fn tell(&self) {
        self.owner.bulks.changed.notify_waiters();
    }

    async fn work_in_turn(&mut self, turn: impl Future<Output = OwnedMutexGuard<()>>) -> Result<(), Halt> {
        let turn = self.unless_halted(turn).await?;
        let turn = Turn { owner: Arc::clone(&self.owner), _turn: turn };
        *self.owner.bulks.working.lock() = Some((self.id, Arc::clone(&self.account.state)));
        self.tell();
        // This is the only runner: what stands as sending is not being sent.
        self.jobs().give_up_sending(self.id).await?;
        self.look_back(false).await?;
        while let Some(row) = self.jobs().next(self.id).await? {
            if self.unreached >= UNREACHED {
                return Err(Halt::Pause(self.trouble));
            }
            self.row(row).await?;
        }
        // The last look only waits and reads: the next job may begin.
        drop(turn);
        self.look_back(true).await
    }

    /// Deals with one object, until it has its result.
    async fn row(&mut self, row: Place) -> Result<(), Halt> {
        let mut tries = 0;
        loop {
            self.session_goes_on().await?;
            match self.try_once(row).await? {
                Tried::Later => {}
                Tried::Settled(RowOutcome::Unknown) => {
                    // Many in a row are trouble of the provider as well: nothing more is sent into it.
                    self.unreached += 1;
                    self.trouble = PauseReason::ProviderFault;
                    self.settle(row, &RowOutcome::Unknown).await?;
                    return self.look(row, false).await;
                }
                Tried::Settled(outcome) => {
                    self.unreached = 0;
                    return self.settle(row, &outcome).await;
                }
                Tried::NotReached(error) => {
                    tries += 1;
                    if tries < TRIES {
                        let pause = self.pause_after(tries);
                        self.unless_halted(sleep(pause)).await?;
                        continue;
                    }
                    self.unreached += 1;
                    self.trouble = match error {
                        Error::ProviderFault | Error::NotUnderstood => PauseReason::ProviderFault,
                        _ => PauseReason::Unreachable,
                    };
                    return self.settle(row, &not_sent(&error)).await;
                }
            }
        }
    }

    async fn try_once(&mut self, row: Place) -> Result<Tried, Halt> {
        self.place_in_budget().await?;
        match self.action.allowed(&self.house, row.object).await {
            // Where it cannot be looked at the provider decides.
            Ok(Ok(())) | Err(Error::NotOffered) => {}
            Ok(Err(reason)) => {
                return Ok(Tried::Settled(RowOutcome::NotPossible(reason.to_string())));
            }
            Err(Error::TokenRefused) => return Err(Halt::Pause(PauseReason::TokenRefused)),
            Err(Error::RateLimited(_)) => return Ok(Tried::Later),
            Err(error) if error.may_be_bridged() => return Ok(Tried::NotReached(error)),
            Err(error) => return Ok(Tried::Settled(not_sent(&error))),
        }
        self.place_in_budget().await?;
        self.under_way = Some(self.account.gateway.under_way());
        if !self.jobs().sending(self.id, row.number).await? {
            return Err(Halt::Over);
        }
        self.tell();
        match self.action.act(&self.account, row.object).await {
            Ok(()) => Ok(Tried::Settled(RowOutcome::Done)),
            Err(Error::OutcomeUnknown) => Ok(Tried::Settled(RowOutcome::Unknown)),
            Err(
                error @ (Error::RateLimited(_) | Error::Unreachable | Error::TokenRefused | Error::Stopping),
            ) => {
                self.jobs().not_sent(self.id, row.number).await?;
                self.under_way = None;
                self.tell();
                match error {
                    Error::RateLimited(_) => Ok(Tried::Later),
                    Error::TokenRefused => Err(Halt::Pause(PauseReason::TokenRefused)),
                    // It goes on after the next start.
                    Error::Stopping => Err(Halt::Program),
                    error => Ok(Tried::NotReached(error)),
                }
            }
            Err(error) => Ok(Tried::Settled(failed(&error, said(&error)))),
        }
    }

    /// Looks at all objects whose answer was lost. The last time it waits until what they show is certain.
    async fn look_back(&mut self, last: bool) -> Result<(), Halt> {
        for row in self.jobs().unknown(self.id).await? {
            self.look(row, last).await?;
        }
        Ok(())
    }

    /// Looks at an object whose answer was lost. That it shows nothing counts only the last time, long enough
    /// after the sending.
    async fn look(&mut self, row: Place, last: bool) -> Result<(), Halt> {
        if !self.action.can_be_seen() {
            return Ok(());
        }
        if last {
            let due = row.changed_at.saturating_add(millis(self.account.gateway.0.timings.bulk_look));
            let wait = u64::try_from(due - now()).unwrap_or_default();
            self.unless_halted(sleep(Duration::from_millis(wait))).await?;
        }
        self.session_goes_on().await?;
        let shows = loop {
            self.place_in_budget().await?;
            match self.action.shows(&self.house, row.object).await {
                Err(Error::RateLimited(_)) => {}
                shows => break shows,
            }
        };
        match shows {
            Ok(Shows::Done) => {
                self.unreached = 0;
                self.settle(row, &RowOutcome::Done).await
            }
            Ok(Shows::Nothing) if last => self.settle(row, &not_done()).await,
            Err(Error::TokenRefused) => Err(Halt::Pause(PauseReason::TokenRefused)),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Waits for a place in the rate budget.
    async fn place_in_budget(&mut self) -> Result<(), Halt> {
        let state = Arc::clone(&self.account.state);
        loop {
            self.unless_halted(state.budget.background()).await?;
            if state.budget.pause().is_none() {
                return Ok(());
            }
        }
    }

    /// Before an object is tried again that could not be reached: until the breakers let a call out.
    fn pause_after(&self, tries: u32) -> Duration {
        let (state, now) = (&self.account.state, Instant::now());
        let own = state.operation_breakers.lock().get(self.action.looks_by()).map(|own| own.opens_in(now));
        let all = state.breaker.lock().opens_in(now);
        let least = self.account.gateway.0.timings.retry_pause * 2u32.pow(tries);
        all.max(own.unwrap_or_default()).max(least)
    }

    /// The session lives on in the store: it was not ended, is not too old and not too long idle.
    async fn session_goes_on(&self) -> Result<(), Halt> {
        match self.account.session_goes_on().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Halt::Pause(PauseReason::SessionEnded)),
            Err(_) => Err(Halt::Database),
        }
    }

    /// Notes the result of a row.
    async fn settle(&mut self, row: Place, outcome: &RowOutcome) -> Result<(), Halt> {
        for _ in 0..NOTINGS {
            if self.jobs().settle(self.id, row.number, outcome).await.is_ok() {
                self.under_way = None;
                self.tell();
                return Ok(());
            }
            sleep(self.account.gateway.0.timings.retry_pause).await;
        }
        Err(Halt::Database)
    }

    /// Waits for something, unless the session or the program ends, or the job is stopped.
    async fn unless_halted<T>(&mut self, wanted: impl Future<Output = T>) -> Result<T, Halt> {
        let account = &self.account;
        let jobs = Jobs::of(&account.gateway, account.owner());
        let ended = ended(&mut self.ended, account);
        let stopped = stopped(&self.owner, &jobs, self.id);
        tokio::select! {
            biased;
            halt = ended => Err(halt),
            value = wanted => Ok(value),
            halt = stopped => Err(halt),
        }
    }
}

async fn ended(ended: &mut broadcast::Receiver<Ended>, account: &Account) -> Halt {
    loop {
        match ended.recv().await {
            Ok(Ended::Session(session)) if session == account.actor.session => {
                return Halt::Pause(PauseReason::SessionEnded);
            }
            Ok(Ended::Account(key)) if key == account.key => return Halt::Pause(PauseReason::TokenRefused),
            Ok(Ended::Everything) | Err(RecvError::Closed) => return Halt::Program,
            // What was missed the store knows: it is asked before each object.
            Ok(_) | Err(RecvError::Lagged(_)) => {}
        }
    }
}

async fn stopped(owner: &OwnerState, jobs: &Jobs<'_>, id: BulkId) -> Halt {
    loop {
        let mut changed = pin!(owner.bulks.changed.notified());
        changed.as_mut().enable();
        match jobs.runs(id).await {
            Ok(true) => changed.await,
            Ok(false) => return Halt::Over,
            Err(_) => return Halt::Database,
        }
    }
}

fn failed(error: &Error, sentence: String) -> RowOutcome {
    RowOutcome::Failed { code: error.code().to_owned(), sentence }
}

/// It was not even sent.
fn not_sent(error: &Error) -> RowOutcome {
    failed(error, format!("{error} Nothing was sent."))
}

/// The answer was lost, and the object shows that it was not done.
fn not_done() -> RowOutcome {
    let sentence = "The provider did not confirm, and nothing was done.".to_owned();
    RowOutcome::Failed { code: "not-done".to_owned(), sentence }
}

/// The sentence of a refusal: in the provider's own words where it has any.
fn said(error: &Error) -> String {
    let Error::Invalid(fields) = error else { return error.to_string() };
    let words: Vec<&str> = fields.iter().flat_map(|(_, words)| words).map(String::as_str).collect();
    if words.is_empty() { error.to_string() } else { words.join(" ") }
}

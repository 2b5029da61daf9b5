//! Bulk jobs: one action on many objects, worked off by the server inside the rate budget, with a result for each.
//!
//! A job is rows in our storage, so that its page can be reloaded, shared, and survives a restart. Each object is
//! looked at when its turn comes, what the contract's table forbids is not sent, the rest goes the way of a single
//! action and leaves its own audit record; some that fail do not hold up the others. A row is written down as
//! sending before anything is sent: **what was on its way is never sent again**, also not after a restart, it is
//! read back or its outcome stays unknown. Like the audit records, the jobs of an account are seen by everybody who
//! is signed in to it.

mod action;
mod listed;
mod object;
mod resume;
mod runner;
mod store;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
    sync::Arc,
};

use jiff::Timestamp;
use parking_lot::Mutex;
use tokio::sync::Notify;

use self::store::Jobs;
use crate::{Account, Error, seal::random, shared::AccountState};

pub use action::BulkAction;
pub use listed::{BulkFilter, BulkPhase, BulkSummary};

/// Objects of a job at most.
const MOST: usize = 5_000;

/// The id of a job: 128 random bits, in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BulkId([u8; 16]);

impl fmt::Display for BulkId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

/// Text that is no id of a bulk job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a bulk job")]
pub struct NotABulkJob;

impl FromStr for BulkId {
    type Err = NotABulkJob;
    fn from_str(text: &str) -> Result<Self, NotABulkJob> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotABulkJob)?;
        Ok(Self(bytes))
    }
}

/// An object that something is to be done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// Its number at the provider.
    pub id: u64,
    /// Its name when it was chosen, for the page of the job.
    pub name: String,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BulkState {
    /// At work, or waiting for its turn ([`BulkJob::queued`]).
    Running,
    /// Nothing is sent until somebody lets it go on.
    Paused(PauseReason),
    /// Every object has its result.
    Finished,
    /// A person stopped it.
    Stopped,
}

/// Why a job pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PauseReason {
    /// The session that it worked with has ended.
    SessionEnded,
    /// The provider no longer accepts the token that it worked with.
    TokenRefused,
    /// Five objects in a row could not be dealt with because the provider did not answer.
    Unreachable,
    /// Five objects in a row could not be dealt with because of faults of the provider.
    ProviderFault,
}

impl PauseReason {
    const ALL: [Self; 4] = [Self::SessionEnded, Self::TokenRefused, Self::Unreachable, Self::ProviderFault];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::SessionEnded => "session-ended",
            Self::TokenRefused => "token-refused",
            Self::Unreachable => "unreachable",
            Self::ProviderFault => "provider-fault",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// The sentence a person reads.
impl fmt::Display for PauseReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::SessionEnded => "The session that it worked with has ended.",
            Self::TokenRefused => "The provider no longer accepts the token that it worked with.",
            Self::Unreachable => "The provider could not be reached for five in a row.",
            Self::ProviderFault => "The provider reported faults of its own for five in a row.",
        })
    }
}

/// What became of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// Nothing was sent yet.
    Waiting,
    /// On its way; no answer yet.
    Sending,
    /// The provider confirmed, or the object shows it.
    Done,
    /// It was certainly not done.
    Failed {
        /// As [`Error::code`]; `not-done` when the answer was lost and the object shows that nothing was done.
        code: String,
        /// The sentence for a person.
        sentence: String,
    },
    /// The object did not allow it when its turn came; nothing was sent. The sentence for a person.
    NotPossible(String),
    /// It was sent and the answer lost: it may or may not have been done. While the job runs it may become clear.
    Unknown,
    /// The job was stopped before its turn; nothing was sent.
    Stopped,
}

impl RowOutcome {
    /// The word in the database, and for a filter in an address.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::Failed { .. } => "failed",
            Self::NotPossible(_) => "not-possible",
            Self::Unknown => "unknown",
            Self::Stopped => "stopped",
        }
    }

    /// False while something is still to come.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Sending)
    }
}

/// One object of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// Its number at the provider.
    pub id: u64,
    /// Its name when it was chosen.
    pub name: String,
    /// What became of it.
    pub outcome: RowOutcome,
    /// Since when; None while it waits for the first time.
    pub at: Option<Timestamp>,
}

/// How many objects of a job have which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkCounts {
    /// [`RowOutcome::Waiting`].
    pub waiting: usize,
    /// [`RowOutcome::Sending`].
    pub sending: usize,
    /// [`RowOutcome::Done`].
    pub done: usize,
    /// [`RowOutcome::Failed`].
    pub failed: usize,
    /// [`RowOutcome::NotPossible`].
    pub not_possible: usize,
    /// [`RowOutcome::Unknown`].
    pub unknown: usize,
    /// [`RowOutcome::Stopped`].
    pub stopped: usize,
}

impl BulkCounts {
    /// All objects.
    pub fn total(&self) -> usize {
        self.settled() + self.waiting + self.sending
    }

    /// Objects that have their result.
    pub fn settled(&self) -> usize {
        self.done + self.failed + self.not_possible + self.unknown + self.stopped
    }

    fn add(&mut self, word: &str, number: usize) {
        let place = match word {
            "waiting" => &mut self.waiting,
            "sending" => &mut self.sending,
            "done" => &mut self.done,
            "failed" => &mut self.failed,
            "not-possible" => &mut self.not_possible,
            "stopped" => &mut self.stopped,
            _ => &mut self.unknown,
        };
        *place += number;
    }
}

/// A job with all its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkJob {
    /// Its id, for its address.
    pub id: BulkId,
    /// What is done.
    pub action: BulkAction,
    /// Where it stands.
    pub state: BulkState,
    /// True while it waits because another job of the account is at work.
    pub queued: bool,
    /// Until when it sends nothing because the provider wants no requests.
    pub held_until: Option<Timestamp>,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it was finished or stopped.
    pub ended_at: Option<Timestamp>,
    /// Who started it, if the name is known.
    pub person: Option<String>,
    /// Its objects in the order in which they were chosen.
    pub rows: Vec<BulkRow>,
    /// How many have which outcome.
    pub counts: BulkCounts,
}

impl BulkJob {
    /// True when something may still change by itself.
    pub fn is_active(&self) -> bool {
        self.state == BulkState::Running || self.counts.sending > 0
    }
}

/// The jobs of an account that are at work in this run of the program.
#[derive(Default)]
pub(crate) struct Bulks {
    /// One job works at a time; the others wait in the order in which they came.
    turn: Arc<tokio::sync::Mutex<()>>,
    /// Whose turn it is, and the account that it works with.
    working: Mutex<Option<(BulkId, Arc<AccountState>)>>,
    /// Jobs that have their runner; with who takes over when it has ended.
    at_work: Mutex<HashMap<BulkId, Option<Account>>>,
    /// A job or one of its rows has changed.
    pub(crate) changed: Notify,
}

impl Account {
    /// Starts a job. It works with the session of this account and pauses when that ends. Objects that are named
    /// twice are dealt with once.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when the person may not do this at all; [`Error::Invalid`] at `items` for none or more
    /// than 5,000 objects; [`Error::Internal`] when the database fails. Nothing was started then.
    pub async fn start_bulk(&self, action: BulkAction, mut items: Vec<BulkItem>) -> Result<BulkId, Error> {
        self.permit(action.permission())?;
        let mut seen = HashSet::new();
        items.retain(|item| seen.insert(item.id));
        let wrong = match items.len() {
            0 => Some("Choose at least one.".to_owned()),
            1..=MOST if items.iter().all(|item| object::is_id(item.id)) => None,
            1..=MOST => Some("One of them has no usable number.".to_owned()),
            _ => Some(format!("Choose at most {MOST} at once.")),
        };
        if let Some(wrong) = wrong {
            return Err(Error::Invalid(vec![("items".to_owned(), vec![wrong])]));
        }
        let id = BulkId(random().map_err(|_| Error::Internal)?);
        self.jobs().begin(id, action, &items, &self.actor).await?;
        tracing::info!(bulk = %id, action = action.word(), objects = items.len(), "a bulk job was started");
        self.bulks_changed();
        self.work_on(id);
        Ok(id)
    }

    /// One job with all its rows.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this account has no such job; [`Error::Internal`] when the database fails.
    pub async fn bulk(&self, id: &BulkId) -> Result<BulkJob, Error> {
        let (head, rows) = self.jobs().whole(*id).await?;
        let mut counts = BulkCounts::default();
        for row in &rows {
            counts.add(row.outcome.word(), 1);
        }
        let running = head.state == BulkState::Running;
        let owner = self.owner_state();
        let working = owner.bulks.working.lock();
        let account = working.as_ref().filter(|(at_work, _)| at_work == id).map(|(_, account)| account);
        let pause = account.filter(|_| running).and_then(|account| account.budget.pause());
        Ok(BulkJob {
            id: head.id,
            action: head.action,
            state: head.state,
            queued: running && account.is_none() && counts.waiting > 0,
            held_until: pause.and_then(|pause| Timestamp::now().checked_add(pause).ok()),
            started_at: head.started_at,
            ended_at: head.ended_at,
            person: head.person,
            rows,
            counts,
        })
    }

    /// Stops a job: what waits is not sent any more, what was sent stays. A job that has ended is left as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this account has no such job; [`Error::Forbidden`] when the person may not do what
    /// it does; [`Error::Internal`] when the database fails.
    pub async fn stop_bulk(&self, id: &BulkId) -> Result<(), Error> {
        let jobs = self.jobs();
        self.permit(jobs.head(*id).await?.action.permission())?;
        if jobs.stop(*id).await? {
            tracing::info!(bulk = %id, "a bulk job was stopped");
        }
        self.bulks_changed();
        Ok(())
    }

    /// Lets a paused job go on, with the session of this account. A job that does not pause is left as it is.
    ///
    /// # Errors
    /// As [`Account::stop_bulk`].
    pub async fn resume_bulk(&self, id: &BulkId) -> Result<(), Error> {
        let jobs = self.jobs();
        self.permit(jobs.head(*id).await?.action.permission())?;
        if jobs.resume(*id, &self.actor).await? {
            tracing::info!(bulk = %id, "a bulk job goes on");
            self.work_on(*id);
        }
        self.bulks_changed();
        Ok(())
    }

    fn jobs(&self) -> Jobs<'_> {
        Jobs::of(&self.gateway, self.owner())
    }

    /// Tells who watches.
    fn bulks_changed(&self) {
        self.owner_state().bulks.changed.notify_waiters();
    }
}

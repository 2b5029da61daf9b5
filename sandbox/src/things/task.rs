//! A task holds a server for a while and shows its result when it is done (FACTS §3, Lock).
//! Nothing runs meanwhile: what is due is carried out when the server is next looked at.

use super::catalogue::Plan;
use super::images::Image;
use crate::stamp;
use jiff::Timestamp;

/// A task that holds a server.
#[derive(Debug, Clone)]
pub(crate) struct Lock {
    pub since: Timestamp,
    /// When it is done; none: never.
    pub until: Option<Timestamp>,
    pub reason: &'static str,
    pub work: Work,
}

/// What is different once a task is done.
#[derive(Debug, Clone)]
pub(crate) enum Work {
    /// Nothing but the lock.
    Hold,
    /// A new server is handed over, paid for so many months.
    Deliver {
        months: u32,
    },
    Install {
        image: &'static Image,
    },
    /// The disk is as it was when it was put aside.
    Restore {
        image: Option<&'static Image>,
    },
    Scale {
        plan: &'static Plan,
        /// GB.
        disk: u32,
    },
    /// Enters or leaves the rescue system.
    Rescue(bool),
    /// The snapshot is listed from now on.
    Snapshot {
        id: i64,
        name: String,
    },
    /// The weekly backup is listed from now on.
    Backup {
        id: i64,
    },
}

impl Lock {
    /// A task of so many seconds.
    pub fn new(since: Timestamp, seconds: f64, reason: &'static str, work: Work) -> Self {
        let until = stamp::later_millis(since, (seconds * 1000.0) as i64);
        Self { since, until: Some(until), reason, work }
    }

    /// A task that never ends.
    pub fn stuck(since: Timestamp, reason: &'static str) -> Self {
        Self { since, until: None, reason, work: Work::Hold }
    }

    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

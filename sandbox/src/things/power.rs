//! Power: effects land some time after they were accepted (FACTS §3, Server, power).

use crate::stamp;
use jiff::Timestamp;

/// The power of one machine: what it was at first and every change that was or will be.
#[derive(Debug, Clone)]
pub(crate) struct Power {
    at_first: bool,
    changes: Vec<Change>,
}

#[derive(Debug, Clone, Copy)]
struct Change {
    lands: Timestamp,
    running: bool,
}

/// Old changes are folded into one; metrics of longer ago then show the machine as it was at first.
const KEPT: usize = 64;

impl Power {
    pub fn new(running: bool) -> Self {
        Self { at_first: running, changes: Vec::new() }
    }

    /// Whether the machine ran at a moment. Of changes landing together the later ordered one wins.
    pub fn running_at(&self, moment: Timestamp) -> bool {
        self.changes
            .iter()
            .filter(|change| change.lands <= moment)
            .max_by_key(|change| change.lands)
            .map_or(self.at_first, |change| change.running)
    }

    /// Whether it ran all the time between two moments, or never; none if that changed.
    pub fn steady(&self, from: Timestamp, to: Timestamp) -> Option<bool> {
        let moved = self.changes.iter().any(|change| change.lands > from && change.lands <= to);
        (!moved).then(|| self.running_at(from))
    }

    /// Start: nothing to do for a machine that still runs. A stop that is on its way therefore undoes it.
    pub fn start(&mut self, now: Timestamp, lag: f64) {
        if !self.running_at(now) {
            self.change(now, lag, true);
        }
    }

    pub fn stop(&mut self, now: Timestamp, lag: f64) {
        self.change(now, lag, false);
    }

    /// The plug is pulled: twice as quick as asking the guest.
    pub fn power_off(&mut self, now: Timestamp, lag: f64) {
        self.change(now, lag / 2.0, false);
    }

    /// An outside stop and start.
    pub fn restart(&mut self, now: Timestamp, lag: f64) {
        self.change(now, lag / 2.0, false);
        self.change(now, lag * 1.5, true);
    }

    /// Off soon, and on again only when a task of so many seconds is done; none: it stays off.
    pub fn cycle(&mut self, now: Timestamp, lag: f64, back_after: Option<f64>) {
        self.change(now, lag / 2.0, false);
        if let Some(seconds) = back_after {
            self.change(now, seconds, true);
        }
    }

    fn change(&mut self, now: Timestamp, lag: f64, running: bool) {
        if self.changes.len() >= KEPT {
            self.changes.drain(..KEPT / 2);
        }
        self.changes.push(Change { lands: stamp::later_millis(now, (lag * 1000.0) as i64), running });
    }
}

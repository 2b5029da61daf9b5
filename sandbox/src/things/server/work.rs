//! What tasks do to a server: they hold it, turn it off and on, and leave it changed (FACTS §3).

use super::Server;
use crate::things::task::{Lock, Work};
use jiff::Timestamp;

/// A restart is over after so many times the lag of power.
const RESTART: f64 = 1.5;

impl Server {
    /// A task of so many seconds holds the server. A node that does not answer never finishes one.
    pub fn hold(&mut self, now: Timestamp, seconds: f64, reason: &'static str, work: Work) {
        self.lock = Some(if self.node_reachable {
            Lock::new(now, seconds, reason, work)
        } else {
            Lock::stuck(now, reason)
        });
    }

    /// Turns it off and on again; power calls are refused until it is back.
    pub fn reboot(&mut self, now: Timestamp, lag: f64, reason: &'static str, work: Work) {
        self.hold(now, lag * RESTART, reason, work);
        if self.node_reachable {
            self.power.cycle(now, lag, Some(lag * RESTART));
        }
    }

    /// The same, but it does not come back: there is nothing to boot from.
    pub fn halt(&mut self, now: Timestamp, lag: f64, reason: &'static str) {
        self.hold(now, lag * RESTART, reason, Work::Hold);
        if self.node_reachable {
            self.power.cycle(now, lag, None);
        }
    }

    /// Work on its disk: it is off until that is done, and runs afterwards.
    pub fn operate(&mut self, now: Timestamp, lag: f64, seconds: f64, reason: &'static str, work: Work) {
        let seconds = seconds.max(lag * RESTART);
        self.hold(now, seconds, reason, work);
        if self.node_reachable {
            self.power.cycle(now, lag, Some(seconds));
        }
    }

    /// Ends a task that has become due. What is not the server's own is given back.
    pub fn finish(&mut self, now: Timestamp) -> Option<Lock> {
        let lock = self.lock.take_if(|lock| lock.is_over(now))?;
        match &lock.work {
            Work::Hold | Work::Deliver { .. } | Work::Snapshot { .. } | Work::Backup { .. } => {}
            Work::Install { image } => {
                self.image = Some(image);
                self.rescue = false;
            }
            Work::Restore { image } => {
                self.image = *image;
                self.rescue = false;
            }
            Work::Scale { plan, disk } => {
                self.plan = plan;
                self.disk = *disk;
            }
            Work::Rescue(on) => self.rescue = *on,
        }
        Some(lock)
    }
}

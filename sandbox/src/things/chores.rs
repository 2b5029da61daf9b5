//! What becomes due about servers as time goes by: tasks end, cancelled add-ons go, backups are made,
//! images that nobody boots are removed.

use super::archive::{BACKUP_EVERY, BACKUP_KEPT, Backup, Snapshot};
use super::extras::Family;
use super::holdings::{Holdings, take};
use super::server::Server;
use super::task::{Lock, Work};
use crate::stamp;
use crate::world::faults::Faults;
use jiff::Timestamp;

/// Seconds a weekly backup holds its server.
const BACKUP_SECONDS: f64 = 240.0;

impl Holdings {
    /// Lets everything about servers happen that has become due by now.
    pub fn settle_servers(&mut self, now: Timestamp, faults: &Faults) {
        for at in 0..self.servers.len() {
            if let Some(lock) = self.servers[at].finish(now) {
                self.bring(at, lock);
            }
            let server = &mut self.servers[at];
            eject(server, now, &self.isos);
            if !server.addons.is_empty() {
                drop_cancelled(server, now);
                self.back_up(at, now, faults);
            }
        }
        self.snapshots.retain(|snapshot| snapshot.exists(now));
        self.backups.retain(|backup| backup.exists(now));
        self.settle_boot_images(now);
    }

    /// What a task leaves behind outside its server.
    fn bring(&mut self, at: usize, lock: Lock) {
        let done = lock.until.unwrap_or(lock.since);
        let server = &mut self.servers[at];
        match lock.work {
            Work::Deliver { months } => self.hand_over(at, done, months),
            Work::Snapshot { id, name } => self.snapshots.push(Snapshot {
                id,
                server_id: server.id,
                name,
                created_at: lock.since,
                size: server.disk,
                image: server.image,
                gone_at: None,
            }),
            Work::Backup { id } => {
                let backup = backup_of(server, id, lock.since);
                self.backups.push(backup);
            }
            Work::Hold
            | Work::Install { .. }
            | Work::Restore { .. }
            | Work::Scale { .. }
            | Work::Rescue(_) => {}
        }
    }

    /// Makes the backups that have become due; the last one may still be on its way.
    fn back_up(&mut self, at: usize, now: Timestamp, faults: &Faults) {
        let server = &mut self.servers[at];
        let due = stamp::later_days(server.backed_up_at, BACKUP_EVERY);
        if due > now || server.addon(Family::Backups).is_none() {
            return;
        }
        // What would be too old by now is not even made.
        let weeks = (now.duration_since(due).as_hours() / 24 - BACKUP_KEPT).max(0) / BACKUP_EVERY;
        let mut due = stamp::later_days(due, weeks * BACKUP_EVERY);
        let seconds = faults.task(BACKUP_SECONDS);
        while due <= now {
            server.backed_up_at = due;
            if server.status(due) == "active" && server.node_reachable && server.lock.is_none() {
                let id = take(&mut self.next.backup);
                server.hold(due, seconds, "backup", Work::Backup { id });
                if server.finish(now).is_some() {
                    let backup = backup_of(server, id, due);
                    self.backups.push(backup);
                }
            }
            due = stamp::later_days(due, BACKUP_EVERY);
        }
    }

    /// An image no server boots any longer begins to be forgotten; a forgotten one goes.
    pub fn settle_boot_images(&mut self, now: Timestamp) {
        for image in &mut self.boot_images {
            let used = self.servers.iter().any(|server| {
                server.boot.is_some_and(|boot| boot.uses(image.id)) && server.status(now) != "terminated"
            });
            image.idle_since = if used { None } else { image.idle_since.or(Some(now)) };
        }
        self.boot_images.retain(|image| !image.is_forgotten(now));
    }
}

fn backup_of(server: &Server, id: i64, created_at: Timestamp) -> Backup {
    Backup {
        id,
        server_id: server.id,
        hostname: server.hostname.clone(),
        ip: server.main_ip().to_owned(),
        created_at,
        size: server.disk,
        image: server.image,
        gone_at: None,
    }
}

/// A drive whose ISO is gone is empty.
fn eject(server: &mut Server, now: Timestamp, isos: &[super::iso::Iso]) {
    for drive in &mut server.drives {
        let there = |id: i64| isos.iter().any(|iso| iso.id == id && !iso.is_deleted(now));
        *drive = drive.filter(|id| there(*id));
    }
}

/// Cancelled add-ons go with the end of the period they were cancelled in.
fn drop_cancelled(server: &mut Server, now: Timestamp) {
    let ended = |created_at: Timestamp| server.expiry(created_at) <= now;
    let gone: Vec<i64> = server
        .addons
        .iter()
        .filter(|addon| addon.cancel.as_ref().is_some_and(|request| request.now || ended(request.created_at)))
        .map(|addon| addon.id)
        .collect();
    server.addons.retain(|addon| !gone.contains(&addon.id));
}

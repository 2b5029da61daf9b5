//! Snapshots and backups: listed, and deleted after a while. No call creates one (FACTS §5).

use super::envelope::{self, MANY};
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::stamp;
use crate::things::archive::{Backup, Snapshot};
use crate::things::task::Work;
use crate::world::World;
use jiff::Timestamp;
use jiff::civil::Date;

/// Seconds a deletion takes.
const DELETION: f64 = 20.0;

/// What both lists are asked for.
struct Wish {
    /// A day in Sofia.
    day: Option<Date>,
    server: Option<i64>,
    size: Option<i64>,
    oldest_first: bool,
}

/// `listSnapshots`: newest first unless asked otherwise.
pub(crate) fn snapshots(world: &mut World, call: &Call) -> Answer {
    let wish = Wish::of(call)?;
    let wanted = |snapshot: &&Snapshot| wish.fits(snapshot.created_at, snapshot.server_id, snapshot.size);
    let mut rows: Vec<&Snapshot> = world.holdings.snapshots.iter().filter(wanted).collect();
    rows.sort_by_key(|snapshot| (snapshot.created_at, snapshot.id));
    if !wish.oldest_first {
        rows.reverse();
    }
    envelope::page_of(call, MANY, &rows, |snapshot| snapshot.json())
}

/// `listBackups`: newest first unless asked otherwise. Whether a size is exact or a maximum is not stated: exact.
pub(crate) fn backups(world: &mut World, call: &Call) -> Answer {
    let wish = Wish::of(call)?;
    let wanted = |backup: &&Backup| wish.fits(backup.created_at, backup.server_id, backup.size);
    let mut rows: Vec<&Backup> = world.holdings.backups.iter().filter(wanted).collect();
    rows.sort_by_key(|backup| (backup.created_at, backup.id));
    if !wish.oldest_first {
        rows.reverse();
    }
    envelope::page_of(call, MANY, &rows, |backup| backup.json())
}

/// `deleteSnapshot`
pub(crate) fn delete_snapshot(world: &mut World, call: &Call) -> Answer {
    let (id, seconds) = (call.id()?, world.faults.task(DELETION));
    let snapshot = world.holdings.snapshots.iter_mut().find(|snapshot| snapshot.id == id);
    let snapshot = snapshot.ok_or(Refusal::NotFound)?;
    let server = snapshot.server_id;
    let begun = begin(&mut snapshot.gone_at, call.now, seconds);
    hold(world, call, server, begun, "snapshot-delete");
    Ok(Reply::nothing())
}

/// `deleteBackup`
pub(crate) fn delete_backup(world: &mut World, call: &Call) -> Answer {
    let (id, seconds) = (call.id()?, world.faults.task(DELETION));
    let backup = world.holdings.backups.iter_mut().find(|backup| backup.id == id);
    let backup = backup.ok_or(Refusal::NotFound)?;
    let server = backup.server_id;
    let begun = begin(&mut backup.gone_at, call.now, seconds);
    hold(world, call, server, begun, "backup-delete");
    Ok(Reply::nothing())
}

/// Begins a deletion unless it has been begun; the seconds it takes.
fn begin(gone_at: &mut Option<Timestamp>, now: Timestamp, seconds: f64) -> Option<f64> {
    if gone_at.is_some() {
        return None;
    }
    *gone_at = Some(stamp::later_millis(now, (seconds * 1000.0) as i64));
    Some(seconds)
}

/// The task holds the server it is about, unless another one does or the server is gone.
fn hold(world: &mut World, call: &Call, server: i64, seconds: Option<f64>, reason: &'static str) {
    if let (Ok(server), Some(seconds)) = (world.holdings.server_mut(server), seconds)
        && server.lock.is_none()
        && server.status(call.now) == "active"
        && server.node_reachable
    {
        server.hold(call.now, seconds, reason, Work::Hold);
    }
}

impl Wish {
    fn of(call: &Call) -> Result<Self, Refusal> {
        let mut complaints = Complaints::default();
        let day = call.query.get("filter[date]").and_then(|text| {
            let day = Some(text).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
            if day.is_none() {
                complaints.add("filter.date", "The filter.date field must match the format Y-m-d.");
            }
            day
        });
        let mut number = |field: &str, shown: &str| {
            let number = call.query.get(field)?.parse().ok();
            if number.is_none() {
                complaints.add(shown, format!("The {shown} field must be an integer."));
            }
            number
        };
        let server = number("filter[server_id]", "filter.server_id");
        let size = number("filter[size]", "filter.size");
        let oldest_first = match call.query.get("sort") {
            None | Some("-date") => false,
            Some("date") => true,
            Some(_) => {
                complaints.unknown("sort");
                false
            }
        };
        complaints.finish()?;
        Ok(Self { day, server, size, oldest_first })
    }

    fn fits(&self, created_at: Timestamp, server: i64, size: u32) -> bool {
        self.day.is_none_or(|day| stamp::in_sofia(created_at).date() == day)
            && self.server.is_none_or(|wanted| wanted == server)
            && self.size.is_none_or(|wanted| wanted == i64::from(size))
    }
}

//! What overwrites a disk or boots something else: reinstall, restore, rescue. All of it takes a while, during
//! which the server is locked (FACTS §3, Lock).

use super::fields::Fields;
use super::power::refuse_if_busy;
use super::settings::shown;
use super::wishes;
use crate::door::call::Call;
use crate::reply::{Answer, Reply};
use crate::things::images::Image;
use crate::things::task::Work;
use crate::world::World;

/// Seconds of an installation.
const INSTALL: f64 = 90.0;
/// Seconds of a restore of a small disk, and seconds for each further GB.
const RESTORE: f64 = 40.0;
const RESTORE_GB: f64 = 0.5;

/// `reinstallServer`
pub(crate) fn reinstall(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    world.holdings.server(id)?;
    let mut fields = Fields::of(&call.body);
    fields.required("image_id");
    let image = image(&mut fields);
    wishes::password(&mut fields);
    let keys = wishes::ssh_keys(&mut fields, &world.holdings);
    let hostname = wishes::hostname(&mut fields, "hostname");
    fields.finish()?;
    let (lag, seconds) = (world.faults.power_lag_seconds, world.faults.task(INSTALL));
    let server = world.holdings.server_mut(id)?;
    refuse_if_busy(server, call.now)?;
    if let Some(hostname) = hostname {
        hostname.clone_into(&mut server.hostname);
    }
    server.ssh_keys = keys.unwrap_or_default();
    if let Some(image) = image {
        server.operate(call.now, lag, seconds, "reinstall", Work::Install { image });
    }
    shown(world, id, call)
}

/// `restoreServer`: from a snapshot or a backup, of whichever server, onto a disk that is large enough.
pub(crate) fn restore(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let disk = world.holdings.server(id)?.disk;
    let mut fields = Fields::of(&call.body);
    let source = put_aside(&mut fields, world, call);
    let size = source.map(|(size, _)| size);
    let sources = [fields.sent("snapshot_id"), fields.sent("backup_id")];
    match sources.iter().flatten().count() {
        0 => {
            let sentence = "The snapshot id field is required when backup id is not present.";
            fields.complaints.add("snapshot_id", sentence);
        }
        1 => {
            let field = if sources[0].is_some() { "snapshot_id" } else { "backup_id" };
            if let Some(size) = size.filter(|size| *size > disk) {
                let sentence = format!("The disk of the server has {disk} GB, the restore needs {size} GB.");
                fields.complaints.add(field, sentence);
            }
        }
        _ => {
            let sentence = "The backup id field is prohibited when snapshot id is present.";
            fields.complaints.add("backup_id", sentence);
        }
    }
    fields.finish()?;
    let image = source.and_then(|(_, image)| image);
    let usual = RESTORE + RESTORE_GB * f64::from(size.unwrap_or_default());
    let (lag, seconds) = (world.faults.power_lag_seconds, world.faults.task(usual));
    let server = world.holdings.server_mut(id)?;
    refuse_if_busy(server, call.now)?;
    server.operate(call.now, lag, seconds, "restore", Work::Restore { image });
    shown(world, id, call)
}

/// `enableRescue`: reboots into the rescue system.
pub(crate) fn enable_rescue(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let already = world.holdings.server(id)?.rescue;
    let mut fields = Fields::of(&call.body);
    wishes::password(&mut fields);
    wishes::ssh_keys(&mut fields, &world.holdings);
    if already {
        fields.complaints.add("rescue_mode", "The server is in rescue mode already.");
    }
    fields.finish()?;
    rescue(world, call, true)
}

/// `disableRescue`: reboots into its own system; nothing happens if it is there already.
pub(crate) fn disable_rescue(world: &mut World, call: &Call) -> Answer {
    if world.holdings.server(call.id()?)?.rescue {
        return rescue(world, call, false);
    }
    refuse_if_busy(world.holdings.server(call.id()?)?, call.now)?;
    Ok(Reply::nothing())
}

fn rescue(world: &mut World, call: &Call, on: bool) -> Answer {
    let lag = world.faults.power_lag_seconds;
    let server = world.holdings.server_mut(call.id()?)?;
    refuse_if_busy(server, call.now)?;
    server.reboot(call.now, lag, "rescue-mode", Work::Rescue(on));
    Ok(Reply::nothing())
}

/// An installable image, if one was named.
pub(super) fn image(fields: &mut Fields<'_>) -> Option<&'static Image> {
    let id = fields.integer("image_id", 1..=i64::MAX)?;
    let image = Image::by_id(id);
    if image.is_none() {
        fields.complaints.unknown("image_id");
    }
    image
}

/// A disk that was put aside: its size in GB, and what is installed on it.
pub(super) type PutAside = (u32, Option<&'static Image>);

/// The snapshot or backup that was named.
pub(super) fn put_aside(fields: &mut Fields<'_>, world: &World, call: &Call) -> Option<PutAside> {
    let (snapshots, backups) = (&world.holdings.snapshots, &world.holdings.backups);
    let snapshot = fields.integer("snapshot_id", 1..=i64::MAX).map(|id| {
        let found = snapshots.iter().find(|kept| kept.id == id && kept.gone_at.is_none());
        found.map(|snapshot| (snapshot.size, snapshot.image)).ok_or("snapshot_id")
    });
    let backup = fields.integer("backup_id", 1..=i64::MAX).map(|id| {
        let found = backups.iter().find(|kept| kept.id == id && kept.gone_at.is_none());
        found
            .filter(|backup| backup.exists(call.now))
            .map(|backup| (backup.size, backup.image))
            .ok_or("backup_id")
    });
    let mut source = None;
    for found in [snapshot, backup].into_iter().flatten() {
        match found {
            Ok(found) => source = Some(found),
            Err(field) => fields.complaints.unknown(field),
        }
    }
    source
}

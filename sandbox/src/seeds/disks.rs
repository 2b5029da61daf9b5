//! What servers of a seed have beside themselves: snapshots, backups, boot images, and the small things that
//! make a demo look lived in: ISOs in drives, seats, a cancellation, a disk that was left behind by scaling.

use super::Seed;
use crate::stamp;
use crate::things::archive::{BACKUP_EVERY, Backup, Snapshot};
use crate::things::boot_image::{BootImage, MeasuredBoot};
use crate::things::cancellation::CancelRequest;
use crate::things::extras::{Addon, Extra, Family};
use crate::things::holdings::{NextIds, take};
use crate::things::iso::Iso;
use crate::things::server::{Billing, Server};
use jiff::Timestamp;

/// Images of disks and of kernels.
#[derive(Default)]
pub(super) struct Disks {
    pub snapshots: Vec<Snapshot>,
    pub backups: Vec<Backup>,
    pub boot_images: Vec<BootImage>,
}

/// Server, name, hours since it was taken.
const SNAPSHOTS: [(&str, &str, i64); 8] = [
    ("web-1", "before-upgrade", 31),
    ("web-1", "golden image", 2190),
    ("web-2", "before-upgrade", 30),
    ("db-1", "before-migration", 411),
    ("db-1", "schema v12", 1288),
    ("mail-1", "last good", 77),
    ("shop", "clean install", 3702),
    ("test-2024", "last state", 1490),
];

/// File name, bytes, hours since it was uploaded, type.
const BOOT_IMAGES: [(&str, u64, i64, Option<&str>); 3] = [
    ("release-20260301T0504.efi", 61_341_696, 620, None),
    ("release-20260412T1830.efi", 61_867_008, 20, None),
    ("debug-kernel", 14_680_064, 1, Some("kernel")),
];

pub(super) fn plant(
    seed: Seed,
    next: &mut NextIds,
    servers: &mut [Server],
    isos: &[Iso],
    now: Timestamp,
) -> Disks {
    let ago = |hours: i64| stamp::later_millis(now, -hours * 3_600_000 - 417_338);
    let mut disks = Disks { backups: backups(servers, next, now), ..Disks::default() };
    let named = |servers: &[Server], name: &str| servers.iter().position(|server| server.hostname == name);
    let shown = match seed {
        Seed::Empty => return disks,
        Seed::Small => &SNAPSHOTS[..1],
        Seed::Typical | Seed::Fifty | Seed::Large => &SNAPSHOTS[..],
    };
    for (hostname, name, hours) in shown.iter().rev() {
        let Some(at) = named(servers, hostname) else { continue };
        disks.snapshots.push(snapshot(next, &servers[at], name, ago(*hours)));
    }
    if seed == Seed::Large {
        live_in_fleet(next, servers, &mut disks.snapshots, &ago);
    }
    if seed != Seed::Small {
        for (name, size, hours, kind) in BOOT_IMAGES {
            let id = take(&mut next.boot_image);
            let mut image = BootImage::new(id, name, size, format!("{id:064x}"), ago(hours));
            image.kind = kind;
            disks.boot_images.push(image);
        }
    }
    if let Some(vault) = named(servers, "vault.sev.example.org") {
        let booted = disks.boot_images.first();
        servers[vault].boot = booted.map(|image| MeasuredBoot { kernel: image.id, initrd: None });
        live_in(next, servers, isos, &ago);
    }
    disks
}

fn snapshot(next: &mut NextIds, server: &Server, name: &str, created_at: Timestamp) -> Snapshot {
    Snapshot {
        id: take(&mut next.snapshot),
        server_id: server.id,
        name: name.to_owned(),
        created_at,
        size: server.disk,
        image: server.image,
        gone_at: None,
    }
}

/// The weekly backups of the last three weeks.
fn backups(servers: &[Server], next: &mut NextIds, now: Timestamp) -> Vec<Backup> {
    let mut backups = Vec::new();
    for week in (0..3).rev() {
        for server in servers {
            let created_at = stamp::later_days(server.backed_up_at, -BACKUP_EVERY * week);
            let made = server.addon(Family::Backups).is_some()
                && server.billing == Billing::Paid
                && created_at > server.created_at
                && server.paid_until > created_at
                && server.node_reachable;
            if made {
                let backup = Backup {
                    id: take(&mut next.backup),
                    server_id: server.id,
                    hostname: server.hostname.clone(),
                    ip: server.main_ip().to_owned(),
                    created_at,
                    size: server.disk,
                    image: server.image,
                    gone_at: None,
                };
                if backup.exists(now) {
                    backups.push(backup);
                }
            }
        }
    }
    backups
}

/// Traces of use on the servers of the demo.
fn live_in(next: &mut NextIds, servers: &mut [Server], isos: &[Iso], ago: &dyn Fn(i64) -> Timestamp) {
    let NextIds { cancellation, addon, .. } = next;
    let mut request = |reason: &str, hours: i64| CancelRequest {
        id: take(cancellation),
        now: false,
        reason: Some(reason.to_owned()),
        created_at: ago(hours),
    };
    let add = |server: &mut Server, next: &mut i64, key: &str, quantity: i64| {
        server.addons.extend(Extra::named(key).map(|kind| Addon::new(take(next), kind, quantity)));
    };
    for server in servers {
        match server.hostname.as_str() {
            "db-1" => server.drives[0] = isos.first().map(|iso| iso.id),
            "build-1" => {
                server.drives[0] = isos.get(1).map(|iso| iso.id);
                server.cancel = Some(request("The new builder has taken over", 50));
            }
            "old-shop" => server.cancel = Some(request("The shop has moved", 300)),
            "test-2024" => server.cancel = Some(request("Nothing is left to test", 1500)),
            "cache-1" => {
                // It grew from the size below and kept the disk, so that it can go back.
                server.disk = 50;
                if let Some(backups) = server.addons.first_mut() {
                    backups.cancel = Some(request("Nothing in a cache is worth keeping", 26));
                }
            }
            "mail-1" => add(server, addon, "cpanel-pro-30", 1),
            "backup-sofia" => add(server, addon, "100mbps-unmetered", 1),
            "win-terminal" => {
                add(server, addon, "microsoft-rds-sal", 3);
                add(server, addon, "microsoft-office-sal", 2);
            }
            _ => {}
        }
    }
}

/// The same for a fleet, by a formula: a cancellation here, a snapshot there.
fn live_in_fleet(
    next: &mut NextIds,
    servers: &mut [Server],
    snapshots: &mut Vec<Snapshot>,
    ago: &dyn Fn(i64) -> Timestamp,
) {
    for (at, server) in (0..).zip(servers).filter(|(_, server)| server.lock.is_none()) {
        if at % 40 == 7 {
            snapshots.push(snapshot(next, server, "before-upgrade", ago(24 + at % 400)));
        }
        if at % 50 == 11 && server.billing == Billing::Paid {
            server.cancel = Some(CancelRequest {
                id: take(&mut next.cancellation),
                now: false,
                reason: Some("The fleet is getting smaller".to_owned()),
                created_at: ago(20),
            });
        }
    }
}

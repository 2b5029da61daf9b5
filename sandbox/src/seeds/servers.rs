//! The servers of a seed: a table for the small ones, a formula for the large one.

use super::Seed;
use crate::things::address::Address;
use crate::things::catalogue::{PLANS, Plan};
use crate::things::extras::{Addon, Extra};
use crate::things::holdings::{NextIds, take};
use crate::things::images::{IMAGES, Image};
use crate::things::pool::ExtraAddresses;
use crate::things::power::Power;
use crate::things::server::{Billing, Server};
use crate::things::task::{Lock, Work};
use crate::{noise, stamp};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What is told of a server in one line; the rest follows from it.
struct Sketch {
    hostname: String,
    plan: &'static str,
    image: Option<&'static str>,
    role: Role,
    /// Days since it was made.
    age: i64,
    /// Days until the paid period ends; negative if it has ended.
    paid_days: i64,
    /// How busy, 0 to 1.
    load: f64,
    v6: bool,
}

/// What is special about a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Running,
    Stopped,
    /// Active, renews by itself no more.
    Expiring,
    Suspended,
    Terminated,
    Processing,
    /// Held by a task that never ends.
    Locked,
    Rescue,
    Unreachable,
    /// Runs with its network cut.
    NetworkCut,
    /// AMD SEV-SNP, as the clients of measured boot rent it.
    Confidential,
}

pub(super) fn plant(seed: Seed, next: &mut NextIds, now: Timestamp) -> Vec<Server> {
    let sketches: Vec<Sketch> = match seed {
        Seed::Empty => Vec::new(),
        Seed::Small => small(),
        Seed::Typical => typical(),
        Seed::Fifty => (0..50).map(large).collect(),
        Seed::Large => (0..5000).map(large).collect(),
    };
    sketches.into_iter().enumerate().map(|(at, sketch)| build(at, sketch, next, now)).collect()
}

#[expect(clippy::too_many_arguments, reason = "a row of a table, read as one")]
fn row(
    hostname: &str,
    plan: &'static str,
    image: &'static str,
    role: Role,
    age: i64,
    paid_days: i64,
    load: f64,
    v6: bool,
) -> Sketch {
    let image = (!image.is_empty()).then_some(image);
    Sketch { hostname: hostname.to_owned(), plan, image, role, age, paid_days, load, v6 }
}

fn small() -> Vec<Sketch> {
    vec![
        row("web-1", "cloud-vps-2gb", "Ubuntu 24.04", Role::Running, 120, 18, 0.3, true),
        row("db-1", "cloud-vps-4gb", "Debian 13", Role::Running, 96, 25, 0.5, false),
        row("build-1", "vds-8gb", "AlmaLinux 9", Role::Stopped, 30, 40, 0.2, false),
    ]
}

fn typical() -> Vec<Sketch> {
    use Role::{
        Confidential, Expiring, Locked, NetworkCut, Processing, Rescue, Running, Stopped, Suspended,
        Terminated, Unreachable,
    };
    vec![
        row("web-1", "cloud-vps-2gb", "Ubuntu 24.04", Running, 214, 18, 0.35, true),
        row("web-2", "cloud-vps-2gb", "Ubuntu 24.04", Running, 210, 18, 0.30, true),
        row("db-1", "vds-16gb", "Debian 13", Running, 402, 61, 0.62, true),
        row("cache-1", "cloud-vps-4gb", "Debian 12", Expiring, 88, 2, 0.15, false),
        row("build-1", "vds-8gb", "AlmaLinux 9", Stopped, 61, 30, 0.80, false),
        row("vault.sev.example.org", "vds-8gb", "", Confidential, 44, 16, 0.10, true),
        row("mail-1", "cloud-vps-4gb", "Rocky Linux 9", Rescue, 330, 12, 0.05, false),
        row("shop", "cloud-vps-8gb", "WordPress", Locked, 156, 26, 0.45, true),
        row("backup-sofia", "cloud-vps-1gb", "Debian 12", Unreachable, 500, 9, 0.02, false),
        row("old-shop", "cloud-vps-2gb", "Ubuntu 22.04", Suspended, 720, -3, 0.20, false),
        row("win-terminal", "cloud-vps-8gb", "Windows Server 2022", NetworkCut, 40, 20, 0.25, false),
        row("vpn", "cloud-vps-1gb", "WireGuard", Processing, 0, 30, 0.10, false),
        row("test-2024", "cloud-vps-1gb", "Ubuntu 22.04", Terminated, 640, -60, 0.10, false),
    ]
}

/// The n-th of very many: mostly running, now and then something else.
fn large(n: u64) -> Sketch {
    let dice = |question: u64| noise::mix(n, question);
    let role = match dice(1) % 100 {
        0..=3 => Role::Stopped,
        4..=6 => Role::Suspended,
        7 => Role::Locked,
        8 => Role::Terminated,
        9 => Role::Processing,
        10..=12 => Role::Expiring,
        _ => Role::Running,
    };
    let word = ["web", "db", "cache", "app", "worker", "edge"][(dice(2) % 6) as usize];
    let paid_days = match role {
        Role::Suspended => -1 - noise::below(10, n, 3),
        Role::Terminated => -60,
        Role::Expiring => 1 + noise::below(5, n, 3),
        _ => 1 + noise::below(300, n, 3),
    };
    Sketch {
        hostname: format!("{word}-{:04}.fleet.example.org", n + 1),
        plan: PLANS[(dice(4) % PLANS.len() as u64) as usize].key,
        image: Some(IMAGES[(dice(5) % IMAGES.len() as u64) as usize].name),
        role,
        age: if role == Role::Processing { 0 } else { 2 + noise::below(900, n, 6) },
        paid_days,
        load: noise::fraction(n, 7),
        v6: dice(8).is_multiple_of(3),
    }
}

fn build(at: usize, sketch: Sketch, next: &mut NextIds, now: Timestamp) -> Server {
    let id = take(&mut next.server);
    let seed = id.unsigned_abs();
    let role = sketch.role;
    // Not all at the same second of the day.
    let wobble = noise::below(86_400, at as u64, 11);
    let created_at = match role {
        Role::Processing => stamp::later_millis(now, -240_417),
        _ => stamp::later(stamp::later_days(now, -sketch.age), -wobble),
    };
    let name = if sketch.hostname.contains('.') { "" } else { ".example.org" };
    let full_name = format!("{}{name}", sketch.hostname);
    let address = |id: i64, ip: String, version: u8| Address {
        id,
        ip,
        version,
        main: version == 4,
        // Only IPv4 is sold with protection (FACTS §4).
        ddos_protected: version == 4 && at % 4 == 2,
        floating: None,
        names: BTreeMap::new(),
        assigned_on: created_at,
    };
    let reverse_name = (at % 3 != 1).then_some(full_name);
    let mut addresses = Vec::new();
    if role != Role::Processing {
        addresses.push(address(take(&mut next.address), v4(at), 4).named(reverse_name));
        if sketch.v6 {
            addresses.push(address(
                take(&mut next.address),
                format!("2001:db8:{:x}:{:x}::1", at / 1000 + 1, at % 1000 + 16),
                6,
            ));
        }
    }
    let mut addons = Vec::new();
    let mut add = |key: &str| {
        addons.extend(Extra::named(key).map(|kind| Addon::new(take(&mut next.addon), kind, 1)));
    };
    if at.is_multiple_of(3) {
        add("backups");
    }
    if sketch.image.is_some_and(|image| image.starts_with("Windows")) {
        add("windows-server-license");
    }
    let lock = (role == Role::Locked).then(|| {
        let since = stamp::later(now, -420);
        if sketch.hostname.contains('.') {
            let work = Work::Snapshot { id: take(&mut next.snapshot), name: "nightly".to_owned() };
            Lock::new(since, 900.0 + 10.0 * (at % 97) as f64, "snapshot", work)
        } else {
            // The one of the demo stays locked; those of the fleet are done some time.
            Lock::stuck(since, "snapshot")
        }
    });
    let plan = Plan::named(sketch.plan);
    let idle = matches!(role, Role::Stopped | Role::Suspended | Role::Terminated | Role::Processing);
    Server {
        id,
        hostname: sketch.hostname,
        plan,
        disk: plan.disk,
        billing_cycle: [1, 1, 3, 12][(noise::mix(at as u64, 13) % 4) as usize],
        billing: match role {
            Role::Processing => Billing::Processing,
            Role::Terminated => Billing::Terminated,
            _ => Billing::Paid,
        },
        created_at,
        paid_until: stamp::sofia_midnight(stamp::later_days(now, sketch.paid_days)),
        auto_renew: !matches!(role, Role::Expiring | Role::Suspended | Role::Terminated),
        pending_renew_order: role == Role::Expiring,
        image: sketch.image.and_then(Image::named),
        addresses,
        extra_addresses: ExtraAddresses::default(),
        addons,
        cancel: None,
        ssh_keys: Vec::new(),
        drives: [None; 2],
        boot: None,
        // Not within a day of the present: nobody who looks meets a lock by chance.
        backed_up_at: stamp::later(now, -86_400 - noise::below(5 * 86_400, at as u64, 19)),
        promo_code: (at % 5 == 3).then_some("spring2603"),
        lock,
        power: Power::new(!idle),
        rescue: role == Role::Rescue,
        network_suspended: role == Role::NetworkCut,
        node_reachable: role != Role::Unreachable,
        sev_level: Some(if role == Role::Confidential { 3 } else { 0 }),
        load: sketch.load * (0.9 + 0.2 * noise::fraction(seed, 17)),
    }
}

/// Documentation addresses (FACTS §4); when those run out, the range for benchmarks (RFC 2544).
fn v4(at: usize) -> String {
    let host = at % 250 + 4;
    match at / 250 {
        0 => format!("203.0.113.{host}"),
        1 => format!("198.51.100.{host}"),
        2 => format!("192.0.2.{host}"),
        block => format!("198.18.{block}.{host}"),
    }
}

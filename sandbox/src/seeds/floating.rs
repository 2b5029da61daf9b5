//! The floating IPs of a seed, and the lists of those that are protected.

use super::Seed;
use crate::stamp;
use crate::things::address::Address;
use crate::things::attack::Pressure;
use crate::things::cancellation::CancelRequest;
use crate::things::floating_ip::{FLOATING_PLANS, FloatingIp, Place};
use crate::things::holdings::{NextIds, take};
use crate::things::moving;
use crate::things::networks::{Network, NetworkList};
use crate::things::protection::{GeoFilter, Protection};
use crate::things::server::Server;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One floating IP in a line.
struct Sketch {
    /// Place in the price list.
    plan: usize,
    /// Hostname of its server; empty if it waits.
    server: &'static str,
    name: Option<&'static str>,
    /// Days since it was bought.
    age: i64,
    /// Days until the paid period ends; negative if it has ended without renewal.
    paid_days: i64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Usual,
    Cancelled,
    /// Always under attack, and with lists.
    Besieged,
}

const fn row(
    plan: usize,
    server: &'static str,
    name: Option<&'static str>,
    age: i64,
    paid_days: i64,
    state: State,
) -> Sketch {
    Sketch { plan, server, name, age, paid_days, state }
}

const TYPICAL: [Sketch; 8] = [
    row(1, "web-2", Some("shop.example.org"), 180, 12, State::Besieged),
    row(0, "web-1", Some("www.example.org"), 200, 18, State::Usual),
    row(2, "db-1", None, 150, 5, State::Usual),
    row(0, "cache-1", None, 80, 9, State::Cancelled),
    row(0, "shop", None, 156, 26, State::Usual),
    row(1, "", Some("spare.example.org"), 60, 22, State::Usual),
    row(0, "", None, 95, -4, State::Usual),
    row(0, "", None, 300, -40, State::Usual),
];

const SMALL: [Sketch; 2] =
    [row(0, "web-1", Some("www.example.org"), 100, 18, State::Usual), row(1, "", None, 40, 11, State::Usual)];

/// What is planted: the floating IPs, and the settings of protected addresses by the address's id.
pub(super) type Planted = (Vec<FloatingIp>, BTreeMap<i64, Protection>);

pub(super) fn plant(seed: Seed, next: &mut NextIds, servers: &mut [Server], now: Timestamp) -> Planted {
    let sketches: &[Sketch] = match seed {
        Seed::Empty => &[],
        Seed::Small => &SMALL,
        Seed::Typical | Seed::Fifty | Seed::Large => &TYPICAL,
    };
    let mut protection = BTreeMap::new();
    let floating = sketches.iter().enumerate().map(|(at, sketch)| {
        let address = address(seed, at, sketch, next, now);
        if sketch.state == State::Besieged {
            protection.insert(address.id, besieged());
        }
        build(at, sketch, address, next, servers, now)
    });
    let floating = floating.collect();
    (floating, protection)
}

fn address(seed: Seed, at: usize, sketch: &Sketch, next: &mut NextIds, now: Timestamp) -> Address {
    let plan = &FLOATING_PLANS[sketch.plan];
    // The servers of the large seed have used up the documentation addresses.
    let ip = match (plan.version, seed) {
        (4, Seed::Large) => format!("198.19.255.{}", 40 + at),
        (4, _) => format!("192.0.2.{}", 40 + at),
        _ => format!("2001:db8:f:{:x}::1", 16 + at),
    };
    let address = Address {
        id: take(&mut next.address),
        ip,
        version: plan.version,
        main: false,
        ddos_protected: plan.ddos_protected,
        floating: Some(take(&mut next.floating_ip)),
        names: BTreeMap::new(),
        assigned_on: stamp::later(stamp::later_days(now, -sketch.age), -sketch.age * 311),
    };
    address.named(sketch.name.map(str::to_owned))
}

fn build(
    at: usize,
    sketch: &Sketch,
    address: Address,
    next: &mut NextIds,
    servers: &mut [Server],
    now: Timestamp,
) -> FloatingIp {
    let mut floating = FloatingIp {
        id: address.floating.unwrap_or_default(),
        plan: &FLOATING_PLANS[sketch.plan],
        place: Place::Waiting(address),
        billing_cycle: if at % 3 == 2 { 12 } else { 1 },
        processing: false,
        paid_until: stamp::sofia_midnight(stamp::later_days(now, sketch.paid_days)),
        renews: sketch.paid_days > 0,
        cancel: (sketch.state == State::Cancelled).then(|| CancelRequest {
            id: take(&mut next.cancellation),
            now: false,
            reason: Some("The service behind it moves to IPv6".to_owned()),
            created_at: stamp::later(now, -93_611),
        }),
        task: None,
    };
    // In a world without these names the fleet's own servers take them.
    let usable = |server: &&Server| server.status(now) == "active" && server.lock.is_none();
    let server = servers
        .iter()
        .find(|server| server.hostname == sketch.server)
        .or_else(|| servers.iter().filter(usable).nth(at))
        .map(|server| server.id);
    if let Some(server) = server.filter(|_| !sketch.server.is_empty()) {
        moving::put(&mut floating, servers, server);
    }
    floating
}

fn besieged() -> Protection {
    let list =
        |texts: &[&str]| NetworkList::of(texts.iter().filter_map(|text| Network::read(text)).collect());
    Protection {
        pressure: Pressure::Besieged,
        geo: GeoFilter { active: true, action: "deny", countries: ["CN", "VN"].map(str::to_owned).to_vec() },
        white: list(&["203.0.113.0/24"]),
        black: list(&["198.51.100.0/25", "192.0.2.66", "192.0.2.201"]),
    }
}

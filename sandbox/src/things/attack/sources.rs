//! Where an attack comes from. All addresses and network numbers are reserved ones (RFC 2544, 5398, 5737).

use crate::noise;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::net::Ipv4Addr;

/// How long a source stays blocked after it was last seen, seconds.
const BLOCKED_FOR: i64 = 1800;
/// Sources that are told in the break-down.
const LOUDEST: u64 = 10;

/// Number, name, country.
const NETWORKS: [(u32, &str, &str); 12] = [
    (64_496, "EXAMPLE-HOSTING", "US"),
    (64_497, "EXAMPLE-TELECOM", "BR"),
    (64_498, "EXAMPLE-CLOUD", "NL"),
    (64_499, "EXAMPLE-BROADBAND", "VN"),
    (64_500, "EXAMPLE-AS", "DE"),
    (64_501, "EXAMPLE-MOBILE", "IN"),
    (64_502, "EXAMPLE-CABLE", "ID"),
    (64_503, "EXAMPLE-FIBRE", "RO"),
    (64_504, "EXAMPLE-DATACENTRE", "SG"),
    (64_505, "EXAMPLE-UNIVERSITY", "TW"),
    (64_506, "EXAMPLE-TRANSIT", "GB"),
    (64_507, "EXAMPLE-CAMERAS", "CN"),
];

/// A machine that takes part.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub ip: Ipv4Addr,
    pub country: &'static str,
    reason: &'static str,
    blocked_at: Timestamp,
    expires_at: Timestamp,
}

impl Source {
    /// `BlockedIp`.
    pub fn json(&self) -> Value {
        json!({
            "ip": self.ip,
            "country": self.country,
            "reason": self.reason,
            "blocked_at": stamp::iso_millis(self.blocked_at),
            "expires_at": stamp::iso_millis(self.expires_at),
        })
    }
}

/// The n-th machine of an attack.
fn machine(seed: u64, n: u64) -> (Ipv4Addr, &'static str) {
    let dice = noise::mix(seed ^ 0x50C, n);
    let host = (dice >> 8) as u8;
    let ip = match dice % 8 {
        0 => Ipv4Addr::new(192, 0, 2, host),
        1 => Ipv4Addr::new(198, 51, 100, host),
        _ => Ipv4Addr::new(198, 18 + (dice >> 40 & 1) as u8, (dice >> 16) as u8, host),
    };
    (ip, NETWORKS[(dice >> 48) as usize % NETWORKS.len()].2)
}

/// Shares that fall off as such lists do; together less than the whole.
fn share(n: u64, sum: f64) -> f64 {
    1.0 / (n as f64 + 1.6) / sum
}

/// The busiest networks and their shares.
pub(super) fn networks(seed: u64) -> impl Iterator<Item = (Value, f64)> {
    let first = (noise::mix(seed, 8) % NETWORKS.len() as u64) as usize;
    (0..6_u64).map(move |n| {
        let (asn, name, country) = NETWORKS[(first + n as usize * 5) % NETWORKS.len()];
        (json!({"asn": asn, "name": name, "country": country}), share(n, 2.4))
    })
}

/// The loudest machines and their shares.
pub(super) fn loudest(seed: u64) -> impl Iterator<Item = (Source, f64)> {
    (0..LOUDEST).map(move |n| {
        let (ip, country) = machine(seed, n);
        let never = Timestamp::UNIX_EPOCH;
        (Source { ip, country, reason: "", blocked_at: never, expires_at: never }, share(n, 14.0))
    })
}

/// Machines that are blocked at a moment: one after the other while the attack goes on, and half an hour
/// longer.
pub(super) fn blocked(
    seed: u64,
    begin: Timestamp,
    end: Timestamp,
    now: Timestamp,
    reason: &'static str,
) -> Vec<Source> {
    let most = 24 + noise::mix(seed, 9) % 180;
    let spacing = 2 + noise::below(9, seed, 10);
    let mut sources: Vec<Source> = (0..most)
        .map(|n| {
            let (ip, country) = machine(seed, n);
            let blocked_at = stamp::later(begin, 6 + spacing * n.cast_signed());
            // Blocked again and again while it goes on.
            let seen = now.min(end).as_second() - blocked_at.as_second();
            let times = seen.max(0) / BLOCKED_FOR + 1;
            Source {
                ip,
                country,
                reason,
                blocked_at,
                expires_at: stamp::later(blocked_at, times * BLOCKED_FOR),
            }
        })
        .filter(|source| source.blocked_at <= now.min(end) && now < source.expires_at)
        .collect();
    sources.reverse();
    sources
}

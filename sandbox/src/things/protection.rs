//! What the filter in front of a protected address is told, and how it is doing.

use super::attack::{self, Attack, Pressure, STEP, thousandths};
use super::networks::NetworkList;
use crate::noise;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::f64::consts::TAU;

/// Seconds between two points of the traffic.
pub(crate) const POINT: i64 = 300;
/// The share of an attack that slips through while the filter learns.
const LEAK: f64 = 0.004;

/// Settings of one address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Protection {
    pub pressure: Pressure,
    pub geo: GeoFilter,
    pub white: NetworkList,
    pub black: NetworkList,
}

/// Which countries may come, or may not.
#[derive(Debug, Clone)]
pub(crate) struct GeoFilter {
    pub active: bool,
    /// `allow` or `deny`.
    pub action: &'static str,
    /// ISO 3166-1 alpha-2, sorted.
    pub countries: Vec<String>,
}

impl Default for GeoFilter {
    fn default() -> Self {
        Self { active: false, action: "deny", countries: Vec::new() }
    }
}

impl GeoFilter {
    pub fn json(&self) -> Value {
        json!({"active": self.active, "action": self.action, "countries": self.countries})
    }
}

/// A protected address as its attackers see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub address: i64,
    pub pressure: Pressure,
    pub since: Timestamp,
    /// How busy what stands behind it is, 0 to 1; none for an address on no server.
    pub load: Option<f64>,
}

impl Target {
    pub fn attacks(&self, range: (Timestamp, Timestamp), now: Timestamp) -> Vec<Attack> {
        attack::between(self.address, self.pressure, self.since, range, now)
    }

    pub fn attack(&self, id: &str, now: Timestamp) -> Option<Attack> {
        attack::named(self.address, self.pressure, self.since, id, now)
    }

    pub fn is_under_attack(&self, now: Timestamp) -> bool {
        self.attacks((now, now), now).iter().any(|attack| attack.is_ongoing(now))
    }

    /// `ProtectionBandwidthPoint`s, oldest first.
    pub fn traffic(&self, (first, last): (Timestamp, Timestamp), now: Timestamp) -> Vec<Value> {
        let last = last.min(now);
        let attacks = self.attacks((first, last), now);
        let begin = first.max(self.since).as_second();
        let begin = begin + (-begin).rem_euclid(POINT);
        (begin..=last.as_second())
            .step_by(POINT as usize)
            .map(|second| self.point(second, &attacks, now))
            .collect()
    }

    fn point(&self, second: i64, attacks: &[Attack], now: Timestamp) -> Value {
        let (mut mbps, mut pps, mut samples) = (0.0, 0.0, 0.0);
        let near =
            |attack: &&Attack| attack.begin.as_second() < second + POINT && attack.end().as_second() > second;
        let near: Vec<&Attack> = attacks.iter().filter(near).collect();
        for moment in (second..second + POINT).step_by(STEP as usize * 3) {
            if moment > now.as_second() {
                break;
            }
            for attack in &near {
                let (more, packets) = attack.rate(moment);
                mbps += more;
                pps += packets;
            }
            samples += 1.0;
        }
        let per = f64::max(samples, 1.0);
        let (bad, bad_pps) = (mbps / per, pps / per);
        let good = self.wanted(second);
        json!({
            "timestamp": second,
            "passed": thousandths(good + bad * LEAK),
            "dropped": thousandths(bad * (1.0 - LEAK)),
            "passed_pps": (good * 145.0 + bad_pps * LEAK) as i64,
            "dropped_pps": (bad_pps * (1.0 - LEAK)) as i64,
        })
    }

    /// Mbps of honest traffic: busy in the afternoon, quiet before dawn.
    fn wanted(&self, second: i64) -> f64 {
        let Some(load) = self.load else { return 0.0 };
        let hour = (second.rem_euclid(86_400) as f64 / 3600.0 + 2.0) % 24.0;
        let daily = 0.5 - 0.5 * ((hour - 3.0) / 24.0 * TAU).cos();
        let seed = self.address.unsigned_abs();
        let jitter = noise::fraction(seed, (second / POINT).unsigned_abs());
        let drift = noise::fraction(seed, (second / POINT / 6).unsigned_abs() + 1_000_003);
        (2.0 + 70.0 * load * (0.2 + 0.8 * daily)) * (0.7 + 0.25 * jitter + 0.35 * drift)
    }
}

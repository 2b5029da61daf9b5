//! One attack on a protected address: its kind, its curve, and what the filter counts of it.
//! Everything follows from its number and the moment it is looked at; nothing is stored.

mod kind;
mod sources;
mod timeline;

pub(crate) use sources::Source;
pub(crate) use timeline::{Pressure, between, named};

use crate::noise;
use crate::stamp;
use jiff::Timestamp;
use kind::Kind;
use serde_json::{Value, json};
use std::f64::consts::TAU;

/// Seconds between two points of its curve.
pub(crate) const STEP: i64 = 10;

/// An attack as it is known beforehand; what is told of it stops at the present moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attack {
    /// Everything else follows from this.
    seed: u64,
    pub begin: Timestamp,
    /// Seconds.
    length: i64,
    kind: &'static Kind,
    /// Where its curve tops out, Mbps.
    top: f64,
}

/// What was counted of it up to a moment.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    peak_mbps: f64,
    peak_pps: f64,
    megabytes: f64,
    packets: f64,
}

impl Attack {
    fn new(seed: u64, begin: Timestamp, length: i64) -> Self {
        // Most are small, a few are not: 60 Mbps to 18 Gbps.
        let size = noise::fraction(seed, 1).powi(3);
        let kind = kind::of(seed);
        Self { seed, begin, length, kind, top: 60.0 * (size * 300_f64.ln()).exp() }
    }

    /// Short opaque text, as the provider's ids are.
    pub fn id(&self) -> String {
        const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut rest = (u128::from(noise::mix(self.seed, 2)) << 64) | u128::from(noise::mix(self.seed, 3));
        let letter = || {
            let at = (rest % 62) as usize;
            rest /= 62;
            char::from(LETTERS[at])
        };
        std::iter::repeat_with(letter).take(15).collect()
    }

    pub fn end(&self) -> Timestamp {
        stamp::later(self.begin, self.length)
    }

    pub fn is_ongoing(&self, now: Timestamp) -> bool {
        self.begin <= now && now < self.end()
    }

    /// Mbps and packets per second at a moment; nothing before and after.
    pub fn rate(&self, second: i64) -> (f64, f64) {
        let elapsed = second - self.begin.as_second();
        if !(0..self.length).contains(&elapsed) {
            return (0.0, 0.0);
        }
        let jitter = 0.9 + 0.2 * noise::fraction(self.seed, elapsed.unsigned_abs() / STEP.unsigned_abs());
        let mbps = self.top * self.shape(elapsed as f64) * jitter;
        (mbps, mbps * 1e6 / 8.0 / self.kind.packet)
    }

    /// How its strength goes, 0 to 1. The detector fires when it is already under way.
    fn shape(&self, elapsed: f64) -> f64 {
        let length = self.length as f64;
        let ramp = (0.3 + elapsed / (20.0 + 60.0 * noise::fraction(self.seed, 4))).min(1.0);
        let tail = ((length - elapsed) / 45.0).min(1.0);
        let part = elapsed / length;
        let body = match noise::mix(self.seed, 5) % 4 {
            // A steady flood that breathes a little.
            0 => 0.88 + 0.12 * (part * TAU * 3.0).sin(),
            // Waves, as rented tools send them.
            1 => {
                let period = 120.0 + 180.0 * noise::fraction(self.seed, 6);
                if (elapsed / period).fract() < 0.65 { 1.0 } else { 0.18 }
            }
            // Growing while more machines join.
            2 => 0.35 + 0.65 * part,
            // A blow that dies away.
            _ => 0.2 + 0.8 * (-3.0 * part).exp(),
        };
        ramp * tail * body
    }

    /// Moments of its curve up to now, Unix seconds.
    fn moments(&self, now: Timestamp) -> impl Iterator<Item = i64> + use<> {
        let begin = self.begin.as_second();
        let last = self.end().min(now).as_second().max(begin);
        (0..).map(move |step| begin + step * STEP).take_while(move |second| *second <= last)
    }

    fn count(&self, now: Timestamp) -> Counted {
        let mut counted = Counted::default();
        for second in self.moments(now) {
            let (mbps, pps) = self.rate(second);
            counted.peak_mbps = counted.peak_mbps.max(mbps);
            counted.peak_pps = counted.peak_pps.max(pps);
            counted.megabytes += mbps / 8.0 * STEP as f64;
            counted.packets += pps * STEP as f64;
        }
        counted
    }

    /// `AttackBandwidthPoint`s so far, oldest first.
    pub fn curve(&self, now: Timestamp) -> Vec<Value> {
        let point = |second: i64| {
            let (mbps, pps) = self.rate(second);
            json!({"timestamp": second, "bandwidth": thousandths(mbps), "pps": pps as i64})
        };
        self.moments(now).map(point).collect()
    }

    /// `Attack`: a row of the list.
    pub fn row(&self, now: Timestamp) -> Value {
        let counted = self.count(now);
        let ongoing = self.is_ongoing(now);
        let severity = match counted.peak_mbps {
            mbps if mbps < 400.0 => "low",
            mbps if mbps < 2500.0 => "middle",
            _ => "high",
        };
        let (mbps, pps) = self.rate(self.begin.as_second());
        json!({
            "id": self.id(),
            "ongoing": ongoing,
            "started_at": stamp::iso_millis(self.begin),
            "ended_at": (!ongoing).then(|| stamp::iso_millis(self.end())),
            "detector": self.kind.detector,
            "severity": severity,
            "reason": self.kind.reason(mbps, pps),
            "description": self.kind.pattern,
            "peak_bandwidth": thousandths(counted.peak_mbps),
            "peak_pps": counted.peak_pps as i64,
        })
    }

    /// `AttackDetail`: the row and its break-down.
    pub fn json(&self, now: Timestamp) -> Value {
        let counted = self.count(now);
        let (mbps, pps) = self.rate(self.begin.as_second());
        let mut attack = self.row(now);
        attack["initial_bandwidth"] = json!(thousandths(mbps));
        attack["initial_pps"] = json!(pps as i64);
        attack["top_protocols"] = self
            .kind
            .protocols()
            .map(|(name, number, share)| counted.part(share, json!({"name": name, "number": number})))
            .collect();
        attack["top_source_asns"] =
            sources::networks(self.seed).map(|(network, share)| counted.part(share, network)).collect();
        attack["top_source_ips"] = sources::loudest(self.seed)
            .map(|(source, share)| counted.part(share, json!({"ip": source.ip, "country": source.country})))
            .collect();
        attack["top_ports"] = self.kind.ports(counted.packets);
        attack
    }

    /// The machines that took part and are blocked at a moment, the latest first.
    pub fn blocked(&self, now: Timestamp) -> Vec<Source> {
        sources::blocked(self.seed, self.begin, self.end(), now, self.kind.name)
    }
}

impl Counted {
    /// A share of everything, with the words that say whose.
    fn part(&self, share: f64, mut whose: Value) -> Value {
        whose["peak_bandwidth"] = json!(thousandths(self.peak_mbps * share));
        whose["peak_pps"] = json!((self.peak_pps * share) as i64);
        whose["total_bandwidth"] = json!(thousandths(self.megabytes * share));
        whose["total_pps"] = json!((self.packets * share) as i64);
        whose
    }
}

pub(crate) fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

//! Attacks: when, how strong, from where. Rates are Mbps and packets a second, totals MB and packets (FACTS §1,
//! units). The calls about them are in `attacks/operations.rs`.

mod operations;

pub use operations::{GetAttack, GetAttackBandwidth, ListAttacks};

use std::{fmt, str::FromStr};

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::{Encode, model, words},
    sizes::{MegabitsPerSecond, Megabytes, Packets, PacketsPerSecond},
    times::{Timestamp, UnixSeconds},
};

/// Id of an attack: short opaque text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttackId(String);

/// Text that cannot be the id of an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of an attack")]
pub struct NotAnAttackId;

/// It comes out of addresses and becomes a step of a path: any visible letters, but no step to another place.
impl FromStr for AttackId {
    type Err = NotAnAttackId;
    fn from_str(text: &str) -> Result<Self, NotAnAttackId> {
        let fits = (1..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic())
            && !text.bytes().all(|byte| byte == b'.');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnAttackId) }
    }
}

impl fmt::Display for AttackId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Decode for AttackId {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        let text = String::decode(value, notes)?;
        text.parse().map_err(|_| Misfit::new("the id of an attack", value))
    }
}

impl Encode for AttackId {
    fn encode(&self) -> Value {
        Value::from(self.0.clone())
    }
}

words! {
    /// What noticed an attack (FACTS §3, attack).
    pub enum AttackDetector {
        /// Too many bits a second.
        Bits = "BPS",
        /// Too many packets a second.
        Packets = "PPS",
        /// A limit on bits a second.
        BitLimit = "BPS_LIMIT",
    }
}

words! {
    /// How bad an attack is (FACTS §3, attack: high was never seen).
    pub enum AttackSeverity {
        /// Low.
        Low = "low",
        /// Middle.
        Middle = "middle",
        /// High.
        High = "high",
    }
}

model! {
    /// An attack (`Attack`, `AttackDetail`).
    pub struct Attack {
        /// Id.
        pub id: AttackId,
        /// It is still running.
        pub ongoing: Option<bool>,
        /// When it began.
        pub started_at: Option<Timestamp>,
        /// When it ended; none while it runs.
        pub ended_at: Option<Timestamp>,
        /// What noticed it.
        pub detector: Option<AttackDetector>,
        /// How bad.
        pub severity: Option<AttackSeverity>,
        /// Why it was taken for an attack, in the filter's words.
        pub reason: Option<String>,
        /// Pattern of its traffic.
        pub description: Option<String>,
        /// Strongest moment.
        pub peak_bandwidth: Option<MegabitsPerSecond>,
        /// Strongest moment.
        pub peak_packets: Option<PacketsPerSecond> = "peak_pps",
        /// At its beginning; only on single attacks, like all that follows.
        pub initial_bandwidth: Option<MegabitsPerSecond>,
        /// At its beginning.
        pub initial_packets: Option<PacketsPerSecond> = "initial_pps",
        /// Its protocols.
        pub top_protocols: Vec<AttackProtocol>,
        /// The network operators it came from.
        pub top_source_asns: Vec<AttackSourceAsn>,
        /// The addresses it came from.
        pub top_source_ips: Vec<AttackSourceIp>,
        /// The ports it went to.
        pub top_ports: Option<AttackPorts>,
    }
}

model! {
    /// The part of one protocol (`AttackProtocol`).
    pub struct AttackProtocol {
        /// Name.
        pub name: Option<String>,
        /// IP protocol number.
        pub number: Option<u32>,
        /// Strongest moment.
        pub peak_bandwidth: Option<MegabitsPerSecond>,
        /// Strongest moment.
        pub peak_packets: Option<PacketsPerSecond> = "peak_pps",
        /// Altogether.
        pub total_bandwidth: Option<Megabytes>,
        /// Altogether.
        pub total_packets: Option<Packets> = "total_pps",
    }
}

model! {
    /// The part of one network operator (`AttackSourceAsn`).
    pub struct AttackSourceAsn {
        /// Number of the operator.
        pub asn: Option<u64>,
        /// Its name.
        pub name: Option<String>,
        /// Its country.
        pub country: Option<String>,
        /// Strongest moment.
        pub peak_bandwidth: Option<MegabitsPerSecond>,
        /// Strongest moment.
        pub peak_packets: Option<PacketsPerSecond> = "peak_pps",
        /// Altogether.
        pub total_bandwidth: Option<Megabytes>,
        /// Altogether.
        pub total_packets: Option<Packets> = "total_pps",
    }
}

model! {
    /// The part of one address (`AttackSourceIp`).
    pub struct AttackSourceIp {
        /// The address.
        pub address: Option<String> = "ip",
        /// Its country.
        pub country: Option<String>,
        /// Strongest moment.
        pub peak_bandwidth: Option<MegabitsPerSecond>,
        /// Strongest moment.
        pub peak_packets: Option<PacketsPerSecond> = "peak_pps",
        /// Altogether.
        pub total_bandwidth: Option<Megabytes>,
        /// Altogether.
        pub total_packets: Option<Packets> = "total_pps",
    }
}

model! {
    /// Busiest ports (`AttackPorts`).
    pub struct AttackPorts {
        /// TCP.
        pub tcp: Option<PortShares>,
        /// UDP.
        pub udp: Option<PortShares>,
    }
}

/// What came for one protocol: nobody knows the shape, an object or a list, so it is kept as sent.
#[derive(Debug, Clone, PartialEq)]
pub struct PortShares(pub Value);

impl PortShares {
    /// Packets by port, busiest first, if it is a map from port to number as in the sample.
    pub fn by_port(&self) -> Vec<(u16, u64)> {
        let count = |packets: &Value| u64::decode(packets, &mut Notes::default()).ok();
        let ports = self.0.as_object().into_iter().flatten();
        let mut ports: Vec<_> =
            ports.filter_map(|(port, packets)| Some((port.parse().ok()?, count(packets)?))).collect();
        ports.sort_by_key(|(port, packets)| (std::cmp::Reverse(*packets), *port));
        ports
    }
}

impl Decode for PortShares {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::Object(_) | Value::Array(_) => Ok(Self(value.clone())),
            _ => Err(Misfit::new("ports", value)),
        }
    }
}

impl Encode for PortShares {
    fn encode(&self) -> Value {
        self.0.clone()
    }
}

model! {
    /// Traffic of an attack at one moment (`AttackBandwidthPoint`).
    pub struct AttackBandwidthPoint {
        /// When.
        pub timestamp: UnixSeconds,
        /// How much.
        pub bandwidth: Option<MegabitsPerSecond>,
        /// How much.
        pub packets: Option<PacketsPerSecond> = "pps",
    }
}

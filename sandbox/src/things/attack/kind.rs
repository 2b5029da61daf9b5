//! Kinds of attacks: what the packets look like and what the detector says of them.

use crate::noise;
use serde_json::{Map, Value, json};

/// A way to flood somebody.
#[derive(Debug)]
pub(crate) struct Kind {
    /// As the list of blocked sources names it.
    pub name: &'static str,
    /// BPS, PPS or `BPS_LIMIT`.
    pub detector: &'static str,
    /// The traffic pattern in the filter's own notation.
    pub pattern: &'static str,
    /// Mean size of a packet, bytes.
    pub packet: f64,
    /// Shares of TCP, UDP, ICMP and GRE in percent.
    shares: [u32; 4],
    /// Ports that are hit, the busiest first.
    ports: &'static [u16],
}

const PROTOCOLS: [(&str, u32); 4] = [("TCP", 6), ("UDP", 17), ("ICMP", 1), ("GRE", 47)];

static KINDS: [Kind; 7] = [
    Kind {
        name: "SYN flood",
        detector: "PPS",
        pattern: "TCP(ALL:SYN) ANY:[0-65535] to ANY:443",
        packet: 66.0,
        shares: [97, 2, 1, 0],
        ports: &[443, 80],
    },
    Kind {
        name: "DNS amplification",
        detector: "BPS",
        pattern: "UDP ANY:53 to ANY:[0-65535]",
        packet: 1320.0,
        shares: [1, 99, 0, 0],
        ports: &[53, 4444, 33_412, 19_022],
    },
    Kind {
        name: "NTP amplification",
        detector: "BPS",
        pattern: "UDP ANY:123 to ANY:[0-65535]",
        packet: 468.0,
        shares: [0, 100, 0, 0],
        ports: &[123, 80],
    },
    Kind {
        name: "UDP flood",
        detector: "PPS",
        pattern: "UDP ANY:[0-65535] to ANY:[0-65535]",
        packet: 220.0,
        shares: [2, 97, 1, 0],
        ports: &[51_820, 27_015, 9987],
    },
    Kind {
        name: "ACK flood",
        detector: "PPS",
        pattern: "TCP(ALL:ACK) ANY:[0-65535] to ANY:80",
        packet: 60.0,
        shares: [99, 1, 0, 0],
        ports: &[80, 443, 8080],
    },
    Kind {
        name: "GRE flood",
        detector: "BPS_LIMIT",
        pattern: "GRE ANY to ANY",
        packet: 540.0,
        shares: [0, 4, 0, 96],
        ports: &[],
    },
    Kind {
        name: "Memcached amplification",
        detector: "BPS_LIMIT",
        pattern: "UDP ANY:11211 to ANY:[0-65535]",
        packet: 1400.0,
        shares: [0, 100, 0, 0],
        ports: &[11_211],
    },
];

/// The kind of the attack with that number; SYN floods are the most usual.
pub(super) fn of(seed: u64) -> &'static Kind {
    let dice = (noise::mix(seed, 7) % 10) as usize;
    KINDS.get(dice).unwrap_or(&KINDS[0])
}

impl Kind {
    /// Why the detector fired, from what it saw first.
    pub fn reason(&self, mbps: f64, pps: f64) -> String {
        match self.detector {
            "PPS" => {
                let thousands = pps / 1000.0;
                format!("PPS threshold {:.3}k is exceeded ({thousands:.3}k)", below(thousands))
            }
            "BPS" => format!("BPS threshold {:.3}M is exceeded ({mbps:.3}M)", below(mbps)),
            _ => format!("BPS limit {:.3}M is exceeded ({mbps:.3}M)", below(mbps)),
        }
    }

    /// Name, number and share of each protocol that takes part.
    pub fn protocols(&self) -> impl Iterator<Item = (&'static str, u32, f64)> + use<> {
        let rows = PROTOCOLS.iter().zip(self.shares);
        let mut shown: Vec<_> = rows
            .filter(|(_, percent)| *percent > 0)
            .map(|((name, number), percent)| (*name, *number, f64::from(percent) / 100.0))
            .collect();
        shown.sort_by(|a, b| b.2.total_cmp(&a.2));
        shown.into_iter()
    }

    /// Packets by port. The inner shape is unknown; this is the one of the contract's sample.
    pub fn ports(&self, packets: f64) -> Value {
        let count = |share: u32| -> Value {
            // Next to nothing of the attack comes by this protocol.
            if share < 10 {
                return json!({});
            }
            let hits = packets * f64::from(share) / 100.0;
            let ports = self.ports.iter().zip([0.62, 0.2, 0.08, 0.04]);
            Value::Object(
                ports
                    .map(|(port, part)| (port.to_string(), json!((hits * part) as i64)))
                    .collect::<Map<_, _>>(),
            )
        };
        json!({"tcp": count(self.shares[0]), "udp": count(self.shares[1])})
    }
}

/// The threshold an administrator would have chosen: the round number below.
fn below(value: f64) -> f64 {
    const ROUND: [f64; 12] = [1.0, 5.0, 10.0, 20.0, 40.0, 60.0, 100.0, 200.0, 400.0, 800.0, 1000.0, 2000.0];
    ROUND.iter().rev().copied().find(|round| *round < value).unwrap_or(value / 2.0)
}

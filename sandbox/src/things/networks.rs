//! Networks in CIDR notation, and the lists of sources a filter keeps: always passed, always dropped.

use serde_json::{Value, json};
use std::net::IpAddr;

/// Most entries of a list.
pub(crate) const MOST: usize = 1000;

/// A block of addresses: the bits beyond its prefix are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Network {
    first: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `203.0.113.9` or `198.51.100.0/24`; bits beyond the prefix are dropped.
    pub fn read(text: &str) -> Option<Self> {
        let (ip, prefix) = match text.trim().split_once('/') {
            None => (text.trim(), None),
            Some((ip, prefix)) => (ip, Some(prefix.parse::<u8>().ok()?)),
        };
        let ip: IpAddr = ip.parse().ok()?;
        let widest = if ip.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(widest);
        (prefix <= widest).then(|| Self { first: masked(ip, prefix), prefix })
    }

    pub fn is_v4(&self) -> bool {
        self.first.is_ipv4()
    }

    pub fn holds(&self, ip: IpAddr) -> bool {
        ip.is_ipv4() == self.is_v4() && masked(ip, self.prefix) == self.first
    }

    /// The notation with a prefix, always.
    pub fn text(&self) -> String {
        format!("{}/{}", self.first, self.prefix)
    }
}

fn masked(ip: IpAddr, prefix: u8) -> IpAddr {
    let prefix = u32::from(prefix);
    match ip {
        IpAddr::V4(ip) => {
            let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
            IpAddr::V4((ip.to_bits() & mask).into())
        }
        IpAddr::V6(ip) => {
            let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
            IpAddr::V6((ip.to_bits() & mask).into())
        }
    }
}

/// A white- or blacklist: sorted, nothing twice. An empty one cannot be active.
#[derive(Debug, Clone, Default)]
pub(crate) struct NetworkList {
    active: bool,
    networks: Vec<Network>,
}

impl NetworkList {
    /// A new list, which is active at once.
    pub fn of(networks: Vec<Network>) -> Self {
        let mut list = Self { active: true, networks };
        list.tidy();
        list
    }

    pub fn add(&mut self, networks: &[Network]) {
        self.networks.extend_from_slice(networks);
        self.tidy();
    }

    /// What is not in the list is not missed.
    pub fn remove(&mut self, networks: &[Network]) {
        self.networks.retain(|network| !networks.contains(network));
        self.tidy();
    }

    pub fn switch(&mut self, active: bool) {
        self.active = active;
        self.tidy();
    }

    pub fn len(&self) -> usize {
        self.networks.len()
    }

    pub fn is_empty(&self) -> bool {
        self.networks.is_empty()
    }

    /// Whether it is active and names this source.
    pub fn covers(&self, ip: IpAddr) -> bool {
        self.active && self.networks.iter().any(|network| network.holds(ip))
    }

    fn tidy(&mut self) {
        self.networks.sort_unstable();
        self.networks.dedup();
        self.active &= !self.networks.is_empty();
    }

    /// `NetworkList`.
    pub fn json(&self) -> Value {
        let networks: Vec<String> = self.networks.iter().map(Network::text).collect();
        json!({"active": self.active, "networks": networks})
    }
}

//! Addresses that are still free: documentation ones (FACTS §4) first, then the range for benchmarks.

use super::address::Address;
use super::holdings::{Holdings, take};
use super::money::Cents;
use super::server::Billing;
use crate::stamp;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};

/// Per month and before VAT; IPv6 costs nothing.
const IPV4: Cents = Cents(250);
const IPV4_DDOS: Cents = Cents(1200);

/// Addresses a server is sold with beyond its first IPv4.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ExtraAddresses {
    pub ipv4: i64,
    pub ipv4_ddos: i64,
    pub ipv6: i64,
}

impl ExtraAddresses {
    /// As much as floating ones would cost (design).
    pub fn monthly(self) -> Cents {
        Cents(self.ipv4 * IPV4.0 + self.ipv4_ddos * IPV4_DDOS.0)
    }
}

impl Holdings {
    /// A new server becomes active: paid, addressed, running.
    pub(super) fn hand_over(&mut self, at: usize, now: Timestamp, months: u32) {
        let wished = self.servers[at].extra_addresses;
        let mut addresses = vec![self.new_address(4, false, now)];
        addresses[0].main = true;
        for (count, version, protected) in
            [(wished.ipv4, 4, false), (wished.ipv4_ddos, 4, true), (wished.ipv6, 6, false)]
        {
            for _ in 0..count {
                let next = self.new_address_beside(&addresses, version, protected, now);
                addresses.push(next);
            }
        }
        let server = &mut self.servers[at];
        server.billing = Billing::Paid;
        server.paid_until = stamp::sofia_midnight(stamp::later_months(now, months));
        server.addresses = addresses;
        server.backed_up_at = now;
        // An image boots; an empty disk waits for its ISO.
        let boots = server.image.is_some() || server.drives.iter().any(Option::is_some);
        if boots && server.node_reachable {
            server.power.start(now, 0.0);
        }
    }

    /// An address nobody has yet.
    pub fn new_address(&mut self, version: u8, ddos_protected: bool, now: Timestamp) -> Address {
        self.new_address_beside(&[], version, ddos_protected, now)
    }

    fn new_address_beside(
        &mut self,
        given: &[Address],
        version: u8,
        protected: bool,
        now: Timestamp,
    ) -> Address {
        let own = self.servers.iter().flat_map(|server| &server.addresses);
        let waiting = self.floating_ips.iter().filter_map(|floating| floating.address(&[]));
        let taken: HashSet<&str> =
            own.chain(given).chain(waiting).map(|address| address.ip.as_str()).collect();
        let ip = free(version, &taken);
        Address {
            id: take(&mut self.next.address),
            ip,
            version,
            main: false,
            ddos_protected: protected,
            floating: None,
            names: BTreeMap::new(),
            assigned_on: now,
        }
    }
}

fn free(version: u8, taken: &HashSet<&str>) -> String {
    let candidate = |n: u32| match (version, n) {
        (6, n) => format!("2001:db8:a:{:x}::1", n + 16),
        (_, 0..250) => format!("198.51.100.{}", n + 4),
        (_, n) => format!("198.19.{}.{}", (n - 250) / 250 % 256, n % 250 + 4),
    };
    // Sixty thousand addresses are more than a world will ever ask for.
    (0..60_000).map(candidate).find(|ip| !taken.contains(ip.as_str())).unwrap_or_else(|| candidate(60_000))
}

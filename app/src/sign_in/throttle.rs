//! Guessing tokens must not be cheap: failures are counted per address, and after some of them nothing more is
//! asked for a while. Time forgets. IPv6 addresses are counted by their network (/64): whoever has one has all of it.

use std::{
    collections::HashMap,
    net::Ipv6Addr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Refused tokens before an address has to wait.
const FAILURES: u32 = 10;
/// How long they count.
const WINDOW: Duration = Duration::from_secs(10 * 60);
/// Addresses remembered at most; beyond that the oldest are forgotten: who has many must not close the door to all others.
const ADDRESSES: usize = 10_000;

/// Refused tokens by address, of IPv6 by its network.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, (u32, Instant)>>);

impl Throttle {
    /// Whether a token from this address may be asked about. Counts it as refused until told otherwise, so that
    /// many at once are no way around.
    pub fn admit(&self, address: &str) -> bool {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= ADDRESSES {
            failures.retain(|_, (_, since)| since.elapsed() <= WINDOW);
        }
        let counted = counted(address);
        if failures.len() >= ADDRESSES && !failures.contains_key(&counted) {
            let mut times: Vec<Instant> = failures.values().map(|(_, since)| *since).collect();
            // Some at once: this is not cheap.
            let (_, until, _) = times.select_nth_unstable(ADDRESSES / 10);
            let until = *until;
            failures.retain(|_, (_, since)| *since > until);
        }
        let entry = failures.entry(counted).or_insert((0, Instant::now()));
        if entry.1.elapsed() > WINDOW {
            *entry = (0, Instant::now());
        }
        if entry.0 >= FAILURES {
            return false;
        }
        entry.0 += 1;
        true
    }

    /// It was not refused after all: good, or nobody could say. Earlier failures stay counted.
    pub fn refund(&self, address: &str) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = counted(address);
        if let Some(entry) = failures.get_mut(&counted) {
            entry.0 = entry.0.saturating_sub(1);
            if entry.0 == 0 {
                failures.remove(&counted);
            }
        }
    }
}

/// What is counted of an address.
fn counted(address: &str) -> String {
    match address.parse::<Ipv6Addr>() {
        Ok(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::from([a, b, c, d, 0, 0, 0, 0]))
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_to_wait_after_ten_failures() {
        let throttle = Throttle::default();
        for _ in 0..FAILURES {
            assert!(throttle.admit("192.0.2.1"));
        }
        assert!(!throttle.admit("192.0.2.1"));
        assert!(throttle.admit("192.0.2.2"));
        throttle.refund("192.0.2.1");
        assert!(throttle.admit("192.0.2.1"));
        assert!(!throttle.admit("192.0.2.1"));
    }

    #[test]
    fn all_addresses_of_an_ipv6_network_are_one() {
        let throttle = Throttle::default();
        for last in 0..FAILURES {
            assert!(throttle.admit(&format!("2001:db8:1:2::{last:x}")));
        }
        assert!(!throttle.admit("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert!(throttle.admit("2001:db8:1:3::1"), "the network beside it");
        throttle.refund("2001:db8:1:2:abcd::1");
        assert!(throttle.admit("2001:db8:1:2::1"));
        assert!(!throttle.admit("2001:db8:1:2::2"));
    }
}

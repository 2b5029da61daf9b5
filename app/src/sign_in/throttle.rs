//! Guessing tokens must not be cheap: failures are counted per address, and after some of them nothing more is
//! asked for a while. Time forgets.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Refused tokens before an address has to wait.
const FAILURES: u32 = 10;
/// How long they count.
const WINDOW: Duration = Duration::from_secs(10 * 60);
/// Addresses remembered at most; beyond that new ones have to wait.
const ADDRESSES: usize = 10_000;

/// Refused tokens by address.
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
        if failures.len() >= ADDRESSES && !failures.contains_key(address) {
            return false;
        }
        let entry = failures.entry(address.to_owned()).or_insert((0, Instant::now()));
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
        if let Some(entry) = failures.get_mut(address) {
            entry.0 = entry.0.saturating_sub(1);
            if entry.0 == 0 {
                failures.remove(address);
            }
        }
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
}

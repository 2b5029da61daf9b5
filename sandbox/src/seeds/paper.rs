//! The invoices of a seed: one or two a month, the newest still a proforma.

use super::Seed;
use crate::things::catalogue::PLANS;
use crate::things::holdings::{NextIds, take};
use crate::things::invoice::Invoice;
use crate::things::money::Cents;
use crate::{noise, stamp};
use jiff::Timestamp;

pub(super) fn plant(seed: Seed, next: &mut NextIds, now: Timestamp) -> Vec<Invoice> {
    let count: u32 = match seed {
        Seed::Empty => 0,
        Seed::Small => 3,
        Seed::Typical => 45,
        Seed::Large => 400,
    };
    let number = next.invoice;
    (0..count)
        .map(|at| {
            let left = i64::from(count - 1 - at);
            let dice = |question: u64| noise::mix(u64::from(at), question);
            let orders = 1 + noise::below(3, u64::from(at), 21);
            let prices = (0..orders).map(|n| PLANS[(dice(22 + n.unsigned_abs()) % 6) as usize].price.0);
            let order = number + 191_930 + i64::from(at) * 4;
            Invoice {
                id: take(&mut next.invoice),
                number: format!("{:010}", 8214 + i64::from(at) * 3),
                // Accounting dates are midnights in Sofia.
                created_at: stamp::sofia_midnight(stamp::later_days(now, -left * 16 - 1)),
                amount: Cents(prices.sum()),
                paid: left > 1,
                order_ids: (0..orders).map(|n| order + n).collect(),
            }
        })
        .collect()
}

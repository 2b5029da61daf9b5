//! The support level: begun, prolonged.

use crate::things::holdings::Holdings;
use crate::things::order::Order;
use jiff::Timestamp;

/// The level is paid and begins now, or goes on if the account has it.
pub(super) fn begin(holdings: &mut Holdings, now: Timestamp, order: &Order) {
    renew(holdings, now, order.items.first().map_or(1, |item| item.months));
}

/// The level is prolonged from its end, or from now if it has ended.
pub(super) fn renew(holdings: &mut Holdings, now: Timestamp, months: u32) {
    holdings.support.prolong(now, months);
}

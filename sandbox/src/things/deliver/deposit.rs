//! A top-up: paid with VAT, credited without it (FACTS §1, Money).

use crate::things::funds::Movement;
use crate::things::holdings::Holdings;
use crate::things::order::Order;
use jiff::Timestamp;

pub(super) fn credit(holdings: &mut Holdings, now: Timestamp, order: &Order) {
    holdings.funds.remember(order, now);
    holdings.book(Movement::Deposit, "Deposit", order.total(), Some(order.id), now);
}

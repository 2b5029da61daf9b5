//! Servers: delivered, prolonged, scaled.

use crate::stamp;
use crate::things::catalogue::Plan;
use crate::things::holdings::Holdings;
use crate::things::order::Order;
use crate::things::server::Billing;
use crate::world::faults::Faults;
use jiff::Timestamp;

/// New servers are paid: they become active.
pub(super) fn begin(holdings: &mut Holdings, now: Timestamp, _faults: &Faults, order: &Order, ids: &[i64]) {
    let months = order.items.first().map_or(1, |item| item.months);
    for id in ids {
        let Ok(server) = holdings.server_mut(*id) else { continue };
        server.billing = Billing::Paid;
        server.paid_until = stamp::sofia_midnight(stamp::later_months(now, months));
    }
}

/// A server is prolonged from the end of what was paid before.
pub(super) fn renew(holdings: &mut Holdings, now: Timestamp, _faults: &Faults, id: i64, months: u32) {
    let Ok(server) = holdings.server_mut(id) else { return };
    server.renew(now, months);
}

/// A server gets another plan.
pub(super) fn scale(
    holdings: &mut Holdings,
    _now: Timestamp,
    _faults: &Faults,
    id: i64,
    plan: &'static Plan,
    _scale_disk: bool,
    _extended: bool,
) {
    let Ok(server) = holdings.server_mut(id) else { return };
    server.plan = plan;
}

/// New servers whose order is gone.
pub(super) fn drop_all(holdings: &mut Holdings, _now: Timestamp, ids: &[i64]) {
    for id in ids {
        if let Ok(server) = holdings.server_mut(*id) {
            server.billing = Billing::Terminated;
        }
    }
}

/// A renewal that will not be paid.
pub(super) fn stay(holdings: &mut Holdings, id: i64) {
    if let Ok(server) = holdings.server_mut(id) {
        server.pending_renew_order = false;
    }
}

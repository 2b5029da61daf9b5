//! Servers: delivered, prolonged, scaled.

use crate::things::catalogue::Plan;
use crate::things::holdings::Holdings;
use crate::things::order::{Order, Service};
use crate::things::server::Billing;
use crate::things::task::Work;
use crate::world::faults::Faults;
use jiff::Timestamp;

/// Seconds from the payment of a new server to its first boot.
const DEPLOY: f64 = 60.0;
/// Seconds of a move to another plan: about a reboot, or with the disk.
const SHORT: f64 = 30.0;
const EXTENDED: f64 = 180.0;

/// New servers are paid: they are made, which takes a while, and then become active.
pub(super) fn begin(holdings: &mut Holdings, now: Timestamp, faults: &Faults, order: &Order, ids: &[i64]) {
    for id in ids {
        let item = order.items.iter().find(|item| item.service == Service::Server(*id));
        let Ok(server) = holdings.server_mut(*id) else { continue };
        let months = item.map_or(server.billing_cycle, |item| item.months);
        server.billing_cycle = months;
        server.hold(now, faults.task(DEPLOY), "deploy", Work::Deliver { months });
    }
}

/// A server is prolonged from the end of what was paid before.
pub(super) fn renew(holdings: &mut Holdings, now: Timestamp, _faults: &Faults, id: i64, months: u32) {
    let Ok(server) = holdings.server_mut(id) else { return };
    server.renew(now, months);
}

/// A server moves to another plan; it is off meanwhile.
pub(super) fn scale(
    holdings: &mut Holdings,
    now: Timestamp,
    faults: &Faults,
    id: i64,
    plan: &'static Plan,
    scale_disk: bool,
    extended: bool,
) {
    let Ok(server) = holdings.server_mut(id) else { return };
    let disk = if scale_disk { plan.disk.max(server.disk) } else { server.disk };
    if server.lock.is_some() {
        // It was paid while another task held the server: the move is done together with that.
        (server.plan, server.disk) = (plan, disk);
        return;
    }
    let seconds = faults.task(if extended { EXTENDED } else { SHORT });
    server.operate(now, faults.power_lag_seconds, seconds, "scale", Work::Scale { plan, disk });
}

/// New servers whose order is gone. They stay readable, as terminated ones do.
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

//! Floating IPs: delivered, prolonged.

use crate::stamp;
use crate::things::holdings::Holdings;
use crate::things::moving;
use crate::things::order::{Order, Service};
use crate::world::faults::Faults;
use jiff::Timestamp;

/// New addresses are paid: they become active and, if a server is named, are attached to it.
pub(super) fn begin(
    holdings: &mut Holdings,
    now: Timestamp,
    faults: &Faults,
    order: &Order,
    ids: &[i64],
    server: Option<i64>,
) {
    let Holdings { floating_ips, servers, .. } = holdings;
    for floating in floating_ips.iter_mut().filter(|floating| ids.contains(&floating.id)) {
        // The period may have been changed while the order was open.
        let own = Service::FloatingIp(floating.id);
        if let Some(item) = order.items.iter().find(|item| item.service == own) {
            floating.billing_cycle = item.months;
        }
        floating.processing = false;
        floating.paid_until = stamp::sofia_midnight(stamp::later_months(now, floating.billing_cycle));
        let usable = |id: &i64| servers.iter().any(|known| known.id == *id && known.status(now) == "active");
        if let Some(server) = server.filter(usable) {
            moving::send(floating, servers, Some(server), now, faults.power_lag_seconds);
        }
    }
}

/// An address is prolonged from the end of what was paid before.
pub(super) fn renew(holdings: &mut Holdings, now: Timestamp, id: i64, months: u32) {
    if let Some(floating) = holdings.floating_ips.iter_mut().find(|floating| floating.id == id) {
        floating.paid_until = stamp::later_months(floating.expiry(now), months);
        floating.billing_cycle = months;
    }
}

/// New addresses whose order is gone.
pub(super) fn drop_all(holdings: &mut Holdings, ids: &[i64]) {
    holdings.floating_ips.retain(|floating| !(floating.processing && ids.contains(&floating.id)));
}

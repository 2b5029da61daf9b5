//! Add-ons of a server: begun, scaled.

use super::AddonChange;
use crate::things::holdings::Holdings;
use crate::world::faults::Faults;
use jiff::Timestamp;

/// New add-ons are paid: from now on they show.
pub(super) fn begin(holdings: &mut Holdings, _now: Timestamp, _faults: &Faults, server: i64, ids: &[i64]) {
    let Ok(server) = holdings.server_mut(server) else { return };
    for addon in server.addons.iter_mut().filter(|addon| ids.contains(&addon.id)) {
        addon.paid = true;
    }
}

/// Add-ons become something else.
pub(super) fn scale(holdings: &mut Holdings, _now: Timestamp, server: i64, changes: &[AddonChange]) {
    let Ok(server) = holdings.server_mut(server) else { return };
    for change in changes {
        if let Some(addon) = server.addons.iter_mut().find(|addon| addon.id == change.id) {
            addon.kind = change.kind;
            addon.quantity = change.quantity;
        }
    }
}

/// New add-ons whose order is gone.
pub(super) fn drop_all(holdings: &mut Holdings, server: i64, ids: &[i64]) {
    if let Ok(server) = holdings.server_mut(server) {
        server.addons.retain(|addon| !ids.contains(&addon.id));
    }
}

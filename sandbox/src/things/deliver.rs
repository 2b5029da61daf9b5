//! What a paid order brings, dispatched in this one place to the room of each family.
//! A room gets the holdings, the moment of the payment (it may lie before now: the clock may have been moved
//! far), the dials and the order. It must not place or pay orders.

pub(crate) mod addons;
pub(crate) mod deposit;
pub(crate) mod floating_ips;
pub(crate) mod servers;
pub(crate) mod support;

use super::catalogue::Plan;
use super::extras::Extra;
use super::holdings::Holdings;
use super::order::{Order, Service};
use crate::world::faults::Faults;
use jiff::Timestamp;

/// What being paid brings.
#[derive(Debug, Clone)]
pub(crate) enum Delivery {
    /// Only the payment counts.
    Nothing,
    /// The order's amount without VAT goes to the balance.
    Deposit,
    /// Servers that exist already as processing.
    NewServers { ids: Vec<i64> },
    /// Every item is prolonged by its months: servers, floating IPs, the support level.
    Renewal,
    /// Another plan. `extended`: the longer way, with the disk moved.
    ScaleServer { id: i64, plan: &'static Plan, scale_disk: bool, extended: bool },
    /// Add-ons that are already on the server, not yet active.
    Addons { server: i64, ids: Vec<i64> },
    /// Add-ons of a server that change their kind or quantity.
    ScaleAddons { server: i64, changes: Vec<AddonChange> },
    /// Addresses that exist already as processing; attached to the server, if one is named.
    FloatingIps { ids: Vec<i64>, server: Option<i64> },
    /// The support level begins.
    SupportPlan,
}

/// What an add-on becomes.
#[derive(Debug, Clone)]
pub(crate) struct AddonChange {
    pub id: i64,
    pub kind: &'static Extra,
    pub quantity: i64,
}

/// Brings what an order was for.
pub(crate) fn paid(holdings: &mut Holdings, now: Timestamp, faults: &Faults, order: &Order) {
    match &order.delivery {
        Delivery::Nothing => {}
        Delivery::Deposit => deposit::credit(holdings, now, order),
        Delivery::NewServers { ids } => servers::begin(holdings, now, faults, order, ids),
        Delivery::Renewal => {
            for item in &order.items {
                match item.service {
                    Service::Server(id) => servers::renew(holdings, now, faults, id, item.months),
                    Service::FloatingIp(id) => floating_ips::renew(holdings, now, id, item.months),
                    Service::Support => support::renew(holdings, now, item.months),
                    // Add-ons run with their server.
                    Service::Addon(_) | Service::None => {}
                }
            }
        }
        Delivery::ScaleServer { id, plan, scale_disk, extended } => {
            servers::scale(holdings, now, faults, *id, plan, *scale_disk, *extended);
        }
        Delivery::Addons { server, ids } => addons::begin(holdings, now, faults, *server, ids),
        Delivery::ScaleAddons { server, changes } => addons::scale(holdings, now, *server, changes),
        Delivery::FloatingIps { ids, server } => {
            floating_ips::begin(holdings, now, faults, order, ids, *server);
        }
        Delivery::SupportPlan => support::begin(holdings, now, order),
    }
}

/// Takes back what was prepared for an order that will never be paid.
pub(crate) fn dropped(holdings: &mut Holdings, now: Timestamp, order: &Order) {
    match &order.delivery {
        Delivery::NewServers { ids } => servers::drop_all(holdings, now, ids),
        Delivery::Renewal => {
            for item in &order.items {
                if let Service::Server(id) = item.service {
                    servers::stay(holdings, id);
                }
            }
        }
        Delivery::Addons { server, ids } => addons::drop_all(holdings, *server, ids),
        Delivery::FloatingIps { ids, .. } => floating_ips::drop_all(holdings, ids),
        Delivery::Nothing
        | Delivery::Deposit
        | Delivery::ScaleServer { .. }
        | Delivery::ScaleAddons { .. }
        | Delivery::SupportPlan => {}
    }
}

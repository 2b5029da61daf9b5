//! The orders of a seed that are still open, and how orders of a seed are made.

use super::Seed;
use crate::stamp;
use crate::things::deliver::Delivery;
use crate::things::money::Cents;
use crate::things::order::promo::PROMOS;
use crate::things::order::{Item, Kind, Method, Order, Service, Standing};
use crate::things::server::Server;
use jiff::Timestamp;

/// What is not paid yet: renewals that wait for somebody, a transfer on its way, something custom.
pub(super) fn open(seed: Seed, servers: &[Server], now: Timestamp) -> Vec<Order> {
    if matches!(seed, Seed::Empty) {
        return Vec::new();
    }
    let yesterday = stamp::later_days(now, -1);
    let mut open: Vec<Order> = Vec::new();
    for server in servers.iter().filter(|server| server.pending_renew_order).take(200) {
        let mut order = order(Kind::RenewService, vec![renewal(server, server.billing_cycle)], yesterday);
        order.auto_pay = false;
        order.due_at = server.expiry(now);
        order.delivery = Delivery::Renewal;
        open.push(order);
    }
    if let Some(server) = servers.iter().find(|server| server.hostname.starts_with("db")) {
        let mut order = order(Kind::RenewService, vec![renewal(server, 3)], yesterday);
        order.method = Method::Bank;
        order.promo = PROMOS.get(1);
        order.standing = Standing::Processing { since: stamp::later(now, -240) };
        order.delivery = Delivery::Renewal;
        open.push(order);
    }
    if open.len() < 2 {
        let work = Item::once(Service::None, "Migration of a database, two hours", Cents(6000), 1);
        let mut order = order(Kind::Custom, vec![work], yesterday);
        order.auto_pay = false;
        order.due_at = stamp::sofia_midnight(stamp::later_days(now, 13));
        open.push(order);
    }
    open
}

pub(super) fn renewal(server: &Server, months: u32) -> Item {
    Item::period(Service::Server(server.id), &server.hostname, server.monthly(), months)
}

/// An order of those days; its id comes later.
pub(super) fn order(kind: Kind, items: Vec<Item>, created_at: Timestamp) -> Order {
    Order {
        id: 0,
        kind,
        items,
        promo: None,
        method: Method::Card,
        standing: Standing::AwaitingPayment { checkout: None },
        auto_pay: true,
        from_balance: Cents(0),
        created_at,
        due_at: stamp::sofia_midnight(stamp::later_days(created_at, 8)),
        delivery: Delivery::Nothing,
        tried: false,
    }
}

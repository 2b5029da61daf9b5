//! What a server waits for: an order that somebody must pay, before it is made, renewed, moved or given its add-ons.

use futures::future::join_all;
use gateway::{Account, Error, Purchase, PurchaseState, Reading};
use jiff::Timestamp;
use leptos::prelude::*;
use vpsbg_api::{
    BillingState, GetOrder, ListOrders, Order, OrderKind, OrderStatus, Page, Server, ServerId, ServiceKind,
};

use crate::{components::notice::notice, orders, routes, words::money::euro};

/// An order that nobody pays is cancelled after some days (FACTS §3, order): what was bought is looked at for this
/// long, in seconds.
const LOOKED_AT: i64 = 7 * 86_400;
/// An order belongs to a purchase by its time if it was made at most so many seconds before, as the clocks differ, …
const BEFORE: i64 = 60;
/// … and at most so many after.
const AFTER: i64 = 10 * 60;
/// So many open orders are looked at closely, the newest ones.
const CLOSELY: usize = 8;

/// What may be waited for.
pub struct Awaiting {
    /// The open orders, where somebody may have to pay one.
    pub orders: Option<Result<Reading<Page<Order>>, Error>>,
    /// What was bought for it lately, newest first.
    bought: Vec<(OrderKind, Purchase)>,
    /// What the orders themselves say of whose they are.
    whose: Vec<(Order, Whose)>,
}

/// Whose an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// It names this server.
    Its,
    /// It names others.
    Anothers,
    /// It names no server.
    Untold,
}

/// Looks at the open orders, where they may say something about the server: it is being made, and no task of the
/// provider is on it; it has an unpaid renewal; or something was ordered for it here.
pub async fn awaiting(account: &Account, server: &Server) -> Awaiting {
    let bought = bought(account, server).await;
    let being_made = server.status == Some(BillingState::Processing) && server.locked != Some(true);
    let confirmed = bought.iter().any(|(_, purchase)| purchase.state == PurchaseState::Done);
    let renewal = server.pending_renew_order == Some(true);
    if !(being_made || confirmed || renewal) {
        return Awaiting { orders: None, bought, whose: Vec::new() };
    }
    let orders = account.read(&ListOrders { page: 1, per_page: None, status: orders::open_states() }).await;
    let mut candidates: Vec<Order> = match &orders {
        Ok(orders) => orders.value.rows.clone(),
        Err(_) => Vec::new(),
    };
    // That it is being made, the server itself says: its order is the newest one.
    candidates.retain(|order| {
        order.kind.as_ref().is_some_and(|kind| match kind {
            OrderKind::RenewService | OrderKind::Combined => renewal,
            kind => bought.iter().any(|(bought, _)| bought == kind),
        })
    });
    candidates.sort_by_key(|order| std::cmp::Reverse((order.created_at.map(|at| at.0), order.id)));
    candidates.truncate(CLOSELY);
    let whose = join_all(candidates.into_iter().map(async |order| {
        let detail = account.read(&GetOrder { id: order.id }).await;
        let whose = detail.map_or(Whose::Untold, |detail| whose(&detail.value, server.id));
        (order, whose)
    }));
    Awaiting { whose: whose.await, orders: Some(orders), bought }
}

/// Whose an order is, by the services that it covers. Those that are no servers may be parts of any.
fn whose(order: &Order, server: ServerId) -> Whose {
    let named = order.services.iter().filter(|service| service.service_type == Some(ServiceKind::Server));
    let ids: Vec<u64> = named.filter_map(|service| Some(service.service_id?.get())).collect();
    match ids.as_slice() {
        [] => Whose::Untold,
        ids if ids.contains(&server.get()) => Whose::Its,
        _ => Whose::Anothers,
    }
}

/// What was bought for a server lately and may not be paid. A renewal has a word of its own in the server
/// (`pending_renew_order`).
async fn bought(account: &Account, server: &Server) -> Vec<(OrderKind, Purchase)> {
    let object = format!("server {}", server.id);
    let since = Timestamp::now().as_second() - LOOKED_AT;
    // Who may not see purchases is told nothing of them.
    let all = account.purchases().await.unwrap_or_default();
    let its = all.into_iter().filter(|purchase| {
        purchase.object.as_ref() == Some(&object) && purchase.created_at.as_second() > since
    });
    its.filter(|purchase| purchase.state != PurchaseState::NotDone)
        .filter_map(|purchase| Some((makes(&purchase.operation)?, purchase)))
        .collect()
}

/// The kind of order that an operation makes.
fn makes(operation: &str) -> Option<OrderKind> {
    match operation {
        "scaleServer" => Some(OrderKind::ScaleService),
        "purchaseServerAddons" => Some(OrderKind::NewAddon),
        "scaleServerAddons" => Some(OrderKind::ScaleAddon),
        _ => None,
    }
}

/// What is said of it.
pub fn waits(server: &Server, awaiting: &Awaiting) -> AnyView {
    view! { {made(server, awaiting.orders.as_ref())} {renewed(server, awaiting)} {ordered(awaiting)} }
        .into_any()
}

fn made(server: &Server, orders: Option<&Result<Reading<Page<Order>>, Error>>) -> Option<AnyView> {
    if server.status != Some(BillingState::Processing) {
        return None;
    }
    let being_made = || {
        notice("info", view! { <p>"The provider is making it. This page follows it until it is active."</p> })
    };
    let orders = match orders {
        None => return Some(being_made()),
        Some(Err(error)) => {
            let words =
                format!("It is made once its order is paid. Whether that waits cannot be told: {error}");
            return Some(notice("warning", view! { <p>{words}</p> }));
        }
        Some(Ok(orders)) => orders,
    };
    let Some(order) = newest(&orders.value.rows) else { return Some(being_made()) };
    let to = routes::order(order.id);
    if order.status == Some(OrderStatus::Processing) {
        return Some(notice(
            "info",
            view! { <p>
                "It is made once its order is paid. The payment of "
                <a href=to>{format!("order {}", order.id)}</a> " is on its way."
            </p> },
        ));
    }
    Some(notice(
        "warning",
        view! { <p>
            "It is made once its order is paid. The newest order that waits is "
            <a href=to>{format!("order {}", order.id)}</a> {format!(": {} with VAT.", euro(order.amount_with_vat))}
        </p> },
    ))
}

/// The newest order for a new service.
fn newest(orders: &[Order]) -> Option<&Order> {
    let new = orders.iter().filter(|order| order.kind == Some(OrderKind::NewService));
    new.max_by_key(|order| (order.created_at.map(|at| at.0), order.id))
}

/// A renewal that is ordered and not paid. Another one would be a second order.
fn renewed(server: &Server, awaiting: &Awaiting) -> Option<AnyView> {
    if server.pending_renew_order != Some(true) {
        return None;
    }
    let its = awaiting.whose.iter().find(|(order, whose)| {
        matches!(order.kind, Some(OrderKind::RenewService | OrderKind::Combined)) && *whose == Whose::Its
    });
    if let Some((order, _)) = its {
        return Some(waiting("Its renewal is ordered", "", order));
    }
    let words = view! { <p>
        "Its renewal is ordered, and not done yet: see the " <a href=routes::ORDERS>"orders"</a>
        ". To renew it once more would be a second order."
    </p> };
    Some(notice("warning", words))
}

/// What was ordered for it here, and waits.
fn ordered(awaiting: &Awaiting) -> AnyView {
    let mut told = Vec::new();
    let notices = awaiting.bought.iter().filter_map(|(kind, purchase)| {
        let what = orders::of_kind(kind);
        if purchase.state != PurchaseState::Done {
            let to = routes::purchase(purchase.id);
            return Some(notice(
                "warning",
                view! { <p>{format!("{what}: whether it was ordered is not known yet. ")} <a href=to>"See what becomes of it"</a> "."</p> },
            ));
        }
        if let Err(error) = awaiting.orders.as_ref()? {
            let words = format!("{what}: it was ordered. Whether the order waits for its payment cannot be told: {error}");
            return Some(notice("warning", view! { <p>{words}</p> }));
        }
        let open = awaiting.whose.iter().filter(|(order, _)| order.kind.as_ref() == Some(kind));
        let mut open = open.filter(|(order, _)| !told.contains(&order.id));
        let by_time = |order: &Order| made_by(purchase.created_at, order);
        let (order, whose) =
            open.find(|(order, whose)| *whose == Whose::Its || *whose == Whose::Untold && by_time(order))?;
        told.push(order.id);
        let by_its_time = if *whose == Whose::Its { "" } else { "By its time, " };
        Some(waiting(&format!("{what}: done once its order is paid"), by_its_time, order))
    });
    notices.collect_view().into_any()
}

fn waiting(what: &str, before: &'static str, order: &Order) -> AnyView {
    let under_way = order.status == Some(OrderStatus::Processing);
    let named = if before.is_empty() && !under_way { "Order" } else { "order" };
    let link = view! { <a href=routes::order(order.id)>{format!("{named} {}", order.id)}</a> };
    if under_way {
        return notice(
            "info",
            view! { <p>{format!("{what}. The payment of ")} {link} " is on its way."</p> },
        );
    }
    let sum = format!(" waits for its payment: {} with VAT.", euro(order.amount_with_vat));
    notice("warning", view! { <p>{format!("{what}. {before}")} {link} {sum}</p> })
}

/// Whether an order may be that of a purchase, by its time.
fn made_by(bought: Timestamp, order: &Order) -> bool {
    let bought = bought.as_second();
    order.created_at.is_some_and(|at| (bought - BEFORE..=bought + AFTER).contains(&at.0.as_second()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use vpsbg_api::{Decode, Notes};

    use super::*;

    fn order(fields: Value) -> Order {
        Order::decode(&fields, &mut Notes::default()).unwrap()
    }

    #[test]
    fn an_order_of_another_server_is_not_taken_for_ones_own() {
        let server = "7".parse().unwrap();
        for (services, expected) in [
            (json!([{ "service_type": "server", "service_id": 7 }]), Whose::Its),
            (
                json!([{ "service_type": "server", "service_id": 12 }, { "service_type": "server", "service_id": 7 }]),
                Whose::Its,
            ),
            (json!([{ "service_type": "server", "service_id": 12 }]), Whose::Anothers),
            (json!([{ "service_type": "addon", "service_id": 7 }]), Whose::Untold),
            (json!([{ "service_type": "server" }]), Whose::Untold),
            (json!([]), Whose::Untold),
        ] {
            let order = order(json!({ "id": 1, "services": services }));
            assert_eq!(whose(&order, server), expected, "{services}");
        }
    }

    #[test]
    fn an_order_that_names_nobody_belongs_to_what_was_bought_just_then() {
        let bought: Timestamp = "2026-03-04T12:00:00Z".parse().unwrap();
        for (at, expected) in [
            ("2026-03-04T11:58:00Z", false),
            ("2026-03-04T11:59:30Z", true),
            ("2026-03-04T12:05:00Z", true),
            ("2026-03-04T12:20:00Z", false),
        ] {
            assert_eq!(made_by(bought, &order(json!({ "id": 1, "created_at": at }))), expected, "{at}");
        }
        assert!(!made_by(bought, &order(json!({ "id": 1 }))));
    }
}

//! What a server waits for: an order that somebody must pay, before it is made, moved or given its add-ons.

use gateway::{Account, Error, Purchase, PurchaseState, Reading};
use jiff::Timestamp;
use leptos::prelude::*;
use vpsbg_api::{BillingState, ListOrders, Order, OrderKind, OrderStatus, Page, Server};

use crate::{components::notice::notice, orders, routes, words::money::euro};

/// An order that nobody pays is cancelled after some days (FACTS §3, order): what was bought is looked at for this
/// long, in seconds.
const LOOKED_AT: i64 = 7 * 86_400;
/// The provider's clock may be this many seconds behind ours.
const CLOCKS: i64 = 60;

/// What may be waited for.
pub struct Awaiting {
    /// The open orders, where somebody may have to pay one.
    pub orders: Option<Result<Reading<Page<Order>>, Error>>,
    /// What was bought for it lately, newest first.
    bought: Vec<(OrderKind, Purchase)>,
}

/// Looks at the open orders, where they may say something about the server: it is being made, and no task of the
/// provider is on it; or something was ordered for it here. A list of orders does not tell of which server each is.
pub async fn awaiting(account: &Account, server: &Server) -> Awaiting {
    let bought = bought(account, server).await;
    let being_made = server.status == Some(BillingState::Processing) && server.locked != Some(true);
    let confirmed = bought.iter().any(|(_, purchase)| purchase.state == PurchaseState::Done);
    let orders = if being_made || confirmed {
        let status = vec![OrderStatus::AwaitingPayment, OrderStatus::Processing];
        Some(account.read(&ListOrders { page: 1, per_page: None, status }).await)
    } else {
        None
    };
    Awaiting { orders, bought }
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
    view! { {made(server, awaiting.orders.as_ref())} {ordered(awaiting)} }.into_any()
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

/// What was ordered for it here, and waits.
fn ordered(awaiting: &Awaiting) -> AnyView {
    let mut told = Vec::new();
    let notices = awaiting.bought.iter().filter_map(|(kind, purchase)| {
        if purchase.state != PurchaseState::Done {
            let what = orders::of_kind(kind);
            let to = routes::purchase(purchase.id);
            return Some(notice(
                "warning",
                view! { <p>{format!("{what}: whether it was ordered is not known yet. ")} <a href=to>"See what becomes of it"</a> "."</p> },
            ));
        }
        match awaiting.orders.as_ref()? {
            Err(error) => {
                let what = orders::of_kind(kind);
                let words = format!("{what}: it was ordered. Whether the order waits for its payment cannot be told: {error}");
                Some(notice("warning", view! { <p>{words}</p> }))
            }
            Ok(open) => {
                let order = made_by(kind, purchase.created_at, &open.value.rows, &told)?;
                told.push(order.id);
                Some(waiting(kind, order))
            }
        }
    });
    notices.collect_view().into_any()
}

fn waiting(kind: &OrderKind, order: &Order) -> AnyView {
    let (what, to) = (orders::of_kind(kind), routes::order(order.id));
    let link = view! { <a href=to>{format!("order {}", order.id)}</a> };
    if order.status == Some(OrderStatus::Processing) {
        return notice(
            "info",
            view! { <p>{format!("{what}: done once its order is paid. The payment of ")} {link} " is on its way."</p> },
        );
    }
    let sum = format!(" waits: {} with VAT.", euro(order.amount_with_vat));
    notice(
        "warning",
        view! { <p>{format!("{what}: done once its order is paid. By its time, ")} {link} {sum}</p> },
    )
}

/// The order that a purchase made, by its kind and time, if it is still open.
fn made_by<'a>(
    kind: &OrderKind,
    bought: Timestamp,
    open: &'a [Order],
    told: &[vpsbg_api::OrderId],
) -> Option<&'a Order> {
    let begun = bought.as_second() - CLOCKS;
    let later = |order: &&Order| order.created_at.is_some_and(|at| at.0.as_second() >= begun);
    let its = open.iter().filter(|order| order.kind.as_ref() == Some(kind) && !told.contains(&order.id));
    its.filter(later).min_by_key(|order| (order.created_at.map(|at| at.0), order.id))
}

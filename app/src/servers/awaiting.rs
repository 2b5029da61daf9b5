//! A server that is being made: it may wait for somebody to pay its order.

use gateway::{Account, Error, Reading};
use leptos::prelude::*;
use vpsbg_api::{BillingState, ListOrders, Order, OrderKind, OrderStatus, Page, Server};

use crate::{components::notice::notice, routes, words::money::euro};

/// The open orders, where they say something about the server: it is being made, and no task of the provider is on it.
pub async fn open_orders(account: &Account, server: &Server) -> Option<Result<Reading<Page<Order>>, Error>> {
    if server.status != Some(BillingState::Processing) || server.locked == Some(true) {
        return None;
    }
    let status = vec![OrderStatus::AwaitingPayment, OrderStatus::Processing];
    Some(account.read(&ListOrders { page: 1, per_page: None, status }).await)
}

/// What is said of it.
pub fn made(server: &Server, orders: Option<&Result<Reading<Page<Order>>, Error>>) -> Option<AnyView> {
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

//! What may be done with orders.

use leptos::prelude::*;
use vpsbg_api::{DeleteOrder, GetOrder, Order, OrderId, OrderStatus, PayOrders};

use super::pay::{METHOD, METHODS};
use crate::{
    forms::{Refusal, Typed, refused, submit},
    routes,
    spending::{led_by, price_shown},
};

/// The provider's names for our fields.
const NAMES: [(&str, &str); 1] = [("payment_method", METHOD.name)];

/// Pays an order, if it does not cost more than was shown.
#[server(prefix = "/do", endpoint = "orders/pay")]
pub async fn pay() -> Result<(), ServerFnError> {
    let Ok(id) = Typed::here().get("id").parse::<OrderId>() else { return which().await };
    submit(&routes::order_ask(id, "pay"), async move |account, typed: Typed| {
        let mut wrong = Refusal::none();
        let word = wrong.read(&METHOD, typed.get(METHOD.name));
        let method = METHODS.into_iter().find(|method| method.word() == word);
        if method.is_none() && !word.is_empty() {
            wrong.add(METHOD.name, "Choose one of these ways.");
        }
        let Some(payment_method) = method else { return Err(wrong) };
        if let Ok(order) = account.read(&GetOrder { id }).await {
            order.value.can_pay_by(&payment_method).map_err(|reason| Refusal::whole(reason.to_string()))?;
        }
        let paying = PayOrders { ids: vec![id], payment_method };
        let spent = account.spend_quoted(&paying, &GetOrder { id }, price_shown(&typed)).await;
        let done = |_, orders: Option<Vec<Order>>| {
            let order = orders.into_iter().flatten().find(|order| order.id == id);
            let paid = order.is_some_and(|order| order.status == Some(OrderStatus::Paid));
            let word = if paid { "order-paid" } else { "order-paying" };
            routes::with_query(&routes::order(id), &[("done", word)])
        };
        led_by(spent, done, &NAMES)
    })
    .await
}

/// Drops an order that is not paid.
#[server(prefix = "/do", endpoint = "orders/drop")]
pub async fn drop_order() -> Result<(), ServerFnError> {
    let Ok(id) = Typed::here().get("id").parse::<OrderId>() else { return which().await };
    submit(&routes::order_ask(id, "drop"), async move |account, _: Typed| {
        if let Ok(order) = account.read(&GetOrder { id }).await {
            order.value.can_cancel().map_err(|reason| Refusal::whole(reason.to_string()))?;
        }
        match account.act(&DeleteOrder { id }).await {
            Ok(()) => Ok(routes::with_query(&routes::order(id), &[("done", "order-dropped")])),
            Err(error) => Err(refused(&error, &[])),
        }
    })
    .await
}

async fn which() -> Result<(), ServerFnError> {
    submit(routes::ORDERS, async move |_, _: Typed| {
        Err(Refusal::whole("Which order? Choose it in the list."))
    })
    .await
}

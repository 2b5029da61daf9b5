//! Ordering a renewal.

use leptos::prelude::*;
use vpsbg_api::Order;

use super::wish::{NAMES, Wish};
use crate::{
    forms::{Refusal, Typed, submit},
    routes,
    spending::{led_by, price_shown},
};

/// Orders the renewal that was quoted, if its price has not risen since.
#[server(prefix = "/do", endpoint = "servers/renew")]
pub async fn renew() -> Result<(), ServerFnError> {
    let wish = Wish::of_form(&Typed::here());
    let page = wish.address();
    submit(&page, async move |account, typed: Typed| {
        if wish.servers.is_empty() {
            return Err(Refusal::whole("Which servers? Choose them in the list."));
        }
        let mut wrong = Refusal::none();
        let Some((quote, renewal)) = wish.operations(&mut wrong) else { return Err(wrong) };
        let spent = account.spend_quoted(&renewal, &quote, price_shown(&typed)).await;
        let done = |purchase, order: Option<Order>| match order {
            Some(order) => routes::with_query(&routes::order(order.id), &[("done", "ordered")]),
            None => routes::purchase(purchase),
        };
        led_by(spent, done, NAMES)
    })
    .await
}

//! Orders, by number and by what they are for, among the newest; by number also beyond.

use gateway::{Account, Error};
use vpsbg_api::{GetOrder, ListOrders, Order};

use super::{
    kinds::{Found, Item, beyond, looked_through},
    matching::Sought,
};
use crate::{
    orders::{all_states, kind, state},
    routes,
    words::{money::euro, time},
};

/// Looks for orders.
pub async fn look(account: &Account, sought: &Sought) -> Result<Found, Error> {
    let list = account.read(&ListOrders { page: 1, per_page: None, status: all_states() }).await?;
    let mut items: Vec<Item> = sought.best(&list.value.rows, texts).into_iter().map(item).collect();
    if let Some(id) = beyond(sought, &list.value, |order| order.id) {
        match account.read(&GetOrder { id }).await {
            Ok(order) => items.insert(0, item(&order.value)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let searched = looked_through(&list.value, "newest", "order");
    Ok(Found { items, searched, more: None, reading: list.with(()) })
}

fn texts(order: &Order) -> Vec<String> {
    vec![order.id.to_string(), format!("order {}", order.id)]
}

fn item(order: &Order) -> Item {
    let day = order.created_at.map(|at| time::day(at.0));
    let of_state = state(order.status.as_ref()).0;
    let parts = [Some(kind(order)), Some(of_state), Some(euro(order.amount_with_vat)), day];
    let hint = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Item::new(format!("Order {}", order.id), hint, routes::order(order.id))
}

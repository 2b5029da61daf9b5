//! Invoices, by number, id and the ids of their orders, among the newest: the provider cannot be asked for one.

use gateway::{Account, Error};
use vpsbg_api::{Invoice, ListInvoices};

use super::{
    kinds::{Found, Item, looked_through},
    matching::Sought,
};
use crate::{
    invoices::{kind, number},
    routes,
    words::{money::euro, time},
};

/// Looks for invoices.
pub async fn look(account: &Account, sought: &Sought) -> Result<Found, Error> {
    let list = account.read(&ListInvoices { page: 1 }).await?;
    let items = sought.best(&list.value.rows, texts).into_iter().map(item).collect();
    let searched = looked_through(&list.value, "newest", "invoice");
    Ok(Found { items, searched, more: None, reading: list.with(()) })
}

fn texts(invoice: &Invoice) -> Vec<String> {
    let orders = invoice.order_ids.iter().map(|order| format!("order {order}"));
    [number(invoice), invoice.id.to_string()].into_iter().chain(orders).collect()
}

fn item(invoice: &Invoice) -> Item {
    let day = invoice.created_at.map(|at| time::day(at.0));
    let parts = [Some(kind(invoice).0), Some(euro(invoice.amount_with_vat)), day];
    let hint = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Item::new(number(invoice), hint, routes::invoice(invoice.id))
}

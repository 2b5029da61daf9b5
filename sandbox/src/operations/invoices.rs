//! Invoices: listed, and taken home as PDF.

use super::envelope;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::invoice::Invoice;
use crate::things::pdf;
use crate::world::World;

/// `listInvoices`: newest first.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let mut invoices: Vec<&Invoice> = world.holdings.invoices.iter().collect();
    invoices.sort_by_key(|invoice| std::cmp::Reverse((invoice.created_at, invoice.id)));
    envelope::page(call, &invoices, |invoice| invoice.json())
}

/// `downloadInvoice`
pub(crate) fn download(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let invoice = world.holdings.invoices.iter().find(|invoice| invoice.id == id).ok_or(Refusal::NotFound)?;
    let name = format!("{}-{}.pdf", invoice.kind(), invoice.number);
    Ok(Reply::file(&name, "application/pdf", pdf::invoice(invoice).into()))
}

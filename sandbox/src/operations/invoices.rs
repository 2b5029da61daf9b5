//! Invoices: listed, and taken home as PDF, one by one or packed together.

use super::envelope;
use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::invoice::Invoice;
use crate::things::{pdf, zip};
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
    Ok(Reply::file(&file_name(invoice), "application/pdf", pdf::invoice(invoice).into()))
}

/// `downloadInvoices`: a ZIP archive.
pub(crate) fn download_all(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let ids = fields.ids("ids");
    let mut files = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        match world.holdings.invoices.iter().find(|invoice| invoice.id == *id) {
            Some(invoice) => files.push((file_name(invoice), pdf::invoice(invoice))),
            None => fields.complaints.unknown(&format!("ids.{place}")),
        }
    }
    fields.finish()?;
    Ok(Reply::file("invoices.zip", "application/zip", zip::archive(&files).into()))
}

fn file_name(invoice: &Invoice) -> String {
    format!("{}-{}.pdf", invoice.kind(), invoice.number)
}

//! The words of an invoice.

use vpsbg_api::{Invoice, InvoiceType};

use crate::components::badge::Tone;

/// Its kind in a word, and what that means.
pub fn kind(invoice: &Invoice) -> (String, Tone) {
    match &invoice.kind {
        Some(InvoiceType::Proform) => ("Proforma".to_owned(), Tone::Warning),
        Some(InvoiceType::Original) => ("Original".to_owned(), Tone::Good),
        Some(InvoiceType::Other(word)) => (word.clone(), Tone::Quiet),
        None => ("Unknown".to_owned(), Tone::Quiet),
    }
}

/// Its number, or what to call it without one.
pub fn number(invoice: &Invoice) -> String {
    invoice.number.clone().unwrap_or_else(|| format!("invoice {}", invoice.id))
}

//! Invoices: what was and is to be paid, as the provider states it.

mod detail_page;
mod list_page;
mod words;

pub use detail_page::InvoicePage;
pub use list_page::{Invoices, InvoicesPage};
pub use words::{kind, number};

//! Purchases: what was bought through Vitosha, as its journal has it, and what became of what nobody confirmed.

mod columns;
mod list_page;
mod purchase_page;
mod server_fns;
mod words;

#[cfg(test)]
pub use columns::columns;
pub use list_page::{Purchases, PurchasesPage};
pub use purchase_page::PurchasePage;

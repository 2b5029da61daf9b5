//! Purchases: what was bought through Vitosha, as its journal has it, and what became of what nobody confirmed.

mod list_page;
mod purchase_page;
mod server_fns;
mod words;

pub use list_page::PurchasesPage;
pub use purchase_page::PurchasePage;

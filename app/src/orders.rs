//! Orders: what was bought or prolonged, how it is paid, and what paying it brings.

mod list_page;
mod order_page;
mod pay;
mod server_fns;
mod services;
mod words;

pub use list_page::{Orders, OrdersPage};
pub use order_page::OrderPage;
#[cfg(test)]
pub use pay::FIELDS;
pub use words::{all_states, kind, kind_of_word, of_kind, open_states, state};

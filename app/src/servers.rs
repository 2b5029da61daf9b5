//! Servers: what there is, how it does, and switching it.

mod detail_page;
mod list_page;
mod metrics;
mod power_dialog;
mod row;
mod server_fns;
mod words;

pub use detail_page::ServerPage;
pub use list_page::{Servers, ServersPage};
#[cfg(test)]
pub use row::columns;
pub use words::{billing, live_statuses, live_values, main_address, name, news, shape, statuses_shape};

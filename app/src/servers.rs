//! Servers: what there is, how it does, and switching it.

mod detail_page;
mod list_page;
mod list_query;
mod metrics;
mod power_dialog;
mod server_fns;
mod words;

pub use detail_page::ServerPage;
pub use list_page::ServersPage;
pub use words::{billing, live_statuses, live_values, main_address, name, news, shape, statuses_shape};

//! Servers: what there is, how it does, and switching it.

mod action;
mod actions;
mod detail_page;
mod hostname;
mod list_page;
mod metrics;
mod notices;
mod power_dialog;
mod renew;
mod row;
mod server_fns;
mod tab;
mod tabs;
mod words;

pub use actions::{ACTIONS, of_word as action_of_word};
pub use detail_page::ServerPage;
pub use list_page::{Servers, ServersPage};
pub use power_dialog::verb;
#[cfg(test)]
pub use renew::FIELDS as RENEWAL;
pub use renew::{RenewPage, page_of as page_of_renewal};
#[cfg(test)]
pub use row::columns;
pub use words::{billing, live_statuses, live_values, main_address, name, news, shape, statuses_shape};

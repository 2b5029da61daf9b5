//! Servers: what there is, how it does, and switching it.

mod action;
mod actions;
mod detail_page;
mod hostname;
mod list_page;
mod lock_words;
mod login;
mod metrics;
mod news_words;
mod notices;
mod power_dialog;
mod reboot;
mod row;
mod server_fns;
mod ssh_keys;
mod tab;
mod tabs;
mod words;

#[cfg(test)]
pub use actions::PASSWORD;
pub use actions::{ACTIONS, of_word as action_of_word};
pub use detail_page::ServerPage;
#[cfg(test)]
pub use hostname::HOSTNAME;
pub use list_page::{Servers, ServersPage};
pub use power_dialog::verb;
#[cfg(test)]
pub use row::columns;
pub use words::{billing, live_statuses, live_values, main_address, name, news, shape, statuses_shape};

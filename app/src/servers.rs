//! Servers: what there is, how it does, and switching it.

mod action;
mod actions;
mod add_ons;
mod awaiting;
mod beside;
mod deploy;
mod detail_page;
mod hostname;
mod list_page;
mod list_power;
mod lock_words;
mod login;
mod metrics;
mod news_words;
mod notices;
mod power_dialog;
mod reboot;
mod renew;
mod row;
mod scale_fns;
mod scale_page;
mod server_fns;
mod ssh_keys;
mod tab;
mod tabs;
mod words;

#[cfg(test)]
pub use actions::PASSWORD;
pub use actions::{ACTIONS, mount, of_word as action_of_word};
pub use add_ons::{AddOnSizesPage, NewAddOnsPage, page_of_add_on_sizes, page_of_add_ons};
#[cfg(test)]
pub use deploy::FIELDS_OF_DEPLOY;
pub use deploy::{NewServerPage, page_of_deploy};
pub use detail_page::ServerPage;
#[cfg(test)]
pub use hostname::HOSTNAME;
pub use list_page::{Servers, ServersPage, new_server};
pub use power_dialog::verb;
#[cfg(test)]
pub use renew::FIELDS as RENEWAL;
pub use renew::{RenewPage, page_of as page_of_renewal};
pub use row::ServerRow;
#[cfg(test)]
pub use row::columns;
pub use scale_fns::page_of_move;
pub use scale_page::ScalePage;
pub use words::{billing, live_statuses, live_values, main_address, name, news, shape, statuses_shape};

//! The parts of a server's page: each reads what it shows and nothing else.

mod add_ons;
mod access;
mod getting_started;
mod month;
mod network;
mod boot;
mod images;
mod measured_boot;
mod overview;
mod rescue;
mod traffic;

pub use add_ons::add_ons;
pub use access::access;
pub use getting_started::getting_started;
pub use network::network;
pub use overview::{overview, used};
pub use traffic::traffic;
pub use boot::boot;
pub use images::images;

//! The parts of a server's page: each reads what it shows and nothing else.

mod access;
mod add_ons;
mod boot;
mod getting_started;
mod images;
mod measured_boot;
mod month;
mod network;
mod overview;
mod rescue;
mod traffic;

pub use access::access;
pub use add_ons::add_ons;
pub use boot::boot;
pub use getting_started::getting_started;
pub use images::images;
pub use network::network;
pub use overview::{overview, used};
pub use traffic::traffic;

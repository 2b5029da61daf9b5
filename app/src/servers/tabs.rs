//! The parts of a server's page: each reads what it shows and nothing else.

mod add_ons;
mod overview;

pub use add_ons::add_ons;
pub use overview::overview;

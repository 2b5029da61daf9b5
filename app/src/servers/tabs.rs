//! The parts of a server's page: each reads what it shows and nothing else.

mod boot;
mod images;
mod measured_boot;
mod overview;

pub use boot::boot;
pub use images::images;
pub use overview::overview;

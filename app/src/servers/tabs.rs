//! The parts of a server's page: each reads what it shows and nothing else.

mod overview;

pub use overview::overview;

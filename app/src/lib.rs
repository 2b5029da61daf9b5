#![doc = include_str!("../README.md")]
#![recursion_limit = "512"]

mod activity;
mod components;
mod diagnostics;
mod errors;
mod files;
mod forms;
mod invoices;
mod isos;
mod keys;
mod live;
mod overview;
mod preferences;
mod prefetch;
pub mod routes;
mod servers;
mod shell;
mod sign_in;
mod site;
mod tickets;
mod visitor;
mod words;

pub use errors::plain_page;
pub use sign_in::Throttle;
pub use site::site;
pub use visitor::{ClientAddress, Demo, House, RequestId, Visitor, enter};

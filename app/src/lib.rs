#![doc = include_str!("../README.md")]
#![recursion_limit = "512"]

mod activity;
mod boot_images;
mod bulk;
mod components;
mod diagnostics;
mod errors;
mod files;
mod find;
mod forms;
mod gallery;
mod invoices;
mod isos;
mod keys;
mod live;
mod orders;
mod overview;
mod plans;
mod preferences;
mod prefetch;
mod purchases;
pub mod routes;
mod server_images;
mod servers;
mod shell;
mod sign_in;
mod site;
mod spending;
mod tickets;
mod views;
mod visitor;
mod words;

pub use errors::plain_page;
pub use sign_in::Throttle;
pub use site::{pages, site};
pub use visitor::{ClientAddress, Demo, House, RequestId, Visitor, enter};

//! What each operation does: one room per family. A handler sees a world and a call, and gives an answer.
//! No handler waits, reads the real clock or touches a connection.

// The table of routes wants one type of handler, also for those that never refuse.
#![expect(clippy::unnecessary_wraps, reason = "handlers share the type routes::Handler")]

pub(crate) mod addons;
pub(crate) mod addresses;
pub(crate) mod affiliate;
pub(crate) mod archive;
pub(crate) mod attacks;
pub(crate) mod balance;
pub(crate) mod bandwidth;
pub(crate) mod boot_images;
pub(crate) mod cancellations;
pub(crate) mod deploy;
pub(crate) mod envelope;
pub(crate) mod fields;
pub(crate) mod floating_ips;
pub(crate) mod floating_moves;
pub(crate) mod geo;
pub(crate) mod installs;
pub(crate) mod invoices;
pub(crate) mod isos;
pub(crate) mod metrics;
pub(crate) mod moments;
pub(crate) mod network_lists;
pub(crate) mod orders;
pub(crate) mod plans;
pub(crate) mod power;
pub(crate) mod protection;
pub(crate) mod renewals;
pub(crate) mod replies;
pub(crate) mod scale;
pub(crate) mod servers;
pub(crate) mod settings;
pub(crate) mod ssh_keys;
pub(crate) mod support;
pub(crate) mod tickets;
pub(crate) mod two_factor;
pub(crate) mod user;
pub(crate) mod wishes;

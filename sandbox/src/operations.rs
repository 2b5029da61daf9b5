//! What each operation does: one room per family. A handler sees a world and a call, and gives an answer.
//! No handler waits, reads the real clock or touches a connection.

// The table of routes wants one type of handler, also for those that never refuse.
#![expect(clippy::unnecessary_wraps, reason = "handlers share the type routes::Handler")]

pub(crate) mod envelope;
pub(crate) mod fields;
pub(crate) mod invoices;
pub(crate) mod isos;
pub(crate) mod metrics;
pub(crate) mod power;
pub(crate) mod renewals;
pub(crate) mod replies;
pub(crate) mod servers;
pub(crate) mod tickets;
pub(crate) mod user;

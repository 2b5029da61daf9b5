//! The sandbox from the outside: over TCP, as its clients meet it. No test sleeps; time is moved by the clock control.
#![allow(clippy::unwrap_used, clippy::float_cmp)]

mod admission;
mod contract;
mod dialects;
mod forced;
mod isos;
mod lists;
mod power;
mod records;
mod schema;
mod stage;
mod tickets;
mod worlds;

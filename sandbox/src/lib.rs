#![doc = include_str!("../README.md")]

mod control;
mod door;
mod noise;
mod operations;
mod options;
mod reply;
mod routes;
mod sandbox;
mod seeds;
mod stamp;
mod things;
mod world;

pub use options::{Account, NewAccount, Options};
pub use routes::{Evidence, ROUTES, Route};
pub use sandbox::Sandbox;
pub use seeds::Seed;
pub use world::tokens::{DEMO_READ_TOKEN, DEMO_WRITE_TOKEN};

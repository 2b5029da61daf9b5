//! The things an account holds, and how each of them changes with time.
//! Nothing in here knows a request: things are asked for their state at a moment.

pub(crate) mod address;
pub(crate) mod catalogue;
pub(crate) mod holdings;
pub(crate) mod invoice;
pub(crate) mod iso;
pub(crate) mod money;
pub(crate) mod pdf;
pub(crate) mod power;
pub(crate) mod server;
pub(crate) mod ticket;
pub(crate) mod user;

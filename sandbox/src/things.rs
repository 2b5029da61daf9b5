//! The things an account holds, and how each of them changes with time.
//! Nothing in here knows a request: things are asked for their state at a moment.

pub(crate) mod address;
pub(crate) mod affiliate;
pub(crate) mod archive;
pub(crate) mod attack;
pub(crate) mod boot_image;
pub(crate) mod cancellation;
pub(crate) mod catalogue;
pub(crate) mod chores;
pub(crate) mod countries;
pub(crate) mod deliver;
pub(crate) mod extras;
pub(crate) mod floating_ip;
pub(crate) mod funds;
pub(crate) mod holdings;
pub(crate) mod images;
pub(crate) mod invoice;
pub(crate) mod iso;
pub(crate) mod money;
pub(crate) mod moving;
pub(crate) mod networks;
pub(crate) mod order;
pub(crate) mod pdf;
pub(crate) mod pool;
pub(crate) mod power;
pub(crate) mod protection;
pub(crate) mod server;
pub(crate) mod ssh_key;
pub(crate) mod support;
pub(crate) mod task;
pub(crate) mod ticket;
pub(crate) mod traffic;
pub(crate) mod two_factor;
pub(crate) mod user;
pub(crate) mod whereabouts;
pub(crate) mod zip;

//! Sign-in and sign-out.

mod page;
mod server_fns;
mod throttle;

pub use page::SignInPage;
pub use throttle::Throttle;

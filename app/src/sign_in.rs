//! Sign-in and sign-out.

mod page;
mod server_fns;
mod throttle;

#[cfg(test)]
pub use page::FIELDS;
pub use page::SignInPage;
pub use throttle::Throttle;

//! Renewing servers, one or many together: asked for how long, quoted by the provider, ordered.

mod chosen;
mod page;
mod price;
mod server_fns;
mod wish;

pub use page::RenewPage;
#[cfg(test)]
pub use wish::FIELDS;

use crate::forms::Typed;

/// The page on which the form of a renewal stands.
pub fn page_of(typed: &Typed) -> String {
    wish::Wish::of_form(typed).address()
}

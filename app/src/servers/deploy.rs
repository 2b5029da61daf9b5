//! Ordering servers: one page that is filled in by GET, so that a link fills it in; at its end what it will cost, and
//! the one form that orders it. Only secrets do not stand in the address.

mod choices;
mod estimate;
mod fields;
mod page;
mod sections;
mod server_fns;
mod sum;
mod wish;

#[cfg(test)]
pub use fields::FIELDS as FIELDS_OF_DEPLOY;
pub use fields::address as page_of_deploy;
pub use page::NewServerPage;

//! Plans: the sizes of servers that are for sale.

mod catalogue;
mod compare_page;
mod list_page;
mod words;

pub use catalogue::{Catalogue, catalogue, catalogue_now};
pub use compare_page::ComparePage;
pub use list_page::{Plans, PlansPage};
pub use words::{facts, months, name};

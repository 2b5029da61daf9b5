//! Finding anything: one search over everything that has a name, for the page `/find` and for the palette, which asks
//! the same as JSON. What is found, and where it was looked for, is decided here; a browser only places the words.

mod actions;
mod answer;
mod invoices;
mod isos;
mod kinds;
mod matching;
mod object;
mod orders;
mod page;
mod places;
mod servers;
mod tickets;

pub use answer::{Group, answer, not_searched, nothing, old_ones};
pub use kinds::Item;
pub use matching::Sought;
pub use object::Object;
pub use page::FindPage;

//! Activity: who changed what through Vitosha, on which object, and what came of it.

mod csv;
mod page;
mod query;
mod words;

pub use csv::download;
pub use page::ActivityPage;

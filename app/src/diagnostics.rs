//! How the contract fares: for every operation what is known of it and what came of it last.

mod page;
mod query;
mod words;

pub use page::DiagnosticsPage;

//! Activity: who changed what through Vitosha, on which object, and what came of it.

mod columns;
mod of_object;
mod page;
mod query;
mod words;

#[cfg(test)]
pub use columns::columns;
pub use of_object::{of_object, of_request};
pub use page::{Activity, ActivityPage};
pub use words::{objects, outcome};

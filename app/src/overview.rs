//! The overview: what there is, and what needs attention.

mod attention;
mod looked_at;
mod page;

pub use page::OverviewPage;

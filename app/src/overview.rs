//! The overview: what there is, and what needs attention.

mod attention;
mod page;

pub use page::OverviewPage;

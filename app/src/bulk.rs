//! Bulk jobs: one action on many rows of a list. Chosen in the list, asked here, worked off by the server, followed on
//! a page of their own that can be reloaded and sent to a colleague.

mod became;
mod columns;
mod job_page;
mod jobs_page;
mod new_page;
mod results;
mod row;
mod server_fns;
mod words;

#[cfg(test)]
pub use columns::columns;
pub use job_page::JobPage;
pub use jobs_page::{Jobs, JobsPage};
pub use new_page::NewJobPage;
pub use results::Results;
pub use server_fns::page_of;
pub use words::{live_values, shape, verb};

//! Bulk jobs: one action on many rows of a list. Chosen in the list, asked here, worked off by the server, followed on
//! a page of their own that can be reloaded and sent to a colleague.

mod job_page;
mod jobs_page;
mod new_page;
mod row;
mod server_fns;
mod words;

pub use job_page::JobPage;
pub use jobs_page::JobsPage;
pub use new_page::NewJobPage;
pub use server_fns::page_of;
pub use words::{live_values, shape, verb};

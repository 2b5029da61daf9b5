//! Saved views: the state of a list under a name, for everybody who is signed in to the account.

mod page;
mod server_fns;

pub use page::ViewsPage;
pub use server_fns::page_of;

//! ISOs: what is there, what is being downloaded, what will be gone when.

mod detail_page;
mod list_page;
mod new_page;
mod server_fns;
mod servers;
mod words;

pub use detail_page::IsoPage;
pub use list_page::{Isos, IsosPage};
#[cfg(test)]
pub use new_page::FIELDS;
pub use new_page::NewIsoPage;
pub use words::{can_delete, how_far, live_values, name, news, shape};

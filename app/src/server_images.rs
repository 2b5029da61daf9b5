//! Server images: what a server can be installed with.

mod list_page;
mod words;

pub use list_page::{Images, ImagesPage};
pub use words::{is_app, is_windows, name};

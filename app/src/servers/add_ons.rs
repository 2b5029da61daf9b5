//! Buying add-ons for a server, and changing their sizes: pages of their own, because they show a price.

mod choice;
mod new_page;
mod server_fns;
mod size_page;
mod sizes;

pub use choice::in_words;
pub use new_page::NewAddOnsPage;
pub use server_fns::{page_of_add_on_sizes, page_of_add_ons};
pub use size_page::AddOnSizesPage;
pub use sizes::Present;

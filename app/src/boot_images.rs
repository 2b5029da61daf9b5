//! Boot images: what servers can boot instead of their disks (measured boot). Uploaded here, streamed to the provider.

mod incoming;
mod page;
mod server_fns;
mod upload;
mod words;

pub use page::BootImagesPage;
pub use upload::upload_boot_image;

//! Tickets: conversations with support.

mod conversation;
mod list_page;
mod new_page;
mod server_fns;
mod ticket_page;
mod words;

pub use conversation::clean;
pub use list_page::{Tickets, TicketsPage};
#[cfg(test)]
pub use new_page::FIELDS;
pub use new_page::NewTicketPage;
pub use ticket_page::TicketPage;
pub use words::state;

//! The words of a ticket.

use vpsbg_api::TicketStatus;

use crate::components::badge::Tone;

/// Its state in a word, and what that means to the customer.
pub fn state(status: Option<&TicketStatus>) -> (String, Tone) {
    match status {
        Some(TicketStatus::Opened) => ("Open".to_owned(), Tone::Busy),
        Some(TicketStatus::Answered) => ("Answered".to_owned(), Tone::Warning),
        Some(TicketStatus::Resolved) => ("Resolved".to_owned(), Tone::Good),
        Some(TicketStatus::Closed) => ("Closed".to_owned(), Tone::Quiet),
        Some(TicketStatus::Other(word)) => (word.clone(), Tone::Quiet),
        None => ("Unknown".to_owned(), Tone::Quiet),
    }
}

//! Tickets, by subject, id and what they are about, among the first of the list; by id also beyond.

use gateway::{Account, Error};
use vpsbg_api::{GetTicket, ListTickets, TicketStatus};

use super::{
    kinds::{Found, Item, beyond, looked_through},
    matching::Sought,
};
use crate::{routes, tickets::state};

/// Looks for tickets.
pub async fn look(account: &Account, sought: &Sought) -> Result<Found, Error> {
    let list = account.read(&ListTickets { page: 1, status: Vec::new() }).await?;
    let fitting = sought.best(&list.value.rows, |ticket| {
        let texts = [Some(ticket.id.to_string()), ticket.subject.clone(), ticket.service_label.clone()];
        texts.into_iter().flatten().collect()
    });
    let row = |id, subject: Option<&String>, status: Option<&TicketStatus>, about: Option<&String>| {
        let subject = subject.filter(|subject| !subject.trim().is_empty());
        let name = subject.cloned().unwrap_or_else(|| format!("Ticket {id}"));
        let about = about.map(|about| format!(" · {about}")).unwrap_or_default();
        Item::new(name, state(status).0 + &about, routes::ticket(id))
    };
    let mut items: Vec<Item> = fitting
        .into_iter()
        .map(|ticket| {
            let (subject, about) = (ticket.subject.as_ref(), ticket.service_label.as_ref());
            row(ticket.id, subject, ticket.status.as_ref(), about)
        })
        .collect();
    // An older one, if there may be any.
    if let Some(id) = beyond(sought, &list.value, |ticket| ticket.id) {
        match account.read(&GetTicket { id }).await {
            Ok(ticket) => {
                let ticket = ticket.value;
                let (subject, about) = (ticket.subject.as_ref(), ticket.service_label.as_ref());
                items.insert(0, row(id, subject, ticket.status.as_ref(), about));
            }
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let searched = looked_through(&list.value, "first", "ticket");
    Ok(Found { items, searched, more: None, reading: list.with(()) })
}

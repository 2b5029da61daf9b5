//! Tickets, read and resolved. What the customer writes is next door.

use super::envelope::{self, listed};
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::catalogue::DEPARTMENTS;
use crate::things::ticket::Ticket;
use crate::world::World;
use serde_json::json;

/// `listTickets`: what moved last comes first.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let states = call.query.get("filter[status]");
    let wanted = |ticket: &&Ticket| states.is_none_or(|states| listed(states, ticket.status(call.now)));
    let mut tickets: Vec<&Ticket> = world.holdings.tickets.iter().filter(wanted).collect();
    tickets.sort_by_key(|ticket| std::cmp::Reverse((ticket.updated_at(), ticket.id)));
    envelope::page(call, &tickets, |ticket| ticket.row(call.now))
}

/// `getTicket`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::json(world.holdings.ticket(call.id()?)?.json(call.now)))
}

/// `resolveTicket`: also fine for a ticket that is resolved already.
pub(crate) fn resolve(world: &mut World, call: &Call) -> Answer {
    let ticket = world.holdings.ticket_mut(call.id()?)?;
    if !matches!(ticket.status(call.now), "resolved" | "closed") {
        ticket.resolve(call.now);
    }
    Ok(Reply::json(ticket.json(call.now)))
}

/// `listSupportDepartments`
pub(crate) fn departments(_world: &mut World, _call: &Call) -> Answer {
    let rows = DEPARTMENTS.iter();
    envelope::bare(rows.map(|row| json!({"id": row.id, "key": row.key, "name": row.name})).collect())
}

/// `listSupportServices`: what a new ticket can be about.
pub(crate) fn services(world: &mut World, call: &Call) -> Answer {
    let servers = world.holdings.servers.iter().filter(|server| server.status(call.now) != "terminated");
    let rows = servers.map(|server| json!({"id": server.id, "type": "server", "label": server.label()}));
    envelope::bare(rows.collect())
}

/// `downloadTicketAttachment`. The alternative spellings name only the attachment.
pub(crate) fn attachment(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let found = if call.places.len() > 1 {
        world.holdings.ticket(call.id_at(0)?)?.attachment(id)
    } else {
        world.holdings.tickets.iter().find_map(|ticket| ticket.attachment(id))
    };
    let file = found.ok_or(Refusal::NotFound)?;
    Ok(Reply::file(&file.name, &file.kind, file.bytes.clone()))
}

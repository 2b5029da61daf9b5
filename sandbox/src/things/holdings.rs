//! Everything one account holds, and the counters for what it will hold next.

use super::invoice::Invoice;
use super::iso::Iso;
use super::money::Cents;
use super::server::Server;
use super::ticket::Ticket;
use super::user::{Funds, User};
use crate::reply::Refusal;
use crate::world::faults::Faults;
use jiff::Timestamp;

/// The belongings of a world.
#[derive(Debug)]
pub(crate) struct Holdings {
    pub user: User,
    pub funds: Funds,
    pub servers: Vec<Server>,
    pub isos: Vec<Iso>,
    pub invoices: Vec<Invoice>,
    pub tickets: Vec<Ticket>,
    pub next: NextIds,
}

/// The ids that come next. Each world counts from its own beginning, so that no id is known twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NextIds {
    pub server: i64,
    pub address: i64,
    pub addon: i64,
    pub iso: i64,
    pub invoice: i64,
    pub ticket: i64,
    pub message: i64,
    pub attachment: i64,
}

/// Ids of one world; the next world's begin after them.
const SPAN: i64 = 100_000;

impl NextIds {
    pub fn of_world(number: u32) -> Self {
        let base = i64::from(number) * SPAN;
        Self {
            server: base + 4801,
            address: base + 15_120,
            addon: base + 771,
            iso: base + 12,
            invoice: base + 8801,
            ticket: base + 731,
            message: base + 1840,
            attachment: base + 377,
        }
    }
}

/// Gives an id and moves the counter on.
pub(crate) fn take(counter: &mut i64) -> i64 {
    let id = *counter;
    *counter += 1;
    id
}

impl Holdings {
    pub fn server(&self, id: i64) -> Result<&Server, Refusal> {
        self.servers.iter().find(|server| server.id == id).ok_or(Refusal::NotFound)
    }

    pub fn server_mut(&mut self, id: i64) -> Result<&mut Server, Refusal> {
        self.servers.iter_mut().find(|server| server.id == id).ok_or(Refusal::NotFound)
    }

    pub fn ticket(&self, id: i64) -> Result<&Ticket, Refusal> {
        self.tickets.iter().find(|ticket| ticket.id == id).ok_or(Refusal::NotFound)
    }

    pub fn ticket_mut(&mut self, id: i64) -> Result<&mut Ticket, Refusal> {
        self.tickets.iter_mut().find(|ticket| ticket.id == id).ok_or(Refusal::NotFound)
    }

    /// What the renewals of the coming period will take.
    pub fn expected_expenses(&self, now: Timestamp) -> Cents {
        let renewing =
            self.servers.iter().filter(|server| server.auto_renew && server.status(now) == "active");
        Cents(renewing.map(|server| server.plan.price.0 * i64::from(server.billing_cycle)).sum())
    }

    /// Lets everything happen that has become due by now.
    pub fn settle(&mut self, now: Timestamp, faults: &Faults) {
        self.isos.retain(|iso| iso.exists(now));
        for ticket in &mut self.tickets {
            if let Some(due) = ticket.answer_due(faults.support_answer_seconds).filter(|due| *due <= now) {
                ticket.answer(take(&mut self.next.message), due);
            }
        }
    }
}

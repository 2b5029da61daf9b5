//! What needs a person's attention, most urgent first.

use gateway::{IsosSeen, Phase};
use vpsbg_api::{Balance, BillingState, Page, Server, TicketStatus, TicketSummary};

use crate::{
    components::badge::Tone,
    routes,
    words::{money::in_currency, time},
};

/// Paid only for this many more days, and not renewed by itself.
const EXPIRES_SOON: i64 = 14;

/// One thing to look at.
#[derive(Debug, Clone)]
pub struct Item {
    /// How urgent.
    pub tone: Tone,
    /// The object, as a link.
    pub address: String,
    /// Its name.
    pub name: String,
    /// What about it.
    pub words: String,
}

/// Servers that expire, are suspended or locked.
pub fn of_servers(list: &Page<Server>) -> Vec<Item> {
    let now = jiff::Timestamp::now();
    let mut items = Vec::new();
    for server in &list.rows {
        let mut add = |tone, words: String| {
            let name = server.hostname.clone().unwrap_or_else(|| format!("server {}", server.id));
            items.push(Item { tone, address: routes::server(server.id), name, words });
        };
        if server.status == Some(BillingState::Suspended) {
            add(Tone::Bad, "is suspended: renew it, or it will be terminated.".to_owned());
            continue;
        }
        if let Some(expiry) = server.expiry_at.map(|at| at.0)
            && server.auto_renew != Some(true)
        {
            let left = expiry.as_second() - now.as_second();
            if left < 0 {
                add(Tone::Bad, format!("was paid until {} and does not renew by itself.", time::day(expiry)));
            } else if left < EXPIRES_SOON * 86_400 {
                let words = time::rough(left.unsigned_abs());
                add(Tone::Warning, format!("is paid for {words} more and does not renew by itself."));
            }
        }
        if server.pending_renew_order == Some(true) {
            add(Tone::Warning, "has a renewal that is not paid.".to_owned());
        }
        if server.locked == Some(true) {
            let since = server.locked_at.map(|at| format!(" since {}", time::relative(at.0, now)));
            add(Tone::Busy, format!("is locked by a task of the provider{}.", since.unwrap_or_default()));
        }
    }
    items
}

/// Downloads that have stalled.
pub fn of_isos(seen: &IsosSeen) -> Vec<Item> {
    let stalled = seen.isos.iter().filter(|progress| progress.phase == Phase::Stalled);
    stalled
        .map(|progress| Item {
            tone: Tone::Warning,
            address: routes::iso(progress.iso.id),
            name: progress.iso.name.clone().unwrap_or_else(|| format!("ISO {}", progress.iso.id)),
            words: "has not moved for a minute.".to_owned(),
        })
        .collect()
}

/// Tickets that support has answered.
pub fn of_tickets(list: &Page<TicketSummary>) -> Vec<Item> {
    let answered = list.rows.iter().filter(|ticket| ticket.status == Some(TicketStatus::Answered));
    answered
        .map(|ticket| Item {
            tone: Tone::Warning,
            address: routes::ticket(ticket.id),
            name: ticket.subject.clone().unwrap_or_else(|| format!("Ticket {}", ticket.id)),
            words: "was answered by support.".to_owned(),
        })
        .collect()
}

/// Money that is missing for the coming renewals.
pub fn of_balance(balance: &Balance) -> Vec<Item> {
    let Some(missing) = balance.shortfall.filter(|missing| missing.0 > rust_decimal::Decimal::ZERO) else {
        return Vec::new();
    };
    let currency = balance.currency.as_deref().unwrap_or("EUR");
    vec![Item {
        tone: Tone::Warning,
        address: routes::INVOICES.to_owned(),
        name: "Balance".to_owned(),
        words: format!("lacks {} for the coming renewals.", in_currency(missing, currency)),
    }]
}

//! What needs a person's attention, most urgent first.

use gateway::{IsosSeen, Phase, StatusesSeen};
use vpsbg_api::{Balance, BillingState, Iso, Page, Server, ServerState, TicketStatus, TicketSummary, Told};

use crate::{
    components::badge::Tone,
    routes,
    servers::name,
    words::{money::in_currency, time},
};

/// A day, in seconds.
const DAY: i64 = 86_400;
/// Paid only for this many more days.
const EXPIRES_SOON: i64 = 14;
/// A lock is long after this many seconds: tasks of the provider take minutes.
const LOCKED_LONG: i64 = 30 * 60;
/// More of the plan's traffic than this part is worth a look.
const MUCH_TRAFFIC: f64 = 0.8;
/// A mounted ISO is removed within this many seconds.
const ISO_GOES_SOON: i64 = 12 * 3600;

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

/// What else is known when servers are looked at; each part only if it could be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Live state of all servers.
    pub statuses: Option<&'a StatusesSeen>,
    /// All ISOs.
    pub isos: Option<&'a IsosSeen>,
    /// The balance.
    pub balance: Option<&'a Balance>,
}

/// Servers that expire, are suspended, locked, cancelled, out of reach or nearly out of traffic, and those that lose a
/// mounted ISO.
pub fn of_servers(servers: &[Server], beside: Beside<'_>, now: jiff::Timestamp) -> Vec<Item> {
    let mut items = Vec::new();
    for server in servers {
        let mut add = |tone, words: String| {
            items.push(Item { tone, address: routes::server(server.id), name: name(server), words });
        };
        if server.cancel_request.as_ref().is_some() {
            add(Tone::Warning, "is cancelled; that can still be undone.".to_owned());
        }
        if server.status == Some(BillingState::Suspended) {
            add(Tone::Bad, "is suspended: renew it, or it will be terminated.".to_owned());
            continue;
        }
        if let Some((tone, words)) = expiry(server, beside.balance, now) {
            add(tone, words);
        }
        if server.pending_renew_order == Some(true) {
            add(Tone::Warning, "has a renewal that is ordered and not done yet.".to_owned());
        }
        if server.locked == Some(true) {
            let at = server.locked_at.map(|at| at.0);
            let long = at.is_some_and(|at| now.as_second() - at.as_second() > LOCKED_LONG);
            let since = at.map(|at| format!(" since {}", time::relative(at, now))).unwrap_or_default();
            let tone = if long { Tone::Warning } else { Tone::Busy };
            let hint = if long { " That is long: support can say why." } else { "" };
            add(tone, format!("is locked by a task of the provider{since}.{hint}"));
        }
        if server.state.as_ref().and_then(|state| state.node_reachable) == Some(false) {
            add(Tone::Bad, "is on a machine that does not answer the provider.".to_owned());
        }
        if let Some(part) = traffic(server, beside.statuses) {
            let tone = if part >= 1.0 { Tone::Bad } else { Tone::Warning };
            add(tone, format!("has used {:.0} % of its traffic.", part * 100.0));
        }
        for (iso, words) in vanishing(server, beside.isos, now) {
            add(Tone::Warning, format!("has {iso} mounted, which the provider removes {words}."));
        }
    }
    items
}

/// The end of what is paid, when it is near and nothing takes care of it.
fn expiry(server: &Server, balance: Option<&Balance>, now: jiff::Timestamp) -> Option<(Tone, String)> {
    let expiry = server.expiry_at?.0;
    let left = expiry.as_second() - now.as_second();
    if left >= EXPIRES_SOON * DAY {
        return None;
    }
    let rough = time::rough(left.unsigned_abs());
    if server.auto_renew != Some(true) {
        return Some(if left < 0 {
            (Tone::Bad, format!("was paid until {} and does not renew by itself.", time::day(expiry)))
        } else {
            (Tone::Warning, format!("is paid for {rough} more and does not renew by itself."))
        });
    }
    if left < 0 {
        let words = format!(
            "was paid until {}: it renews by itself, but that has not come through.",
            time::day(expiry)
        );
        return Some((Tone::Bad, words));
    }
    // It is renewed from the balance or a saved card (openapi, Server, `auto_renew`).
    let short = balance.is_some_and(|balance| {
        balance.has_valid_card != Some(true)
            && balance.shortfall.is_some_and(|missing| missing.0 > rust_decimal::Decimal::ZERO)
    });
    short.then(|| (Tone::Warning, format!("renews by itself in {rough}, but the balance may not cover it.")))
}

/// Whether a server's own row leaves out what only its own call tells: whether its machine can be reached, and what is in
/// its drives.
pub fn half_told(server: &Server) -> bool {
    let unreachable_untold = server.state.as_ref().is_none_or(|state| state.node_reachable.is_none());
    unreachable_untold || server.drives().contains(&&Told::Unknown)
}

/// A row with what only the server's own call told.
pub fn told_wholly(row: Server, closely: &Server) -> Server {
    let state = match (row.state, closely.state.clone()) {
        (Some(state), Some(closer)) => {
            let node_reachable = state.node_reachable.or(closer.node_reachable);
            Some(ServerState { node_reachable, ..state })
        }
        (state, closer) => state.or(closer),
    };
    let drive = |row: Told<Box<Iso>>, closer: &Told<Box<Iso>>| match row {
        Told::Unknown => closer.clone(),
        told => told,
    };
    let primary_iso = drive(row.primary_iso, &closely.primary_iso);
    let secondary_iso = drive(row.secondary_iso, &closely.secondary_iso);
    Server { state, primary_iso, secondary_iso, ..row }
}

/// Whether a server's own row says nothing of its traffic.
pub fn without_traffic(server: &Server) -> bool {
    server.state.as_ref().is_none_or(|state| state.bandwidth.is_none())
}

/// How much of its traffic it has used, if that is much. A limit of 0 means unmetered (FACTS §1, units).
fn traffic(server: &Server, statuses: Option<&StatusesSeen>) -> Option<f64> {
    let of_all = statuses.and_then(|all| all.entries.get(&server.id)?.bandwidth.as_ref());
    let own = server.state.as_ref().and_then(|state| state.bandwidth.as_ref());
    let usage = of_all.or(own)?;
    let (used, limit) = (usage.used?.0, usage.limit?.0);
    let part = if limit > 0.0 { used / limit } else { 0.0 };
    (part > MUCH_TRAFFIC).then_some(part)
}

/// ISOs in its drives that will soon be removed, and when.
fn vanishing(server: &Server, isos: Option<&IsosSeen>, now: jiff::Timestamp) -> Vec<(String, String)> {
    let mounted = server.drives().into_iter().filter_map(Told::as_ref);
    let soon = mounted.filter_map(|iso| {
        // The list of ISOs knows it better than what hangs on a server.
        let listed = isos.and_then(|all| all.isos.iter().find(|other| other.iso.id == iso.id));
        let at = listed.map_or(iso.deletion_at, |listed| listed.iso.deletion_at.or(iso.deletion_at))?.0;
        let left = at.as_second() - now.as_second();
        let name = iso.name.clone().unwrap_or_else(|| format!("ISO {}", iso.id));
        (0..ISO_GOES_SOON).contains(&left).then(|| (name, format!("in {}", time::rough(left.unsigned_abs()))))
    });
    soon.collect()
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use vpsbg_api::{Decode, Notes};

    use super::*;

    const NOW: &str = "2026-03-04T12:00:00Z";

    fn said(fields: Value, beside: Beside<'_>) -> Vec<(Tone, String)> {
        let mut server = json!({ "id": 7, "hostname": "web-1", "auto_renew": true, "status": "active" });
        server.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let server = Server::decode(&server, &mut Notes::default()).unwrap();
        let items = of_servers(&[server], beside, NOW.parse().unwrap());
        items.into_iter().map(|item| (item.tone, item.words)).collect()
    }

    fn alone(fields: Value) -> Vec<(Tone, String)> {
        said(fields, Beside::default())
    }

    #[test]
    fn what_is_well_needs_nothing() {
        assert_eq!(alone(json!({ "expiry_at": "2026-03-05T22:00:00Z", "locked": false })), []);
        assert_eq!(alone(json!({ "auto_renew": false, "expiry_at": "2026-03-19T22:00:00Z" })), []);
        assert_eq!(alone(json!({ "cancel_request": null, "state": { "node_reachable": true } })), []);
        let unmetered = json!({ "state": { "bandwidth": { "used": 9000, "limit": 0 } } });
        assert_eq!(alone(unmetered), []);
    }

    #[test]
    fn the_end_of_what_is_paid() {
        let soon = alone(json!({ "auto_renew": false, "expiry_at": "2026-03-10T12:00:00Z" }));
        assert_eq!(
            soon,
            [(Tone::Warning, "is paid for 6 days more and does not renew by itself.".to_owned())]
        );
        let over = alone(json!({ "auto_renew": false, "expiry_at": "2026-03-01T22:00:00Z" }));
        assert_eq!(over[0].0, Tone::Bad);
        let late = alone(json!({ "expiry_at": "2026-03-01T22:00:00Z" }));
        assert!(late[0].1.contains("has not come through"), "{late:?}");
        let balance = |fields: Value| Balance::decode(&fields, &mut Notes::default()).unwrap();
        let (short, card) = (
            balance(json!({ "shortfall": 12.5 })),
            balance(json!({ "shortfall": 12.5, "has_valid_card": true })),
        );
        let fields = json!({ "expiry_at": "2026-03-10T12:00:00Z" });
        let with = |balance| Beside { balance: Some(balance), ..Beside::default() };
        assert!(said(fields.clone(), with(&short))[0].1.contains("the balance may not cover it"));
        assert_eq!(said(fields, with(&card)), []);
    }

    #[test]
    fn trouble_of_the_machine() {
        let locked = |at: &str| alone(json!({ "locked": true, "locked_at": at }));
        assert_eq!(locked("2026-03-04T11:58:00Z")[0].0, Tone::Busy);
        assert_eq!(locked("2026-03-04T11:00:00Z")[0].0, Tone::Warning);
        assert_eq!(alone(json!({ "state": { "node_reachable": false } }))[0].0, Tone::Bad);
        let used = |used: f64| alone(json!({ "state": { "bandwidth": { "used": used, "limit": 5000 } } }));
        assert_eq!(used(4000.0), []);
        assert_eq!(used(4100.0), [(Tone::Warning, "has used 82 % of its traffic.".to_owned())]);
        assert_eq!(used(5200.0)[0].0, Tone::Bad);
        let request = json!({ "cancel_request": { "id": 1, "type": 1 } });
        assert_eq!(alone(request), [(Tone::Warning, "is cancelled; that can still be undone.".to_owned())]);
    }

    #[test]
    fn a_mounted_iso_that_goes() {
        let with = |at: &str| {
            alone(
                json!({ "primary_iso": { "id": 3, "name": "debian.iso", "status": "downloaded", "deletion_at": at } }),
            )
        };
        let goes = with("2026-03-04T15:00:00Z");
        assert_eq!(
            goes,
            [(Tone::Warning, "has debian.iso mounted, which the provider removes in 3 hours.".to_owned())]
        );
        assert_eq!(with("2026-03-05T15:00:00Z"), []);
    }
}

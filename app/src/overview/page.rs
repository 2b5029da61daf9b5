//! `/`: counts and what needs attention. Each part stands or fails for itself.

use gateway::{Error, IsosSeen, Phase, Reading, StatusesSeen};
use leptos::prelude::*;
use vpsbg_api::{
    Balance, GetBalance, Invoice, InvoiceType, ListInvoices, ListTickets, Page, TicketStatus, TicketSummary,
};

use super::{
    attention::{Beside, Item, of_balance, of_isos, of_servers, of_tickets, without_traffic},
    looked_at::{self, LookedAt},
};
use crate::{
    components::{
        badge::{Badge, Tone},
        frame::{Frame, Section},
        notice::{main_trouble, notice, stale_hint},
    },
    live::Sources,
    routes,
    servers::new_server,
    visitor::Visitor,
    words::{NOTHING, count, money::in_currency},
};

/// While servers are still looked at one by one, the page looks again after so many seconds.
const LOOK: u64 = 60;

struct Parts {
    servers: Result<Reading<LookedAt>, Error>,
    statuses: Result<Reading<StatusesSeen>, Error>,
    isos: Result<Reading<IsosSeen>, Error>,
    tickets: Result<Reading<Page<TicketSummary>>, Error>,
    invoices: Result<Reading<Page<Invoice>>, Error>,
    balance: Result<Reading<Balance>, Error>,
}

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let (tickets, invoices) = (ListTickets { page: 1, status: Vec::new() }, ListInvoices { page: 1 });
        let (servers, statuses, isos, tickets, invoices, balance) = futures::join!(
            looked_at::servers(&account),
            account.statuses(),
            account.isos(),
            account.read(&tickets),
            account.read(&invoices),
            account.read(&GetBalance),
        );
        let parts = Parts { servers, statuses, isos, tickets, invoices, balance };
        let to_come = parts.servers.as_ref().map_or(0, |servers| servers.value.to_come);
        let live = Sources::default()
            .completing((to_come > 0).then_some(LOOK))
            .waiting_for(parts.servers.as_ref())
            .waiting_for(parts.statuses.as_ref())
            .waiting_for(parts.isos.as_ref())
            .waiting_for(parts.tickets.as_ref())
            .waiting_for(parts.invoices.as_ref())
            .waiting_for(parts.balance.as_ref());
        // A refused token is no matter of a part.
        let refused = parts.servers.as_ref().err().filter(|error| **error == Error::TokenRefused);
        let body = match refused {
            Some(error) => main_trouble(error, "the account"),
            None => view! { {counts(&parts)} {attention(&parts)} }.into_any(),
        };
        Some(view! {
            <Frame title="Overview" section=Section::Overview live=live>
                <div data-region="overview">{body}</div>
            </Frame>
        })
    })
}

fn counts(parts: &Parts) -> AnyView {
    let servers = parts.servers.as_ref().map(|servers| {
        let running = parts.statuses.as_ref().ok().map(|statuses| {
            let running = statuses.value.entries.values().filter(|entry| entry.running == Some(true));
            let late = if statuses.stale().is_some() { ", as last seen" } else { "" };
            format!("{} running{late}", running.count())
        });
        (servers.value.total.to_string(), running.unwrap_or_else(|| "active and suspended".to_owned()))
    });
    let isos = parts.isos.as_ref().map(|isos| {
        let busy = isos.value.isos.iter().filter(|progress| {
            matches!(progress.phase, Phase::Waiting | Phase::Downloading | Phase::Stalled)
        });
        let there = isos.value.isos.iter().filter(|progress| progress.phase != Phase::Removed);
        (there.count().to_string(), format!("{} downloading", busy.count()))
    });
    let tickets = parts.tickets.as_ref().map(|tickets| {
        let open =
            tickets.value.rows.iter().filter(|ticket| {
                matches!(ticket.status, Some(TicketStatus::Opened | TicketStatus::Answered))
            });
        let total = tickets.value.total.unwrap_or(tickets.value.rows.len() as u64);
        (open.count().to_string(), format!("open, of {}", count(total, "ticket")))
    });
    let invoices = parts.invoices.as_ref().map(|invoices| {
        let unpaid = invoices.value.rows.iter().filter(|invoice| invoice.kind == Some(InvoiceType::Proform));
        (unpaid.count().to_string(), "proforma among the newest".to_owned())
    });
    let balance = parts.balance.as_ref().map(|balance| {
        let currency = balance.value.currency.as_deref().unwrap_or("EUR");
        let amount = |amount: Option<vpsbg_api::Money>| {
            amount.map_or(NOTHING.to_owned(), |amount| in_currency(amount, currency))
        };
        let expected = amount(balance.value.estimated_expenses);
        (amount(balance.value.balance), format!("{expected} expected for renewals"))
    });
    // Without a server there is one thing to do before all others.
    let none = parts.servers.as_ref().is_ok_and(|servers| servers.value.total == 0);
    view! {
        <ul class="tiles">
            {tile("Servers", Some(routes::SERVERS), servers, parts.servers.as_ref().ok().and_then(stale_hint))}
            {tile("ISOs", Some(routes::ISOS), isos, parts.isos.as_ref().ok().and_then(stale_hint))}
            {tile("Tickets", Some(routes::TICKETS), tickets, parts.tickets.as_ref().ok().and_then(stale_hint))}
            {tile("Invoices", Some(routes::INVOICES), invoices, parts.invoices.as_ref().ok().and_then(stale_hint))}
            {tile("Balance", None, balance, parts.balance.as_ref().ok().and_then(stale_hint))}
        </ul>
        {none.then(|| view! { <p>{new_server()}</p> })}
    }
    .into_any()
}

fn tile(
    name: &'static str,
    address: Option<&'static str>,
    counted: Result<(String, String), &Error>,
    stale: Option<AnyView>,
) -> AnyView {
    let waiting = matches!(counted, Err(Error::StillWaiting));
    let (number, words) = match counted {
        Ok(counted) => counted,
        Err(error) => (NOTHING.to_owned(), error.to_string()),
    };
    let title = match address {
        Some(address) => view! { <a href=address>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    view! {
        <li class="tile" class:waiting=waiting>
            <h2 class="tile-title">{title}</h2>
            <p class="tile-number number">{number}</p>
            <p class="hint">{words}</p>
            {stale}
        </li>
    }
    .into_any()
}

fn attention(parts: &Parts) -> AnyView {
    let mut items: Vec<Item> = Vec::new();
    let beside = Beside {
        statuses: parts.statuses.as_ref().ok().map(|part| part.value.as_ref()),
        isos: parts.isos.as_ref().ok().map(|part| part.value.as_ref()),
        balance: parts.balance.as_ref().ok().map(|part| part.value.as_ref()),
    };
    let now = jiff::Timestamp::now();
    let servers = parts.servers.as_ref().map(|part| of_servers(&part.value.rows, beside, now));
    items.extend(servers.unwrap_or_default());
    items.extend(parts.isos.as_ref().map(|part| of_isos(&part.value)).unwrap_or_default());
    items.extend(parts.tickets.as_ref().map(|part| of_tickets(&part.value)).unwrap_or_default());
    items.extend(parts.balance.as_ref().map(|part| of_balance(&part.value)).unwrap_or_default());
    items.sort_by_key(|item| match item.tone {
        Tone::Bad => 0,
        Tone::Warning => 1,
        _ => 2,
    });
    // Where the list itself tells how much traffic each has used, nobody misses the live state.
    let no_traffic = parts.statuses.is_err()
        && parts.servers.as_ref().is_ok_and(|part| part.value.rows.iter().any(without_traffic));
    let not_closely = parts.servers.as_ref().is_ok_and(|part| part.value.failed.is_some());
    let missing = [
        ("servers", parts.servers.is_err()),
        ("the traffic of servers", no_traffic),
        ("the machines of servers and what is in their drives", not_closely),
        ("ISOs", parts.isos.is_err()),
        ("tickets", parts.tickets.is_err()),
        ("the balance", parts.balance.is_err()),
    ];
    let missing: Vec<&str> = missing.iter().filter(|(_, failed)| *failed).map(|(name, _)| *name).collect();
    let incomplete = (!missing.is_empty()).then(|| {
        let words = format!("Not looked at, because there is no word on them: {}.", missing.join(", "));
        view! { <p class="hint">{words}</p> }
    });
    let rest = parts.servers.as_ref().ok().and_then(|servers| servers.value.rest.clone());
    let more = rest.map(|words| view! { <p class="hint">{words}</p> });
    let stale = [
        ("servers", parts.servers.as_ref().is_ok_and(|part| part.stale().is_some())),
        ("ISOs", parts.isos.as_ref().is_ok_and(|part| part.stale().is_some())),
        ("the traffic of servers", parts.statuses.as_ref().is_ok_and(|part| part.stale().is_some())),
        ("tickets", parts.tickets.as_ref().is_ok_and(|part| part.stale().is_some())),
        ("the balance", parts.balance.as_ref().is_ok_and(|part| part.stale().is_some())),
    ];
    let stale: Vec<&str> = stale.iter().filter(|(_, old)| *old).map(|(name, _)| *name).collect();
    let old = (!stale.is_empty()).then(|| {
        let words = format!("Not the present state of {}: see above how old it is.", stale.join(", "));
        notice("warning", view! { <p>{words}</p> })
    });
    // Nothing is only said where all was looked at.
    let to_come = parts.servers.as_ref().map_or(0, |servers| servers.value.to_come as u64);
    let coming = (to_come > 0).then(|| {
        let words = format!(
            "{} still to be looked at one by one: whether the machine answers, and what is in the drives. That takes \
             some minutes.",
            count(to_come, "server")
        );
        view! { <p class="hint">{words}</p> }
    });
    let empty = items.is_empty();
    let nothing = empty && missing.is_empty() && more.is_none() && coming.is_none();
    let list = items
        .into_iter()
        .map(|item| {
            let word = match item.tone {
                Tone::Bad => "Urgent",
                Tone::Warning => "Look",
                _ => "Note",
            };
            view! {
                <li>
                    <Badge tone=item.tone word=word />
                    <p><a href=item.address>{item.name}</a> " " {item.words}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="attention">
            <h2 id="attention">"Needs attention"</h2>
            {old}
            {nothing.then(|| view! { <p class="nothing">"Nothing at the moment."</p> })}
            {(!empty).then(|| view! { <ul class="attention">{list}</ul> })}
            {incomplete}
            {coming}
            {more}
        </section>
    }
    .into_any()
}

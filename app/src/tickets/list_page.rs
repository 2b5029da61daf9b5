//! `/tickets`: the list of tickets.

use futures::{FutureExt, future::BoxFuture};
use gateway::{Account, BulkAction, Error};
use leptos::prelude::*;
use vpsbg_api::{ListTickets, TicketStatus, TicketSummary};

use super::words;
use crate::{
    components::{
        badge::Badge,
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListColumn, ListPage, ListQuery, Listing, Search, Selection,
            Shown, all_of, of_pages, pages_of,
        },
        menu::{MenuItem, RowMenu},
        notice::Empty,
        time::Ago,
    },
    routes,
    words::{or_dash, time},
};

/// Which states are shown (`filter[status]` of `listTickets`).
const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("opened", "Open"),
    ("answered", "Answered"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
];

/// The page.
#[component]
pub fn TicketsPage() -> impl IntoView {
    view! { <ListPage listing=Tickets /> }
}

/// The list of tickets.
pub struct Tickets;

impl Listing for Tickets {
    type Row = TicketSummary;

    fn list(_: &Account) -> BoxFuture<'_, List<TicketSummary>> {
        let list = List {
            name: "tickets",
            path: routes::TICKETS,
            section: Section::Tickets,
            title: "Tickets",
            unit: "ticket",
            search: Some(Search::Ours("Subject or service")),
            columns: columns(),
            filters: vec![Filter::chips("state", "State", &STATES)],
            sizes: &[],
            selection: Some(Selection {
                of: |ticket| (ticket.id.get(), subject(ticket)),
                actions: &[BulkAction::ResolveTickets],
                pages: &[],
                allows: |ticket, _| can_resolve(ticket),
            }),
            menu: Some(menu),
            id_of_row: |ticket| format!("ticket-{}", ticket.id),
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<TicketSummary>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<TicketSummary>> {
        of_pages(account, list, query, of_page(query), |ticket| ticket).boxed()
    }

    fn every(account: &Account, list: List<TicketSummary>, query: ListQuery) -> Batches<TicketSummary> {
        let of_page = of_page(&query);
        pages_of(account, list, query, of_page, |ticket| ticket)
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<TicketSummary>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<TicketSummary>, Error>> {
        all_of(account, list, query, of_page(query), |ticket| ticket).boxed()
    }

    fn actions() -> Option<AnyView> {
        Some(
            view! { <a class="button" data-tone="accent" href=routes::NEW_TICKET>"New ticket"</a> }
                .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No tickets yet">
                <p>"Ask the provider's support: the conversation stays here."</p>
                <p><a class="button" data-tone="accent" href=routes::NEW_TICKET>"New ticket"</a></p>
            </Empty>
        }
        .into_any()
    }
}

fn of_page(query: &ListQuery) -> impl Fn(u64) -> ListTickets + Send + Sync + use<> {
    let state = query.filter("state");
    let status = if state.is_empty() { Vec::new() } else { vec![TicketStatus::from_word(state)] };
    move |page| ListTickets { page, status: status.clone() }
}

fn columns() -> Vec<ListColumn<TicketSummary>> {
    vec![
        ListColumn::<TicketSummary>::new(
            "subject",
            "Subject",
            |ticket| view! { <a href=routes::ticket(ticket.id)>{subject(ticket)}</a> }.into_any(),
            subject,
        )
        .naming()
        .wide()
        .ordered(|one, other| subject(one).to_lowercase().cmp(&subject(other).to_lowercase())),
        ListColumn::<TicketSummary>::new(
            "state",
            "State",
            |ticket| {
                let (state, tone) = words::state(ticket.status.as_ref());
                view! { <Badge tone=tone word=state /> }.into_any()
            },
            |ticket| words::state(ticket.status.as_ref()).0,
        ),
        ListColumn::<TicketSummary>::new(
            "about",
            "About",
            |ticket| or_dash(ticket.service_label.clone()).into_any(),
            |ticket| ticket.service_label.clone().unwrap_or_default(),
        ),
        ListColumn::<TicketSummary>::new(
            "department",
            "Department",
            |ticket| or_dash(ticket.department.clone()).into_any(),
            |ticket| ticket.department.clone().unwrap_or_default(),
        ),
        ListColumn::<TicketSummary>::new(
            "changed",
            "Last change",
            |ticket| view! { <Ago at=changed(ticket) /> }.into_any(),
            |ticket| changed(ticket).map(time::for_files).unwrap_or_default(),
        )
        .ordered(|one, other| changed(one).cmp(&changed(other))),
        ListColumn::<TicketSummary>::new(
            "opened",
            "Opened",
            |ticket| view! { <Ago at=ticket.created_at.map(|at| at.0) /> }.into_any(),
            |ticket| ticket.created_at.map(|at| time::for_files(at.0)).unwrap_or_default(),
        )
        .ordered(|one, other| one.created_at.cmp(&other.created_at))
        .on_demand(),
        ListColumn::<TicketSummary>::new(
            "id",
            "Id",
            |ticket| ticket.id.to_string().into_any(),
            |ticket| ticket.id.to_string(),
        )
        .numbers(),
    ]
}

fn menu(ticket: &TicketSummary) -> RowMenu {
    let resolve = can_resolve(ticket).map(|()| routes::ticket_confirm_resolve(ticket.id));
    let items = vec![
        MenuItem::new("Open", Ok(routes::ticket(ticket.id))),
        MenuItem::new("Mark as resolved", resolve),
    ];
    (subject(ticket), items)
}

/// By the contract's own table, which asks the ticket itself.
fn can_resolve(ticket: &TicketSummary) -> Result<(), String> {
    ticket.can_resolve().map_err(|reason| reason.to_string())
}

fn subject(ticket: &TicketSummary) -> String {
    let subject = ticket.subject.clone().filter(|subject| !subject.trim().is_empty());
    subject.unwrap_or_else(|| format!("Ticket {}", ticket.id))
}

fn changed(ticket: &TicketSummary) -> Option<jiff::Timestamp> {
    ticket.updated_at.or(ticket.created_at).map(|at| at.0)
}

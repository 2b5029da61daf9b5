//! `/tickets`: all tickets.

use gateway::Reading;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::{ListTickets, Page, TicketSummary};

use super::words;
use crate::{
    components::{
        badge::Badge,
        frame::{Frame, Section},
        notice::{Empty, broken_rows, main_trouble, staleness},
        paging::{Paging, Place, bad_page, beyond_the_end, page_address, page_of},
        table::{Column, Table},
        time::Ago,
    },
    forms::said_of_form,
    live::Sources,
    routes,
    visitor::Visitor,
    words::or_dash,
};

/// The page.
#[component]
pub fn TicketsPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let (page, draft) = (page_of(query.get("page").as_deref()), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let said = said_of_form(&account, draft).await;
        let (body, live) = match page {
            Err(problem) => (bad_page(&problem, routes::TICKETS), Sources::default()),
            Ok(page) => {
                let read = account.read(&ListTickets { page, status: Vec::new() }).await;
                let live = Sources::default().waiting_for(read.as_ref());
                let body = match &read {
                    Ok(reading) => {
                        view! { {staleness(reading)} <List reading=reading.clone() page=page /> }.into_any()
                    }
                    Err(error) => main_trouble(error, "the list of tickets"),
                };
                (body, live)
            }
        };
        Some(view! {
            <Frame title="Tickets" section=Section::Tickets live=live
                actions=|| view! { <a class="button" data-tone="accent" href=routes::NEW_TICKET>"New ticket"</a> }>
                {said}
                <div data-region="tickets">{body}</div>
            </Frame>
        })
    })
}

#[component]
fn List(reading: Reading<Page<TicketSummary>>, page: u64) -> impl IntoView {
    let list = &reading.value;
    if list.rows.is_empty() && list.broken == 0 {
        return if page > 1 {
            beyond_the_end(page, list.last, |page| page_address(routes::TICKETS, page))
        } else {
            view! {
                <Empty title="No tickets yet">
                    <p>"Ask the provider's support: the conversation stays here."</p>
                    <p><a class="button" data-tone="accent" href=routes::NEW_TICKET>"New ticket"</a></p>
                </Empty>
            }
            .into_any()
        };
    }
    let columns = vec![
        Column::text("Subject"),
        Column::text("State"),
        Column::text("About"),
        Column::text("Department"),
        Column::text("Last change"),
        Column::number("Id"),
    ];
    let rows = list.rows.iter().map(row).collect_view();
    let place = Place::of(list, page);
    view! {
        {broken_rows(list.broken)}
        <Table caption="Tickets" columns=columns>{rows}</Table>
        <Paging place=place unit="ticket"
            address=|page| routes::with_query(routes::TICKETS, &[("page", &page.to_string())]) />
    }
    .into_any()
}

fn row(ticket: &TicketSummary) -> AnyView {
    let (state, tone) = words::state(ticket.status.as_ref());
    let subject = ticket.subject.clone().filter(|subject| !subject.trim().is_empty());
    view! {
        <tr>
            <th scope="row" class="wide">
                <a href=routes::ticket(ticket.id)>{subject.unwrap_or_else(|| format!("Ticket {}", ticket.id))}</a>
            </th>
            <td><Badge tone=tone word=state /></td>
            <td>{or_dash(ticket.service_label.clone())}</td>
            <td>{or_dash(ticket.department.clone())}</td>
            <td><Ago at=ticket.updated_at.or(ticket.created_at).map(|at| at.0) /></td>
            <td class="number">{ticket.id.to_string()}</td>
        </tr>
    }
    .into_any()
}

//! `/servers`: the list with search, state, order and pages in the address.

use gateway::{Error, Feed, Reading, StatusesSeen};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::{Page, Server, StatusEntry};

use super::{
    list_query::{ListQuery, STATES},
    words::{self, key, main_address, name, statuses_shape},
};
use crate::{
    components::{
        badge::{Badge, Tone},
        form::Search,
        frame::{Frame, Section},
        notice::{Empty, broken_rows, main_trouble, notice, staleness, staleness_of},
        paging::{Paging, Place, bad_page, beyond_the_end},
        table::{Column, Table},
        time::Day,
    },
    forms::said_of_form,
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, or_dash},
};

/// Expiry is worth a look this long before, in days.
pub const SOON: i64 = 14;

/// The page.
#[component]
pub fn ServersPage() -> impl IntoView {
    let params = use_query_map().get_untracked();
    let (query, draft) = (ListQuery::read(&params), params.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let said = said_of_form(&account, draft).await;
        let query = match query {
            Ok(query) => query,
            Err(problem) => {
                return Some(
                    view! {
                        <Frame title="Servers" section=Section::Servers>{bad_page(&problem, routes::SERVERS)}</Frame>
                    }
                    .into_any(),
                );
            }
        };
        let operation = query.operation();
        let (read, statuses) = futures::join!(account.read(&operation), account.statuses());
        let mut live = Sources::default().waiting_for(read.as_ref());
        if !matches!(statuses, Err(Error::NotOffered)) {
            live = live.follow(Feed::Statuses, statuses_shape(statuses.as_ref()));
        }
        let body = match &read {
            Ok(reading) => view! {
                {staleness(reading)}
                {power_trouble(&statuses)}
                <List reading=reading.clone() statuses=statuses.ok() query=query.clone() />
            }
            .into_any(),
            Err(error) => main_trouble(error, "the list of servers"),
        };
        // While nothing is there the page refreshes itself: then it must not have a field to type in.
        let (filters, region) = match read {
            Err(Error::StillWaiting) => (None, "pending"),
            _ => (Some(view! { <Filters query=query /> }), "servers"),
        };
        Some(
            view! {
                <Frame title="Servers" section=Section::Servers live=live>
                    {said}
                    {filters}
                    <div data-region=region>{body}</div>
                </Frame>
            }
            .into_any(),
        )
    })
}

#[component]
fn Filters(query: ListQuery) -> impl IntoView {
    let keep = vec![
        ("state", query.state.clone()),
        ("sort", query.sort.clone()),
        ("per_page", query.per_page.map(|rows| rows.to_string()).unwrap_or_default()),
    ];
    let states = STATES
        .map(|(word, text)| {
            let current = (query.state == word).then_some("true");
            view! { <li><a class="chip" href=query.with_state(word) aria-current=current>{text}</a></li> }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="filters">
            <Search action=routes::SERVERS value=query.search.clone() label="Name or address" keep=keep />
            <nav aria-label="State"><ul class="chips">{states}</ul></nav>
        </div>
    }
}

/// Why no power is shown, or how old it is. Where the provider does not offer it, the column just has dashes.
fn power_trouble(statuses: &Result<Reading<StatusesSeen>, Error>) -> Option<AnyView> {
    let error = match statuses {
        Ok(reading) => return staleness_of(reading, "power"),
        Err(error) => error,
    };
    if matches!(error, Error::NotOffered | Error::TokenRefused) {
        return None;
    }
    Some(notice("warning", view! { <p>"Power is not shown. " {error.to_string()}</p> }))
}

#[component]
fn List(
    reading: Reading<Page<Server>>,
    statuses: Option<Reading<StatusesSeen>>,
    query: ListQuery,
) -> impl IntoView {
    let list = &reading.value;
    if list.rows.is_empty() && list.broken == 0 {
        return if query.page > 1 {
            beyond_the_end(query.page, list.last, |page| query.at_page(page))
        } else if query.narrows() {
            view! {
                <div class="empty" data-kind="no-match">
                    <p class="empty-title">"No server matches."</p>
                    <p><a class="button" href=routes::SERVERS>"Show all"</a></p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <Empty title="No servers yet">
                    <p>"Servers that you rent from the provider are shown here."</p>
                </Empty>
            }
            .into_any()
        };
    }
    let (created, created_order) = query.sorted_by("created");
    let (expiry, expiry_order) = query.sorted_by("expiry");
    let columns = vec![
        Column::text("Name"),
        Column::text("Power"),
        Column::text("State"),
        Column::text("Address"),
        Column::number("CPU"),
        Column::text("Paid until").sorted_by(expiry, expiry_order),
        Column::text("Plan"),
        Column::text("Image"),
        Column::text("Created").sorted_by(created, created_order),
    ];
    let rows = list
        .rows
        .iter()
        .map(|server| row(server, statuses.as_ref().and_then(|statuses| statuses.value.0.get(&server.id))))
        .collect_view();
    let place = Place::of(list, query.page);
    view! {
        {broken_rows(list.broken)}
        <Table caption="Servers" columns=columns>{rows}</Table>
        <Paging place=place unit="server" address=move |page| query.at_page(page) />
    }
    .into_any()
}

fn row(server: &Server, status: Option<&StatusEntry>) -> AnyView {
    let id = server.id;
    let (power, tone) = status.map_or_else(|| words::power(server.running()), words::entry_power);
    let power = if status.is_none() && server.running().is_none() {
        view! { <span class="nothing">{NOTHING}</span> }.into_any()
    } else {
        view! { <Badge tone=tone word=power live=key(id, "power") /> }.into_any()
    };
    let (billing, billing_tone) = words::billing(server.status.as_ref());
    let cpu = status.and_then(|status| status.cpu.as_ref()?.used);
    let plan = server.plan.as_ref().and_then(|plan| plan.name.clone().or(plan.key.clone()));
    let image = server.image.as_ref().and_then(|image| image.name.clone());
    let locked =
        (server.locked == Some(true)).then(|| view! { " " <Badge tone=Tone::Warning word="Locked" /> });
    let expiring = expires_soon(server).then(|| view! { " " <Badge tone=Tone::Warning word="Soon" /> });
    view! {
        <tr>
            <th scope="row"><a href=routes::server(id)>{name(server)}</a></th>
            <td>{power}</td>
            <td><Badge tone=billing_tone word=billing />{locked}</td>
            <td><code>{or_dash(main_address(server))}</code></td>
            <td class="number" data-live=key(id, "cpu")>{words::cpu(cpu.map(|cpu| cpu.0))}</td>
            <td><Day at=server.expiry_at.map(|at| at.0) />{expiring}</td>
            <td>{or_dash(plan)}</td>
            <td>{or_dash(image)}</td>
            <td><Day at=server.created_at.map(|at| at.0) /></td>
        </tr>
    }
    .into_any()
}

/// Paid only for a few more days, and not renewed by itself.
pub fn expires_soon(server: &Server) -> bool {
    let Some(expiry) = server.expiry_at else { return false };
    let left = expiry.0.as_second() - jiff::Timestamp::now().as_second();
    left < SOON * 86_400 && server.auto_renew != Some(true)
}

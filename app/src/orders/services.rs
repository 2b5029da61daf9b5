//! What an order is for, and what became of it: its servers are looked at once it is paid.

use futures::future::join_all;
use gateway::{Account, Error};
use leptos::prelude::*;
use vpsbg_api::{BillingState, Order, OrderService, OrderStatus, Server, ServerId, ServiceKind};

use super::words;
use crate::{
    components::{
        badge::{Badge, Tone},
        table::{Column, Table},
        time::Day,
    },
    routes,
    servers::billing,
    words::{NOTHING, count, money::euro, or_dash},
};

/// Servers that are looked at: what an order of more of them brought, their list tells.
const LOOKED_AT: usize = 5;

/// A service of an order.
#[derive(Debug, Clone)]
pub struct Brought {
    service: OrderService,
    /// The server as it is now, where it was looked at.
    server: Option<Result<Server, Error>>,
}

impl Brought {
    fn id(&self) -> Option<ServerId> {
        server_of(&self.service)
    }

    /// Whether the provider is still at work on it.
    pub fn is_being_made(&self) -> bool {
        let Some(Ok(server)) = &self.server else { return false };
        server.status == Some(BillingState::Processing) || server.locked == Some(true)
    }
}

fn server_of(service: &OrderService) -> Option<ServerId> {
    let is_server = service.service_type == Some(ServiceKind::Server);
    service.service_id.filter(|_| is_server).and_then(|id| ServerId::try_from(id.get()).ok())
}

/// The services of an order, with their servers where paying has brought or changed them.
pub async fn brought(account: &Account, order: &Order) -> Vec<Brought> {
    let paid = order.status == Some(OrderStatus::Paid);
    let ids: Vec<ServerId> = order.services.iter().filter_map(server_of).take(LOOKED_AT).collect();
    let ids = if paid { ids } else { Vec::new() };
    let looked = join_all(ids.iter().map(async |id| {
        let seen = account.server(*id).await;
        (*id, seen.map(|seen| seen.value.server.clone()))
    }));
    let looked = looked.await;
    let with = |service: &OrderService| {
        let id = server_of(service);
        let server = looked.iter().find(|(known, _)| Some(*known) == id).map(|(_, server)| server.clone());
        Brought { service: service.clone(), server }
    };
    order.services.iter().map(with).collect()
}

/// The table of what it is for.
pub fn table(brought: &[Brought]) -> AnyView {
    if brought.is_empty() {
        return view! { <p class="nothing">"The provider does not tell which services it is for."</p> }
            .into_any();
    }
    let rows = brought.iter().map(row).collect_view();
    let columns = vec![
        Column::text("Service"),
        Column::text("Kind"),
        Column::text("Period"),
        Column::number("Without VAT"),
        Column::number("With VAT"),
        Column::text("Now"),
    ];
    view! { <Table caption="What it is for" columns=columns>{rows}</Table> }.into_any()
}

fn row(brought: &Brought) -> AnyView {
    let service = &brought.service;
    let kind = words::service(service.service_type.as_ref());
    let name = service.label.clone().unwrap_or_else(|| kind.clone());
    let name = match brought.id() {
        Some(id) => view! { <a href=routes::server(id)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let price = service.price();
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{kind}</td>
            <td>{or_dash(service.billing_cycle.map(|months| count(u64::from(months), "month")))}</td>
            <td class="number">{euro(price.net)}</td>
            <td class="number">{euro(price.with_vat)}</td>
            <td>{now(brought)}</td>
        </tr>
    }
    .into_any()
}

/// How the server is now.
fn now(brought: &Brought) -> AnyView {
    match &brought.server {
        None => NOTHING.into_any(),
        Some(Err(error)) => error.to_string().into_any(),
        Some(Ok(_)) if brought.is_being_made() => {
            view! { <Badge tone=Tone::Busy word="The provider is at work on it" /> }.into_any()
        }
        Some(Ok(server)) => {
            let (word, tone) = billing(server.status.as_ref());
            let expiry = server.expiry_at.map(|at| view! { " · paid until " <Day at=Some(at.0) /> });
            view! { <Badge tone=tone word=word /> {expiry} }.into_any()
        }
    }
}

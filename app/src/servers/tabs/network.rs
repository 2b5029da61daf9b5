//! Where a server is reached: all its addresses, its resolvers, the floating IPs on it.

use gateway::{Account, Error, Gathered, Gathering, MOST_GATHERED, Reading, ServerSeen};
use leptos::prelude::*;
use vpsbg_api::{FloatingIp, FloatingIpFilter, IpAddress, ListFloatingIps, Server};

use crate::{
    components::{
        badge::{Badge, Tone},
        notice::{notice, staleness_of, trouble},
        properties::{Copyable, property},
        table::{Column, Table},
        time::Day,
    },
    live::Sources,
    servers::{
        action::Offer,
        actions::{MakePrimary, PRIMARY_ADDRESS},
        words,
    },
    words::{NOTHING, or_dash},
};

/// The part of the page.
pub async fn network(account: &Account, seen: &ServerSeen, live: Sources) -> (Sources, AnyView) {
    let server = &seen.server;
    let list = |page| ListFloatingIps { page, per_page: None, filter: FloatingIpFilter::default() };
    let floating = account.gather(list).await;
    let live = match &floating {
        Ok(Gathering::All(reading)) => live.waiting_for(Ok(reading)),
        Ok(Gathering::TooMany(_)) => live,
        Err(error) => live.waiting_for::<()>(Err(error)),
    };
    let view = view! {
        <div data-region="network">
            <section aria-labelledby="addresses">
                <h2 id="addresses">"Addresses"</h2>
                {addresses(server)}
            </section>
            <section aria-labelledby="resolvers">
                <h2 id="resolvers">"Resolvers"</h2>
                {resolvers(server)}
            </section>
            <section aria-labelledby="floating">
                <h2 id="floating">"Floating IPs on this server"</h2>
                {attached(server, &floating)}
            </section>
        </div>
    };
    (live, view.into_any())
}

fn addresses(server: &Server) -> AnyView {
    let all = &server.addresses;
    if all.is_empty() {
        return view! { <p class="nothing">"No address yet."</p> }.into_any();
    }
    // Only older answers have them (FACTS §2, address).
    let gateways = all.iter().any(|address| address.gateway.is_some());
    let masks = all.iter().any(|address| address.mask.is_some());
    let rows = all.iter().map(|address| row(server, address, gateways, masks)).collect_view();
    let mut columns = vec![Column::text("Address"), Column::text("Reverse names"), Column::text("Kind")];
    columns.extend(gateways.then(|| Column::text("Gateway")));
    columns.extend(masks.then(|| Column::text("Mask")));
    columns.push(Column::text("Primary address"));
    view! { <Table caption="Addresses of this server" columns=columns>{rows}</Table> }.into_any()
}

fn row(server: &Server, address: &IpAddress, gateways: bool, masks: bool) -> AnyView {
    let text = address.address.clone().unwrap_or_else(|| format!("address {}", address.id));
    let prefix = address.prefix.map(|prefix| format!("/{prefix}")).unwrap_or_default();
    let names = address.reverse_names.as_ref().map(|names| names.names().join(", "));
    let cell = |there: bool, value: &Option<String>| {
        there.then(|| view! { <td><code>{or_dash(value.clone())}</code></td> })
    };
    view! {
        <tr>
            <th scope="row"><Copyable text=text.clone() what="address" suffix=prefix /></th>
            <td>{or_dash(names.filter(|names| !names.is_empty()))}</td>
            <td>{kinds(address)}</td>
            {cell(gateways, &address.gateway)}
            {cell(masks, &address.mask)}
            <td>{primary(server, address, &text)}</td>
        </tr>
    }
    .into_any()
}

fn kinds(address: &IpAddress) -> String {
    let version = address.version.map(|version| format!("IPv{version}"));
    let others = [
        (address.ddos_protected == Some(true), "protected against attacks"),
        (address.is_floating() == Some(true), "floating"),
    ];
    let others = others.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned());
    let kinds: Vec<_> = version.into_iter().chain(others).collect();
    if kinds.is_empty() { NOTHING.to_owned() } else { kinds.join(", ") }
}

/// The way to make it the primary one, or why not.
fn primary(server: &Server, address: &IpAddress, text: &str) -> AnyView {
    if address.main == Some(true) {
        return view! { <Badge tone=Tone::Good word="Primary" /> }.into_any();
    }
    match server.can_make_primary(address) {
        Ok(()) => {
            let id = address.id.to_string();
            let to = Offer::of::<MakePrimary>().asked_with(server.id, &[(PRIMARY_ADDRESS, &id)]);
            let which = format!("{text} ");
            view! { <a href=to>"Make " <span class="visually-hidden">{which}</span> "primary"</a> }.into_any()
        }
        Err(reason) => view! { <span class="hint">{reason.to_string()}</span> }.into_any(),
    }
}

fn resolvers(server: &Server) -> AnyView {
    let all = server.state.as_ref().map(|state| state.dns_resolvers.clone()).unwrap_or_default();
    if all.is_empty() {
        return view! { <p class="nothing">"The provider names none."</p> }.into_any();
    }
    let all = all
        .into_iter()
        .zip(["First", "Second", "Third", "Fourth"])
        .map(|(address, name)| property(name, view! { <Copyable text=address what="resolver" /> }))
        .collect_view();
    view! { <dl class="properties">{all}</dl> }.into_any()
}

/// What is attached to it, by the account's floating IPs.
fn attached(server: &Server, floating: &Result<Gathering<FloatingIp>, Error>) -> AnyView {
    let reading: &Reading<Gathered<FloatingIp>> = match floating {
        Ok(Gathering::All(reading)) => reading,
        Ok(Gathering::TooMany(_)) => {
            let words =
                format!("The account has more than {MOST_GATHERED} floating IPs: they are not listed here.");
            return notice("warning", view! { <p>{words}</p> });
        }
        Err(error) => return trouble(error, "floating IPs"),
    };
    let here: Vec<_> =
        reading.value.rows.iter().filter(|ip| ip.server_id.as_ref() == Some(&server.id)).collect();
    let body = if here.is_empty() {
        view! { <p class="nothing">"None is attached to it."</p> }.into_any()
    } else {
        let rows = here.into_iter().map(floating_row).collect_view();
        let columns = vec![
            Column::text("Address"),
            Column::text("Kind"),
            Column::text("State"),
            Column::text("Paid until"),
        ];
        view! { <Table caption="Floating IPs on this server" columns=columns>{rows}</Table> }.into_any()
    };
    view! { {staleness_of(reading, "floating IPs")} {body} }.into_any()
}

fn floating_row(ip: &FloatingIp) -> AnyView {
    let text = ip.address.as_ref().and_then(|address| address.address.clone());
    let text = text.unwrap_or_else(|| format!("floating IP {}", ip.id));
    let (word, tone) = words::billing(ip.status.as_ref());
    let locked = (ip.locked == Some(true)).then(|| view! { " " <Badge tone=Tone::Warning word="Locked" /> });
    let cancelled =
        ip.cancel_request.as_ref().map(|_| view! { " " <Badge tone=Tone::Warning word="Cancelled" /> });
    view! {
        <tr>
            <th scope="row"><Copyable text=text what="address" /></th>
            <td>{or_dash(ip.plan.as_ref().and_then(|plan| plan.name.clone()))}</td>
            <td><Badge tone=tone word=word /> {locked} {cancelled}</td>
            <td><Day at=ip.expiry_at.map(|at| at.0) /></td>
        </tr>
    }
    .into_any()
}

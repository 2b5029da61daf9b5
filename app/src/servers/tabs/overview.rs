//! What a server is: machine, billing, addresses.

use gateway::ServerSeen;
use leptos::prelude::*;
use vpsbg_api::{IpAddress, Plan, Server, Usage};

use crate::{
    components::{
        badge::{Badge, Tone},
        properties::{Copyable, property},
        table::{Column, Table},
        time::{Countdown, Day},
    },
    routes,
    servers::words::{self, key},
    words::{NOTHING, add_ons::name as words_of, money::euro, or_dash, sizes},
};

/// The part of the page.
pub fn overview(seen: &ServerSeen) -> AnyView {
    view! { <div data-region="overview"><Detail seen=seen.clone() /></div> }.into_any()
}

#[component]
fn Detail(seen: ServerSeen) -> impl IntoView {
    let server = &seen.server;
    let id = server.id;
    let (power, tone) = words::followed(&seen);
    let (billing, billing_tone) = words::billing(server.status.as_ref());
    let state = server.state.as_ref();
    let cpu = state.and_then(|state| state.cpu.as_ref()?.used);
    let disk = state.and_then(|state| state.disk.as_ref());
    let traffic = state.and_then(|state| state.bandwidth.as_ref());
    let plan = server.plan.as_ref();
    let price = plan.map(vpsbg_api::Plan::monthly_price);
    let image = server.image.as_ref();
    let renew = match server.auto_renew {
        Some(true) => "Renews by itself",
        Some(false) => "Does not renew by itself",
        None => NOTHING,
    };
    let unpaid = (server.pending_renew_order == Some(true))
        .then(|| view! { " " <Badge tone=Tone::Warning word="Renewal ordered" /> });
    let by_hand = server.can_renew().is_ok().then(|| {
        let to = routes::renew(&[id], "", "", "");
        // What is ordered is paid, not ordered once more.
        match server.pending_renew_order {
            Some(true) => view! { " · " <a href=routes::ORDERS>"Orders"</a> }.into_any(),
            _ => view! { " · " <a href=to>"Renew"</a> }.into_any(),
        }
    });
    let cycle = server.billing_cycle.map(|months| crate::words::count(u64::from(months), "month"));
    let addons: Vec<_> =
        server.addons.iter().filter_map(|addon| Some(words_of(addon.name.as_deref()?))).collect();
    let addons = if addons.is_empty() { NOTHING.to_owned() } else { addons.join(", ") };
    view! {
        <div class="columns">
            <section aria-labelledby="machine">
                <h2 id="machine">"Machine"</h2>
                <dl class="properties">
                    {property("Power", view! { <Badge tone=tone word=power live=key(id, "power") /> })}
                    {property("Processor", view! { <span class="number" data-live=key(id, "cpu")>{words::cpu(cpu.map(|cpu| cpu.0))}</span> })}
                    {property("Disk", view! { {used(disk, false)} })}
                    {property("Traffic this month", view! { {used(traffic, true)} })}
                    {property("Plan", view! { {plan_words(plan)} })}
                    {property("Image", view! { {or_dash(image.and_then(|image| image.name.clone()))} })}
                    {property("Virtualisation", view! { {or_dash(server.virtualization.clone())} })}
                    {sev(server).map(|words| property("Memory encryption", view! { {words} }))}
                    {property("Id", view! { <Copyable text=id.to_string() what="id" /> })}
                </dl>
            </section>
            <section aria-labelledby="billing">
                <h2 id="billing">"Billing"</h2>
                <dl class="properties">
                    {property("State", view! { <Badge tone=billing_tone word=billing /> })}
                    {property("Paid until", view! { <Day at=server.expiry_at.map(|at| at.0) /> {left(server)} {unpaid} })}
                    {property("Renewal", view! { {renew} {by_hand} })}
                    {property("Billing cycle", view! { {or_dash(cycle)} })}
                    {property("Monthly, without VAT", view! { <span class="number">{euro(price.and_then(|price| price.net))}</span> })}
                    {property("Monthly, with VAT", view! { <span class="number">{euro(price.and_then(|price| price.with_vat))}</span> })}
                    {property("Promo code", view! { {or_dash(server.promo_code.clone())} })}
                    {property("Add-ons", view! { {addons} })}
                    {property("Ordered", view! { <Day at=server.created_at.map(|at| at.0) /> })}
                </dl>
            </section>
        </div>
        <section aria-labelledby="addresses">
            <h2 id="addresses">"Addresses"</h2>
            {addresses(&server.addresses)}
        </section>
    }
}

/// How its memory is kept from the machine it runs on, if it is (FACTS §2, server state).
fn sev(server: &Server) -> Option<String> {
    match server.state.as_ref()?.amd_sev_level? {
        0 => None,
        1 => Some("AMD SEV".to_owned()),
        2 => Some("AMD SEV-ES".to_owned()),
        3 => Some("AMD SEV-SNP".to_owned()),
        other => Some(format!("AMD SEV, level {other}")),
    }
}

fn left(server: &Server) -> Option<AnyView> {
    let expiry = server.expiry_at?.0;
    (expiry > jiff::Timestamp::now())
        .then(|| view! { <span class="hint">" in " <Countdown until=expiry /></span> }.into_any())
}

fn plan_words(plan: Option<&Plan>) -> String {
    let Some(plan) = plan else { return NOTHING.to_owned() };
    let name = plan.name.clone().or(plan.key.clone());
    let parts = [
        name,
        plan.vcpus.map(|cores| crate::words::count(u64::from(cores), "core")),
        plan.memory.map(|memory| format!("{} memory", sizes::gigabytes(memory))),
        plan.disk.map(|disk| format!("{} disk", sizes::gigabytes(disk))),
        plan.bandwidth.map(|traffic| format!("{} a month", sizes::terabytes(traffic))),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { NOTHING.to_owned() } else { parts.join(", ") }
}

/// `11.4 GB of 50 GB`. A limit of 0 means unmetered, for traffic only (FACTS §1, units).
pub fn used(usage: Option<&Usage>, zero_is_unmetered: bool) -> String {
    let Some(usage) = usage else { return NOTHING.to_owned() };
    let used = or_dash(usage.used.map(sizes::gigabytes));
    match usage.limit {
        Some(limit) if zero_is_unmetered && limit.0 == 0.0 => format!("{used}, unmetered"),
        Some(limit) => format!("{used} of {}", sizes::gigabytes(limit)),
        None => used,
    }
}

fn addresses(addresses: &[IpAddress]) -> AnyView {
    if addresses.is_empty() {
        return view! { <p class="nothing">"No address yet."</p> }.into_any();
    }
    let rows = addresses
        .iter()
        .map(|address| {
            let text = address.address.clone().unwrap_or_else(|| NOTHING.to_owned());
            let with_prefix = address.prefix.map(|prefix| format!("/{prefix}"));
            let names = address.reverse_names.as_ref().map(|names| names.names().join(", "));
            let kinds = [
                (address.main == Some(true), "primary"),
                (address.ddos_protected == Some(true), "protected against attacks"),
            ];
            let kinds: Vec<_> = kinds.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
            view! {
                <tr>
                    <th scope="row"><Copyable text=text what="address" suffix=with_prefix.unwrap_or_default() /></th>
                    <td>{or_dash(names.filter(|names| !names.is_empty()))}</td>
                    <td>{if kinds.is_empty() { NOTHING.to_owned() } else { kinds.join(", ") }}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![Column::text("Address"), Column::text("Reverse name"), Column::text("Kind")];
    view! { <Table caption="Addresses of this server" columns=columns>{rows}</Table> }.into_any()
}

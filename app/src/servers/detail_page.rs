//! `/servers/{id}`: one server: power, plan, addresses, image, billing, metrics.

use gateway::{Feed, PowerAction, PowerState, ServerSeen};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{IpAddress, Plan, Server, ServerId, Usage};

use super::{
    metrics::{self, Range},
    power_dialog::power_dialog,
    words::{self, key, name, shape},
};
use crate::{
    activity::of_object,
    components::{
        badge::{Badge, Tone},
        frame::{Frame, Section, disabled},
        notice::{main_trouble, notice, staleness},
        properties::{Copyable, copy_link, property},
        table::{Column, Table},
        tabs::{Tab, Tabs},
        time::{Ago, Countdown, Day},
    },
    forms::{draft_here, said_of_form},
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, money::euro, or_dash, sizes},
};

/// The page.
#[component]
pub fn ServerPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<ServerId>().ok());
    let query = use_query_map().get_untracked();
    let action = query.get("confirm").and_then(|word| PowerAction::from_word(&word));
    let shows_activity = query.get("tab").as_deref() == Some("activity");
    let (range, draft) = (Range::from_word(query.get("range").as_deref()), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::SERVERS.to_owned(), "Servers".to_owned())];
        let (read, measured) = match id {
            Some(id) => {
                // What is not shown is not asked for.
                let measured = async {
                    if shows_activity { None } else { Some(metrics::read(&account, id, range).await) }
                };
                futures::join!(account.server(id), measured)
            }
            None => (Err(gateway::Error::NotFound), None),
        };
        let (id, reading, measured) = match (id, read, measured) {
            (Some(id), Ok(reading), measured) => (id, reading, measured),
            (id, Err(error), _) => {
                let live = Sources::default().waiting_after(&error);
                let title = id.map_or("Server".to_owned(), |id| format!("Server {id}"));
                return Some(
                    view! {
                        <Frame title=title section=Section::Servers above=above live=live>
                            <div data-region="pending">{main_trouble(&error, "server")}</div>
                        </Frame>
                    }
                    .into_any(),
                );
            }
            _ => return None,
        };
        let seen = reading.value.as_ref().clone();
        let mut live =
            Sources::default().follow(Feed::Server(id), shape(Ok(&reading))).moving(seen.is_active());
        if let Some(measured) = &measured {
            live = live.waiting_for(measured.as_ref());
        }
        let part = match &measured {
            Some(measured) => view! {
                <div data-region="server">
                    {staleness(&reading)}
                    {power_notice(&seen)}
                    {state_notices(&seen.server)}
                    <Detail seen=seen.clone() />
                </div>
                {metrics::section(id, range, measured)}
            }
            .into_any(),
            None => view! {
                <div data-region="server">{staleness(&reading)} {power_notice(&seen)}</div>
                {of_object(&account, &format!("server {id}")).await}
            }
            .into_any(),
        };
        let tabs = vec![
            Tab { name: "Overview", to: routes::server(id), here: !shows_activity },
            Tab { name: "Activity", to: routes::server_activity(id), here: shows_activity },
        ];
        let (said, draft) = match action {
            Some(_) => (None, draft_here(&account, draft).await),
            None => (said_of_form(&account, draft).await, None),
        };
        let dialog = action.map(|action| power_dialog(&account, &seen.server, action, draft));
        let actions = {
            let seen = seen.clone();
            move || view! { <div class="actions" data-region="actions">{actions(&seen)}</div> }
        };
        Some(
            view! {
                <Frame title=name(&seen.server) section=Section::Servers above=above live=live actions=actions
                    dialog=dialog.unwrap_or_else(|| ().into_any())>
                    <Tabs label=format!("Parts of {}", name(&seen.server)) tabs=tabs />
                    {said}
                    {part}
                </Frame>
            }
            .into_any(),
        )
    })
}

/// Start, stop, restart: always there; what is not possible says why.
fn actions(seen: &ServerSeen) -> AnyView {
    let server = &seen.server;
    let all = [(PowerAction::Start, "Start"), (PowerAction::Restart, "Restart"), (PowerAction::Stop, "Stop")];
    let buttons = all
        .map(|(action, name)| match action.allowed(server) {
            Ok(()) => {
                let to = routes::server_confirm(server.id, action.word());
                view! { <a class="button" id=format!("do-{}", action.word()) href=to>{name}</a> }.into_any()
            }
            Err(reason) => disabled(name, &reason.to_string()),
        })
        .into_iter()
        .collect_view();
    view! {
        {copy_link(routes::server(server.id))}
        {buttons}
    }
    .into_any()
}

/// What was asked of the power, and what became of it.
fn power_notice(seen: &ServerSeen) -> Option<AnyView> {
    let id = seen.server.id;
    Some(match seen.power {
        PowerState::Steady => return None,
        PowerState::Following { action, since } => {
            let asked = crate::words::time::relative(since, jiff::Timestamp::now());
            notice(
                "info",
                view! { <p>
                    <strong>{words::going_on(action)}</strong> " Asked "
                    <span data-live=key(id, "asked")>{asked}</span>
                    ". The provider shows it with a delay of up to a minute."
                </p> },
            )
        }
        PowerState::Settled { action, at } => {
            let done = words::done(action);
            view! { {notice("good", view! { <p>{format!("It was {done} ")} <Ago at=Some(at) /> "."</p> })} }
                .into_any()
        }
        PowerState::Unsettled { action, since } => {
            let done = words::done(action);
            notice(
                "warning",
                view! { <p>
                    "It should have been " {done} " " <Ago at=Some(since) />
                    ", but the provider does not show it. It may come late; look before you repeat it."
                </p> },
            )
        }
        PowerState::Undone { action, at } => {
            let (done, now) = (words::done(action), words::power(seen.server.running()).0.to_lowercase());
            view! {
                {notice("warning", view! { <p>
                        {format!("It was {done} ")} <Ago at=Some(at) />
                        {format!(", but now it is {now}: something else switched it, for example an earlier action that took effect late.")}
                    </p> })}
            }
            .into_any()
        }
    })
}

/// What stands out about the server itself.
fn state_notices(server: &Server) -> AnyView {
    let state = server.state.as_ref();
    let locked = (server.locked == Some(true)).then(|| {
        let why = server.lock_reason.clone().map(|why| format!(" ({why})"));
        view! {
            {notice("warning", view! { <p>
                    "A task of the provider is running on it" {why}
                    {server.locked_at.map(|at| view! { " since " <Ago at=Some(at.0) /> })}
                    ". Until it ends, changes are refused."
                </p> })}
        }
    });
    let unreachable = (state.and_then(|state| state.node_reachable) == Some(false)).then(|| view! {
        {notice("bad", view! { <p>"The machine it runs on does not answer the provider. What is shown may be old."</p> })}
    });
    let network = (state.and_then(|state| state.network_suspended) == Some(true)).then(|| view! {
        {notice("bad", view! { <p>"It runs, but its network is cut, for example past the traffic limit."</p> })}
    });
    let rescue = (state.and_then(|state| state.rescue_mode) == Some(true)).then(|| {
        view! {
            {notice("warning", view! { <p>"It runs the rescue system, not its own."</p> })}
        }
    });
    let cancelled = server.cancel_request.as_ref().map(|request| {
        let reason = request.reason.clone().map(|reason| format!(": “{reason}”"));
        view! {
            {notice("warning", view! { <p>"It is cancelled" {reason} {request.created_at.map(|at| view! { ", asked " <Ago at=Some(at.0) /> })} "."</p> })}
        }
    });
    view! { {locked} {unreachable} {network} {rescue} {cancelled} }.into_any()
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
        .then(|| view! { " " <Badge tone=Tone::Warning word="Renewal unpaid" /> });
    let cycle = server.billing_cycle.map(|months| crate::words::count(u64::from(months), "month"));
    let addons: Vec<_> = server.addons.iter().filter_map(|addon| addon.name.clone()).collect();
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
                    {property("Id", view! { <Copyable text=id.to_string() what="id" /> })}
                </dl>
            </section>
            <section aria-labelledby="billing">
                <h2 id="billing">"Billing"</h2>
                <dl class="properties">
                    {property("State", view! { <Badge tone=billing_tone word=billing /> })}
                    {property("Paid until", view! { <Day at=server.expiry_at.map(|at| at.0) /> {left(server)} {unpaid} })}
                    {property("Renewal", view! { {renew} })}
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
fn used(usage: Option<&Usage>, zero_is_unmetered: bool) -> String {
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

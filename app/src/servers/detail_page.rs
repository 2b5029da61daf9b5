//! `/servers/{id}`: one server, in parts (`tabs/`), with what can be done to it.

use gateway::{Account, Draft, Feed, PowerAction, ServerSeen};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{ListServerAddonPrices, Server, ServerId};

use super::{
    actions::{ACTIONS, of_word},
    awaiting, beside,
    metrics::{self, Range},
    notices::{lately, power_notice, state_notices},
    power_dialog::{power_dialog, verb},
    tab::ServerTab,
    tabs,
    words::{self, name, shape},
};
use crate::{
    activity::of_object,
    components::{
        badge::{Badge, Tone},
        frame::{Frame, Section, disabled},
        menu::{MenuItem, menu_of_page},
        notice::{main_trouble, staleness},
        properties::copy_link,
        tabs::Tabs,
        time::Day,
    },
    forms::{draft_here, said_of_form},
    live::Sources,
    routes,
    visitor::Visitor,
};

/// What everybody wants to know first, above every part.
fn facts(seen: &ServerSeen) -> AnyView {
    let server = &seen.server;
    let (power, tone) = words::followed(seen);
    let (billing, billing_tone) = words::billing(server.status.as_ref());
    let locked = (server.locked == Some(true)).then(|| view! { <Badge tone=Tone::Warning word="Locked" /> });
    let paid = server.expiry_at.map(|at| view! { <span>"Paid until " <Day at=Some(at.0) /></span> });
    view! {
        <Badge tone=tone word=power live=words::key(server.id, "power") />
        <Badge tone=billing_tone word=billing />
        {locked}
        {paid}
    }
    .into_any()
}

/// Those that have a button of their own.
const BUTTONS: [PowerAction; 3] = [PowerAction::Start, PowerAction::Restart, PowerAction::Stop];

/// The page.
#[component]
pub fn ServerPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<ServerId>().ok());
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::SERVERS.to_owned(), "Servers".to_owned())];
        let get =
            |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let read = match id {
            Some(id) => account.server(id).await,
            None => Err(gateway::Error::NotFound),
        };
        let reading = match read {
            Ok(reading) => reading,
            Err(error) => {
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
        };
        let seen = reading.value.as_ref().clone();
        let id = seen.server.id;
        let waited_for = awaiting::awaiting(&account, &seen.server).await;
        let tab = ServerTab::of_query(get);
        let live = Sources::default().follow(Feed::Server(id), shape(Ok(&reading))).moving(seen.is_active());
        let live = match &waited_for.orders {
            Some(read) => live.waiting_for(read.as_ref()),
            None => live,
        };
        let waits = awaiting::waits(&seen.server, &waited_for);
        let (live, part) = match tab {
            ServerTab::Metrics => {
                let range = Range::from_word(get("range").as_deref());
                let (measured, present) =
                    futures::future::join(metrics::read(&account, id, range), metrics::present(&account, id))
                        .await;
                let live = live.waiting_for(measured.as_ref()).waiting_for(present.as_ref());
                (live, metrics::section(&seen, range, &measured, &present))
            }
            ServerTab::AddOns => {
                let prices = account.read(&ListServerAddonPrices { server: id }).await;
                (live.waiting_for(prices.as_ref()), tabs::add_ons(&seen.server, prices))
            }
            ServerTab::Traffic => tabs::traffic(&account, &seen, get("month").as_deref(), live).await,
            ServerTab::Access => tabs::access(&account, &seen, live).await,
            ServerTab::Network => tabs::network(&account, &seen, live).await,
            ServerTab::Activity => (live, of_object(&account, &format!("server {id}")).await),
            ServerTab::Overview => {
                let (live, guide) = tabs::getting_started(&account, &seen, live).await;
                (live, view! { {tabs::overview(&seen)} {guide} }.into_any())
            }
            ServerTab::Images => tabs::images(&account, &seen, live).await,
            ServerTab::Boot => (live, tabs::boot(&seen, get("lost").as_deref())),
        };
        let asked = get("confirm").unwrap_or_default();
        let (said, draft) = match asked.as_str() {
            "" => (said_of_form(&account, get("draft")).await, None),
            _ => (None, draft_here(&account, get("draft")).await),
        };
        let dialog = dialog(&account, &seen.server, &asked, &query, draft).await;
        // What was refused is said, also when there is nothing to ask any more.
        let said = match said {
            None if dialog.is_none() => said_of_form(&account, get("draft")).await,
            said => said,
        };
        let lately = lately(&account, &seen).await;
        let actions = {
            let seen = seen.clone();
            move || view! { <div class="actions" data-region="actions">{actions(&seen)}</div> }
        };
        Some(
            view! {
                <Frame title=name(&seen.server) section=Section::Servers above=above live=live actions=actions
                    dialog=dialog.unwrap_or_else(|| ().into_any())>
                    <p class="facts" data-region="facts">{facts(&seen)}</p>
                    <Tabs label=format!("Parts of {}", name(&seen.server)) tabs=tab.tabs(id) />
                    {said}
                    <div data-region="server">
                        {staleness(&reading)}
                        {power_notice(&seen, &lately)}
                        {lately.news}
                        {waits}
                        {state_notices(&seen.server)}
                    </div>
                    {part}
                </Frame>
            }
            .into_any(),
        )
    })
}

/// The dialog that the address asks for.
async fn dialog(
    account: &Account,
    server: &Server,
    word: &str,
    query: &[(String, String)],
    draft: Option<Draft>,
) -> Option<AnyView> {
    if let Some(action) = PowerAction::from_word(word) {
        return Some(power_dialog(account, server, action, draft));
    }
    (of_word(word)?.ask)(account, server, query, draft).await
}

/// What can be done, always there; what is not possible says why.
fn actions(seen: &ServerSeen) -> AnyView {
    let server = &seen.server;
    let switch = |action: PowerAction| {
        let allowed = action.allowed(server).map_err(|reason| reason.to_string());
        allowed.map(|()| routes::server_confirm(server.id, action.word()))
    };
    let buttons = BUTTONS
        .map(|action| match switch(action) {
            Ok(to) => {
                view! { <a class="button" id=format!("do-{}", action.word()) href=to>{verb(action)}</a> }
                    .into_any()
            }
            Err(reason) => disabled(verb(action), &reason),
        })
        .into_iter()
        .collect_view();
    let mut more = vec![MenuItem::new(verb(PowerAction::PowerOff), switch(PowerAction::PowerOff))];
    more.extend(beside::links(server));
    let renew = server.can_renew().map_err(|reason| reason.to_string());
    more.push(MenuItem::new("Renew…", renew.map(|()| routes::renew(&[server.id], "", "", ""))));
    let others = ACTIONS.iter().filter(|offer| offer.in_menu);
    more.extend(others.map(|offer| MenuItem::new(offer.name, offer.to(server))));
    view! {
        {copy_link(routes::server(server.id))}
        {buttons}
        {menu_of_page(&name(server), more)}
    }
    .into_any()
}

//! `/servers/{id}/add-ons/new`: chooses add-ons, shows what they cost by the list, and orders them. Nothing is done by
//! coming here.

use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{
    AddonChoice, AddonPrice, ListServerAddonPrices, Money, PurchaseServerAddons, Server, ServerId,
};

use super::choice::{BACKUPS, BANDWIDTH, CPANEL, FIELDS, OFFICE, RDS, estimate, in_words, read};
use crate::{
    components::{
        asking::Asking,
        curl::Curl,
        form::{Choice, Field, Hidden, Tick},
        notice::{Empty, notice, staleness, staleness_of, status},
        price::Charged,
    },
    forms::{Refusal, Rule, Typed, draft_here},
    live::Sources,
    routes,
    servers::{
        beside::{self, filled, framed, monthly, not_now, unreadable, without},
        notices::state_notices,
        tab::ServerTab,
        words::name,
    },
    spending::{self, SpendForm},
    visitor::Visitor,
    words::{
        add_ons::{self, Kind},
        time,
    },
};

/// In the address when the form was sent, also with nothing chosen.
const ASKED: &str = "asked";

/// The page.
#[component]
pub fn NewAddOnsPage() -> impl IntoView {
    let (id, query) = (beside::id_here(), beside::query_here());
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let Some(id) = id else { return Some(unreadable("Buy add-ons", &Error::NotFound)) };
        let draft = draft_here(&account, Some(query.get("draft").to_owned())).await;
        Some(page(&account, id, &query, draft).await)
    })
}

async fn page(account: &Account, id: ServerId, query: &Typed, draft: Option<Draft>) -> AnyView {
    let asked = FIELDS.iter().any(|rule| !query.get(rule.name).is_empty()) || !query.get(ASKED).is_empty();
    let balance = async { if asked { spending::balance(account).await } else { None } };
    let list = ListServerAddonPrices { server: id };
    let (reading, prices, balance) = futures::join!(account.server(id), account.read(&list), balance);
    let reading = match reading {
        Ok(reading) => reading,
        Err(error) => return unreadable(&format!("Buy add-ons for server {id}"), &error),
    };
    let server = &reading.value.server;
    let title = format!("Buy add-ons for {}", name(server));
    if let Err(reason) = server.can_buy_addons() {
        return not_now(&title, &reading, "It cannot have add-ons now.", reason.to_string(), draft);
    }
    let prices = match prices {
        Ok(prices) => prices,
        Err(error) => return without(&title, server, &error, "the list of add-ons"),
    };
    let mut errors = draft.map(|draft| draft.errors).unwrap_or_default();
    let values = filled(query, FIELDS);
    let mut wrong = Refusal::none();
    let choice = read(query, &mut wrong);
    let right = asked && wrong.is_empty();
    if asked && !right && errors.is_empty() {
        status(http::StatusCode::UNPROCESSABLE_ENTITY);
        errors = wrong.into_errors();
    }
    let draft = Draft { values, errors };
    // What is wrong is said once: where the button is.
    let above = Draft { errors: if right { Vec::new() } else { draft.errors.clone() }, ..draft.clone() };
    let chosen = choose(server, &prices.value, above, &draft);
    let order = right.then(|| order(account, server, &prices.value, choice, balance, draft));
    let body = view! {
        {staleness(&reading)}
        {staleness_of(&prices, "the prices")}
        {state_notices(server)}
        {chosen}
        {order}
    };
    framed(&title, server, Sources::default(), body.into_any())
}

/// Everything that the list offers and this form can buy.
fn choose(server: &Server, prices: &[AddonPrice], above: Draft, draft: &Draft) -> AnyView {
    let of = |kind: Kind| {
        let known = move |price: &&AddonPrice| price.key.as_deref().map(Kind::of) == Some(kind);
        prices.iter().filter(known).collect::<Vec<_>>()
    };
    let has =
        |kind: Kind| server.addons.iter().any(|addon| addon.name.as_deref().map(Kind::of) == Some(kind));
    let had = |kind: Kind| if has(kind) { "The server has it already. " } else { "" };
    let backups = of(Kind::Backups).first().map(|price| {
        let hint = format!(
            "{}Made every week and kept for three. {}.",
            had(Kind::Backups),
            monthly(price.monthly_price())
        );
        view! { <Tick rule=BACKUPS draft=draft.clone() hint=hint /> }
    });
    let one_of = |rule: Rule, kind: Kind| {
        let offered = of(kind);
        let hint = had(kind).trim_end().to_owned();
        (!offered.is_empty()).then(|| {
            let none = (String::new(), "None".to_owned());
            let options = std::iter::once(none).chain(offered.into_iter().filter_map(option)).collect();
            let draft = Some(draft.clone());
            if hint.is_empty() {
                view! { <Choice rule=rule options=options draft=draft /> }.into_any()
            } else {
                view! { <Choice rule=rule options=options draft=draft hint=hint /> }.into_any()
            }
        })
    };
    let seats = |rule: Rule, kind: Kind| {
        of(kind).first().map(|price| {
            let hint = format!("{}Each {}.", had(kind), monthly(price.monthly_price()));
            view! { <Field rule=rule draft=Some(draft.clone()) hint=hint autocomplete="off" /> }
        })
    };
    let (cpanel, bandwidth) = (one_of(CPANEL, Kind::Cpanel), one_of(BANDWIDTH, Kind::Bandwidth));
    let (rds, office) = (seats(RDS, Kind::RdsSeats), seats(OFFICE, Kind::OfficeSeats));
    if backups.is_none() && cpanel.is_none() && bandwidth.is_none() && rds.is_none() && office.is_none() {
        let back = back(server);
        let errors = above.errors.into_iter().map(|(_, problem)| notice("bad", view! { <p>{problem}</p> }));
        return view! {
            {errors.collect_view()}
            <Empty title="The provider sells no add-on for this server.">
                <p><a class="button" href=back>"Back to its add-ons"</a></p>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Asking action=routes::server_new_add_ons(server.id) label="Add-ons" fields=FIELDS draft=above
            keep=vec![(ASKED, "1".to_owned())] verb="Show the price">
            {backups}
            {cpanel}
            {bandwidth}
            {rds}
            {office}
        </Asking>
    }
    .into_any()
}

/// A key of the list as a choice.
pub fn option(price: &AddonPrice) -> Option<(String, String)> {
    let key = price.key.clone()?;
    let text = format!("{}: {}", add_ons::name(&key), monthly(price.monthly_price()));
    Some((key, text))
}

fn back(server: &Server) -> String {
    routes::server_tab(server.id, ServerTab::AddOns.word())
}

/// The estimate, what happens, and the button.
fn order(
    account: &Account,
    server: &Server,
    prices: &[AddonPrice],
    choice: AddonChoice,
    balance: Option<Money>,
    draft: Draft,
) -> AnyView {
    let price = estimate(&choice, prices);
    let estimated = if price.with_vat.is_some() {
        "This is an estimate: the list prices of one month, added up. The provider has no quote for add-ons and may \
         charge for all the time that the server is paid for"
    } else {
        "There is no estimate: the list does not price all of it. The provider may charge for all the time that the \
         server is paid for"
    };
    let until =
        server.expiry_at.map(|at| format!(", which is until {}", time::day(at.0))).unwrap_or_default();
    let estimated = format!("{estimated}{until}. What it charges stands in the order.");
    let consequence = format!("{} gets {}. {estimated}", name(server), in_words(&choice));
    let chosen = draft.values.clone().into_iter();
    let hidden = chosen
        .filter_map(|(field, value)| {
            let rule = FIELDS.iter().find(|rule| rule.name == field)?;
            Some(view! { <Hidden name=rule.name value=value /> })
        })
        .collect_view();
    let curl = account.as_curl(&PurchaseServerAddons { server: server.id, choice });
    let id = server.id.to_string();
    view! {
        <section aria-labelledby="price">
            <h2 id="price">"Estimate"</h2>
            <SpendForm price=price balance=balance charged=Charged::Monthly consequence=consequence verb="Buy add-ons"
                action=routes::DO_BUY_ADD_ONS close=back(server) fields=FIELDS
                draft=Some(Draft { values: Vec::new(), errors: draft.errors })>
                <Hidden name="id" value=id />
                {hidden}
            </SpendForm>
            <Curl command=curl />
        </section>
    }
    .into_any()
}

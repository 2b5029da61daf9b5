//! `/servers/{id}/add-ons/size`: chooses other sizes for add-ons that a server has, shows the provider's price, and
//! orders them. Nothing is done by coming here.

use gateway::{Account, Draft, Error, Reading};
use leptos::prelude::*;
use vpsbg_api::{
    AddonPrice, AddonScaleQuote, AddonSizes, ListServerAddonPrices, Money, Price, QuoteServerAddonScale,
    ScaleServerAddons, Server, ServerId,
};

use super::{
    choice::{CPANEL, NAMES, OFFICE, RDS},
    new_page::option,
    sizes::{FIELDS, Present, Seats},
};
use crate::{
    components::{
        asking::Asking,
        curl::Curl,
        form::{Choice, Field, Hidden},
        notice::{notice, staleness, staleness_of, status, trouble},
    },
    forms::{Refusal, Rule, Typed, draft_here, refused},
    live::Sources,
    routes,
    servers::{
        beside::{self, filled, framed, monthly, not_now, unreadable},
        notices::state_notices,
        scale_page::given_back,
        tab::ServerTab,
        words::name,
    },
    spending::{self, SpendForm},
    visitor::Visitor,
    words::add_ons::{self, Kind},
};

/// The page.
#[component]
pub fn AddOnSizesPage() -> impl IntoView {
    let (id, query) = (beside::id_here(), beside::query_here());
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let Some(id) = id else { return Some(unreadable("Sizes of add-ons", &Error::NotFound)) };
        let draft = draft_here(&account, Some(query.get("draft").to_owned())).await;
        Some(page(&account, id, &query, draft).await)
    })
}

async fn page(account: &Account, id: ServerId, query: &Typed, draft: Option<Draft>) -> AnyView {
    let reading = match account.server(id).await {
        Ok(reading) => reading,
        Err(error) => return unreadable(&format!("Sizes of add-ons of server {id}"), &error),
    };
    let server = &reading.value.server;
    let title = format!("Sizes of add-ons of {}", name(server));
    let present = Present::of(server);
    if let Err(reason) = server.can_scale_addons() {
        return not_now(&title, &reading, "Its add-ons cannot change now.", reason.to_string(), draft);
    }
    if present.is_nothing() {
        let why = "Only cPanel licences, remote desktop seats and Office seats come in sizes.".to_owned();
        return not_now(&title, &reading, "It has no add-on with another size.", why, draft);
    }
    let asked = FIELDS.iter().any(|rule| !query.get(rule.name).is_empty());
    let mut wrong = Refusal::none();
    let sizes = present.changed(query, &mut wrong);
    let sizes = Some(sizes).filter(|_| asked && wrong.is_empty());
    let list = ListServerAddonPrices { server: id };
    let (prices, priced) = futures::join!(account.read(&list), priced(account, id, sizes.as_ref()));
    let mut errors = draft.map(|draft| draft.errors).unwrap_or_default();
    let values = if asked { filled(query, FIELDS) } else { present.at_first() };
    let fields = |draft: Draft, said: bool| choose(server, &present, prices.as_ref(), draft, said);
    let (live, body) = match sizes.zip(priced) {
        Some((sizes, (Ok(quote), balance))) => {
            let draft = Draft { values, errors };
            let order = order(account, server, sizes, Some(&quote.value), balance, &draft);
            let old = staleness_of(&quote, "the price");
            let chosen = fields(draft, true);
            (Sources::default(), view! { {chosen} {old} {order} }.into_any())
        }
        // They can be ordered all the same: what they cost then stands in the order.
        Some((sizes, (Err(Error::NotOffered), balance))) => {
            let draft = Draft { values, errors };
            let order = order(account, server, sizes, None, balance, &draft);
            (Sources::default(), view! { {fields(draft, true)} {order} }.into_any())
        }
        Some((_, (Err(error @ Error::Invalid(_)), _))) => {
            // What was said when it was sent is not said twice.
            if errors.is_empty() {
                errors = refused(&error, NAMES).into_errors();
            }
            (Sources::default(), fields(Draft { values, errors }, false))
        }
        Some((_, (Err(error), _))) => {
            // Nobody may type into a page that completes itself.
            let live = Sources::default().waiting_after(&error);
            let errors = errors.into_iter().map(|(_, problem)| notice("bad", view! { <p>{problem}</p> }));
            let body = view! {
                {errors.collect_view()}
                <div data-region="pending">{trouble(&error, "the price of these sizes")}</div>
                <p><a class="button" href=routes::server_add_on_sizes(id)>"Choose other sizes"</a></p>
            };
            (live, body.into_any())
        }
        None => {
            if asked && errors.is_empty() {
                status(http::StatusCode::UNPROCESSABLE_ENTITY);
                errors = wrong.into_errors();
            }
            (Sources::default(), fields(Draft { values, errors }, false))
        }
    };
    let body = view! { {staleness(&reading)} {state_notices(server)} {body} };
    framed(&title, server, live, body.into_any())
}

type Priced = (Result<Reading<AddonScaleQuote>, Error>, Option<Money>);

/// What the new sizes cost and the balance, both at once.
async fn priced(account: &Account, server: ServerId, sizes: Option<&AddonSizes>) -> Option<Priced> {
    let quote = QuoteServerAddonScale { server, sizes: sizes?.clone() };
    Some(futures::join!(account.read(&quote), spending::balance(account)))
}

/// The sizes. `said`: what is wrong stands elsewhere, too.
fn choose(
    server: &Server,
    present: &Present,
    prices: Result<&Reading<Vec<AddonPrice>>, &Error>,
    draft: Draft,
    said: bool,
) -> AnyView {
    let above = Draft { errors: if said { Vec::new() } else { draft.errors.clone() }, ..draft.clone() };
    let listed = prices.map(|prices| prices.value.as_slice()).unwrap_or_default();
    let cpanel = present.cpanel.as_ref().map(|now| match prices {
        Ok(_) => {
            let of_kind = |price: &&AddonPrice| price.key.as_deref().map(Kind::of) == Some(Kind::Cpanel);
            let mut options: Vec<_> = listed.iter().filter(of_kind).filter_map(option).collect();
            if !options.iter().any(|(key, _)| key == now) {
                options.insert(0, (now.clone(), add_ons::name(now)));
            }
            let hint = format!("Now {}.", add_ons::name(now));
            view! { <Choice rule=CPANEL options=options draft=Some(draft.clone()) hint=hint /> }.into_any()
        }
        // Without its list there is nothing to choose; the seats can change all the same.
        Err(error) => trouble(error, "the list of cPanel licences"),
    });
    let seats = |rule: Rule, kind: Kind, has: Option<Seats>| {
        has.map(|now| {
            let price = listed.iter().find(|price| price.key.as_deref().map(Kind::of) == Some(kind));
            let price = price.map(|price| format!(" Each {}.", monthly(price.monthly_price())));
            let now = now.0.map(|now| format!("Now {now}.")).unwrap_or_default();
            let hint = format!("{now}{}", price.unwrap_or_default()).trim().to_owned();
            view! { <Field rule=rule draft=Some(draft.clone()) hint=hint autocomplete="off" /> }
        })
    };
    let rds = seats(RDS, Kind::RdsSeats, present.rds);
    let office = seats(OFFICE, Kind::OfficeSeats, present.office);
    view! {
        <Asking action=routes::server_add_on_sizes(server.id) label="Sizes" fields=FIELDS draft=above
            keep=Vec::new() verb="Show the price">
            {cpanel}
            {rds}
            {office}
        </Asking>
    }
    .into_any()
}

/// What becomes of the sizes, in words.
fn in_words(sizes: &AddonSizes) -> String {
    let seats = |count: Option<u32>, unit| count.map(|count| crate::words::count(u64::from(count), unit));
    let all = [
        sizes.cpanel.as_deref().map(add_ons::name),
        seats(sizes.microsoft_rds_sal, "remote desktop seat"),
        seats(sizes.microsoft_office_sal, "Office seat"),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The price, what happens, and the button. Without a quote the provider has none.
fn order(
    account: &Account,
    server: &Server,
    sizes: AddonSizes,
    quote: Option<&AddonScaleQuote>,
    balance: Option<Money>,
    draft: &Draft,
) -> AnyView {
    let price = quote.map_or(Price { net: None, with_vat: None }, AddonScaleQuote::price);
    let money = match quote {
        None => " The provider has no price for it beforehand: it stands in the order.".to_owned(),
        Some(_) => given_back(price).map(|words| format!(" {words}")).unwrap_or_default(),
    };
    let consequence = format!("{} has from then on: {}.{money}", name(server), in_words(&sizes));
    let hidden = draft
        .values
        .iter()
        .filter_map(|(field, value)| {
            let rule = FIELDS.iter().find(|rule| rule.name == field)?;
            Some(view! { <Hidden name=rule.name value=value.clone() /> })
        })
        .collect_view();
    let curl = account.as_curl(&ScaleServerAddons { server: server.id, sizes });
    let (id, errors) = (server.id.to_string(), draft.errors.clone());
    view! {
        <section aria-labelledby="price">
            <h2 id="price">"Price"</h2>
            <SpendForm price=price balance=balance consequence=consequence verb="Change sizes"
                action=routes::DO_SIZE_ADD_ONS close=routes::server_tab(server.id, ServerTab::AddOns.word())
                fields=FIELDS draft=Some(Draft { values: Vec::new(), errors })>
                <Hidden name="id" value=id />
                {hidden}
            </SpendForm>
            <Curl command=curl />
        </section>
    }
    .into_any()
}

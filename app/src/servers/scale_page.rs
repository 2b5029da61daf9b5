//! `/servers/{id}/scale`: chooses another plan, shows the provider's price for the move, and orders it. Nothing is
//! done by coming here.

use gateway::{Account, Draft, Error, Reading, ServerSeen};
use leptos::prelude::*;
use vpsbg_api::{Downtime, ListScalePlans, Money, Plan, Price, ScaleQuote, Server, ServerId};

use super::{
    beside::{self, filled, framed, monthly, not_now, plan_name, plan_size, unreadable, without},
    notices::state_notices,
    scale_fns::{FIELDS, KEEP_DISK, NAMES, PLAN, Wish},
    words::name,
};
use crate::{
    components::{
        asking::Asking,
        curl::Curl,
        form::{Choosable, Hidden, OneOf, Tick},
        notice::{notice, staleness, staleness_of, status, trouble},
        properties::property,
    },
    forms::{Refusal, Typed, draft_here, refused},
    live::Sources,
    routes,
    spending::{self, SpendForm},
    visitor::Visitor,
    words::{money::euro, or_dash},
};

/// The page.
#[component]
pub fn ScalePage() -> impl IntoView {
    let (id, query) = (beside::id_here(), beside::query_here());
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let Some(id) = id else { return Some(unreadable("Scale", &Error::NotFound)) };
        let draft = draft_here(&account, Some(query.get("draft").to_owned())).await;
        Some(page(&account, id, &query, draft).await)
    })
}

async fn page(account: &Account, id: ServerId, query: &Typed, draft: Option<Draft>) -> AnyView {
    let mut wrong = Refusal::none();
    let asked = Wish::read(query, &mut wrong);
    // Nothing was chosen yet: that is no mistake.
    let asked = (!query.get(PLAN.name).is_empty()).then_some(asked);
    let wish = asked.clone().filter(|_| wrong.is_empty());
    let list = ListScalePlans { id };
    let (reading, plans, priced) =
        futures::join!(account.server(id), account.read(&list), priced(account, id, wish.as_ref()));
    let reading = match reading {
        Ok(reading) => reading,
        Err(error) => return unreadable(&format!("Scale server {id}"), &error),
    };
    let server = &reading.value.server;
    let title = format!("Scale {}", name(server));
    if let Err(reason) = server.can_scale() {
        return not_now(
            &title,
            &reading,
            "It cannot be moved to another plan now.",
            reason.to_string(),
            draft,
        );
    }
    let plans = match plans {
        Ok(plans) => plans,
        Err(error) => return without(&title, server, &error, "the plans it can be moved to"),
    };
    let mut values = filled(query, FIELDS);
    if asked.is_none() {
        // What cannot be taken back is not what happens to who does not look.
        values.retain(|(field, _)| field != KEEP_DISK.name);
        values.push((KEEP_DISK.name.to_owned(), "on".to_owned()));
    }
    let mut errors = draft.map(|draft| draft.errors).unwrap_or_default();
    let before = above(&reading, &plans);
    let (live, body) = match (wish.zip(priced), asked) {
        (Some((wish, (Ok(quote), balance))), _) => {
            let old = staleness_of(&quote, "the price");
            let order =
                order(account, server, &plans.value, &wish, Some(&quote.value), balance, errors.clone());
            let chosen = choose(server, &plans.value, Draft { values, errors }, true);
            (Sources::default(), view! { {chosen} {old} {order} }.into_any())
        }
        // It can be ordered all the same: what it costs then stands in the order.
        (Some((wish, (Err(Error::NotOffered), balance))), _) => {
            let order = order(account, server, &plans.value, &wish, None, balance, errors.clone());
            let chosen = choose(server, &plans.value, Draft { values, errors }, true);
            (Sources::default(), view! { {chosen} {order} }.into_any())
        }
        (Some((_, (Err(error @ Error::Invalid(_)), _))), _) => {
            // What was said when it was sent is not said twice.
            if errors.is_empty() {
                errors = refused(&error, NAMES).into_errors();
            }
            (Sources::default(), choose(server, &plans.value, Draft { values, errors }, false))
        }
        (Some((_, (Err(error), _))), _) => {
            // Nobody may choose on a page that completes itself.
            let live = Sources::default().waiting_after(&error);
            let errors = errors.into_iter().map(|(_, problem)| notice("bad", view! { <p>{problem}</p> }));
            let body = view! {
                {errors.collect_view()}
                <div data-region="pending">{trouble(&error, "the price of this move")}</div>
                <p><a class="button" href=routes::server_scale(id)>"Choose another plan"</a></p>
            };
            (live, body.into_any())
        }
        (None, asked) => {
            if asked.is_some() {
                status(http::StatusCode::UNPROCESSABLE_ENTITY);
                errors.extend(wrong.into_errors());
            }
            (Sources::default(), choose(server, &plans.value, Draft { values, errors }, false))
        }
    };
    framed(&title, server, live, view! { {before} {body} }.into_any())
}

type Priced = (Result<Reading<ScaleQuote>, Error>, Option<Money>);

/// What a move costs and the balance, both at once.
async fn priced(account: &Account, id: ServerId, wish: Option<&Wish>) -> Option<Priced> {
    let quote = wish?.quote(id);
    Some(futures::join!(account.read(&quote), spending::balance(account)))
}

/// What the server is now.
fn above(reading: &Reading<ServerSeen>, plans: &Reading<Vec<Plan>>) -> AnyView {
    let server = &reading.value.server;
    let plan = server.plan.as_ref();
    let size = plan.map(plan_size).filter(|size| !size.is_empty());
    view! {
        {staleness(reading)}
        {staleness_of(plans, "the plans")}
        {state_notices(server)}
        <dl class="properties">
            {property("Plan now", view! { {or_dash(plan.map(plan_name))} })}
            {property("Size now", view! { {or_dash(size)} })}
            {property("Price now", view! { {or_dash(plan.map(|plan| monthly(plan.monthly_price())))} })}
        </dl>
    }
    .into_any()
}

/// The plans and the disk. `said`: what is wrong stands elsewhere, too.
fn choose(server: &Server, plans: &[Plan], draft: Draft, said: bool) -> AnyView {
    let options: Vec<Choosable> = plans.iter().map(|plan| card(server, plan)).collect();
    if options.is_empty() {
        let errors = draft.errors.into_iter().map(|(_, problem)| notice("bad", view! { <p>{problem}</p> }));
        return view! {
            {errors.collect_view()}
            {notice("info", view! { <p>"The provider has no other plan for this server at the moment."</p> })}
        }
        .into_any();
    }
    let above = Draft { errors: if said { Vec::new() } else { draft.errors.clone() }, ..draft.clone() };
    view! {
        <Asking action=routes::server_scale(server.id) label="Another plan" fields=FIELDS draft=above
            keep=Vec::new() verb="Show the price">
            <OneOf rule=PLAN options=options draft=draft.clone() />
            <Tick rule=KEEP_DISK draft=draft
                hint="A later move to a plan with a smaller disk stays possible. Without the tick the disk grows to the size of the new plan, and cannot shrink again." />
        </Asking>
    }
    .into_any()
}

/// A plan to choose.
fn card(server: &Server, plan: &Plan) -> Choosable {
    let now = server.plan.as_ref().and_then(|now| now.key.as_ref());
    let not_now = if plan.key.is_none() {
        Some("It came without its key: the provider's own panel can do it.".to_owned())
    } else if now.is_some() && now == plan.key.as_ref() {
        Some("It is the plan that the server has.".to_owned())
    } else {
        plan.can_order().err().map(|reason| reason.to_string())
    };
    let price = monthly(plan.monthly_price());
    let size = plan_size(plan);
    let hint = if size.is_empty() { format!("{price}.") } else { format!("{size}. {price}.") };
    Choosable::new(plan.key.clone().unwrap_or_default(), plan_name(plan)).hint(hint).unless(not_now)
}

/// The price, what happens, and the button. Without a quote the provider has none.
fn order(
    account: &Account,
    server: &Server,
    plans: &[Plan],
    wish: &Wish,
    quote: Option<&ScaleQuote>,
    balance: Option<Money>,
    errors: Vec<(String, String)>,
) -> AnyView {
    let plan = plans.iter().find(|plan| plan.key.as_ref() == Some(&wish.plan));
    let called = plan.map_or_else(|| wish.plan.clone(), plan_name);
    let price = quote.map_or(Price { net: None, with_vat: None }, ScaleQuote::price);
    let downtime = downtime(quote);
    let money = match quote {
        None => " The provider has no price for it beforehand: it stands in the order.".to_owned(),
        Some(_) => given_back(price).map(|words| format!(" {words}")).unwrap_or_default(),
    };
    let disk = if wish.keep_disk { "The disk stays as it is." } else { "The disk grows, for good." };
    let consequence = format!("{} moves to {called} and restarts. {downtime} {disk}{money}", name(server));
    let curl = account.as_curl(&wish.order(server.id));
    let keep_disk = if wish.keep_disk { "on" } else { "" };
    let (id, wished) = (server.id.to_string(), wish.plan.clone());
    view! {
        <section aria-labelledby="price">
            <h2 id="price">{format!("Move to {called}")}</h2>
            <SpendForm price=price balance=balance consequence=consequence verb="Scale"
                action=routes::DO_SCALE_SERVER close=routes::server(server.id) fields=FIELDS hurts=true
                draft=Some(Draft { values: Vec::new(), errors })>
                <Hidden name="id" value=id />
                <Hidden name=PLAN.name value=wished />
                <Hidden name=KEEP_DISK.name value=keep_disk />
            </SpendForm>
            <Curl command=curl />
        </section>
    }
    .into_any()
}

/// How long it is off, in words.
fn downtime(quote: Option<&ScaleQuote>) -> String {
    match quote.and_then(|quote| quote.estimated_downtime.as_ref()) {
        Some(Downtime::Short) => "It is off for about as long as a restart takes.".to_owned(),
        Some(Downtime::Extended) => "It is off for longer than a restart takes.".to_owned(),
        Some(Downtime::Other(word)) => format!("How long it is off, in the provider’s word: {word}."),
        None => "The provider does not say how long it is off.".to_owned(),
    }
}

/// What the provider pays: an amount below zero.
pub fn given_back(price: Price) -> Option<String> {
    let amount =
        price.with_vat.or(price.net).filter(|amount| amount.0.is_sign_negative() && !amount.0.is_zero())?;
    let back = |amount: Option<Money>| euro(amount.map(|amount| Money(amount.0.abs())));
    Some(match (price.net, price.with_vat) {
        (Some(net), Some(with_vat)) => format!(
            "The provider gives {} back, {} with VAT: it goes to the balance.",
            back(Some(net)),
            back(Some(with_vat))
        ),
        _ => format!("The provider gives {} back: it goes to the balance.", back(Some(amount))),
    })
}

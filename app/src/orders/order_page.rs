//! `/orders/{id}`: one order, followed until it is paid and what it brought is there.

use gateway::Error;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{GetOrder, Order, OrderId, OrderStatus};

use super::{
    pay::{drop_dialog, pay_dialog, where_to},
    services::{Brought, brought, table},
    words,
};
use crate::{
    activity::of_object,
    components::{
        badge::Badge,
        frame::{Frame, Section, disabled},
        notice::{main_trouble, notice, staleness},
        properties::{Copyable, copy_link, property},
        time::{Ago, Countdown, Day},
    },
    forms::{draft_here, said_of_form},
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, money::euro, or_dash},
};

/// While a payment may arrive the page looks again after so many seconds.
const PAYMENT: u64 = 10;
/// While what was paid is being made.
const DELIVERY: u64 = 4;
/// What was paid longer ago than this, in seconds, is no longer waited for: who works on it now does something else.
const LATE: i64 = 86_400;

/// The page.
#[component]
pub fn OrderPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<OrderId>().ok());
    let query = use_query_map().get_untracked();
    let (asked, draft) = (query.get("confirm").unwrap_or_default(), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::ORDERS.to_owned(), "Orders".to_owned())];
        let title = id.map_or("Order".to_owned(), |id| format!("Order {id}"));
        let read = match id {
            Some(id) => account.read(&GetOrder { id }).await,
            None => Err(Error::NotFound),
        };
        let reading = match read {
            Ok(reading) => reading,
            Err(error) => {
                let live = Sources::default().waiting_after(&error);
                return Some(
                    view! {
                        <Frame title=title section=Section::Orders above=above live=live>
                            <div data-region="pending">{main_trouble(&error, "order")}</div>
                        </Frame>
                    }
                    .into_any(),
                );
            }
        };
        let order = reading.value.as_ref().clone();
        let brought = brought(&account, &order).await;
        let live = Sources::default().waiting_for(Ok(&reading)).looking_again(pause(&order, &brought));
        let refused = if asked.is_empty() { None } else { draft_here(&account, draft.clone()).await };
        let dialog = match asked.as_str() {
            "pay" => pay_dialog(&account, &order, refused).await,
            "drop" => drop_dialog(&account, &order, refused),
            _ => None,
        };
        // What was refused is said, also when there is nothing to ask any more.
        let said = if dialog.is_none() { said_of_form(&account, draft).await } else { None };
        let activity = of_object(&account, &format!("order {}", order.id)).await;
        let actions = {
            let order = order.clone();
            move || view! { <div class="actions" data-region="actions">{actions(&order)}</div> }
        };
        Some(
            view! {
                <Frame title=title section=Section::Orders above=above live=live actions=actions
                    dialog=dialog.unwrap_or_else(|| ().into_any())>
                    {said}
                    <div data-region="order">
                        {staleness(&reading)}
                        {stands(&order, &brought)}
                        {where_to(&order)}
                        <Detail order=order.clone() />
                        <section aria-labelledby="services">
                            <h2 id="services">"What it is for"</h2>
                            {table(&brought)}
                        </section>
                    </div>
                    {activity}
                </Frame>
            }
            .into_any(),
        )
    })
}

/// When to look again, while something may still happen by itself.
fn pause(order: &Order, brought: &[Brought]) -> Option<u64> {
    match order.status {
        Some(OrderStatus::AwaitingPayment | OrderStatus::Processing) => Some(PAYMENT),
        Some(OrderStatus::Paid) => being_made(order, brought).then_some(DELIVERY),
        _ => None,
    }
}

fn being_made(order: &Order, brought: &[Brought]) -> bool {
    let now = jiff::Timestamp::now().as_second();
    let late = order.payment_date.is_some_and(|at| now - at.0.as_second() > LATE);
    !late && brought.iter().any(Brought::is_being_made)
}

fn actions(order: &Order) -> AnyView {
    let pay = match order.can_pay() {
        Ok(()) => view! {
            <a class="button" data-tone="accent" id="do-pay" href=routes::order_ask(order.id, "pay")>"Pay"</a>
        }
        .into_any(),
        Err(reason) => disabled("Pay", &reason.to_string()),
    };
    let drop = match order.can_cancel() {
        Ok(()) => {
            view! { <a class="button" id="do-drop" href=routes::order_ask(order.id, "drop")>"Drop"</a> }
                .into_any()
        }
        Err(reason) => disabled("Drop", &reason.to_string()),
    };
    view! { {copy_link(routes::order(order.id))} {drop} {pay} }.into_any()
}

/// How it stands, and what comes next.
fn stands(order: &Order, brought: &[Brought]) -> Option<AnyView> {
    Some(match order.status {
        Some(OrderStatus::AwaitingPayment) => {
            let due = order.due_at.filter(|at| at.0 > jiff::Timestamp::now()).map(|at| {
                view! { " The provider cancels it in " <Countdown until=at.0 /> " if it is not paid." }
            });
            let itself = (order.auto_pay == Some(true))
                .then_some(" It tries to pay itself before that, from the balance and then by card.");
            notice("info", view! { <p>"It waits to be paid." {due} {itself}</p> })
        }
        Some(OrderStatus::Processing) => notice(
            "info",
            view! { <p>"The payment is on its way. The provider delivers when it is confirmed."</p> },
        ),
        Some(OrderStatus::Paid) if being_made(order, brought) => {
            notice("info", view! { <p>"It is paid. The provider is at work on what it is for."</p> })
        }
        Some(OrderStatus::Cancelled) => {
            notice("warning", view! { <p>"It is cancelled. The same can be ordered anew."</p> })
        }
        _ => return None,
    })
}

#[component]
fn Detail(order: Order) -> impl IntoView {
    let (state, tone) = words::state(order.status.as_ref());
    let promo = order.promo.as_ref().map(|promo| {
        let code = promo.code.clone().unwrap_or_default();
        let percent = promo.percentage.map(|percent| format!(" ({} %)", percent.0)).unwrap_or_default();
        format!(
            "{code}{percent}, {} off without VAT, {} with VAT",
            euro(promo.amount),
            euro(promo.amount_with_vat)
        )
    });
    let itself = match order.auto_pay {
        Some(true) => "Pays itself when it is due",
        Some(false) => "Does not pay itself",
        None => NOTHING,
    };
    let id = order.id.to_string();
    view! {
        <dl class="properties">
            {property("State", view! { <Badge tone=tone word=state /> })}
            {property("For", view! { {words::kind(&order)} })}
            {property("Without VAT", view! { <span class="number">{euro(order.amount)}</span> })}
            {property("With VAT", view! { <strong class="number">{euro(order.amount_with_vat)}</strong> })}
            {property("From the balance", view! { <span class="number">{euro(order.amount_from_balance)}</span> })}
            {property("Promo code", view! { {or_dash(promo)} })}
            {property("Payment", view! { {or_dash(order.payment_method.as_ref().map(words::method))} })}
            {property("When it is due", view! { {itself} })}
            {property("Made", view! { <Ago at=order.created_at.map(|at| at.0) /> })}
            {property("Due", view! { <Day at=order.due_at.map(|at| at.0) /> })}
            {property("Paid on", view! { <Ago at=order.payment_date.map(|at| at.0) /> })}
            {property("Number", view! { <Copyable text=id what="number" /> })}
        </dl>
        <p class="hint">
            "Amounts are what is left beside the part from the balance. "
            <a href=routes::PURCHASES>"Purchases made here"</a>
        </p>
    }
}

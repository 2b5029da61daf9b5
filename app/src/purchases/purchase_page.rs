//! `/purchases/{id}`: what became of a purchase whose answer was lost. It completes itself while it is looked for; when
//! nobody can tell, a person decides.

use gateway::{Error, Purchase, PurchaseId, PurchaseState, Sign};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{Operation, PayOrders};

use super::{columns::about, words};
use crate::{
    activity::{of_request, outcome},
    components::{
        badge::Badge,
        form::{Form, Hidden},
        frame::{Frame, Section},
        notice::{main_trouble, notice},
        properties::{copy_link, property},
        time::Ago,
    },
    forms::said_of_form,
    live::Sources,
    routes,
    visitor::Visitor,
};

/// While it is looked for the page looks again after so many seconds: our own journal is asked, nobody else.
const LOOK: u64 = 2;

/// The page.
#[component]
pub fn PurchasePage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<PurchaseId>().ok());
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::PURCHASES.to_owned(), "Purchases".to_owned())];
        let said = said_of_form(&account, draft).await;
        let read = match id {
            Some(id) => account.purchase(id).await,
            None => Err(Error::NotFound),
        };
        let purchase = match read {
            Ok(purchase) => purchase,
            Err(error) => {
                let body = main_trouble(&error, "purchase");
                return Some(
                    view! { <Frame title="Purchase" section=Section::Purchases above=above>{body}</Frame> }
                        .into_any(),
                );
            }
        };
        let activity = of_request(&account, &purchase.request_id, purchase.created_at).await;
        let live = Sources::default().looking_again((!purchase.state.is_settled()).then_some(LOOK));
        let address = routes::purchase(purchase.id);
        Some(
            view! {
                <Frame title=words::what(&purchase) section=Section::Purchases above=above live=live
                    actions=move || copy_link(address.clone())>
                    {said}
                    <div data-region="purchase">{whole(&purchase)}</div>
                    {activity}
                </Frame>
            }
            .into_any(),
        )
    })
}

fn whole(purchase: &Purchase) -> AnyView {
    let (word, tone) = words::state(purchase.state);
    let decided = purchase.decided.as_ref().map(|who| {
        let who = who.clone().unwrap_or_else(|| "Somebody without a name".to_owned());
        property("Decided by", view! { {who} })
    });
    view! {
        {said_of(purchase)}
        {found(purchase)}
        {(purchase.state == PurchaseState::Unknown).then(|| decision(purchase.id))}
        <dl class="properties">
            {property("State", view! { <Badge tone=tone word=word /> })}
            {property("About", about(purchase))}
            {property("Shown, with VAT", view! { <span class="number">{words::shown(purchase)}</span> })}
            {property("Sent", view! { <Ago at=Some(purchase.created_at) /> })}
            {property("Changed", view! { <Ago at=Some(purchase.changed_at) /> })}
            {property("Who", words::who(purchase.person.as_deref()))}
            {decided}
        </dl>
        <p>
            <a href=routes::ORDERS>"All orders"</a> " · " <a href=routes::SERVERS>"All servers"</a>
        </p>
    }
    .into_any()
}

/// What is known, in a sentence.
fn said_of(purchase: &Purchase) -> AnyView {
    let refused = purchase.refusal.as_deref().map(|code| {
        let words = outcome(code).0;
        words.strip_prefix("Not done: ").unwrap_or(words).to_owned()
    });
    match (purchase.state, refused) {
        (PurchaseState::Sending, _) => {
            notice("info", view! { <p>"It is on its way to the provider. This page completes itself."</p> })
        }
        (PurchaseState::Looking, _) => notice(
            "info",
            view! { <p>
                <strong>"The provider's answer was lost. "</strong>
                "Vitosha looks at the provider whether it went through, and sends nothing a second time. This takes up to a few
                minutes; this page completes itself."
            </p> },
        ),
        (PurchaseState::Done, _) => {
            let words = match (&purchase.decided, purchase.found.is_empty()) {
                (Some(_), _) => "It went through: a person looked and said so.",
                (None, true) => "It went through: the provider confirmed it.",
                (None, false) => "It went through: it was found at the provider.",
            };
            // What is certain is the order; paying one is what it is.
            let unpaid = (purchase.operation != PayOrders::INFO.id)
                .then_some(" What it brings comes once its order is paid: see the orders.");
            notice("good", view! { <p>{words} {unpaid}</p> })
        }
        (PurchaseState::NotDone, Some(why)) => notice(
            "warning",
            view! { <p>{format!("It did not go through: {why}. It may be tried again.")}</p> },
        ),
        (PurchaseState::NotDone, None) => {
            let words = if purchase.decided.is_some() {
                "It did not go through: a person looked and said so. It may be tried again."
            } else {
                "It did not go through: nothing of the kind appeared at the provider. It may be tried again."
            };
            notice("warning", view! { <p>{words}</p> })
        }
        (PurchaseState::Unknown, _) => notice(
            "warning",
            view! { <p>
                <strong>"Nobody can tell by itself whether it went through. "</strong>
                "Look at the provider, at what might be it, and say what became of it."
            </p> },
        ),
    }
}

fn found(purchase: &Purchase) -> Option<AnyView> {
    if purchase.found.is_empty() {
        return None;
    }
    let title = if purchase.state == PurchaseState::Unknown { "What might be it" } else { "What was found" };
    let signs = purchase.found.iter().map(one_sign).collect_view();
    Some(
        view! {
            <section aria-labelledby="found">
                <h2 id="found">{title}</h2>
                <ul>{signs}</ul>
            </section>
        }
        .into_any(),
    )
}

fn one_sign(sign: &Sign) -> AnyView {
    let words::Told { object, to, rest } = words::sign(sign);
    match to {
        Some(to) => view! { <li><a href=to>{object}</a>{rest}</li> }.into_any(),
        None => view! { <li>{object}{rest}</li> }.into_any(),
    }
}

/// One form with three answers, so that of two answers given from one page the second is refused.
fn decision(id: PurchaseId) -> AnyView {
    view! {
        <Form action=routes::DO_DECIDE_PURCHASE>
            <Hidden name="id" value=id.to_string() />
            <div class="actions">
                <button class="button" type="submit" name="decision" value="done">"It went through"</button>
                <button class="button" type="submit" name="decision" value="not-done">"It did not go through"</button>
                <button class="button" type="submit" name="decision" value="look-again">"Look again"</button>
            </div>
        </Form>
    }
    .into_any()
}

//! `/purchases`: the newest lines of the journal.

use gateway::Purchase;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::words;
use crate::{
    activity::objects,
    components::{
        badge::Badge,
        frame::{Frame, Section},
        notice::{Empty, main_trouble},
        table::{Column, Table},
        time::Ago,
    },
    forms::said_of_form,
    routes,
    visitor::Visitor,
    words::NOTHING,
};

/// The page.
#[component]
pub fn PurchasesPage() -> impl IntoView {
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::ORDERS.to_owned(), "Orders".to_owned())];
        let said = said_of_form(&account, draft).await;
        let body = match account.purchases().await {
            Ok(purchases) if purchases.is_empty() => view! {
                <Empty title="No purchases yet">
                    <p>"What is ordered or paid through Vitosha is written down here before it is sent."</p>
                </Empty>
            }
            .into_any(),
            Ok(purchases) => table(&purchases),
            Err(error) => main_trouble(&error, "the purchases"),
        };
        Some(view! {
            <Frame title="Purchases" section=Section::Orders above=above>
                {said}
                <p class="lead">
                    "What was ordered or paid through Vitosha, newest first, at most a hundred. When the provider's answer is lost, what
                    became of it is looked for; nothing is sent a second time."
                </p>
                {body}
            </Frame>
        })
    })
}

fn table(purchases: &[Purchase]) -> AnyView {
    let rows = purchases
        .iter()
        .map(|purchase| {
            let (word, tone) = words::state(purchase.state);
            let who = purchase.person.clone().unwrap_or_else(|| "No name".to_owned());
            let id = purchase.id;
            view! {
                <tr>
                    <th scope="row"><a href=routes::purchase(id)>{words::what(purchase)}</a></th>
                    <td>{about(purchase)}</td>
                    <td><Badge tone=tone word=word /></td>
                    <td class="number">{words::shown(purchase)}</td>
                    <td><Ago at=Some(purchase.created_at) /></td>
                    <td>{who}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text("What"),
        Column::text("About"),
        Column::text("State"),
        Column::number("Shown, with VAT"),
        Column::text("When"),
        Column::text("Who"),
    ];
    view! { <Table caption="Purchases" columns=columns>{rows}</Table> }.into_any()
}

/// What it was about, with links.
pub fn about(purchase: &Purchase) -> AnyView {
    let Some(object) = &purchase.object else { return NOTHING.into_any() };
    objects(object)
        .into_iter()
        .enumerate()
        .map(|(place, (words, to))| {
            let comma = (place > 0).then_some(", ");
            match to {
                Some(to) => view! { {comma} <a href=to>{words}</a> }.into_any(),
                None => view! { {comma} {words} }.into_any(),
            }
        })
        .collect_view()
        .into_any()
}

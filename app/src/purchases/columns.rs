//! A purchase as a row of the list: its columns.

use gateway::{Purchase, shown_total};
use leptos::prelude::*;
use vpsbg_api::Money;

use super::words;
use crate::{
    activity::objects,
    components::{badge::Badge, list::ListColumn, time::Ago},
    routes,
    words::{NOTHING, time},
};

/// The columns.
pub fn columns() -> Vec<ListColumn<Purchase>> {
    vec![
        ListColumn::<Purchase>::new(
            "what",
            "What",
            |purchase| view! { <a href=routes::purchase(purchase.id)>{words::what(purchase)}</a> }.into_any(),
            words::what,
        )
        .naming()
        .ordered(|one, other| words::what(one).cmp(&words::what(other))),
        ListColumn::<Purchase>::new(
            "operation",
            "Operation",
            |purchase| view! { <code>{purchase.operation.clone()}</code> }.into_any(),
            |purchase| purchase.operation.clone(),
        )
        .on_demand(),
        ListColumn::<Purchase>::new("about", "About", about, |purchase| {
            purchase.object.clone().unwrap_or_default()
        }),
        ListColumn::<Purchase>::new(
            "state",
            "State",
            |purchase| {
                let (word, tone) = words::state(purchase.state);
                view! { <Badge tone=tone word=word /> }.into_any()
            },
            |purchase| words::state(purchase.state).0.to_owned(),
        ),
        ListColumn::<Purchase>::new(
            "refusal",
            "Refused as",
            |purchase| view! { <code>{refusal(purchase)}</code> }.into_any(),
            refusal,
        )
        .on_demand(),
        ListColumn::<Purchase>::new(
            "shown",
            "Shown, with VAT",
            |purchase| words::shown(purchase).into_any(),
            |purchase| total(purchase).map(|total| total.0.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| total(one).map(|total| total.0).cmp(&total(other).map(|total| total.0))),
        ListColumn::<Purchase>::new(
            "when",
            "When",
            |purchase| view! { <Ago at=Some(purchase.created_at) /> }.into_any(),
            |purchase| time::for_files(purchase.created_at),
        )
        .said_as(|purchase| time::day(purchase.created_at))
        .ordered(|one, other| one.created_at.cmp(&other.created_at)),
        ListColumn::<Purchase>::new(
            "changed",
            "Changed",
            |purchase| view! { <Ago at=Some(purchase.changed_at) /> }.into_any(),
            |purchase| time::for_files(purchase.changed_at),
        )
        .ordered(|one, other| one.changed_at.cmp(&other.changed_at))
        .on_demand(),
        ListColumn::<Purchase>::new(
            "who",
            "Who",
            |purchase| words::who(purchase.person.as_deref()).into_any(),
            |purchase| purchase.person.clone().unwrap_or_default(),
        ),
        ListColumn::<Purchase>::new(
            "decided",
            "Decided by",
            |purchase| decided(purchase).into_any(),
            decided,
        )
        .on_demand(),
        ListColumn::<Purchase>::new(
            "id",
            "Id",
            |purchase| view! { <code>{purchase.id.to_string()}</code> }.into_any(),
            |purchase| purchase.id.to_string(),
        )
        .on_demand(),
    ]
}

fn total(purchase: &Purchase) -> Option<Money> {
    purchase.shown.as_deref().and_then(shown_total)
}

fn refusal(purchase: &Purchase) -> String {
    purchase.refusal.clone().unwrap_or_default()
}

fn decided(purchase: &Purchase) -> String {
    purchase.decided.as_ref().map(|who| words::who(who.as_deref())).unwrap_or_default()
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

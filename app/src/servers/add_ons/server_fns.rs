//! Buying add-ons, and changing their sizes.

use leptos::prelude::*;
use vpsbg_api::{
    ListServerAddonPrices, PurchaseServerAddons, QuoteServerAddonScale, ScaleServerAddons, Server, ServerId,
};

use super::{
    choice::{self, NAMES},
    sizes::{self, Present},
};
use crate::{
    forms::{Refusal, Typed, submit},
    routes,
    servers::{
        beside::{allowed, page_with, which_server},
        tab::ServerTab,
    },
    spending::{led_by, not_above, price_shown},
};

/// The page on which the form stands that buys.
pub fn page_of_add_ons(typed: &Typed) -> String {
    page_with(typed, choice::FIELDS, routes::server_new_add_ons)
}

/// The page on which the form stands that changes sizes.
pub fn page_of_add_on_sizes(typed: &Typed) -> String {
    page_with(typed, sizes::FIELDS, routes::server_add_on_sizes)
}

fn done(id: ServerId, word: &str) -> String {
    routes::with_query(&routes::server_tab(id, ServerTab::AddOns.word()), &[("done", word)])
}

/// Buys add-ons, for what was estimated. There is no quote; if the list is dearer now, or cannot be
/// had, the form comes back with it.
#[server(prefix = "/do", endpoint = "servers/buy-add-ons")]
pub async fn buy_add_ons() -> Result<(), ServerFnError> {
    let typed = Typed::here();
    let Ok(id) = typed.get("id").parse::<ServerId>() else { return which_server().await };
    submit(&page_of_add_ons(&typed), async move |account, typed: Typed| {
        allowed(&account, id, Server::can_buy_addons).await?;
        let mut wrong = Refusal::none();
        let choice = choice::read(&typed, &mut wrong);
        wrong.check()?;
        let shown = price_shown(&typed);
        let prices = account.read_now(&ListServerAddonPrices { server: id }).await;
        let now = prices.ok().map(|prices| choice::estimate(&choice, &prices));
        not_above(shown, &now)?;
        let spent = account.spend(&PurchaseServerAddons { server: id, choice }, shown.with_vat).await;
        led_by(spent, |_, _| done(id, "add-ons-bought"), NAMES)
    })
    .await
}

/// Changes the sizes of add-ons, for what was shown at most.
#[server(prefix = "/do", endpoint = "servers/size-add-ons")]
pub async fn size_add_ons() -> Result<(), ServerFnError> {
    let typed = Typed::here();
    let Ok(id) = typed.get("id").parse::<ServerId>() else { return which_server().await };
    submit(&page_of_add_on_sizes(&typed), async move |account, typed: Typed| {
        let server = allowed(&account, id, Server::can_scale_addons).await?;
        let present = server.as_ref().map(Present::of).unwrap_or_default();
        let mut wrong = Refusal::none();
        let sizes = present.changed(&typed, &mut wrong);
        wrong.check()?;
        let quote = QuoteServerAddonScale { server: id, sizes: sizes.clone() };
        let order = ScaleServerAddons { server: id, sizes };
        let spent = account.spend_quoted(&order, &quote, price_shown(&typed)).await;
        led_by(spent, |_, _| done(id, "add-ons-sized"), NAMES)
    })
    .await
}

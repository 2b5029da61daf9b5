//! What was bought beside a server, what can be, and what can be done with it.

use gateway::{Error, Reading};
use leptos::prelude::*;
use vpsbg_api::{Addon, AddonPrice, Server};

use crate::{
    components::{
        badge::{Badge, Tone},
        frame::disabled,
        menu::{MenuItem, menu_of_row},
        notice::{Empty, staleness_of, trouble},
        table::{Column, Table},
        time::{Ago, Day},
    },
    routes,
    servers::{
        action::{Offer, ServerAction},
        actions::{CancelAddOn, CancelAddOnNow, KeepAddOn},
        add_ons::Present,
    },
    words::{NOTHING, add_ons::name, money::euro, or_dash},
};

/// The part of the page.
pub fn add_ons(server: &Server, prices: Result<Reading<Vec<AddonPrice>>, Error>) -> AnyView {
    let id = server.id;
    let buy = match server.can_buy_addons() {
        Ok(()) => {
            view! { <a class="button" href=routes::server_new_add_ons(id)>"Buy add-ons"</a> }.into_any()
        }
        Err(reason) => disabled("Buy add-ons", &reason.to_string()),
    };
    let sizes = server.can_scale_addons().map_err(|reason| reason.to_string()).and_then(|()| {
        let none = Present::of(server).is_nothing();
        if none { Err("It has no add-on with another size.".to_owned()) } else { Ok(()) }
    });
    let sizes = match sizes {
        Ok(()) => {
            view! { <a class="button" href=routes::server_add_on_sizes(id)>"Change sizes"</a> }.into_any()
        }
        Err(reason) => disabled("Change sizes", &reason),
    };
    view! {
        <div data-region="add-ons">
            <section aria-labelledby="had">
                <h2 id="had">"What it has"</h2>
                {had(server)}
                <div class="actions">{buy} {sizes}</div>
            </section>
            <section aria-labelledby="sold">
                <h2 id="sold">"What can be added"</h2>
                {sold(prices)}
            </section>
        </div>
    }
    .into_any()
}

fn had(server: &Server) -> AnyView {
    if server.addons.is_empty() {
        return view! { <Empty title="No add-ons"><p>"What is bought beside the server stands here."</p></Empty> }
            .into_any();
    }
    let rows = server
        .addons
        .iter()
        .enumerate()
        .map(|(place, addon)| {
            let called = called(addon);
            let menu = menu_of_row(&format!("add-on-{place}"), &called, menu(server, addon));
            view! {
                <tr>
                    <th scope="row">{called}</th>
                    <td class="number">{or_dash(addon.quantity)}</td>
                    <td><Day at=addon.expiry_at.map(|at| at.0) /></td>
                    <td>{cancellation(addon)}</td>
                    <td class="more">{menu}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text("Add-on"),
        Column::number("Quantity"),
        Column::text("Paid until"),
        Column::text("Cancellation"),
        Column::for_menus(),
    ];
    view! { <Table caption="Add-ons of this server" columns=columns>{rows}</Table> }.into_any()
}

fn called(addon: &Addon) -> String {
    addon.name.as_deref().map_or_else(|| "Add-on without a name".to_owned(), name)
}

fn cancellation(addon: &Addon) -> AnyView {
    let Some(request) = addon.cancel_request.as_ref() else { return NOTHING.into_any() };
    let reason = request.reason.clone().map(|reason| format!("“{reason}” "));
    let asked = request.created_at.map(|at| view! { <Ago at=Some(at.0) /> });
    view! { <Badge tone=Tone::Warning word="Cancelled" /> " " {reason} {asked} }.into_any()
}

/// What may be done with it: what cannot be says why.
fn menu(server: &Server, addon: &Addon) -> Vec<MenuItem> {
    let gone = server.can_cancel();
    let (cancel, keep) = (gone.clone().and(addon.can_cancel()), gone.and(addon.can_undo_cancel()));
    let to = |allowed: Result<(), vpsbg_api::Reason>, offer: Offer| {
        allowed.map_err(|reason| reason.to_string()).map(|()| {
            let id = addon.id.map(|id| id.to_string()).unwrap_or_default();
            offer.asked_with(server.id, &[("addon", &id)])
        })
    };
    vec![
        MenuItem::new(CancelAddOn::NAME, to(cancel.clone(), Offer::of::<CancelAddOn>())),
        MenuItem::new(CancelAddOnNow::NAME, to(cancel, Offer::of::<CancelAddOnNow>())),
        MenuItem::new(KeepAddOn::NAME, to(keep, Offer::of::<KeepAddOn>())),
    ]
}

fn sold(prices: Result<Reading<Vec<AddonPrice>>, Error>) -> AnyView {
    let prices = match prices {
        Ok(prices) => prices,
        Err(error) => return trouble(&error, "the list of add-ons"),
    };
    if prices.value.is_empty() {
        return view! { <p class="nothing">"Nothing can be added to this server."</p> }.into_any();
    }
    let rows = prices
        .value
        .iter()
        .map(|price| {
            let called = price.key.as_deref().map_or_else(|| "Add-on without a name".to_owned(), name);
            view! {
                <tr>
                    <th scope="row">{called}</th>
                    <td class="number">{euro(price.price)}</td>
                    <td class="number">{euro(price.price_with_vat)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text("Add-on"),
        Column::number("Monthly, without VAT"),
        Column::number("Monthly, with VAT"),
    ];
    view! {
        {staleness_of(&prices, "the prices")}
        <Table caption="What can be added, with prices" columns=columns>{rows}</Table>
    }
    .into_any()
}

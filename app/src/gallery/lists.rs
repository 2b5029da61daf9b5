//! What is listed and told: tables, pages, properties, times.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use vpsbg_api::{Money, Price};

use super::specimen::{Group, Specimen};
use crate::{
    components::{
        badge::{Badge, Tone},
        paging::{Paging, Place},
        price::PriceTag,
        properties::{Copyable, property},
        table::{Column, Table},
        tabs::{Tab, Tabs},
        time::{Ago, Countdown, Day, ago_in_link},
    },
    routes,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "lists",
    title: "Lists and details",
    specimens: &[
        Specimen::new("table", "A table, sorted", table),
        Specimen::new("table-compact", "The same, compact", || rows_of(true)),
        Specimen::new("tabs", "Parts of a page", || parts(&["Overview", "Metrics", "Activity"])),
        Specimen::new("tabs-many", "More of them than there is room for", || {
            parts(&[
                "Overview", "Metrics", "Traffic", "Network", "Access", "Images", "Add-ons", "Boot",
                "Activity", "Billing",
            ])
        }),
        Specimen::new("price", "A price, before something is bought", || price("43.17")),
        Specimen::new("price-short", "A price that the balance does not cover", || price("3.50")),
        Specimen::new("chips", "Chips: one of few", chips),
        Specimen::new("paging-first", "The first page", || paging(1, Some(7))),
        Specimen::new("paging-middle", "A page between", || paging(3, Some(7))),
        Specimen::new("paging-last", "The last page", || paging(7, Some(7))),
        Specimen::new("paging-whole", "All on one page", || paging(1, Some(1))),
        Specimen::new("paging-unknown", "A page, their number unknown", || paging(2, None)),
        Specimen::new("properties", "Properties, with copying", properties),
        Specimen::new("times", "Times", times),
    ],
};

fn table() -> AnyView {
    rows_of(false)
}

fn rows_of(compact: bool) -> AnyView {
    let to = |name: &str| routes::with_query(routes::GALLERY, &[("sort", name)]);
    let columns = vec![
        Column::text("Name").sorted_by(to("name"), Some("ascending")),
        Column::text("State").sorted_by(to("state"), None),
        Column::text("Address"),
        Column::number("Memory").sorted_by(to("memory"), Some("descending")),
    ];
    let rows = [
        ("web-1", Tone::Good, "Running", "203.0.113.4", "8 GB"),
        ("build-1", Tone::Quiet, "Stopped", "203.0.113.17", "32 GB"),
        ("a-server-with-a-rather-long-name.example.org", Tone::Warning, "Rescue", "2001:db8::7", "2 GB"),
    ]
    .map(|(name, tone, word, address, memory)| {
        view! {
            <tr>
                <th scope="row"><a href=routes::GALLERY>{name}</a></th>
                <td><Badge tone=tone word=word /></td>
                <td><code>{address}</code></td>
                <td class="number">{memory}</td>
            </tr>
        }
    })
    .into_iter()
    .collect_view();
    view! { <Table caption="Servers" columns=columns compact=compact>{rows}</Table> }.into_any()
}

fn parts(names: &[&'static str]) -> AnyView {
    let tab = |(place, name): (usize, &&'static str)| Tab {
        name,
        to: routes::GALLERY.to_owned(),
        here: place == 0,
    };
    let tabs = names.iter().enumerate().map(tab).collect();
    view! { <Tabs label="Parts of web-1".to_owned() tabs=tabs /> }.into_any()
}

fn price(balance: &str) -> AnyView {
    let money = |text: &str| text.parse().ok().map(Money);
    let price = Price { net: money("22.33"), with_vat: money("26.80") };
    view! { <PriceTag price=price balance=money(balance) /> }.into_any()
}

fn chips() -> AnyView {
    let chips = [("1 hour", false), ("24 hours", true), ("7 days", false)]
        .map(|(name, current)| {
            view! { <li><a class="chip" href=routes::GALLERY aria-current=current.then_some("true")>{name}</a></li> }
        })
        .into_iter()
        .collect_view();
    view! { <nav aria-label="Range"><ul class="chips">{chips}</ul></nav> }.into_any()
}

fn paging(page: u64, last: Option<u64>) -> AnyView {
    let more = last.is_none_or(|last| page < last);
    let place = Place { page, last, total: last.map(|last| last * 30), per_page: Some(30), shown: 30, more };
    view! { <Paging place=place unit="server" address=|page| routes::with_query(routes::GALLERY, &[("page", &page.to_string())]) /> }
        .into_any()
}

fn properties() -> AnyView {
    view! {
        <dl class="properties">
            {property("Power", view! { <Badge tone=Tone::Good word="Running" /> })}
            {property("Processor", view! { <span class="number">"23.4 %"</span> })}
            {property("Address", view! { <Copyable text="203.0.113.4" what="address" suffix="/24" /> })}
            {property("Add-ons", view! { "–" })}
        </dl>
    }
    .into_any()
}

fn times() -> AnyView {
    let now = Timestamp::now();
    let (before, after) = (now - SignedDuration::from_mins(3), now + SignedDuration::from_hours(30));
    view! {
        <dl class="properties">
            {property("Some time ago", view! { <Ago at=Some(before) /> })}
            {property("A day", view! { <Day at=Some(after) /> })}
            {property("Until then", view! { <Countdown until=after /> })}
            {property("In a link", view! { <a href=routes::GALLERY>"Answered " {ago_in_link(Some(before))}</a> })}
            {property("Not known", view! { <Ago at=None /> })}
        </dl>
    }
    .into_any()
}

//! Whole lists: tools, rows, what is chosen, and each look of a list that has nothing to show.

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use gateway::{Error, Freshness, Reading, SavedView};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use serde_json::{Value, json};
use vpsbg_api::{Decode, Notes, Server};

use super::specimen::{Group, Specimen, unfolded};
use crate::{
    components::{
        list::{Contents, ListQuery, Listing, Rows, Shown, tools_and_rows},
        paging::Place,
    },
    live::Sources,
    servers::{ServerRow, Servers},
    visitor::Visitor,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "list-pages",
    title: "Whole lists",
    specimens: &[
        Specimen::new("list", "A list, with more pages", || rows("/servers", fresh)),
        Specimen::new("list-chosen", "With a chosen row: what may be done with it", || {
            let html = rows("/servers?column=name&column=state", fresh).to_html();
            let html = html.replacen("name=\"row\"", "name=\"row\" checked", 1);
            view! { <div inner_html=html></div> }.into_any()
        }),
        Specimen::new("list-view", "How it looks: the menu of columns, density and saved views", || {
            unfolded(rows("/servers?column=name&column=state", fresh))
        }),
        Specimen::new("list-narrowed", "The same, narrowed and compact", || {
            rows("/servers?q=web&state=active&renewal=not&density=compact&column=name&column=power", fresh)
        }),
        Specimen::new("list-stale", "Rows that are not the present ones", || {
            rows("/servers?column=name&column=state", |rows| Reading {
                read_at: Timestamp::now() - SignedDuration::from_mins(4),
                freshness: Freshness::Stale(Error::TimedOut),
                ..fresh(rows)
            })
        }),
        Specimen::new("list-fixed", "Too long for what the provider does not offer", fixed),
        Specimen::new("list-too-many", "Too long for what the address asks", || {
            nothing("/servers?sort=name", Ok(Shown::NotOffered("There are 5,000 servers.".to_owned())))
        }),
        Specimen::new("list-empty", "Empty", || nothing("/servers", Ok(Shown::Rows(fresh(none()))))),
        Specimen::new("list-no-match", "Nothing matches", || {
            nothing("/servers?q=nothing-of-the-kind", Ok(Shown::Rows(fresh(none()))))
        }),
        Specimen::new("list-waiting", "Still coming", || nothing("/servers", Err(Error::StillWaiting))),
        Specimen::new("list-failed", "Failed", || nothing("/servers", Err(Error::ProviderFault))),
        Specimen::new("list-paused", "Failed for a while", || {
            nothing("/servers", Err(Error::RateLimited(Duration::from_secs(42))))
        }),
        Specimen::new("list-forbidden", "Forbidden", || nothing("/servers", Err(Error::Forbidden))),
        Specimen::new("list-not-offered", "Not offered", || nothing("/servers", Err(Error::NotOffered))),
    ],
};

fn rows(address: &'static str, reading: fn(Rows<ServerRow>) -> Reading<Rows<ServerRow>>) -> AnyView {
    show(address, Ok(Shown::Rows(reading(some()))), None)
}

fn nothing(address: &'static str, read: Result<Shown<ServerRow>, Error>) -> AnyView {
    show(address, read, None)
}

fn fixed() -> AnyView {
    let why = "There are 5,000 servers. The provider does not offer this itself.";
    show("/servers?column=name&column=state", Ok(Shown::Rows(fresh(some()))), Some(why.to_owned()))
}

fn show(address: &'static str, read: Result<Shown<ServerRow>, Error>, fixed: Option<String>) -> AnyView {
    let Some(account) = Visitor::here().account else { return ().into_any() };
    // What the list is does not depend on anything that is asked for.
    let Some(list) = Servers::list(&account).now_or_never() else { return ().into_any() };
    let Ok(query) = ListQuery::read(&list, address) else { return ().into_any() };
    let contents = Contents { read, live: Sources::default(), above: None, fixed };
    tools_and_rows::<Servers>(&list, &query, contents, views())
}

fn views() -> Vec<SavedView> {
    [("Ends soon", "sort=expiry_at", true), ("In rescue mode", "rescue=on", false)]
        .into_iter()
        .filter_map(|(name, query, is_default)| {
            let id = "0123456789abcdef0123456789abcdef".parse().ok()?;
            let (list, name, query) = ("servers".to_owned(), name.to_owned(), query.to_owned());
            Some(SavedView { id, list, name, query, is_default })
        })
        .collect()
}

fn fresh(rows: Rows<ServerRow>) -> Reading<Rows<ServerRow>> {
    Reading { value: Arc::new(rows), read_at: Timestamp::now(), freshness: Freshness::Fresh }
}

fn none() -> Rows<ServerRow> {
    let place = Place::counted(1, 30, 0, 0);
    Rows { rows: Vec::new(), broken: 0, place, remark: None }
}

fn some() -> Rows<ServerRow> {
    let rows: Vec<ServerRow> = [
        json!({
            "id": 7, "hostname": "web-1", "status": "active", "auto_renew": true, "plan": { "name": "Cloud VPS 4 GB" },
            "state": { "running": true }, "expiry_at": "2027-03-04T22:00:00Z",
            "ip_addresses": [{ "ip_address": "203.0.113.4", "main": true }],
        }),
        json!({
            "id": 12, "hostname": "a-server-with-a-rather-long-name.example.org", "status": "active",
            "auto_renew": false, "locked": true, "state": { "running": false },
        }),
        json!({ "id": 40, "hostname": "old-shop", "status": "suspended", "auto_renew": false }),
    ]
    .iter()
    .filter_map(server)
    .map(ServerRow::new)
    .collect();
    let shown = rows.len() as u64;
    let place = Place { page: 1, last: Some(7), total: Some(20), per_page: Some(shown), shown, more: true };
    Rows { rows, broken: 0, place, remark: None }
}

fn server(fields: &Value) -> Option<Server> {
    Server::decode(fields, &mut Notes::default()).ok()
}

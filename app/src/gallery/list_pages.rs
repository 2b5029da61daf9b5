//! Whole lists: tools, rows, what is chosen, and each look of a list that has nothing to show.

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use gateway::{Error, Freshness, Reading, SavedView};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use serde_json::{Value, json};
use vpsbg_api::{Decode, Notes, Server};

use super::specimen::{Group, Specimen, as_it_is, unfolded};
use crate::{
    components::{
        list::{Contents, List, ListQuery, Listing, Rows, Shown, nonsense, tools_and_rows},
        paging::{Place, bad_page},
    },
    live::Sources,
    routes,
    servers::{ServerRow, Servers},
    visitor::Visitor,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "list-pages",
    title: "Whole lists",
    specimens: &[
        Specimen::new("list", "A list, with more pages", || rows("/servers", fresh)),
        Specimen::new("list-chosen", "With a chosen row: what may be done with it", || choosing(20)),
        Specimen::new("list-chosen-many", "The same, with more than can be chosen at once", || {
            choosing(5000)
        }),
        Specimen::new("list-view", "How it looks: the menu of columns, density and saved views", || {
            unfolded(rows(NARROW, fresh), ">View")
        }),
        Specimen::new("list-download", "The menu of files", || unfolded(rows(NARROW, fresh), "Download CSV")),
        Specimen::new("list-narrowed", "The same, narrowed and compact", || {
            rows("/servers?q=web&state=active&renewal=not&density=compact&column=name&column=power", fresh)
        }),
        Specimen::new("list-stale", "Rows that are not the present ones", || {
            rows(NARROW, |rows| Reading {
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
        Specimen::new("list-bad-page", "A page that is none", || bad("/servers?page=last")),
        Specimen::new("list-bad-filter", "A filter that does not have this choice", || {
            bad("/servers?state=sleepy")
        }),
        Specimen::new("list-bad-day", "A filter that cannot be meant", || {
            nonsense("“yesterday” is no day: write it as 2026-03-04.")
        }),
        Specimen::new("list-beyond", "Beyond the last page", || {
            nothing("/servers?page=9", Ok(Shown::Rows(fresh(beyond()))))
        }),
        Specimen::new("list-waiting", "Still coming", || nothing("/servers", Err(Error::StillWaiting))),
        Specimen::new("list-failed", "Failed", || nothing("/servers", Err(Error::ProviderFault))),
        Specimen::new("list-nonsense", "The answer was nonsense", || {
            nothing("/servers", Err(Error::NotUnderstood))
        }),
        Specimen::new("list-paused", "Failed for a while", || {
            nothing("/servers", Err(Error::RateLimited(Duration::from_secs(42))))
        }),
        Specimen::new("list-forbidden", "Forbidden", || nothing("/servers", Err(Error::Forbidden))),
        Specimen::new("list-not-offered", "Not offered", || nothing("/servers", Err(Error::NotOffered))),
    ],
};

/// Few columns: the list itself is not what is looked at.
const NARROW: &str = "/servers?column=name&column=state";

fn rows(address: &'static str, reading: fn(Rows<ServerRow>) -> Reading<Rows<ServerRow>>) -> AnyView {
    show(address, Ok(Shown::Rows(reading(some(20)))), None)
}

fn nothing(address: &'static str, read: Result<Shown<ServerRow>, Error>) -> AnyView {
    show(address, read, None)
}

/// One row is chosen, of so many.
fn choosing(total: u64) -> AnyView {
    let html = show(NARROW, Ok(Shown::Rows(fresh(some(total)))), None).to_html();
    as_it_is(html.replacen("name=\"row\"", "name=\"row\" checked", 1))
}

fn fixed() -> AnyView {
    let why = "There are 5,000 servers. The provider does not offer this itself.";
    show(NARROW, Ok(Shown::Rows(fresh(some(5000)))), Some(why.to_owned()))
}

fn show(address: &'static str, read: Result<Shown<ServerRow>, Error>, fixed: Option<String>) -> AnyView {
    let Some(list) = list() else { return ().into_any() };
    let Ok(query) = ListQuery::read(&list, address) else { return ().into_any() };
    let contents = Contents { read, live: Sources::default(), above: None, fixed };
    tools_and_rows::<Servers>(&list, &query, contents, views())
}

/// What stands there for an address that asks nonsense.
fn bad(address: &'static str) -> AnyView {
    let problem = list().and_then(|list| ListQuery::read(&list, address).err());
    bad_page(&problem.unwrap_or_default(), routes::GALLERY)
}

/// What the list is does not depend on anything that is asked for.
fn list() -> Option<List<ServerRow>> {
    Servers::list(&Visitor::here().account?).now_or_never()
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

fn beyond() -> Rows<ServerRow> {
    Rows { place: Place::counted(9, 3, 20, 0), ..none() }
}

fn some(total: u64) -> Rows<ServerRow> {
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
    let place = Place::counted(1, shown, total, shown);
    Rows { rows, broken: 0, place, remark: None }
}

fn server(fields: &Value) -> Option<Server> {
    Server::decode(fields, &mut Notes::default()).ok()
}

//! Lists over all their pages, also where the provider does not count them.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;

use futures::StreamExt;
use gateway::{Error, Gathering};
use provider::{Act, Provider};
use sandbox::{Stage, quick, servers};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

/// A list of so many servers in pages of ten, without any counter.
fn uncounted(all: u64) -> impl Fn(&provider::Request) -> Act + Send + Sync + 'static {
    move |request| {
        let page = request.path.split("page=").nth(1).and_then(|rest| rest.split('&').next());
        let page: u64 = page.and_then(|page| page.parse().ok()).unwrap_or(1);
        let rows: Vec<Value> =
            ((page - 1) * 10 + 1..=(page * 10).min(all)).map(|id| json!({ "id": id })).collect();
        Act::Json(200, json!({ "data": rows }).to_string())
    }
}

#[tokio::test]
async fn where_nobody_counts_pages_are_read_until_one_is_not_full() {
    for (all, pages) in [(0, 1), (7, 1), (10, 2), (25, 3)] {
        let provider = Provider::open(uncounted(all)).await;
        let directory = tempfile::tempdir().unwrap();
        let account = provider.account(directory.path(), quick()).await;
        let Gathering::All(gathered) = account.gather(servers).await.unwrap() else { panic!("{all}") };
        assert_eq!(gathered.value.rows.len() as u64, all);
        assert_eq!(provider.asked("GET /servers"), pages, "{all}");
        let told: Vec<_> = account.every_page(servers).collect().await;
        let rows: usize = told.into_iter().map(|page| page.unwrap().value.rows.len()).sum();
        assert_eq!(rows as u64, all);
    }
}

#[tokio::test]
async fn pages_without_an_end_are_too_many() {
    let provider = Provider::open(uncounted(u64::MAX / 16)).await;
    let directory = tempfile::tempdir().unwrap();
    let account = provider.account(directory.path(), quick()).await;
    assert!(matches!(account.gather(servers).await.unwrap(), Gathering::TooMany(None)));
}

#[tokio::test]
async fn who_has_signed_out_gets_no_more_of_a_file() {
    let stage = Stage::set(Seed::Typical).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let mut pages = account.every_page(|page| vpsbg_api::ListServers { per_page: Some(5), ..servers(page) });
    assert_eq!(pages.next().await.unwrap().unwrap().value.rows.len(), 5);
    account.sign_out(&session).await;
    assert_eq!(pages.next().await.unwrap().unwrap_err(), Error::TokenRefused);
    assert_eq!(stage.asked("listServers").await, 1);
}

#[tokio::test]
async fn a_list_that_takes_no_notice_of_the_page_is_read_twice_and_not_for_ever() {
    let rows: Vec<Value> = (1..=10).map(|id| json!({ "id": id, "name": format!("{id}.iso") })).collect();
    let all = json!({ "data": rows }).to_string();
    let provider = Provider::open(move |_| Act::Json(200, all.clone())).await;
    let directory = tempfile::tempdir().unwrap();
    let account = provider.account(directory.path(), quick()).await;
    let Gathering::All(gathered) = account.gather(servers).await.unwrap() else { panic!("too many") };
    assert_eq!(gathered.value.rows.len(), 10);
    assert_eq!(provider.asked("GET /servers"), 2);
    let told: Vec<_> = account.every_page(servers).collect().await;
    assert_eq!(told.len(), 1);
    let isos = account.isos().await.unwrap();
    assert_eq!((isos.value.isos.len(), isos.value.more), (10, false));
    assert_eq!(provider.asked("GET /isos"), 2);
}

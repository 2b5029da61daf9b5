//! The stop of the program: what was sent gets its answer and its record, nothing more is sent.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "support/shop.rs"]
mod shop;

use std::time::{Duration, Instant};

use gateway::{Error, PurchaseState, Timings};
use provider::{Act, Provider, sign_in};
use sandbox::{quick, until};
use shop::{Deposit, Mood, Shop, moments};
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::watch;
use vpsbg_api::{CreateIso, StartServer, StopServer};

/// Operation and outcome of each audit record, in order, after the program has ended.
async fn audit(directory: &std::path::Path) -> Vec<String> {
    let options = SqliteConnectOptions::new().filename(directory.join("vitosha.sqlite"));
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let query = "SELECT operation || ' ' || outcome FROM audit ORDER BY at, rowid";
    sqlx::query_scalar(query).fetch_all(&pool).await.unwrap()
}

#[tokio::test]
async fn a_change_that_was_sent_is_answered_and_written_down() {
    let (allow, allowed) = watch::channel(false);
    let provider = Provider::open(move |request| match request.path.as_str() {
        "/servers/7/stop" => Act::Held(allowed.clone(), 200, "{}".to_owned()),
        _ => Act::Json(200, "{}".to_owned()),
    })
    .await;
    let directory = tempfile::tempdir().unwrap();
    let gateway = provider.gateway(directory.path(), quick()).await;
    let account = sign_in(&gateway, "token-one").await;
    let id = "7".parse().unwrap();
    // The person has gone: nobody waits for the answer.
    let gone = tokio::spawn({
        let account = account.clone();
        async move { account.act(&StopServer { id }).await }
    });
    until("the sending", || async { (provider.asked("POST /servers/7/stop") == 1).then_some(()) }).await;
    gone.abort();
    let closing = tokio::spawn({
        let gateway = gateway.clone();
        async move { gateway.close().await }
    });
    until("the stop", || async {
        (account.act(&StartServer { id }).await == Err(Error::Stopping)).then_some(())
    })
    .await;
    let started = provider.asked("POST /servers/7/start");
    assert!(!closing.is_finished(), "it does not wait");
    allow.send_replace(true);
    tokio::time::timeout(Duration::from_secs(10), closing).await.unwrap().unwrap();
    assert_eq!(provider.asked("POST /servers/7/start"), started, "sent while stopping");
    let records = audit(directory.path()).await;
    assert!(records.contains(&"stopServer done".to_owned()), "{records:?}");
    assert!(records.contains(&"startServer stopping".to_owned()), "{records:?}");
}

#[tokio::test]
async fn it_does_not_wait_for_ever() {
    let provider = Provider::open(|_| Act::Hang).await;
    let directory = tempfile::tempdir().unwrap();
    let timings =
        Timings { answer: Duration::from_millis(300), connect: Duration::from_millis(100), ..quick() };
    let gateway = provider.gateway(directory.path(), timings).await;
    let account = sign_in(&gateway, "token-one").await;
    let iso = CreateIso { url: "https://mirror.example.org/a.iso".to_owned() };
    let acting = tokio::spawn(async move { account.act(&iso).await });
    until("the sending", || async { (provider.asked("POST /isos") == 1).then_some(()) }).await;
    let started = Instant::now();
    gateway.close().await;
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert_eq!(acting.await.unwrap().unwrap_err(), Error::OutcomeUnknown);
    assert_eq!(audit(directory.path()).await, ["createIso outcome-unknown"]);
}

#[tokio::test]
async fn a_purchase_that_waits_for_its_turn_is_not_made_any_more() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let account = sign_in(&gateway, "token-one").await;
    shop.set(Mood::Hang, true);
    let buy = || {
        let account = account.clone();
        tokio::spawn(async move { account.spend(&Deposit, None).await })
    };
    let first = buy();
    until("the sending", || async { (shop.sent() == 1).then_some(()) }).await;
    let second = buy();
    // It has begun when it is counted as under way.
    tokio::task::yield_now().await;
    gateway.close().await;
    assert!(first.await.unwrap().is_ok());
    assert_eq!(second.await.unwrap().unwrap_err(), Error::Stopping);
    assert_eq!((shop.sent(), shop.orders()), (1, 1));
    assert_eq!(audit(directory.path()).await, ["depositFunds outcome-unknown", "depositFunds stopping"]);
    // What is open is looked for by the next run.
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let account = sign_in(&gateway, "token-one").await;
    let line = &account.purchases().await.unwrap()[0];
    assert_eq!(account.settled(line.id).await.unwrap().state, PurchaseState::Done);
}

#[tokio::test]
async fn with_nothing_under_way_it_ends_at_once() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let account = sign_in(&gateway, "token-one").await;
    account.spend(&Deposit, None).await.unwrap();
    let started = Instant::now();
    gateway.close().await;
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

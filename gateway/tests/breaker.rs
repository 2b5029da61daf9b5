//! The breaker: opens after five failures in a row, one probe at a time, and one bad operation does not close the
//! account.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Error, Timings};
use sandbox::{Stage, quick, servers, until};
use serde_json::json;
use vpsbg_api::{GetBalance, GetUser, ListInvoices, ListServerStatuses};
use vpsbg_sandbox::Seed;

/// An open breaker stays open for the whole test.
fn closing_for_long() -> Timings {
    let long = Duration::from_secs(3600);
    Timings { breaker_pause: long, breaker_pause_max: long, ..quick() }
}

/// It opens for a moment.
fn closing_shortly() -> Timings {
    let (short, long) = (Duration::from_millis(100), Duration::from_secs(3600));
    Timings { breaker_pause: short, breaker_pause_max: long, ..quick() }
}

#[tokio::test]
async fn after_five_broken_connections_the_provider_is_left_alone() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_for_long()).await;
    stage.force(json!({ "operation": "*", "reset": true, "times": 0 })).await;
    for _ in 0..4 {
        assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::Unreachable);
    }
    assert_eq!(stage.journal().await.len(), 5);
    stage.calm().await;
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::Unreachable, "of all operations");
    assert_eq!(stage.journal().await.len(), 5);
}

#[tokio::test]
async fn timeouts_count_as_well() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { answer: Duration::from_millis(50), ..closing_for_long() }).await;
    stage.force(json!({ "operation": "*", "hang": true, "times": 0 })).await;
    for _ in 0..4 {
        assert!(account.read(&servers(1)).await.is_err());
    }
    assert_eq!(stage.journal().await.len(), 5);
}

#[tokio::test]
async fn a_bad_operation_does_not_close_the_account() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_for_long()).await;
    stage.force_always("listServers", 500).await;
    for _ in 0..4 {
        assert!(account.read(&servers(1)).await.is_err());
    }
    assert_eq!(stage.asked("listServers").await, 5, "this one is left alone");
    assert!(account.read(&GetBalance).await.is_ok());
    assert!(account.read(&GetUser).await.is_ok());
}

#[tokio::test]
async fn an_operation_left_alone_says_what_is_wrong_with_it() {
    for (order, expected) in [
        (json!({ "status": 500 }), Error::ProviderFault),
        (json!({ "status": 200, "body": "nonsense" }), Error::NotUnderstood),
    ] {
        let stage = Stage::set(Seed::Small).await;
        let account = stage.account(closing_for_long()).await;
        let mut order = order.clone();
        (order["operation"], order["times"]) = (json!("listServers"), json!(0));
        stage.force(order).await;
        for _ in 0..4 {
            let error = account.read(&servers(1)).await.unwrap_err();
            assert_eq!(error, expected, "the provider can be reached");
        }
    }
}

#[tokio::test]
async fn refusals_never_count() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_for_long()).await;
    for status in [403, 404, 422, 423] {
        stage.force(json!({ "operation": "getUser", "status": status, "times": 2 })).await;
        for _ in 0..2 {
            assert!(account.read(&GetUser).await.is_err());
        }
    }
    // A 404 of a route without an object means that there is no such route: it is not asked for an hour.
    assert!(account.read(&GetBalance).await.is_ok());
}

#[tokio::test]
async fn a_probe_that_succeeds_opens_the_way_again() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_shortly()).await;
    stage.force(json!({ "operation": "*", "reset": true, "times": 5 })).await;
    assert!(account.read(&servers(1)).await.is_err());
    assert!(account.read(&servers(1)).await.is_err());
    until("a probe", || async { account.read(&servers(1)).await.ok() }).await;
    for page in 1..20 {
        assert!(account.read(&ListInvoices { page }).await.is_ok());
    }
}

#[tokio::test]
async fn failures_already_under_way_do_not_make_the_pause_longer() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_shortly()).await;
    stage.force(json!({ "operation": "listInvoices", "reset": true, "delay_ms": 100, "times": 0 })).await;
    let pages = (1..=20).map(|page| {
        let account = account.clone();
        async move { account.read(&ListInvoices { page }).await.is_err() }
    });
    assert!(futures::future::join_all(pages).await.into_iter().all(|failed| failed));
    stage.calm().await;
    until("the probe after the first pause", || async { account.read(&GetBalance).await.ok() }).await;
}

#[tokio::test]
async fn a_probe_of_what_is_not_offered_does_not_close_the_account_for_ever() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_shortly()).await;
    stage.order("dialect", json!({ "dialect": "documented-only" })).await;
    assert_eq!(account.read(&ListServerStatuses).await.unwrap_err(), Error::NotOffered);
    stage.force(json!({ "operation": "*", "reset": true, "times": 5 })).await;
    assert!(account.read(&servers(1)).await.is_err());
    assert!(account.read(&servers(1)).await.is_err());
    // The first who asks after the pause asks for something that the provider is known not to have.
    until("the end of the pause", || async {
        (account.read(&ListServerStatuses).await.unwrap_err() == Error::NotOffered).then_some(())
    })
    .await;
    until("an answer", || async { account.read(&GetBalance).await.ok() }).await;
}

#[tokio::test]
async fn a_probe_that_nobody_waits_for_any_more_does_not_close_the_account_for_ever() {
    let stage = Stage::set(Seed::Small).await;
    let timings = Timings { whole_read: Duration::from_millis(300), ..closing_shortly() };
    let account = stage.account(timings).await;
    stage.force(json!({ "operation": "*", "reset": true, "times": 5 })).await;
    assert!(account.read(&servers(1)).await.is_err());
    assert!(account.read(&servers(1)).await.is_err());
    stage.force(json!({ "operation": "*", "hang": true, "times": 1 })).await;
    until("a probe that hangs", || async {
        (account.read(&servers(1)).await.unwrap_err() == Error::TimedOut).then_some(())
    })
    .await;
    until("an answer", || async { account.read(&servers(1)).await.ok() }).await;
}

#[tokio::test]
async fn an_operation_gets_its_probe_back_when_the_account_was_closed_meanwhile() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(closing_shortly()).await;
    // First one operation, then the whole provider.
    stage.force_always("getBalance", 500).await;
    for _ in 0..2 {
        assert!(account.read(&GetBalance).await.is_err());
    }
    stage.calm().await;
    // Ask until the pause of the operation is over; all that time the account has none to give.
    stage.force(json!({ "operation": "*", "reset": true, "times": 0 })).await;
    for _ in 0..50 {
        assert!(account.read(&servers(1)).await.is_err());
        assert!(account.read(&GetBalance).await.is_err());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stage.calm().await;
    until("the provider", || async { account.read(&servers(1)).await.ok() }).await;
    until("the operation", || async { account.read(&GetBalance).await.ok() }).await;
}

//! Whether a token is good: the first existing one of three reads decides, and nothing is stored before.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::{Duration, Instant};

use gateway::{Access, Error, SignInError, Timings};
use sandbox::{Stage, new_session, quick};
use serde_json::json;
use vpsbg_sandbox::Seed;

#[tokio::test]
async fn a_good_token_tells_its_account() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let checked = gateway.check_token(&stage.write).await.unwrap();
    assert_eq!(checked.email.as_deref(), stage.order("clock", json!({})).await["email"].as_str());
    assert!(checked.email.is_some());
    assert_eq!(checked.access, Access::Writes);
    assert_eq!(checked.account, gateway.account_key(&stage.write));
    let read = gateway.check_token(&stage.read).await.unwrap();
    assert_eq!(read.access, Access::ProbablyReadOnly);
    assert_ne!(read.account, checked.account);
}

#[tokio::test]
async fn checking_a_token_changes_nothing_at_the_provider() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    gateway.check_token(&stage.write).await.unwrap();
    let asked: Vec<_> = stage.journal().await.iter().map(|entry| entry["operation"].clone()).collect();
    assert_eq!(asked, ["getUser", "calculateServersRenew"]);
}

#[tokio::test]
async fn a_mistyped_or_revoked_token_is_refused() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    assert_eq!(gateway.check_token("mistyped").await.unwrap_err(), SignInError::Refused);
    stage.order("faults", json!({ "revoke": "write" })).await;
    assert_eq!(gateway.check_token(&stage.write).await.unwrap_err(), SignInError::Refused);
    assert!(gateway.check_token(&stage.read).await.is_ok());
}

#[tokio::test]
async fn what_is_no_token_is_not_sent() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let long = "a".repeat(10 * 1024);
    let table = [
        ("", "empty"),
        (long.as_str(), "too-long"),
        ("two words", "no-token"),
        ("line\nbreak", "no-token"),
        ("кирилица", "no-token"),
        ("bell\u{7}", "no-token"),
    ];
    for (token, kind) in table {
        assert_eq!(gateway.check_token(token).await.unwrap_err(), SignInError::NotAToken(kind));
    }
    let url = format!("{}/_sandbox/journal", stage.base);
    let journal: Vec<serde_json::Value> = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert!(journal.is_empty(), "{journal:?}");
}

#[tokio::test]
async fn without_get_user_the_balance_decides() {
    let stage = Stage::set(Seed::Small).await;
    stage.order("dialect", json!({ "dialect": "documented-only" })).await;
    let gateway = stage.gateway(quick()).await;
    let checked = gateway.check_token(&stage.write).await.unwrap();
    assert_eq!((checked.email, checked.access), (None, Access::Writes));
    assert_eq!(stage.asked("getBalance").await, 1);
    assert_eq!(gateway.check_token("mistyped").await.unwrap_err(), SignInError::Refused);
}

#[tokio::test]
async fn without_user_and_balance_the_servers_decide() {
    let stage = Stage::set(Seed::Small).await;
    stage.force_always("getUser", 403).await;
    stage.force_always("getBalance", 404).await;
    let gateway = stage.gateway(quick()).await;
    assert!(gateway.check_token(&stage.write).await.is_ok());
    assert_eq!(stage.asked("listServers").await, 1);
    stage.force_always("listServers", 405).await;
    let nobody = gateway.check_token(&stage.write).await.unwrap_err();
    assert_eq!(nobody, SignInError::NotAsked(Error::NotOffered));
}

#[tokio::test]
async fn trouble_is_not_a_refusal() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let table = [
        (json!({ "status": 500 }), Error::ProviderFault),
        (
            json!({ "status": 429, "headers": { "Retry-After": "7" } }),
            Error::RateLimited(Duration::from_secs(7)),
        ),
        (json!({ "status": 200, "body": "<html>" }), Error::NotUnderstood),
        (json!({ "reset": true }), Error::Unreachable),
    ];
    for (mut order, expected) in table {
        order["operation"] = json!("getUser");
        stage.force(order).await;
        let session = new_session(&gateway, None);
        let refused = gateway.sign_in(&session, &stage.write, None).await.unwrap_err();
        assert_eq!(refused, SignInError::NotAsked(expected));
        assert!(session.is_empty().await, "nothing was stored");
    }
    assert_eq!(stage.rows("sessions").await, 0);
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_unreachable() {
    let stage = Stage::set(Seed::Empty).await;
    let gateway = stage.gateway_to("http://127.0.0.1:9/v1", quick()).await;
    let refused = gateway.check_token("any").await.unwrap_err();
    assert_eq!(refused, SignInError::NotAsked(Error::Unreachable));
}

#[tokio::test]
async fn a_provider_that_hangs_does_not_hold_sign_in() {
    let stage = Stage::set(Seed::Small).await;
    let (short, connect) = (Duration::from_millis(150), Duration::from_millis(50));
    let gateway = stage.gateway(Timings { page_wait: short, connect, ..quick() }).await;
    stage.force(json!({ "operation": "getUser", "hang": true })).await;
    let started = Instant::now();
    let refused = gateway.check_token(&stage.write).await.unwrap_err();
    assert_eq!(refused, SignInError::NotAsked(Error::TimedOut));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    // What only tells the kind of token holds nobody up either.
    stage.force(json!({ "operation": "calculateServersRenew", "hang": true })).await;
    assert_eq!(gateway.check_token(&stage.write).await.unwrap().access, Access::Unknown);
}

#[tokio::test]
async fn a_failed_sign_in_leaves_the_session_as_it_was() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let before = session.id();
    assert_eq!(gateway.sign_in(&session, "mistyped", None).await.unwrap_err(), SignInError::Refused);
    assert_eq!(session.id(), before);
    let still = gateway.enter(&new_session(&gateway, before), sandbox::actor()).await.unwrap();
    assert_eq!(still.key(), account.key());
}

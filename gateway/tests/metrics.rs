//! Numbers for who runs it: they move with what happens, and hold no token, account or object.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use gateway::{Feed, Gateway, Timings};
use prometheus_client::{encoding::text::encode, registry::Registry};
use sandbox::{Stage, quick, remembering, sign_in};
use serde_json::json;
use vpsbg_api::{GetBalance, GetIso, StopServer};
use vpsbg_sandbox::Seed;

async fn told(gateway: &Gateway) -> String {
    let mut registry = Registry::default();
    gateway.register(&mut registry);
    gateway.measure().await.unwrap();
    let mut text = String::new();
    encode(&mut text, &registry).unwrap();
    text
}

/// The value of a line; 0 where there is none.
fn value(told: &str, line: &str) -> u64 {
    let found = told.lines().find_map(|known| known.strip_prefix(line)?.strip_prefix(' '));
    found.map_or(0, |value| value.parse().unwrap())
}

#[tokio::test]
async fn calls_are_counted_by_operation_and_outcome() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    account.read(&GetBalance).await.unwrap();
    account.read(&GetBalance).await.unwrap();
    stage.force_always("getBalance", 404).await;
    assert!(account.read(&GetBalance).await.is_err());
    let told = told(&gateway).await;
    let calls = |outcome| {
        value(&told, &format!("upstream_calls_total{{operation=\"getBalance\",outcome=\"{outcome}\"}}"))
    };
    assert_eq!((calls("answered"), calls("not-found")), (2, 1), "{told}");
    assert_eq!(value(&told, "upstream_call_seconds_count{operation=\"getBalance\"}"), 3);
    let buckets = "upstream_call_seconds_bucket{le=\"+Inf\",operation=\"getBalance\"}";
    assert_eq!(value(&told, buckets), 3);
}

#[tokio::test]
async fn reads_are_counted_by_how_they_were_served() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(remembering()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    stage.force(json!({ "operation": "getBalance", "delay_ms": 100 })).await;
    let (first, second) = futures::join!(account.read(&GetBalance), account.read(&GetBalance));
    assert!(first.is_ok() && second.is_ok());
    account.read(&GetBalance).await.unwrap();
    let served = told(&gateway).await;
    let of = |result| value(&served, &format!("reads_total{{result=\"{result}\"}}"));
    assert_eq!((of("missed"), of("joined"), of("hit"), of("stale")), (1, 1, 1, 0), "{served}");
    drop(gateway);
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    account.read(&GetBalance).await.unwrap();
    stage.force_always("getBalance", 500).await;
    assert!(account.read(&GetBalance).await.unwrap().stale().is_some());
    assert_eq!(value(&told(&gateway).await, "reads_total{result=\"stale\"}"), 1);
}

#[tokio::test]
async fn what_is_held_back_is_measured() {
    let stage = Stage::set(Seed::Small).await;
    let hour = std::time::Duration::from_secs(3600);
    let gateway = stage.gateway(Timings { breaker_pause: hour, breaker_pause_max: hour, ..quick() }).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    account.read(&vpsbg_api::ListIsos { page: 1 }).await.unwrap();
    let calm = told(&gateway).await;
    assert_eq!(value(&calm, "breakers_open"), 0);
    assert!(!calm.contains("operation_breakers_open{"), "{calm}");
    assert!(value(&calm, "rate_limit_remaining") > 0, "{calm}");
    stage.force_always("getBalance", 500).await;
    for _ in 0..2 {
        assert!(account.read(&GetBalance).await.is_err());
    }
    stage
        .force(json!({ "operation": "stopServer", "status": 429, "headers": { "Retry-After": "60" } }))
        .await;
    let id = stage.server_id("web-1").await;
    assert!(account.act(&StopServer { id }).await.is_err());
    let told = told(&gateway).await;
    assert_eq!(value(&told, "operation_breakers_open{operation=\"getBalance\"}"), 1, "{told}");
    assert_eq!(value(&told, "breakers_open"), 0, "one bad operation does not close the account");
    assert_eq!(value(&told, "accounts_paused"), 1);
}

#[tokio::test]
async fn sessions_feeds_and_streams_come_and_go() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    sign_in(&gateway, &stage.read, None).await;
    let stream = gateway.stream_opened();
    let feed = account.watch(Feed::Isos);
    let open = told(&gateway).await;
    let all = |told: &str| ["sessions", "streams_open", "feeds_open"].map(|line| value(told, line));
    assert_eq!(all(&open), [2, 1, 1], "{open}");
    drop((stream, feed));
    session.flush().await.unwrap();
    sandbox::until("the poller's end", async || (all(&told(&gateway).await) == [1, 0, 0]).then_some(()))
        .await;
}

#[tokio::test]
async fn who_tries_tokens_does_not_fill_the_memory() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    for number in 0..20 {
        assert!(gateway.check_token(&format!("no-token-{number}")).await.is_err());
    }
    let told = told(&gateway).await;
    assert_eq!(value(&told, "accounts_remembered"), 0);
    let refused = "upstream_calls_total{operation=\"getUser\",outcome=\"token-refused\"}";
    assert_eq!(value(&told, refused), 20, "{told}");
}

#[tokio::test]
async fn labels_name_nobody_and_nothing() {
    let stage = Stage::set(Seed::Typical).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    let id = stage.server_id("web-1").await;
    account.act(&StopServer { id }).await.unwrap();
    assert!(account.read(&GetIso { id: "987654".parse().unwrap() }).await.is_err());
    let told = told(&gateway).await;
    let (key, owner, email) = (account.key().hex(), account.owner().hex(), account.email().unwrap());
    for secret in [stage.write.as_str(), &key, &owner, email, "987654", &id.to_string(), "web-1"] {
        let labels =
            told.lines().filter_map(|line| line.split_once('{')?.1.split_once('}').map(|(all, _)| all));
        assert!(labels.clone().count() > 3);
        assert!(labels.clone().all(|labels| !labels.contains(secret)), "{secret}: {told}");
    }
}

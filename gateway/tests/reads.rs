//! How a read survives trouble: one call for many, fresh for a while, retried, bridged by the last good value.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::{Duration, Instant};

use gateway::{Access, Error, Freshness, Timings};
use sandbox::{Stage, quick, remembering, servers, until};
use serde_json::json;
use vpsbg_api::{CreateIso, GetBalance, GetIso, GetUser, ListInvoices, ListIsos, QuoteRenewal};
use vpsbg_sandbox::Seed;

#[tokio::test]
async fn two_hundred_identical_reads_at_once_are_one_call() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.order("faults", json!({ "latency_ms": 50 })).await;
    let reads = (0..200).map(|_| {
        let account = account.clone();
        tokio::spawn(async move { account.read(&servers(1)).await.unwrap().value.rows.len() })
    });
    for rows in futures::future::join_all(reads).await {
        assert_eq!(rows.unwrap(), 3);
    }
    assert_eq!(stage.asked("listServers").await, 1);
}

#[tokio::test]
async fn different_reads_are_calls_of_their_own() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(remembering()).await;
    account.read(&ListInvoices { page: 1 }).await.unwrap();
    account.read(&ListInvoices { page: 2 }).await.unwrap();
    assert_eq!(stage.asked("listInvoices").await, 2);
}

#[tokio::test]
async fn a_value_is_fresh_for_a_while_then_read_again() {
    assert_eq!(Timings::default().fresh, Duration::from_secs(5));
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(remembering()).await;
    for _ in 0..3 {
        assert_eq!(account.read(&servers(1)).await.unwrap().freshness, Freshness::Fresh);
    }
    assert_eq!(stage.asked("listServers").await, 1, "fresh");

    let later = Stage::set(Seed::Small).await;
    let account = later.account(quick()).await;
    let first = account.read(&servers(1)).await.unwrap();
    let second = account.read(&servers(1)).await.unwrap();
    assert_eq!(later.asked("listServers").await, 2, "no longer fresh");
    assert!(second.read_at > first.read_at);
}

#[tokio::test]
async fn accounts_do_not_share_what_was_read() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(remembering()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Empty);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    assert_ne!(mine.key(), theirs.key());
    assert_eq!(mine.read(&servers(1)).await.unwrap().value.rows.len(), 3);
    assert_eq!(theirs.read(&servers(1)).await.unwrap().value.rows.len(), 0);
}

#[tokio::test]
async fn a_read_is_tried_three_times_on_500() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.force(json!({ "operation": "listServers", "status": 500, "times": 2 })).await;
    assert_eq!(account.read(&servers(1)).await.unwrap().value.rows.len(), 3);
    assert_eq!(stage.asked("listServers").await, 3);

    stage.forget_journal().await;
    stage.force(json!({ "operation": "getBalance", "status": 503, "times": 0 })).await;
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::ProviderFault);
    assert_eq!(stage.asked("getBalance").await, 3);
}

#[tokio::test]
async fn a_read_is_tried_again_when_the_connection_breaks() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.force(json!({ "operation": "listServers", "reset": true, "times": 2 })).await;
    assert_eq!(account.read(&servers(1)).await.unwrap().value.rows.len(), 3);
    assert_eq!(stage.asked("listServers").await, 3);

    stage.forget_journal().await;
    stage.force(json!({ "operation": "getBalance", "cut_after_bytes": 10, "times": 1 })).await;
    assert!(account.read(&GetBalance).await.unwrap().value.balance.is_some());
    assert_eq!(stage.asked("getBalance").await, 2);
}

#[tokio::test]
async fn what_was_refused_is_not_tried_again() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let table = [
        (403, Error::Forbidden),
        (404, Error::NotFound),
        (422, Error::Invalid(Vec::new())),
        (423, Error::Locked),
    ];
    for (status, expected) in table {
        stage.forget_journal().await;
        stage.force(json!({ "operation": "getIso", "status": status })).await;
        let error = account.read(&GetIso { id: "12".parse().unwrap() }).await.unwrap_err();
        let same = error == expected || matches!((&error, &expected), (Error::Invalid(_), Error::Invalid(_)));
        assert!(same, "{status}: {error:?}");
        assert_eq!(stage.asked("getIso").await, 1, "{status}");
    }
}

#[tokio::test]
async fn nothing_with_this_id_is_not_found() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    assert_eq!(account.read(&GetIso { id: "987654".parse().unwrap() }).await.unwrap_err(), Error::NotFound);
}

#[tokio::test]
async fn an_answer_that_is_no_json_is_not_understood() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    for body in [json!("<html>Bad Gateway</html>"), json!("{\"balance\": "), json!([1, 2]), json!("")] {
        stage.force(json!({ "operation": "getBalance", "status": 200, "body": body, "times": 0 })).await;
        assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::NotUnderstood, "{body}");
        stage.calm().await;
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let stage = Stage::set(Seed::Small).await;
    let elsewhere = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let location = format!("{}/v1/balance", elsewhere.base);
    stage
        .force(json!({ "operation": "getBalance", "status": 302, "headers": { "location": location }, "times": 0 }))
        .await;
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::NotUnderstood);
    // Without a known token a request is written into the account `demo`.
    let url = format!("{}/_sandbox/journal", elsewhere.base);
    let journal: Vec<serde_json::Value> = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(journal, Vec::<serde_json::Value>::new(), "the token travelled");
}

#[tokio::test]
async fn too_many_requests_pause_everything_of_the_account() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage
        .force(json!({ "operation": "listServers", "status": 429, "headers": { "Retry-After": "42" } }))
        .await;
    assert_eq!(
        account.read(&servers(1)).await.unwrap_err(),
        Error::RateLimited(Duration::from_secs(42)),
        "with the pause that the provider asked for"
    );
    assert_eq!(stage.asked("listServers").await, 1, "not tried again");
    let next = account.read(&GetBalance).await.unwrap_err();
    let Error::RateLimited(left) = next else { panic!("{next:?}") };
    assert!(left <= Duration::from_secs(42) && left > Duration::from_secs(30), "{left:?}");
    let url = "https://mirror.example.org/a.iso".to_owned();
    assert!(matches!(account.act(&CreateIso { url }).await, Err(Error::RateLimited(_))));
    assert_eq!(stage.journal().await.len(), 1, "only the call that was refused");
}

#[tokio::test]
async fn other_accounts_go_on_while_one_is_paused() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Small);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    stage.force(json!({ "operation": "listServers", "status": 429 })).await;
    assert!(matches!(mine.read(&servers(1)).await, Err(Error::RateLimited(_))));
    assert!(theirs.read(&servers(1)).await.is_ok());
}

#[tokio::test]
async fn a_page_waits_only_so_long_and_the_answer_fills_the_cache() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { page_wait: Duration::from_millis(100), ..remembering() }).await;
    stage.force(json!({ "operation": "getBalance", "delay_ms": 700 })).await;
    let started = Instant::now();
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::StillWaiting);
    assert!(started.elapsed() < Duration::from_millis(600), "{:?}", started.elapsed());
    account.landed().await;
    let reading = account.read(&GetBalance).await.unwrap();
    assert_eq!(reading.freshness, Freshness::Fresh);
    assert_eq!(stage.asked("getBalance").await, 1, "the call went on");
}

#[tokio::test]
async fn a_provider_that_never_answers_does_not_hold_a_page() {
    assert_eq!(Timings::default().page_wait, Duration::from_secs(3));
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { page_wait: Duration::from_millis(100), ..quick() }).await;
    stage.force(json!({ "operation": "getBalance", "hang": true, "times": 0 })).await;
    let started = Instant::now();
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::StillWaiting);
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    // Another part of the page is not held up by it.
    assert!(account.read(&GetUser).await.is_ok());
}

#[tokio::test]
async fn all_reads_of_a_page_together_wait_only_so_long() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { page_wait: Duration::from_millis(300), ..quick() }).await;
    stage.force(json!({ "operation": "*", "hang": true, "times": 0 })).await;
    let page = account.for_page();
    let started = Instant::now();
    for number in 1..=10 {
        assert_eq!(page.read(&ListInvoices { page: number }).await.unwrap_err(), Error::StillWaiting);
    }
    assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_feed_outlives_the_page_that_began_it() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { page_wait: Duration::from_millis(200), ..quick() }).await;
    let page = account.for_page();
    stage.force(json!({ "operation": "getBalance", "hang": true, "times": 0 })).await;
    assert_eq!(page.read(&GetBalance).await.unwrap_err(), Error::StillWaiting, "its time is over");
    let mut feed = page.watch(gateway::Feed::Isos);
    let good = feed.wait_for(|live| live.as_ref().is_some_and(|live| live.trouble().is_none()));
    tokio::time::timeout(Duration::from_secs(5), good).await.unwrap().unwrap();
}

#[tokio::test]
async fn no_answer_in_time_is_told_as_such() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { answer: Duration::from_millis(100), ..quick() }).await;
    stage.force(json!({ "operation": "getBalance", "hang": true, "times": 0 })).await;
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::TimedOut);
    assert_eq!(stage.asked("getBalance").await, 3);
}

#[tokio::test]
async fn the_last_good_value_stands_in_with_its_age_and_the_reason() {
    let stage = Stage::set(Seed::Small).await;
    let timings = Timings { answer: Duration::from_millis(200), ..quick() };
    let account = stage.account(timings).await;
    let good = account.read(&GetBalance).await.unwrap();
    let troubles = [
        (json!({ "status": 500 }), Error::ProviderFault),
        (json!({ "status": 200, "body": "nonsense" }), Error::NotUnderstood),
        (json!({ "reset": true }), Error::Unreachable),
        (json!({ "hang": true }), Error::TimedOut),
    ];
    for (mut order, expected) in troubles {
        (order["operation"], order["times"]) = (json!("getBalance"), json!(0));
        stage.force(order).await;
        let bridged = account.read(&GetBalance).await.unwrap();
        assert_eq!(bridged.freshness, Freshness::Stale(expected));
        assert_eq!((&bridged.value, bridged.read_at), (&good.value, good.read_at));
        stage.calm().await;
    }
    stage.force(json!({ "operation": "getBalance", "status": 429 })).await;
    let bridged = account.read(&GetBalance).await.unwrap();
    assert!(matches!(bridged.stale(), Some(Error::RateLimited(_))), "{:?}", bridged.freshness);
}

#[tokio::test]
async fn a_slow_answer_is_bridged_too() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { page_wait: Duration::from_millis(150), ..quick() }).await;
    let good = account.read(&GetBalance).await.unwrap();
    stage.force(json!({ "operation": "getBalance", "hang": true, "times": 0 })).await;
    let bridged = account.read(&GetBalance).await.unwrap();
    assert_eq!((bridged.stale(), bridged.read_at), (Some(&Error::StillWaiting), good.read_at));
}

#[tokio::test]
async fn what_is_denied_or_gone_is_not_shown_any_more() {
    for (status, expected) in [(403, Error::Forbidden), (404, Error::NotFound)] {
        let stage = Stage::set(Seed::Typical).await;
        let account = stage.account(quick()).await;
        let id = account.read(&ListIsos { page: 1 }).await.unwrap().value.rows[0].id;
        account.read(&GetIso { id }).await.unwrap();
        stage.force(json!({ "operation": "getIso", "status": status })).await;
        assert_eq!(account.read(&GetIso { id }).await.unwrap_err(), expected);
        stage.force_always("getIso", 500).await;
        assert_eq!(account.read(&GetIso { id }).await.unwrap_err(), Error::ProviderFault, "after {status}");
    }
}

#[tokio::test]
async fn the_last_good_value_is_not_kept_for_ever() {
    assert_eq!(Timings::default().kept, Duration::from_secs(15 * 60));
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { kept: Duration::from_millis(1), ..quick() }).await;
    account.read(&GetBalance).await.unwrap();
    stage.force_always("getBalance", 500).await;
    until("the end of the kept value", || async {
        account.read(&GetBalance).await.is_err_and(|error| error == Error::ProviderFault).then_some(())
    })
    .await;
}

#[tokio::test]
async fn nothing_listening_is_unreachable() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sandbox::sign_in(&gateway, &stage.write, None).await;
    let id = session.id();
    drop(gateway);
    // The same data, with a provider that is gone.
    let gone = stage.gateway_to("http://127.0.0.1:9/v1", quick()).await;
    assert!(!gone.reaches_provider().await);
    let account = gone.enter(&sandbox::new_session(&gone, id), sandbox::actor()).await.unwrap();
    assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::Unreachable);
    assert_eq!(account.access(), Access::Writes, "known from the session");
}

#[tokio::test]
async fn a_plain_address_elsewhere_is_refused_at_the_start() {
    let stage = Stage::set(Seed::Empty).await;
    for address in ["http://api.vpsbg.eu/v1", "http://203.0.113.9/v1", "ftp://127.0.0.1/v1"] {
        let settings = gateway::Settings {
            api_url: address.parse().unwrap(),
            directory: stage.directory.path().to_owned(),
            key: sandbox::key(),
            timings: quick(),
        };
        let refused = gateway::Gateway::start(settings).await;
        assert!(matches!(refused, Err(gateway::StartError::PlainAddress(_))), "{address}");
    }
}

#[tokio::test]
async fn when_the_time_has_come_a_person_is_let_through() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage
        .force(json!({ "operation": "listServers", "status": 429, "headers": { "Retry-After": "1" } }))
        .await;
    let started = Instant::now();
    assert!(account.read(&servers(1)).await.is_err());
    let url = "https://mirror.example.org/a.iso".to_owned();
    let added = until("the end of the pause", || async {
        match account.act(&CreateIso { url: url.clone() }).await {
            Err(Error::RateLimited(_)) => None,
            other => Some(other),
        }
    })
    .await;
    assert!(added.is_ok());
    assert!(started.elapsed() >= Duration::from_millis(900), "{:?}", started.elapsed());
    assert_eq!(stage.asked("createIso").await, 1, "nothing was sent before");
}

#[tokio::test]
async fn background_work_is_spaced_and_a_person_does_not_wait_for_it() {
    let stage = Stage::set(Seed::Small).await;
    // Two a minute: background work gets one.
    let account = stage.account(quick()).await;
    let answer = json!({ "operation": "*", "headers": { "X-RateLimit-Limit": "2" }, "times": 0 });
    stage.force(answer).await;
    let mut feed = account.watch(gateway::Feed::Isos);
    feed.wait_for(Option::is_some).await.unwrap();
    // Each change wakes the poller; its first look anew takes the one place of this minute.
    for number in 0..3 {
        let url = format!("https://mirror.example.org/{number}.iso");
        account.act(&CreateIso { url }).await.unwrap();
        until("the poller's place", || async { (stage.asked("listIsos").await == 2).then_some(()) }).await;
    }
    let started = Instant::now();
    for _ in 0..5 {
        account.read(&ListIsos { page: 1 }).await.unwrap();
    }
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert_eq!(stage.asked("listIsos").await, 7, "the poller waits, the person does not");
}

#[tokio::test]
async fn quotes_that_differ_only_in_their_body_are_different_reads() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(remembering()).await;
    let servers = vec![stage.server_id("web-1").await];
    let quote = |billing_cycle| QuoteRenewal { servers: servers.clone(), billing_cycle, promo_code: None };
    stage.forget_journal().await;
    for (months, asked) in [(1, 1), (3, 2), (1, 2)] {
        account.read(&quote(months)).await.unwrap();
        assert_eq!(stage.asked("calculateServersRenew").await, asked);
    }
}

//! Live feeds: one poller for any number of browsers, none when nobody looks.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::{Duration, Instant};

use gateway::{Account, Error, Feed, Live, PowerAction, PowerState, Timings};
use sandbox::{Stage, quick, until};
use serde_json::json;
use tokio::sync::watch::Receiver;
use vpsbg_api::CreateIso;
use vpsbg_sandbox::Seed;

fn new_iso(name: &str) -> CreateIso {
    CreateIso { url: format!("https://mirror.example.org/{name}.iso") }
}

/// How many ISOs a feed shows now.
fn shown(receiver: &Receiver<Option<Live>>) -> Option<usize> {
    match receiver.borrow().as_ref() {
        Some(Live::Isos(Ok(reading))) => Some(reading.value.isos.len()),
        _ => None,
    }
}

async fn all_show(receivers: &mut [Receiver<Option<Live>>], count: usize) {
    for receiver in receivers {
        let wait = receiver.wait_for(
            |live| matches!(live, Some(Live::Isos(Ok(reading))) if reading.value.isos.len() == count),
        );
        tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_thousand_subscribers_cost_one_call_an_interval() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let mut receivers: Vec<_> = (0..1000).map(|_| account.watch(Feed::Isos)).collect();
    all_show(&mut receivers, 0).await;
    assert_eq!(stage.asked("listIsos").await, 1, "the present value is one call");
    // A change wakes the poller; from now on something changes by itself, every 20 ms.
    let started = Instant::now();
    account.act(&new_iso("a")).await.unwrap();
    all_show(&mut receivers, 1).await;
    until("some rounds", || async { (stage.asked("listIsos").await >= 5).then_some(()) }).await;
    let (asked, took) = (stage.asked("listIsos").await, started.elapsed());
    let most = usize::try_from(took.as_millis() / 20).unwrap() + 3;
    assert!(asked <= most, "{asked} calls in {took:?}");
}

#[tokio::test]
async fn while_nothing_changes_it_is_looked_at_slowly() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let mut receivers = [account.watch(Feed::Isos)];
    all_show(&mut receivers, 0).await;
    // Twenty reads of something else take longer than the quick interval.
    for _ in 0..20 {
        account.read(&vpsbg_api::GetBalance).await.unwrap();
    }
    assert_eq!(stage.asked("listIsos").await, 1);
}

#[tokio::test]
async fn a_late_subscriber_gets_the_present_value_at_once() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let mut first = [account.watch(Feed::Isos)];
    all_show(&mut first, 0).await;
    let late = account.watch(Feed::Isos);
    assert_eq!(shown(&late), Some(0), "without waiting");
    assert_eq!(stage.asked("listIsos").await, 1);
}

#[tokio::test]
async fn the_poller_ends_when_nobody_looks() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    account.act(&new_iso("a")).await.unwrap();
    let mut receivers = vec![account.watch(Feed::Isos), account.watch(Feed::Isos)];
    all_show(&mut receivers, 1).await;
    drop(receivers.pop());
    let before = stage.asked("listIsos").await;
    until("more rounds", || async { (stage.asked("listIsos").await > before + 2).then_some(()) }).await;
    drop(receivers);
    // It was looking every 20 ms: no call during 300 ms of other work means that it has ended.
    until("the end", || async {
        let before = stage.asked("listIsos").await;
        let started = Instant::now();
        while started.elapsed() < Duration::from_millis(300) {
            account.read(&vpsbg_api::GetBalance).await.unwrap();
        }
        (stage.asked("listIsos").await == before).then_some(())
    })
    .await;
    // Who comes back gets a new poller.
    let mut back = [account.watch(Feed::Isos)];
    assert_eq!(shown(&back[0]), None);
    all_show(&mut back, 1).await;
}

#[tokio::test]
async fn who_comes_back_at_once_is_not_forgotten() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    for round in 0..200 {
        let mut receivers = [account.watch(Feed::Isos)];
        all_show(&mut receivers, 0).await;
        drop(receivers);
        if round % 3 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let mut last = [account.watch(Feed::Isos)];
    all_show(&mut last, 0).await;
    account.act(&new_iso("a")).await.unwrap();
    all_show(&mut last, 1).await;
}

#[tokio::test]
async fn a_browser_that_connects_does_not_ask_again_for_what_the_page_just_showed() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(sandbox::remembering()).await;
    account.isos().await.unwrap();
    let mut receivers = [account.watch(Feed::Isos)];
    all_show(&mut receivers, 0).await;
    assert_eq!(stage.asked("listIsos").await, 1);
}

#[tokio::test]
async fn what_a_poller_reads_is_fresh_for_pages_too() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(sandbox::remembering()).await;
    let mut receivers = [account.watch(Feed::Isos)];
    all_show(&mut receivers, 0).await;
    assert_eq!(account.isos().await.unwrap().stale(), None);
    assert_eq!(stage.asked("listIsos").await, 1);
}

#[tokio::test]
async fn a_feed_tells_trouble_and_recovers() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { poll_idle: Duration::from_millis(20), ..quick() }).await;
    stage.force_always("listIsos", 403).await;
    let mut receiver = account.watch(Feed::Isos);
    let trouble = |live: &Option<Live>| live.as_ref().and_then(Live::trouble) == Some(&Error::Forbidden);
    tokio::time::timeout(Duration::from_secs(10), receiver.wait_for(trouble)).await.unwrap().unwrap();
    stage.calm().await;
    all_show(&mut [receiver], 1).await;
}

#[tokio::test]
async fn a_feed_pauses_as_long_as_the_provider_asks() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.force(json!({ "operation": "listIsos", "status": 429, "headers": { "Retry-After": "1" } })).await;
    let started = Instant::now();
    let mut receivers = [account.watch(Feed::Isos)];
    all_show(&mut receivers, 1).await;
    assert!(started.elapsed() >= Duration::from_millis(900), "{:?}", started.elapsed());
    let journal = stage.journal().await;
    assert_eq!(journal.len(), 2, "the refused call and the one after the pause: {journal:?}");
}

#[tokio::test]
async fn a_feed_ends_when_the_token_is_refused() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.order("faults", json!({ "revoke": "write" })).await;
    let mut receiver = account.watch(Feed::Isos);
    let refused = |live: &Option<Live>| live.as_ref().and_then(Live::trouble) == Some(&Error::TokenRefused);
    tokio::time::timeout(Duration::from_secs(10), receiver.wait_for(refused)).await.unwrap().unwrap();
    tokio::time::timeout(Duration::from_secs(10), async { while receiver.changed().await.is_ok() {} })
        .await
        .expect("the poller ends");
    assert_eq!(stage.asked("listIsos").await, 1);
}

#[tokio::test]
async fn a_slow_provider_does_not_stop_a_feed() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { page_wait: Duration::from_millis(50), ..quick() }).await;
    stage.force(json!({ "operation": "listIsos", "delay_ms": 400 })).await;
    let mut receivers = [account.watch(Feed::Isos)];
    let waiting = |live: &Option<Live>| live.as_ref().and_then(Live::trouble) == Some(&Error::StillWaiting);
    tokio::time::timeout(Duration::from_secs(10), receivers[0].wait_for(waiting)).await.unwrap().unwrap();
    all_show(&mut receivers, 1).await;
    assert_eq!(stage.asked("listIsos").await, 1, "it waited for the call that was under way");
}

/// The power state that a server's feed shows.
fn power(live: Option<&Live>) -> Option<PowerState> {
    match live {
        Some(Live::Server(read)) => read.as_ref().as_ref().ok().map(|reading| reading.value.power),
        _ => None,
    }
}

async fn wait_for_power(receiver: &mut Receiver<Option<Live>>, wanted: impl Fn(PowerState) -> bool) {
    let wait = receiver.wait_for(|live| power(live.as_ref()).is_some_and(&wanted));
    tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_is_followed_until_it_settles() {
    let stage = Stage::set(Seed::Small).await;
    let account: Account = stage.account(quick()).await;
    let id = stage.server_id("build-1").await;
    let mut receiver = account.watch(Feed::Server(id));
    wait_for_power(&mut receiver, |power| power == PowerState::Steady).await;
    account.power(id, PowerAction::Start).await.unwrap();
    let following = |power| matches!(power, PowerState::Following { action: PowerAction::Start, .. });
    wait_for_power(&mut receiver, following).await;
    stage.advance(10.0).await;
    let settled = |power| matches!(power, PowerState::Settled { action: PowerAction::Start, .. });
    wait_for_power(&mut receiver, settled).await;
    let before = stage.asked("getServer").await;
    for _ in 0..20 {
        account.read(&vpsbg_api::GetBalance).await.unwrap();
    }
    assert_eq!(stage.asked("getServer").await, before, "settled: no longer looked at often");
}

#[tokio::test]
async fn power_of_all_servers_may_not_be_offered() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.order("dialect", json!({ "dialect": "documented-only" })).await;
    let mut receiver = account.watch(Feed::Statuses);
    let told = |live: &Option<Live>| live.as_ref().and_then(Live::trouble) == Some(&Error::NotOffered);
    tokio::time::timeout(Duration::from_secs(10), receiver.wait_for(told)).await.unwrap().unwrap();
    assert_eq!(account.statuses().await.unwrap_err(), Error::NotOffered);
}

#[tokio::test]
async fn power_of_all_servers_is_found_by_server() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let (web, build) = (stage.server_id("web-1").await, stage.server_id("build-1").await);
    let all = account.statuses().await.unwrap();
    assert_eq!(all.value.entries[&web].running, Some(true));
    assert_eq!(all.value.entries[&build].running, Some(false));
}

#[tokio::test]
async fn who_is_slow_gets_the_newest_value_and_no_queue() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (mut quick_one, mut slow) = (account.watch(Feed::Isos), account.watch(Feed::Isos));
    all_show(std::slice::from_mut(&mut quick_one), 0).await;
    assert!(slow.changed().await.is_ok());
    slow.borrow_and_update();
    for number in 1..=5 {
        account.act(&new_iso(&format!("iso-{number}"))).await.unwrap();
        all_show(std::slice::from_mut(&mut quick_one), number).await;
    }
    // Five rounds have passed: one value waits, and it is the last.
    assert!(slow.has_changed().unwrap());
    assert_eq!(slow.borrow_and_update().as_ref().map(|live| live.trouble().is_none()), Some(true));
    assert_eq!(shown(&slow), Some(5));
    assert!(account.watch(Feed::Isos).borrow().is_some(), "who comes now starts from the present");
}

#[tokio::test]
async fn open_streams_end_at_sign_out_and_at_the_end_of_the_program() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, session) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.signed_in(&gateway, &stage.read).await;
    let (ended, mut others) = (mine.ended(), Box::pin(other.ended()));
    let patience = Duration::from_secs(5);
    mine.sign_out(&session).await;
    tokio::time::timeout(patience, ended).await.unwrap();
    assert!(futures::poll!(&mut others).is_pending(), "of this session only");
    gateway.close().await;
    tokio::time::timeout(patience, others).await.unwrap();
}

#[tokio::test]
async fn who_may_not_see_it_gets_no_feed_and_spoils_none() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let limited = account.limited_to(&gateway::Permissions::none());
    for feed in [Feed::Isos, Feed::Statuses, Feed::Server("1".parse().unwrap())] {
        let receiver = limited.watch(feed);
        assert_eq!(receiver.borrow().as_ref().and_then(Live::trouble), Some(&Error::Forbidden));
    }
    assert!(stage.journal().await.is_empty());
    all_show(&mut [account.watch(Feed::Isos)], 1).await;
}

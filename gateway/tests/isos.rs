//! Progress of downloads: what the provider's numbers mean, and what only a second look tells.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Account, Error, IsoProgress, Phase, Timings};
use sandbox::{Stage, quick, until};
use serde_json::json;
use vpsbg_api::{CreateIso, DeleteIso, Iso, IsoId, ListIsos};
use vpsbg_sandbox::Seed;

/// 100 MB in 100 s of the sandbox's clock, with more orders.
async fn add(account: &Account, more: &str) -> Iso {
    let url = format!("https://mirror.example.org/image.iso?size=100000000&seconds=100{more}");
    account.act(&CreateIso { url }).await.unwrap()
}

async fn look(account: &Account, id: IsoId) -> IsoProgress {
    account.iso(id).await.unwrap().value.as_ref().clone()
}

#[tokio::test]
async fn a_download_waits_runs_and_finishes() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = add(&account, "").await.id;
    let seen = look(&account, id).await;
    assert_eq!((seen.phase, seen.rate, seen.left), (Phase::Waiting, None, None));
    // 1.5 s until the first byte, then 1 MB a second.
    stage.advance(11.5).await;
    let seen = look(&account, id).await;
    assert_eq!(seen.phase, Phase::Downloading);
    assert_eq!(seen.iso.downloaded.map(|bytes| bytes.0), Some(10_000_000));
    stage.advance(89.0).await;
    assert_eq!(look(&account, id).await.phase, Phase::Downloading);
    stage.advance(2.0).await;
    let seen = look(&account, id).await;
    assert_eq!((seen.phase, seen.rate, seen.left), (Phase::Finished, None, None));
    assert_eq!(seen.iso.downloaded, seen.iso.size);
    stage.advance(48.0 * 3600.0).await;
    assert_eq!(look(&account, id).await.phase, Phase::Removed);
    stage.advance(2.0 * 3600.0).await;
    assert_eq!(account.iso(id).await.unwrap_err(), Error::NotFound);
}

#[tokio::test]
async fn rate_and_time_left_need_two_looks() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = add(&account, "").await.id;
    stage.advance(11.5).await;
    let first = look(&account, id).await;
    assert_eq!((first.phase, first.rate, first.left), (Phase::Downloading, None, None));
    stage.advance(5.0).await;
    let (rate, left, bytes) = until("a rate", || async {
        let seen = look(&account, id).await;
        seen.rate.map(|rate| (rate, seen.left, seen.iso.downloaded.unwrap().0))
    })
    .await;
    // 5 MB of the sandbox's clock within half a second or a little more of ours.
    assert!((500_000..=10_000_000).contains(&rate), "{rate}");
    let expected = (100_000_000 - bytes).div_ceil(rate);
    assert_eq!(left, Some(Duration::from_secs(expected)));
}

#[tokio::test]
async fn without_a_byte_for_a_while_a_download_is_stalled() {
    assert_eq!(Timings::default().stalled, Duration::from_secs(60));
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(Timings { stalled: Duration::from_secs(1), ..quick() }).await;
    let id = add(&account, "&stall=50").await.id;
    stage.advance(100.0).await;
    let first = look(&account, id).await;
    assert_eq!(first.phase, Phase::Downloading, "nobody knows yet");
    let stalled = until("the stall", || async {
        let seen = look(&account, id).await;
        (seen.phase == Phase::Stalled).then_some(seen)
    })
    .await;
    assert_eq!((stalled.rate, stalled.left), (None, None));
    assert_eq!(stalled.iso.downloaded.map(|bytes| bytes.0), Some(50_000_000));
}

#[tokio::test]
async fn bytes_again_end_a_stall() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(Timings { stalled: Duration::from_secs(1), ..quick() }).await;
    let id = add(&account, "").await.id;
    stage.advance(10.0).await;
    until("the stall", || async { (look(&account, id).await.phase == Phase::Stalled).then_some(()) }).await;
    stage.advance(10.0).await;
    assert_eq!(look(&account, id).await.phase, Phase::Downloading);
}

#[tokio::test]
async fn an_unknown_size_has_no_time_left() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = add(&account, "&unknown-size").await.id;
    stage.advance(11.5).await;
    look(&account, id).await;
    stage.advance(5.0).await;
    let seen = until("a rate", || async {
        let seen = look(&account, id).await;
        seen.rate.is_some().then_some(seen)
    })
    .await;
    assert_eq!((seen.phase, seen.left), (Phase::Downloading, None));
    assert_eq!(seen.iso.size.map(|bytes| bytes.0), Some(0));
}

#[tokio::test]
async fn the_providers_own_word_is_kept() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = add(&account, "&word=verifying").await.id;
    let seen = look(&account, id).await;
    assert_eq!(seen.phase, Phase::Word("verifying".to_owned()));
    assert!(account.isos().await.unwrap().value.is_active(), "it may still change");
}

#[tokio::test]
async fn what_vanished_is_not_there_any_more() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = add(&account, "&vanish=30").await.id;
    stage.advance(10.0).await;
    assert_eq!(look(&account, id).await.phase, Phase::Downloading);
    stage.advance(30.0).await;
    assert_eq!(account.iso(id).await.unwrap_err(), Error::NotFound);
    assert!(account.isos().await.unwrap().value.isos.is_empty());
}

#[tokio::test]
async fn a_deleted_iso_is_gone_at_the_next_look() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(sandbox::remembering()).await;
    let id = add(&account, "").await.id;
    look(&account, id).await;
    account.act(&DeleteIso { id }).await.unwrap();
    assert_eq!(account.iso(id).await.unwrap_err(), Error::NotFound);
}

#[tokio::test]
async fn one_iso_is_taken_out_of_the_list() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(sandbox::remembering()).await;
    let all = account.isos().await.unwrap();
    assert_eq!(all.value.isos.len(), 5);
    for progress in &all.value.isos {
        assert_eq!(look(&account, progress.iso.id).await.iso, progress.iso);
    }
    assert_eq!((stage.asked("listIsos").await, stage.asked("getIso").await), (1, 0));
}

#[tokio::test]
async fn without_a_list_one_iso_has_its_own_call() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = account.read(&ListIsos { page: 1 }).await.unwrap().value.rows[0].id;
    let documented = stage.gateway(quick()).await;
    stage.order("dialect", json!({ "dialect": "documented-only" })).await;
    let (account, _) = stage.signed_in(&documented, &stage.write).await;
    assert_eq!(account.isos().await.unwrap_err(), Error::NotOffered);
    assert_eq!(look(&account, id).await.iso.id, id);
}

#[tokio::test]
async fn progress_is_right_after_a_restart() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = add(&account, "").await.id;
    stage.advance(51.5).await;
    let restarted = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&restarted, &stage.write).await;
    let seen = look(&account, id).await;
    assert_eq!((seen.phase, seen.rate), (Phase::Downloading, None));
    assert_eq!(seen.iso.downloaded.map(|bytes| bytes.0), Some(50_000_000));
}

#[tokio::test]
async fn a_broken_row_is_counted_and_the_others_are_shown() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let body =
        json!({ "data": [{ "id": 1, "status": "downloaded" }, { "status": "downloaded" }, { "id": 3 }] });
    stage.force(json!({ "operation": "listIsos", "status": 200, "body": body })).await;
    let seen = account.isos().await.unwrap();
    assert_eq!((seen.value.isos.len(), seen.value.broken), (2, 1));
    assert_eq!(seen.value.isos[1].phase, Phase::Unknown);
}

#[tokio::test]
async fn a_list_of_several_pages_is_read_to_its_end_or_says_so() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let page = |number: u64, last: u64| {
        json!({ "data": [{ "id": number, "status": "downloaded" }],
                "meta": { "current_page": number, "last_page": last, "per_page": 1, "total": last } })
    };
    for number in 1..=3 {
        stage.force(json!({ "operation": "listIsos", "status": 200, "body": page(number, 3) })).await;
    }
    let seen = account.isos().await.unwrap();
    let ids: Vec<u64> = seen.value.isos.iter().map(|progress| progress.iso.id.get()).collect();
    assert_eq!((ids, seen.value.more), (vec![1, 2, 3], false));
    for number in 1..=5 {
        stage.force(json!({ "operation": "listIsos", "status": 200, "body": page(number, 9) })).await;
    }
    let seen = account.isos().await.unwrap();
    assert_eq!((seen.value.isos.len(), seen.value.more), (5, true));
}

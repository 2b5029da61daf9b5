//! Power of servers one by one, where the provider does not tell it of all at once.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Account, Error, OneByOne, PowerAction, Timings};
use sandbox::{Stage, quick, servers, until};
use vpsbg_api::ServerId;
use vpsbg_sandbox::Seed;

async fn ids(account: &Account) -> Vec<ServerId> {
    account.read(&servers(1)).await.unwrap().value.rows.iter().map(|server| server.id).collect()
}

async fn all(account: &Account, ids: &[ServerId]) -> OneByOne {
    until("all are known", || async {
        Some(account.statuses_one_by_one(ids).unwrap()).filter(|known| known.to_come == 0)
    })
    .await
}

#[tokio::test]
async fn what_is_missing_is_read_in_the_background_and_kept() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let ids = ids(&account).await;
    let first = account.statuses_one_by_one(&ids).unwrap();
    assert_eq!((first.seen.0.len(), first.to_come, first.oldest), (0, ids.len(), None));
    let known = all(&account, &ids).await;
    assert_eq!(known.seen.0.len(), ids.len());
    assert!(known.oldest.is_some() && known.failed.is_none());
    let web = stage.server_id("web-1").await;
    assert_eq!(known.seen.0[&web].running, Some(true));
    assert_eq!(stage.asked("getServerStatus").await, ids.len());
    assert_eq!(account.statuses_one_by_one(&ids).unwrap().to_come, 0, "good for a while");
    assert_eq!(stage.asked("listServerStatuses").await, 0);
}

#[tokio::test]
async fn after_a_change_what_was_known_stands_until_it_is_read_anew() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let ids = ids(&account).await;
    all(&account, &ids).await;
    let web = stage.server_id("web-1").await;
    account.power(web, PowerAction::Stop).await.unwrap();
    stage.advance(60.0).await;
    let known = account.statuses_one_by_one(&ids).unwrap();
    assert_eq!((known.seen.0.len(), known.to_come), (ids.len(), ids.len()));
    assert_eq!(all(&account, &ids).await.seen.0[&web].running, Some(false));
}

#[tokio::test]
async fn what_is_old_is_read_anew() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { one_by_one: Duration::ZERO, ..quick() }).await;
    let ids = ids(&account).await;
    until("one is known", || async {
        Some(()).filter(|()| !account.statuses_one_by_one(&ids).unwrap().seen.0.is_empty())
    })
    .await;
    assert_eq!(account.statuses_one_by_one(&ids).unwrap().to_come, ids.len());
}

#[tokio::test]
async fn what_fails_is_said_and_not_asked_again_and_again() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let ids = ids(&account).await;
    stage.force_always("getServerStatus", 403).await;
    account.statuses_one_by_one(&ids).unwrap();
    let known = until("it fails", || async {
        Some(account.statuses_one_by_one(&ids).unwrap()).filter(|known| known.failed.is_some())
    })
    .await;
    assert_eq!((known.failed, known.to_come, known.seen.0.len()), (Some(Error::Forbidden), 0, 0));
    assert_eq!(stage.asked("getServerStatus").await, 1, "it is the same for all");
}

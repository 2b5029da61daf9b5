//! Power of servers one by one, where the provider does not tell it of all at once.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Account, Error, OneByOne, PowerAction, Timings};
use sandbox::{Stage, quick, servers, until};
use vpsbg_api::{ServerId, StatusEntry};
use vpsbg_sandbox::Seed;

async fn ids(account: &Account) -> Vec<ServerId> {
    account.read(&servers(1)).await.unwrap().value.rows.iter().map(|server| server.id).collect()
}

async fn all(account: &Account, ids: &[ServerId]) -> OneByOne<StatusEntry> {
    until("all are known", || async {
        Some(account.statuses_one_by_one(ids).await.unwrap()).filter(|known| known.to_come == 0)
    })
    .await
}

#[tokio::test]
async fn what_is_missing_is_read_in_the_background_and_kept() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let ids = ids(&account).await;
    let first = account.statuses_one_by_one(&ids).await.unwrap();
    assert_eq!((first.seen.len(), first.to_come, first.oldest), (0, ids.len(), None));
    let known = all(&account, &ids).await;
    assert_eq!(known.seen.len(), ids.len());
    assert!(known.oldest.is_some() && known.failed.is_none());
    let web = stage.server_id("web-1").await;
    assert_eq!(known.seen[&web].running, Some(true));
    assert_eq!(stage.asked("getServerStatus").await, ids.len());
    assert_eq!(account.statuses_one_by_one(&ids).await.unwrap().to_come, 0, "good for a while");
    assert_eq!(stage.asked("listServerStatuses").await, 0);
}

#[tokio::test]
async fn after_a_change_what_was_known_stands_and_is_read_again_until_the_change_must_show() {
    let stage = Stage::set(Seed::Small).await;
    let soon = Timings { poll_idle: Duration::from_millis(20), ..quick() };
    let account = stage.account(soon).await;
    let ids = ids(&account).await;
    assert!(!all(&account, &ids).await.settling);
    let web = stage.server_id("web-1").await;
    account.power(web, PowerAction::Stop).await.unwrap();
    let known = account.statuses_one_by_one(&ids).await.unwrap();
    assert_eq!((known.seen.len(), known.to_come, known.settling), (ids.len(), 1, true), "only this one");
    // The provider still shows the old state: nobody takes it for the last word.
    until("it was read again", || async {
        account.statuses_one_by_one(&ids).await.unwrap();
        (stage.asked("getServerStatus").await > ids.len() + 1).then_some(())
    })
    .await;
    stage.advance(60.0).await;
    until("it is shown", || async {
        let known = account.statuses_one_by_one(&ids).await.unwrap();
        (known.seen[&web].running == Some(false)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_call_that_fails_takes_nothing_away() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { one_by_one: Duration::ZERO, ..quick() }).await;
    let ids = ids(&account).await;
    until("all are known", || async {
        (account.statuses_one_by_one(&ids).await.unwrap().seen.len() == ids.len()).then_some(())
    })
    .await;
    stage.force_always("getServerStatus", 500).await;
    let known = until("it fails", || async {
        Some(account.statuses_one_by_one(&ids).await.unwrap()).filter(|known| known.failed.is_some())
    })
    .await;
    assert_eq!((known.failed, known.seen.len()), (Some(Error::ProviderFault), ids.len()));
}

#[tokio::test]
async fn what_the_list_does_not_tell_is_read_too() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    let far = stage.server_id("backup-sofia").await;
    let known = until("it is known", || async {
        Some(account.servers_one_by_one(&[far]).await.unwrap()).filter(|known| known.to_come == 0)
    })
    .await;
    let state = known.seen[&far].state.as_ref().unwrap();
    assert_eq!(state.node_reachable, Some(false));
}

#[tokio::test]
async fn what_is_old_is_read_anew() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { one_by_one: Duration::ZERO, ..quick() }).await;
    let ids = ids(&account).await;
    until("one is known", || async {
        let known = account.statuses_one_by_one(&ids).await.unwrap();
        (!known.seen.is_empty()).then_some(())
    })
    .await;
    assert_eq!(account.statuses_one_by_one(&ids).await.unwrap().to_come, ids.len());
}

#[tokio::test]
async fn what_fails_is_said_and_not_asked_again_and_again() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let ids = ids(&account).await;
    stage.force_always("getServerStatus", 403).await;
    account.statuses_one_by_one(&ids).await.unwrap();
    let known = until("it fails", || async {
        Some(account.statuses_one_by_one(&ids).await.unwrap()).filter(|known| known.failed.is_some())
    })
    .await;
    assert_eq!((known.failed, known.to_come, known.seen.len()), (Some(Error::Forbidden), 0, 0));
    assert_eq!(stage.asked("getServerStatus").await, 1, "it is the same for all");
}

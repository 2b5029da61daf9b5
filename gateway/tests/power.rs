//! Power actions are followed until the provider shows them: through reads that lag, restarts and second thoughts.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Account, Error, PowerAction, PowerState, Timings};
use sandbox::{Stage, new_session, quick, until};
use serde_json::json;
use vpsbg_api::{ServerId, StopServer};
use vpsbg_sandbox::Seed;

async fn power(account: &Account, id: ServerId) -> PowerState {
    account.server(id).await.unwrap().value.power
}

async fn settled(account: &Account, id: ServerId, action: PowerAction) {
    until("settling", || async {
        let power = power(account, id).await;
        matches!(power, PowerState::Settled { action: done, .. } if done == action).then_some(())
    })
    .await;
}

fn follows(power: PowerState, action: PowerAction) -> bool {
    matches!(power, PowerState::Following { action: followed, .. } if followed == action)
}

#[tokio::test]
async fn nothing_asked_is_steady() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("web-1").await;
    assert_eq!(power(&account, id).await, PowerState::Steady);
}

#[tokio::test]
async fn start_and_stop_are_followed_until_shown() {
    for (name, action) in [("web-1", PowerAction::Stop), ("build-1", PowerAction::Start)] {
        let stage = Stage::set(Seed::Small).await;
        let account = stage.account(quick()).await;
        let id = stage.server_id(name).await;
        account.power(id, action).await.unwrap();
        assert!(follows(power(&account, id).await, action), "{name}");
        stage.advance(5.0).await;
        assert!(follows(power(&account, id).await, action), "{name} too early");
        stage.advance(2.0).await;
        settled(&account, id, action).await;
        let seen = account.server(id).await.unwrap();
        assert_eq!(seen.value.server.running(), Some(action == PowerAction::Start));
        assert!(!seen.value.is_active());
    }
}

#[tokio::test]
async fn the_power_of_all_servers_tells_what_was_asked_and_what_came_of_it() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let (web, build) = (stage.server_id("web-1").await, stage.server_id("build-1").await);
    assert!(!account.statuses().await.unwrap().value.is_active());
    account.power(web, PowerAction::Restart).await.unwrap();
    account.power(build, PowerAction::Start).await.unwrap();
    let all = account.statuses().await.unwrap().value;
    assert_eq!(all.entries[&build].running, Some(false), "the provider does not show it yet");
    assert_eq!((all.asked[&web], all.asked[&build]), (PowerAction::Restart, PowerAction::Start));
    assert!(all.is_active());
    // Off between: a restart that only the list saw is one, too.
    stage.advance(4.0).await;
    until("the pause", || async {
        let all = account.statuses().await.unwrap().value;
        (all.entries[&web].running == Some(false) && all.asked.contains_key(&web)).then_some(())
    })
    .await;
    stage.advance(8.0).await;
    until("nothing more to wait for", || async {
        (!account.statuses().await.unwrap().value.is_active()).then_some(())
    })
    .await;
    let all = account.statuses().await.unwrap().value;
    assert_eq!((all.entries[&web].running, all.entries[&build].running), (Some(true), Some(true)));
    // What the list saw is known to the page of the server.
    settled(&account, web, PowerAction::Restart).await;
}

#[tokio::test]
async fn a_restart_settles_only_after_it_was_seen_off() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("web-1").await;
    account.power(id, PowerAction::Restart).await.unwrap();
    assert!(
        follows(power(&account, id).await, PowerAction::Restart),
        "it still runs: nothing has happened yet"
    );
    stage.advance(4.0).await;
    until("the pause", || async {
        let seen = account.server(id).await.unwrap().value;
        assert!(follows(seen.power, PowerAction::Restart));
        (seen.server.running() == Some(false)).then_some(())
    })
    .await;
    stage.advance(8.0).await;
    settled(&account, id, PowerAction::Restart).await;
}

#[tokio::test]
async fn a_restart_whose_answer_was_lost_is_not_called_done_because_the_server_runs() {
    for (lost, done) in [(false, true), (true, false)] {
        let stage = Stage::set(Seed::Typical).await;
        let quick =
            Timings { unseen_restart: Duration::from_millis(100), settle: Duration::from_secs(1), ..quick() };
        let account = stage.account(quick).await;
        // Its node takes orders and never carries them out: the server runs on.
        let id = stage.server_id("backup-sofia").await;
        if lost {
            stage.force(json!({ "operation": "restartServer", "reset": true })).await;
            assert_eq!(account.power(id, PowerAction::Restart).await.unwrap_err(), Error::OutcomeUnknown);
        } else {
            account.power(id, PowerAction::Restart).await.unwrap();
        }
        let after = until("the end of following", || async {
            let power = power(&account, id).await;
            (!follows(power, PowerAction::Restart)).then_some(power)
        })
        .await;
        assert_eq!(matches!(after, PowerState::Settled { .. }), done, "{after:?}");
        assert_eq!(matches!(after, PowerState::Unsettled { .. }), !done, "{after:?}");
    }
}

#[tokio::test]
async fn what_does_not_settle_in_time_is_said() {
    assert_eq!(Timings::default().settle, Duration::from_secs(90));
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(Timings { settle: Duration::from_millis(300), ..quick() }).await;
    // Its node takes orders and never carries them out.
    let id = stage.server_id("backup-sofia").await;
    account.power(id, PowerAction::Stop).await.unwrap();
    assert!(follows(power(&account, id).await, PowerAction::Stop));
    let unsettled = until("the end of patience", || async {
        let power = power(&account, id).await;
        (!follows(power, PowerAction::Stop)).then_some(power)
    })
    .await;
    assert!(matches!(unsettled, PowerState::Unsettled { action: PowerAction::Stop, .. }), "{unsettled:?}");
}

#[tokio::test]
async fn what_was_undone_by_something_else_is_said() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("build-1").await;
    account.power(id, PowerAction::Start).await.unwrap();
    stage.advance(10.0).await;
    settled(&account, id, PowerAction::Start).await;
    // Not by `power`: somebody stops it elsewhere.
    account.act(&StopServer { id }).await.unwrap();
    stage.advance(10.0).await;
    let undone = until("the opposite", || async {
        let power = power(&account, id).await;
        matches!(power, PowerState::Undone { .. }).then_some(power)
    })
    .await;
    assert!(matches!(undone, PowerState::Undone { action: PowerAction::Start, .. }));
}

#[tokio::test]
async fn it_is_followed_over_a_restart_of_the_program() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let id = stage.server_id("web-1").await;
    account.power(id, PowerAction::Stop).await.unwrap();
    drop(account);
    gateway.close().await;
    let restarted = stage.gateway(quick()).await;
    let account = restarted.enter(&new_session(&restarted, session.id()), sandbox::actor()).await.unwrap();
    assert!(follows(power(&account, id).await, PowerAction::Stop));
    stage.advance(10.0).await;
    settled(&account, id, PowerAction::Stop).await;
}

#[tokio::test]
async fn colleagues_see_what_was_asked_strangers_do_not() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (colleague, _) = stage.signed_in(&gateway, &stage.write).await;
    let id = stage.server_id("web-1").await;
    mine.power(id, PowerAction::Stop).await.unwrap();
    assert!(follows(power(&colleague, id).await, PowerAction::Stop));
    let (other, _) = stage.another(Seed::Small);
    let (stranger, _) = stage.signed_in(&gateway, &other).await;
    match stranger.server(id).await {
        Ok(seen) => assert_eq!(seen.value.power, PowerState::Steady),
        Err(error) => assert_eq!(error, Error::NotFound),
    }
}

#[tokio::test]
async fn an_action_that_was_refused_is_not_followed() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("shop").await;
    assert_eq!(account.power(id, PowerAction::Stop).await.unwrap_err(), Error::Locked);
    assert_eq!(power(&account, id).await, PowerState::Steady);
}

#[tokio::test]
async fn an_action_of_unknown_outcome_is_followed_all_the_same() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("web-1").await;
    stage.force(json!({ "operation": "stopServer", "reset": true, "perform": true })).await;
    assert_eq!(account.power(id, PowerAction::Stop).await.unwrap_err(), Error::OutcomeUnknown);
    assert!(follows(power(&account, id).await, PowerAction::Stop));
    stage.advance(10.0).await;
    settled(&account, id, PowerAction::Stop).await;
    assert_eq!(stage.asked("stopServer").await, 1);
}

#[tokio::test]
async fn a_new_action_replaces_the_one_before() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("build-1").await;
    account.power(id, PowerAction::Start).await.unwrap();
    stage.advance(10.0).await;
    settled(&account, id, PowerAction::Start).await;
    account.power(id, PowerAction::Stop).await.unwrap();
    assert!(follows(power(&account, id).await, PowerAction::Stop));
    stage.advance(10.0).await;
    settled(&account, id, PowerAction::Stop).await;
}

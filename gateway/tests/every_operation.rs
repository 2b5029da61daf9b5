//! What holds for every operation of the contract: it needs its permission, and a change is written down once.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "../../api/tests/support/account_side.rs"]
mod account_side;
#[path = "support/asked.rs"]
mod asked;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "../../api/tests/support/servers_side.rs"]
mod servers_side;

use std::{collections::BTreeSet, time::Duration};

use asked::Asked;
use gateway::{Account, Error, Permissions, Timings};
use sandbox::{Stage, quick};
use serde_json::json;
use sqlx::SqlitePool;
use vpsbg_api::{OPERATIONS, Permission};
use vpsbg_sandbox::Seed;

fn calls() -> Vec<Asked> {
    let calls: Vec<Asked> = account_side::calls().into_iter().chain(servers_side::calls()).collect();
    let known: BTreeSet<_> = calls.iter().map(|call| call.id).collect();
    let missing: Vec<_> =
        OPERATIONS.iter().map(|operation| operation.id).filter(|id| !known.contains(id)).collect();
    assert!(missing.is_empty(), "no call of {missing:?} in api/tests/support");
    calls
}

fn changes() -> Vec<Asked> {
    let changes: Vec<_> = calls().into_iter().filter(|call| !call.effects.only_read()).collect();
    assert!(changes.len() > 60, "the test is not what it says: {}", changes.len());
    changes
}

/// Everything but this.
fn without(permission: Permission) -> Permissions {
    let all = OPERATIONS.iter().map(|operation| operation.permission);
    Permissions::only(all.filter(|other| *other != permission))
}

/// The outcomes written down for an operation since the last look, which are taken away.
async fn written(pool: &SqlitePool) -> Vec<(String, String)> {
    let rows = sqlx::query_as("SELECT operation, outcome FROM audit").fetch_all(pool).await.unwrap();
    sqlx::query("DELETE FROM audit").execute(pool).await.unwrap();
    rows
}

#[tokio::test]
async fn each_is_refused_without_its_permission_and_nothing_is_asked() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let pool = stage.database().await;
    for call in calls() {
        for permissions in [Permissions::none(), without(call.permission)] {
            let limited = account.limited_to(&permissions);
            assert!(!limited.may(call.permission));
            assert_eq!(call.run(&limited).await.unwrap_err(), Error::Forbidden, "{}", call.id);
            let expected: Vec<_> = (!call.effects.only_read())
                .then(|| (call.id.to_owned(), "forbidden".to_owned()))
                .into_iter()
                .collect();
            assert_eq!(written(&pool).await, expected, "{}", call.id);
        }
    }
    assert!(stage.journal().await.is_empty(), "{:?}", stage.journal().await);
}

#[tokio::test]
async fn a_limit_is_never_lifted_by_another() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let limited = account.limited_to(&Permissions::only([Permission::IsosRead, Permission::IsosManage]));
    let more = limited.limited_to(&Permissions::all()).limited_to(&without(Permission::IsosManage));
    assert!(more.may(Permission::IsosRead));
    assert!(!more.may(Permission::IsosManage) && !more.may(Permission::ServersRead));
    assert!(account.may(Permission::IsosManage), "the account itself stays as it was");
}

/// Does each change; gives how many went through.
async fn each_leaves_one_record(stage: &Stage, account: &Account, before: impl AsyncFn(&Asked)) -> usize {
    let pool = stage.database().await;
    let mut done = 0;
    for call in changes() {
        before(&call).await;
        let result = call.run(account).await;
        let outcome = result.as_ref().map_or_else(Error::code, |()| "done");
        assert_eq!(written(&pool).await, [(call.id.to_owned(), outcome.to_owned())], "{}", call.id);
        done += usize::from(result.is_ok());
    }
    pool.close().await;
    done
}

#[tokio::test]
async fn every_change_leaves_one_record() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    let done = each_leaves_one_record(&stage, &account, async |_| {}).await;
    assert!(done > 5, "nearly everything was refused: the test says little ({done})");
}

#[tokio::test]
async fn every_change_by_a_read_token_leaves_one_record() {
    let stage = Stage::set(Seed::Typical).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.read).await;
    let done = each_leaves_one_record(&stage, &account, async |_| {}).await;
    // The one change that is a GET: a new secret for two-factor login.
    assert_eq!(done, 1);
}

#[tokio::test]
async fn every_change_of_unknown_outcome_leaves_one_record() {
    let stage = Stage::set(Seed::Typical).await;
    let timings = Timings {
        purchase_look: Duration::from_millis(1),
        purchase_pause: Duration::from_millis(1),
        ..quick()
    };
    let account = stage.account(timings).await;
    let lose = async |call: &Asked| {
        // What is being looked for is settled first: another purchase of its kind would have to wait.
        for purchase in account.purchases().await.unwrap() {
            account.settled(purchase.id).await.unwrap();
        }
        stage.force(json!({ "operation": call.id, "reset": true })).await;
    };
    let done = each_leaves_one_record(&stage, &account, lose).await;
    assert_eq!(done, 0);
}

//! Whose it is: what was done, bought and typed belongs to the provider's user, whichever token it was done with, and
//! comes along when the user becomes known.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "support/shop.rs"]
mod shop;

use std::{path::Path, time::Duration};

use gateway::{
    Account, AuditFilter, Draft, Error, PowerAction, PowerState, PurchaseState, Spent, Submission, Timings,
};
use provider::sign_in;
use sandbox::{Stage, quick};
use shop::{Deposit, Mood, Shop, moments};
use sqlx::{Row, SqlitePool};
use vpsbg_sandbox::Seed;

async fn database(directory: &Path) -> SqlitePool {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(directory.join("vitosha.sqlite"));
    SqlitePool::connect_with(options).await.unwrap()
}

fn draft() -> Draft {
    Draft { values: vec![("message".to_owned(), "Down".to_owned())], errors: Vec::new() }
}

async fn records(account: &Account) -> u64 {
    account.audit(&AuditFilter::default(), 1).await.unwrap().total
}

#[tokio::test]
async fn every_token_of_an_account_sees_the_same_and_a_stranger_nothing() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (writer, _) = stage.signed_in(&gateway, &stage.write).await;
    let (reader, _) = stage.signed_in(&gateway, &stage.read).await;
    let (stranger, _) = stage.signed_in(&gateway, &stage.another(Seed::Small).0).await;
    assert_eq!(writer.owner(), reader.owner());
    assert_ne!(writer.key(), reader.key());
    assert_ne!(writer.owner(), stranger.owner());
    let id = stage.server_id("web-1").await;
    writer.power(id, PowerAction::Stop).await.unwrap();
    let kept = writer.keep_draft(&draft()).await.unwrap();
    let (form, _) = writer.new_form();
    assert_eq!(writer.submit(&form, b"content").await.unwrap(), Submission::First);
    writer.finish(&form, "/servers").await;
    assert_eq!((records(&reader).await, records(&stranger).await), (1, 0));
    let power = reader.server(id).await.unwrap().value.power;
    assert!(matches!(power, PowerState::Following { action: PowerAction::Stop, .. }), "{power:?}");
    assert_eq!(reader.draft(&kept).await.unwrap(), Some(draft()));
    assert_eq!(stranger.draft(&kept).await.unwrap(), None);
    assert_eq!(reader.submit(&form, b"content").await.unwrap(), Submission::Again("/servers".to_owned()));
    assert!(reader.is_meant(writer.owner()) && !stranger.is_meant(writer.owner()));
    assert!(!reader.is_meant(writer.key()), "another token's own key says nothing");
}

#[tokio::test]
async fn what_the_token_may_do_and_the_end_of_its_sessions_stay_with_the_token() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (writer, _) = stage.signed_in(&gateway, &stage.write).await;
    let (reader, _) = stage.signed_in(&gateway, &stage.read).await;
    assert_ne!(writer.access(), reader.access());
    stage.order("faults", serde_json::json!({ "revoke": "write" })).await;
    assert_eq!(writer.read(&sandbox::servers(1)).await.unwrap_err(), Error::TokenRefused);
    assert!(reader.read(&sandbox::servers(1)).await.is_ok());
    assert_eq!(stage.rows("sessions signed in").await, 1);
}

#[tokio::test]
async fn a_purchase_with_one_token_is_known_to_the_others() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    for token in ["token-one", "token-two"] {
        shop.provider.tells(token, "ada@example.org");
    }
    let timings = Timings { purchase_look: Duration::from_secs(3600), ..moments() };
    let gateway = shop.provider.gateway(directory.path(), timings).await;
    let (one, two) = (sign_in(&gateway, "token-one").await, sign_in(&gateway, "token-two").await);
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase } = one.spend(&Deposit, None).await.unwrap() else { panic!() };
    shop.set(Mood::Fine, true);
    assert_eq!(two.purchase(purchase).await.unwrap().state, PurchaseState::Looking);
    assert_eq!(two.spend(&Deposit, None).await.unwrap_err(), Error::PurchaseOpen);
    assert_eq!(shop.sent(), 1);
    let settled = tokio::spawn({
        let two = two.clone();
        async move { two.settled(purchase).await.unwrap() }
    });
    shop.order_of_another("deposit", &[]);
    let line = tokio::time::timeout(Duration::from_secs(10), settled).await.unwrap().unwrap();
    assert_eq!(line.state, PurchaseState::Done);
    assert_eq!((records(&one).await, records(&two).await), (2, 2));
}

#[tokio::test]
async fn purchases_with_two_tokens_go_one_after_the_other() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let mut all = Vec::new();
    for token in ["token-one", "token-two"] {
        shop.provider.tells(token, "ada@example.org");
        all.push(sign_in(&gateway, token).await);
    }
    let buying = all.iter().cycle().take(10).map(|account| account.spend(&Deposit, None));
    for spent in futures::future::join_all(buying).await {
        assert!(matches!(spent.unwrap(), Spent::Done { .. }));
    }
    let asked: Vec<_> = shop.provider.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(asked, ["GET", "POST"].repeat(10), "a purchase began before the one before it had ended");
}

#[tokio::test]
async fn what_was_kept_under_a_token_moves_to_its_user_when_that_is_learned() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let before = sign_in(&gateway, "token-one").await;
    assert_eq!(before.owner(), before.key());
    let Spent::Done { purchase, .. } = before.spend(&Deposit, gateway::shown_total("60.00")).await.unwrap()
    else {
        panic!()
    };
    let kept = before.keep_draft(&draft()).await.unwrap();
    let (once, seal) = before.new_form();
    let made_for = before.owner();
    let was = before.audit(&AuditFilter::default(), 1).await.unwrap().rows;
    // The provider begins to tell.
    shop.provider.tells("token-one", "ada@example.org");
    let after = sign_in(&gateway, "token-one").await;
    assert_ne!(after.owner(), after.key());
    let line = after.purchase(purchase).await.unwrap();
    assert_eq!((line.state, line.shown.as_deref()), (PurchaseState::Done, Some("60.00")));
    assert_eq!(after.audit(&AuditFilter::default(), 1).await.unwrap().rows, was, "the records themselves");
    assert_eq!(after.draft(&kept).await.unwrap(), Some(draft()));
    // A form that was made before: still good, and kept for its owner if the session ends.
    assert!(after.is_meant(made_for));
    let late = gateway.keep_ended_form(made_for, &once, &seal, &draft()).await.unwrap();
    assert_eq!(after.draft(&late).await.unwrap(), Some(draft()));
    // Who was at work in an earlier session sees it too, and so does a new token after a rotation.
    assert_eq!(before.owner(), after.owner());
    shop.provider.tells("token-new", "ada@example.org");
    let rotated = sign_in(&gateway, "token-new").await;
    assert_eq!(rotated.purchases().await.unwrap(), [line]);
    assert_eq!(records(&rotated).await, 1);
}

#[tokio::test]
async fn an_open_purchase_that_moves_is_looked_for() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let timings = Timings { purchase_look: Duration::from_secs(3600), ..moments() };
    let gateway = shop.provider.gateway(directory.path(), timings).await;
    let session = sandbox::sign_in(&gateway, "token-one", None).await;
    let before = gateway.enter(&session, sandbox::actor()).await.unwrap();
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase } = before.spend(&Deposit, None).await.unwrap() else { panic!() };
    before.sign_out(&session).await;
    gateway.close().await;
    // The next run knows the user by another token first.
    shop.provider.tells("token-two", "ada@example.org");
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let other = sign_in(&gateway, "token-two").await;
    assert_eq!(other.purchase(purchase).await.unwrap_err(), Error::NotFound, "whose it is nobody knows yet");
    shop.provider.tells("token-one", "ada@example.org");
    sign_in(&gateway, "token-one").await;
    let line = tokio::time::timeout(Duration::from_secs(10), other.settled(purchase)).await.unwrap();
    assert_eq!(line.unwrap().state, PurchaseState::NotDone);
    assert_eq!(shop.sent(), 1);
}

#[tokio::test]
async fn a_purchase_under_way_while_its_owner_is_learned_is_noted() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let before = sign_in(&gateway, "token-one").await;
    shop.set(Mood::Hang, true);
    let buying = tokio::spawn({
        let before = before.clone();
        async move { before.spend(&Deposit, None).await }
    });
    sandbox::until("the sending", || async { (shop.sent() == 1).then_some(()) }).await;
    shop.provider.tells("token-one", "ada@example.org");
    let after = sign_in(&gateway, "token-one").await;
    assert_eq!(
        after.purchases().await.unwrap()[0].state,
        PurchaseState::Sending,
        "it is not taken for a leftover"
    );
    assert_eq!(after.spend(&Deposit, None).await.unwrap_err(), Error::PurchaseOpen);
    let Spent::Looking { purchase } = buying.await.unwrap().unwrap() else { panic!() };
    let line = tokio::time::timeout(Duration::from_secs(10), after.settled(purchase)).await.unwrap();
    assert_eq!(line.unwrap().state, PurchaseState::Done);
    assert_eq!((records(&after).await, shop.sent()), (2, 1));
}

#[tokio::test]
async fn a_token_stays_with_its_user_when_nothing_is_told_or_the_e_mail_changes() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    for token in ["token-one", "token-two"] {
        shop.provider.tells(token, "ada@example.org");
    }
    let (one, two) = (sign_in(&gateway, "token-one").await, sign_in(&gateway, "token-two").await);
    one.spend(&Deposit, None).await.unwrap();
    gateway.close().await;
    shop.provider.tells_nothing();
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let again = sign_in(&gateway, "token-two").await;
    assert_eq!(again.owner(), two.owner());
    assert_eq!(again.purchases().await.unwrap().len(), 1);
    // The user has another e-mail now; the colleague's session goes on.
    shop.provider.tells("token-one", "lovelace@example.org");
    let renamed = sign_in(&gateway, "token-one").await;
    assert_ne!(renamed.owner(), two.owner());
    assert_eq!(again.owner(), renamed.owner());
    assert_eq!((again.purchases().await.unwrap().len(), records(&again).await), (1, 1));
    assert_eq!(renamed.purchases().await.unwrap().len(), 1);
}

/// A row of any table, made of nothing but the types of its columns.
async fn insert_anything(pool: &SqlitePool, table: &str, account: &[u8]) {
    let about = format!("SELECT name, type FROM pragma_table_info('{table}')");
    let columns = sqlx::query(sqlx::AssertSqlSafe(about)).fetch_all(pool).await.unwrap();
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in columns {
        let (name, kind): (String, String) = (column.get(0), column.get(1));
        values.push(match kind.as_str() {
            _ if name == "account" => format!("x'{}'", hex::encode(account)),
            "BLOB" => "x'00'".to_owned(),
            "TEXT" => "'1'".to_owned(),
            _ => "1".to_owned(),
        });
        names.push(name);
    }
    let insert = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
    sqlx::query(sqlx::AssertSqlSafe(insert)).execute(pool).await.unwrap();
}

#[tokio::test]
async fn every_table_with_an_owner_moves() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let pool = database(directory.path()).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c \
         WHERE m.type = 'table' AND c.name = 'account' ORDER BY m.name",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    // Sessions stay with their token; purchases are sealed for their place and move above.
    let tables: Vec<_> =
        tables.iter().filter(|name| !["sessions", "purchases"].contains(&name.as_str())).collect();
    assert!(tables.len() >= 4, "{tables:?}");
    let token = hex::decode(gateway.account_key("token-one").hex()).unwrap();
    for table in &tables {
        insert_anything(&pool, table, &token).await;
    }
    shop.provider.tells("token-one", "ada@example.org");
    let owner = hex::decode(sign_in(&gateway, "token-one").await.owner().hex()).unwrap();
    for table in tables {
        let query = format!("SELECT account FROM {table}");
        let whose: Vec<u8> = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&pool).await.unwrap();
        assert_eq!(whose, owner, "{table}");
    }
}

#[tokio::test]
async fn of_two_notes_about_the_power_of_a_server_the_later_stays() {
    for (of_token, of_owner, stays) in [(2, 1, "token"), (1, 2, "owner")] {
        let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
        let gateway = shop.provider.gateway(directory.path(), moments()).await;
        shop.provider.tells("token-two", "ada@example.org");
        let owner = hex::decode(sign_in(&gateway, "token-two").await.owner().hex()).unwrap();
        let token = hex::decode(gateway.account_key("token-one").hex()).unwrap();
        let pool = database(directory.path()).await;
        for (account, action, at) in [(token, "token", of_token), (owner, "owner", of_owner)] {
            sqlx::query(
                "INSERT INTO power_actions (account, server, action, started_at, seen_off, settled_at) \
                 VALUES ($1, 7, $2, $3, FALSE, NULL)",
            )
            .bind(account)
            .bind(action)
            .bind(at)
            .execute(&pool)
            .await
            .unwrap();
        }
        shop.provider.tells("token-one", "ada@example.org");
        sign_in(&gateway, "token-one").await;
        let left: Vec<String> =
            sqlx::query_scalar("SELECT action FROM power_actions").fetch_all(&pool).await.unwrap();
        assert_eq!(left, [stays]);
    }
}

#[tokio::test]
async fn what_was_done_in_a_demo_is_forgotten_with_all_its_tokens() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let unknown = sign_in(&gateway, "demo-read").await;
    unknown.spend(&Deposit, None).await.unwrap();
    shop.provider.tells("demo-write", "demo@example.org");
    let known = sign_in(&gateway, "demo-write").await;
    known.spend(&Deposit, None).await.unwrap();
    shop.provider.tells("token-one", "ada@example.org");
    let other = sign_in(&gateway, "token-one").await;
    other.spend(&Deposit, None).await.unwrap();
    gateway.close().await;
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    for token in ["demo-write", "demo-read"] {
        gateway.forget_demo(token).await.unwrap();
    }
    for (token, left) in [("demo-read", 0), ("demo-write", 0), ("token-one", 1)] {
        let account = sign_in(&gateway, token).await;
        assert_eq!(records(&account).await, left, "{token}");
        assert_eq!(account.purchases().await.unwrap().len() as u64, left, "{token}");
    }
}

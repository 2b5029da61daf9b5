//! Saved views: kept per account, one for each name, one default for each list, sealed.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use gateway::{Account, Error, SavedView, ViewId};
use sandbox::{Stage, new_session, quick};
use vpsbg_sandbox::Seed;

async fn names(account: &Account, list: &str) -> Vec<String> {
    account.views(list).await.unwrap().into_iter().map(|view| view.name).collect()
}

async fn defaults(account: &Account) -> Vec<(String, String)> {
    account.default_views().await.unwrap().into_iter().map(|view| (view.list, view.name)).collect()
}

fn field(result: Result<SavedView, Error>) -> String {
    match result {
        Err(Error::Invalid(fields)) => fields[0].0.clone(),
        other => panic!("{other:?}"),
    }
}

fn pair(list: &str, name: &str) -> (String, String) {
    (list.to_owned(), name.to_owned())
}

#[tokio::test]
async fn a_view_is_kept_by_its_name_and_over_a_restart() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let shown = account.save_view("servers", "  Running ", "?status=active&q=web").await.unwrap();
    assert_eq!((shown.name.as_str(), shown.query.as_str()), ("Running", "status=active&q=web"));
    account.save_view("servers", "all by price", "sort=price").await.unwrap();
    account.save_view("isos", "Running", "").await.unwrap();
    account.choose_default_view("servers", Some(shown.id)).await.unwrap();
    assert_eq!(names(&account, "servers").await, ["all by price", "Running"]);
    drop(account);
    gateway.close().await;
    let gateway = stage.gateway(quick()).await;
    let account = gateway.enter(&new_session(&gateway, session.id()), sandbox::actor()).await.unwrap();
    let kept = SavedView { is_default: true, ..shown };
    assert_eq!(account.views("servers").await.unwrap()[1], kept);
    assert_eq!(account.default_views().await.unwrap(), [kept]);
    assert_eq!(names(&account, "isos").await, ["Running"]);
}

#[tokio::test]
async fn the_same_name_gets_the_new_state() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let first = account.save_view("servers", "Mine", "q=one").await.unwrap();
    account.choose_default_view("servers", Some(first.id)).await.unwrap();
    let second = account.save_view("servers", "Mine", "q=two").await.unwrap();
    assert_eq!((second.id, second.query.as_str(), second.is_default), (first.id, "q=two", true));
    assert_eq!(account.views("servers").await.unwrap(), std::slice::from_ref(&second));
    assert_eq!(account.default_views().await.unwrap(), [second], "what was remembered is not older");
    let other = account.save_view("servers", "mine", "q=three").await.unwrap();
    assert_ne!(other.id, first.id, "another name");
}

#[tokio::test]
async fn a_list_has_one_default_at_most() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    assert_eq!(defaults(&account).await, []);
    let one = account.save_view("servers", "one", "q=1").await.unwrap();
    let two = account.save_view("servers", "two", "q=2").await.unwrap();
    let iso = account.save_view("isos", "iso", "q=3").await.unwrap();
    account.choose_default_view("servers", Some(one.id)).await.unwrap();
    account.choose_default_view("isos", Some(iso.id)).await.unwrap();
    assert_eq!(defaults(&account).await, [pair("isos", "iso"), pair("servers", "one")]);
    account.choose_default_view("servers", Some(two.id)).await.unwrap();
    assert_eq!(defaults(&account).await, [pair("isos", "iso"), pair("servers", "two")]);
    // One of another list, or one that is gone: nothing changes.
    let gone: ViewId = "0".repeat(32).parse().unwrap();
    for id in [iso.id, gone] {
        let refused = account.choose_default_view("servers", Some(id)).await;
        assert_eq!(refused, Err(Error::NotFound));
    }
    assert_eq!(defaults(&account).await, [pair("isos", "iso"), pair("servers", "two")]);
    account.choose_default_view("servers", None).await.unwrap();
    assert_eq!(defaults(&account).await, [pair("isos", "iso")]);
    account.forget_view(iso.id).await.unwrap();
    assert_eq!(defaults(&account).await, []);
    assert_eq!(account.forget_view(iso.id).await, Err(Error::NotFound));
    assert_eq!(names(&account, "servers").await, ["one", "two"]);
}

#[tokio::test]
async fn colleagues_share_views_strangers_do_not_see_them() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (colleague, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Small);
    let (stranger, _) = stage.signed_in(&gateway, &other).await;
    let view = mine.save_view("servers", "Mine", "q=web").await.unwrap();
    assert_eq!(defaults(&colleague).await, []);
    mine.choose_default_view("servers", Some(view.id)).await.unwrap();
    assert_eq!(defaults(&colleague).await, [pair("servers", "Mine")]);
    assert_eq!(names(&stranger, "servers").await.len(), 0);
    assert_eq!(defaults(&stranger).await, []);
    assert_eq!(stranger.forget_view(view.id).await, Err(Error::NotFound));
    assert_eq!(stranger.choose_default_view("servers", Some(view.id)).await, Err(Error::NotFound));
    let own = stranger.save_view("servers", "Mine", "q=db").await.unwrap();
    assert_ne!(own.id, view.id);
    assert_eq!(mine.views("servers").await.unwrap()[0].query, "q=web");
}

#[tokio::test]
async fn what_is_too_much_is_refused_at_its_field() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let long = "ж".repeat(60);
    assert_eq!(account.save_view("servers", &long, &"q".repeat(2_000)).await.unwrap().name, long);
    for (name, query, at) in [
        ("", String::new(), "name"),
        ("   ", String::new(), "name"),
        ("two\nlines", String::new(), "name"),
        (&"ж".repeat(61), String::new(), "name"),
        ("long", "q".repeat(2_001), "query"),
    ] {
        assert_eq!(field(account.save_view("servers", name, &query).await), at, "{name:?}");
    }
    for list in ["", "Servers", "../isos", &"s".repeat(41)] {
        assert_eq!(field(account.save_view(list, "name", "").await), "list", "{list:?}");
    }
    // What is in an address is in it encoded; anything else would become a header.
    for query in ["q=a\nb", "q=a\r\nSet-Cookie: x=1", "q=\u{7}", "q=\0"] {
        assert_eq!(field(account.save_view("servers", "name", query).await), "query", "{query:?}");
    }
    for number in 1..50 {
        account.save_view("servers", &format!("view {number}"), "").await.unwrap();
    }
    assert_eq!(field(account.save_view("servers", "one more", "").await), "name");
    assert_eq!(account.views("servers").await.unwrap().len(), 50, "and it was not written");
    account.save_view("servers", "view 7", "q=new").await.unwrap();
    account.save_view("isos", "one more", "").await.unwrap();
    account.forget_view(account.views("servers").await.unwrap()[0].id).await.unwrap();
    account.save_view("servers", "one more", "").await.unwrap();
}

#[tokio::test]
async fn names_and_queries_are_sealed() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let view = account.save_view("servers", "view-of-4711", "q=secret-9f1c").await.unwrap();
    let bytes = stage.bytes();
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has(&view.id.to_string()), "the test is not what it says");
    assert!(!has("view-of-4711") && !has("secret-9f1c"));
}

#[tokio::test]
async fn a_view_moved_to_another_name_does_not_open() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    account.save_view("servers", "one", "q=1").await.unwrap();
    account.save_view("servers", "two", "q=2").await.unwrap();
    let pool = stage.database().await;
    let moved = "UPDATE saved_views SET sealed = (SELECT max(sealed) FROM saved_views)";
    sqlx::query(moved).execute(&pool).await.unwrap();
    assert_eq!(account.views("servers").await.unwrap().len(), 1);
}

#[test]
fn ids_are_thirty_two_digits() {
    let id: ViewId = "00112233445566778899aabbccddeeff".parse().unwrap();
    assert_eq!(id.to_string(), "00112233445566778899aabbccddeeff");
    for text in ["", "00", "zz112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeff00"] {
        assert!(text.parse::<ViewId>().is_err(), "{text}");
    }
}

//! A page that nobody has asked for yet: what is in the cache and nothing else, and no trace of the look.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use gateway::{Account, Draft, Error, Gateway, Session, SignedIn};
use sandbox::{Stage, actor, new_session, quick, remembering, servers, sign_in};
use vpsbg_api::{CreateIso, DepositFunds, Money, PaymentMethod};
use vpsbg_sandbox::Seed;

/// As a request of the same browser finds the session.
async fn look_in(gateway: &Gateway, session: &Session) -> (Option<Account>, Session) {
    let request = new_session(gateway, session.id());
    (gateway.look_in(&request, actor()).await, request)
}

/// Makes the session as old and as long unused as told, in seconds.
async fn age(session: &Session, since: i64, touched: i64) {
    let mut signed_in: SignedIn = session.get(SignedIn::KEY).await.unwrap().unwrap();
    let now = jiff::Timestamp::now().as_second();
    (signed_in.since, signed_in.touched) = (now - since, now - touched);
    session.insert(SignedIn::KEY, signed_in).await.unwrap();
    session.save().await.unwrap();
}

#[tokio::test]
async fn it_shows_what_is_fresh_in_the_cache_and_asks_nothing() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(remembering()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let (early, _) = look_in(&gateway, &session).await;
    let early = early.unwrap();
    assert!(early.read(&servers(1)).await.is_err());
    assert!(early.lacked());
    assert_eq!(stage.journal().await.len(), 0);
    account.read(&servers(1)).await.unwrap();
    let (early, _) = look_in(&gateway, &session).await;
    let early = early.unwrap();
    assert_eq!(early.read(&servers(1)).await.unwrap().stale(), None);
    assert!(!early.lacked());
    assert!(early.read(&servers(2)).await.is_err());
    assert!(early.lacked());
    assert_eq!(stage.journal().await.len(), 1);
    // What is no longer fresh would be shown as if it were.
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    account.read(&servers(1)).await.unwrap();
    let early = look_in(&gateway, &session).await.0.unwrap();
    assert!(early.read(&servers(1)).await.is_err() && early.lacked());
}

#[tokio::test]
async fn it_changes_and_buys_nothing_and_shows_no_draft() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(remembering()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let kept = account.keep_draft(&Draft::default()).await.unwrap();
    let early = || async { look_in(&gateway, &session).await.0.unwrap() };
    let iso = CreateIso { url: "https://mirror.example.org/a.iso".to_owned() };
    let deposit = DepositFunds { amount: Money(50.into()), payment_method: PaymentMethod::Card };
    assert_eq!(early().await.act(&iso).await.unwrap_err(), Error::StillWaiting);
    assert!(early().await.spend(&deposit, None).await.is_err());
    let looking = early().await;
    assert!(looking.draft(&kept).await.is_err() && looking.lacked());
    assert_eq!((stage.journal().await.len(), stage.rows("audit").await), (0, 0));
    assert!(account.draft(&kept).await.unwrap().is_some());
}

#[tokio::test]
async fn the_session_is_not_used_by_it() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, None).await;
    // So long unused that a request would be noted.
    age(&session, 3600, 3600).await;
    let (early, request) = look_in(&gateway, &session).await;
    assert!(early.is_some() && !request.is_modified());
    let asked = new_session(&gateway, session.id());
    gateway.enter(&asked, actor()).await.unwrap();
    assert!(asked.is_modified(), "the test is not what it says");
    // An ended one is not opened, and not ended either: who asks is told why.
    for (since, touched) in [(9 * 3600, 9 * 3600), (8 * 24 * 3600, 60)] {
        let session = sign_in(&gateway, &stage.write, None).await;
        age(&session, since, touched).await;
        let (early, request) = look_in(&gateway, &session).await;
        assert!(early.is_none() && !request.is_modified());
        assert!(request.get::<SignedIn>(SignedIn::KEY).await.unwrap().is_some());
    }
    assert!(gateway.look_in(&new_session(&gateway, None), actor()).await.is_none());
}

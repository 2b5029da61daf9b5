//! Purchases: written down before they are sent, sent once, and when the answer is lost, done, not done or unknown
//! is said, each only when it is true.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "support/shop.rs"]
mod shop;

use std::time::Duration;

use futures::StreamExt;
use gateway::{
    Account, AuditFilter, Decision, Error, PurchaseFilter, PurchaseState, Spent, Timings, quote_is_higher,
    shown_total,
};
use provider::{answer, sign_in};
use shop::{Deposit, Made, Mood, Renew, Shop, moments};
use tempfile::TempDir;

fn place() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Buys; the answer must be lost. Waits until the outcome is known.
async fn lost<O: vpsbg_api::Operation>(account: &Account, operation: &O) -> gateway::Purchase
where
    O::Answer: std::fmt::Debug,
{
    let spent = account.spend(operation, shown_total("60.00")).await.unwrap();
    let Spent::Looking { purchase } = spent else { panic!("{spent:?}") };
    settled(account, purchase).await
}

/// The outcome, which must come.
async fn settled(account: &Account, purchase: gateway::PurchaseId) -> gateway::Purchase {
    tokio::time::timeout(Duration::from_secs(30), account.settled(purchase)).await.unwrap().unwrap()
}

/// The purchases that match, as a file has them.
async fn every(account: &Account, filter: PurchaseFilter) -> Vec<gateway::Purchase> {
    let batches: Vec<_> = account.purchases_all(filter).collect().await;
    batches.into_iter().flat_map(|batch| batch.unwrap().rows).collect()
}

/// Operation and outcome of each audit record, in order.
async fn audit(directory: &TempDir) -> Vec<String> {
    let file = directory.path().join("vitosha.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let query = "SELECT operation || ' ' || outcome FROM audit ORDER BY at, rowid";
    let rows = sqlx::query_scalar(query).fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows
}

#[tokio::test]
async fn a_confirmed_purchase_is_done_and_written_down() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    let spent = account.spend(&Deposit, shown_total("60.00")).await.unwrap();
    let Spent::Done { purchase, answer } = spent else { panic!("{spent:?}") };
    assert_eq!(answer, Made(shop.newest()));
    let line = account.purchase(purchase).await.unwrap();
    assert_eq!((line.operation.as_str(), line.state), ("depositFunds", PurchaseState::Done));
    assert_eq!((line.shown.as_deref(), line.person.as_deref()), (Some("60.00"), Some("Ada")));
    let filter = AuditFilter { request: Some(line.request_id.clone()), ..AuditFilter::default() };
    let records = account.audit(&filter, 1).await.unwrap();
    assert_eq!((records.total, records.rows[0].operation.as_str()), (1, "depositFunds"), "its own record");
    let other = AuditFilter { request: Some("another".to_owned()), ..AuditFilter::default() };
    assert_eq!(account.audit(&other, 1).await.unwrap().total, 0);
    assert_eq!(account.purchases().await.unwrap(), [line]);
    assert_eq!((shop.sent(), shop.orders()), (1, 1));
    assert_eq!(audit(&directory).await, ["depositFunds done"]);
}

#[tokio::test]
async fn it_is_written_down_before_it_is_sent() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    shop.set(Mood::Hang, true);
    let buying = tokio::spawn({
        let account = account.clone();
        async move { account.spend(&Deposit, None).await }
    });
    sandbox::until("the sending", || async { (shop.sent() == 1).then_some(()) }).await;
    assert_eq!(account.purchases().await.unwrap()[0].state, PurchaseState::Sending);
    assert!(matches!(buying.await.unwrap().unwrap(), Spent::Looking { .. }));
}

#[tokio::test]
async fn what_is_refused_is_not_done() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    let table = [
        (402, "not-understood"),
        (403, "read-only"),
        (404, "not-found"),
        (409, "invalid"),
        (422, "invalid"),
        (423, "locked"),
        (429, "rate-limited"),
    ];
    for (status, code) in table {
        shop.set(Mood::Says(status, "{}".to_owned()), false);
        let error = account.spend(&Deposit, None).await.unwrap_err();
        assert_eq!(error.code(), code, "{status}");
        let line = &account.purchases().await.unwrap()[0];
        assert_eq!((line.state, line.refusal.as_deref()), (PurchaseState::NotDone, Some(code)), "{status}");
    }
    assert_eq!(shop.sent(), table.len());
    assert_eq!(audit(&directory).await.len(), table.len());
}

#[tokio::test]
async fn cut_at_every_byte_it_is_found_and_never_sent_again() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    let whole = answer(201, &serde_json::json!({ "id": 200_001, "type": "deposit", "status": "awaiting_payment", "services": [] }).to_string());
    for kept in 0..whole.len() {
        shop.set(Mood::Cut(kept), true);
        let purchase = lost(&account, &Deposit).await;
        assert_eq!(purchase.state, PurchaseState::Done, "cut after {kept}");
        assert_eq!(purchase.found[0].what, format!("order {}", shop.newest()), "cut after {kept}");
        assert_eq!((purchase.found.len(), shop.sent(), shop.orders()), (1, kept + 1, kept + 1));
    }
    shop.set(Mood::Cut(whole.len()), true);
    assert!(
        matches!(account.spend(&Deposit, None).await.unwrap(), Spent::Done { .. }),
        "the test is not what it says"
    );
    let records = audit(&directory).await;
    assert_eq!(records.len(), whole.len() + 1);
    assert!(records[..whole.len()].iter().all(|record| record == "depositFunds outcome-unknown"));
}

#[tokio::test]
async fn cut_at_every_byte_without_an_order_it_is_not_done() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_look: Duration::from_millis(3), ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    let whole = answer(201, &serde_json::json!({ "id": 200_001 }).to_string());
    for kept in 0..whole.len() {
        shop.set(Mood::Cut(kept), false);
        let purchase = lost(&account, &Deposit).await;
        assert_eq!((purchase.state, purchase.found.len()), (PurchaseState::NotDone, 0), "cut after {kept}");
    }
    assert_eq!((shop.sent(), shop.orders()), (whole.len(), 0));
}

#[tokio::test]
async fn however_the_answer_is_lost_it_is_done_or_not_done() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    let moods = [
        Mood::Hang,
        Mood::Reset,
        Mood::Says(500, "{}".to_owned()),
        Mood::Says(503, "<html>".to_owned()),
        Mood::Says(201, "<html>Created</html>".to_owned()),
        Mood::Says(201, String::new()),
        Mood::Says(200, "[]".to_owned()),
        Mood::Says(302, String::new()),
    ];
    for (number, mood) in moods.into_iter().enumerate() {
        shop.set(mood.clone(), true);
        let purchase = lost(&account, &Deposit).await;
        assert_eq!(purchase.state, PurchaseState::Done, "{mood:?}");
        assert_eq!(purchase.found[0].what, format!("order {}", shop.newest()));
        shop.set(mood.clone(), false);
        assert_eq!(lost(&account, &Deposit).await.state, PurchaseState::NotDone, "{mood:?}");
        assert_eq!((shop.sent(), shop.orders()), (2 * (number + 1), number + 1), "{mood:?}");
    }
}

#[tokio::test]
async fn an_order_that_appears_late_is_found() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_look: Duration::from_secs(3600), ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase } = account.spend(&Deposit, None).await.unwrap() else { panic!() };
    let looks = shop.provider.asked("GET /orders");
    sandbox::until("looks", || async { (shop.provider.asked("GET /orders") > looks + 3).then_some(()) })
        .await;
    assert_eq!(account.purchase(purchase).await.unwrap().state, PurchaseState::Looking);
    shop.order_of_another("deposit", &[]);
    assert_eq!(settled(&account, purchase).await.state, PurchaseState::Done);
}

#[tokio::test]
async fn not_done_needs_a_provider_that_keeps_answering() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings {
        purchase_look: Duration::from_millis(50),
        purchase_give_up: Duration::from_millis(600),
        ..moments()
    };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase } = account.spend(&Deposit, None).await.unwrap() else { panic!() };
    shop.lists(Some(500));
    let line = settled(&account, purchase).await;
    assert_eq!((line.state, line.found.len()), (PurchaseState::Unknown, 0));
    assert_eq!(shop.sent(), 1);
}

#[tokio::test]
async fn two_that_might_be_it_are_for_a_person_to_decide() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_look: Duration::from_secs(3600), ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.order_of_another("deposit", &[]);
    shop.set(Mood::Hang, true);
    let buying = tokio::spawn({
        let account = account.clone();
        async move { account.spend(&Deposit, None).await }
    });
    sandbox::until("the sending", || async { (shop.sent() == 1).then_some(()) }).await;
    shop.order_of_another("deposit", &[]);
    let Spent::Looking { purchase } = buying.await.unwrap().unwrap() else { panic!() };
    let line = settled(&account, purchase).await;
    assert_eq!((line.state, line.found.len(), line.decided), (PurchaseState::Unknown, 2, None));
    let limited = account.limited_to(&gateway::Permissions::only([vpsbg_api::Permission::BillingRead]));
    assert_eq!(limited.decide(purchase, Decision::Done).await.unwrap_err(), Error::Forbidden);
    let decided = account.decide(purchase, Decision::Done).await.unwrap();
    assert_eq!((decided.state, decided.decided), (PurchaseState::Done, Some(Some("Ada".to_owned()))));
    assert_eq!(
        account.decide(purchase, Decision::NotDone).await.unwrap_err(),
        Error::NotFound,
        "decided once"
    );
    assert_eq!(account.purchase(purchase).await.unwrap().state, PurchaseState::Done);
    assert_eq!(shop.sent(), 1);
}

#[tokio::test]
async fn a_person_can_have_it_looked_for_again() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_give_up: Duration::ZERO, ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.set(Mood::Reset, false);
    shop.lists(None);
    let line = lost(&account, &Deposit).await;
    assert_eq!(line.state, PurchaseState::Unknown, "given up at once");
    shop.order_of_another("deposit", &[]);
    account.decide(line.id, Decision::LookAgain).await.unwrap();
    let line = settled(&account, line.id).await;
    assert_eq!((line.state, line.found.len(), line.decided), (PurchaseState::Done, 1, None));
}

#[tokio::test]
async fn orders_of_another_kind_or_about_others_are_not_it() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_look: Duration::from_millis(100), ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase } = account.spend(&Renew(vec![7, 8]), None).await.unwrap() else {
        panic!()
    };
    shop.order_of_another("deposit", &[]);
    shop.order_of_another("renew-service", &[9]);
    assert_eq!(settled(&account, purchase).await.state, PurchaseState::NotDone);
    // About one of the two: that is neither it nor nothing.
    let Spent::Looking { purchase } = account.spend(&Renew(vec![7, 8]), None).await.unwrap() else {
        panic!()
    };
    shop.order_of_another("renew-service", &[7]);
    let line = settled(&account, purchase).await;
    assert_eq!((line.state, line.found.len()), (PurchaseState::Unknown, 1));
    account.decide(purchase, Decision::NotDone).await.unwrap();
    shop.set(Mood::Reset, true);
    let line = lost(&account, &Renew(vec![8, 7])).await;
    assert_eq!((line.state, line.found[0].about.as_deref()), (PurchaseState::Done, Some("renew-service")));
}

#[tokio::test]
async fn while_one_is_looked_for_the_same_is_not_sent() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_look: Duration::from_secs(3600), ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase } = account.spend(&Deposit, None).await.unwrap() else { panic!() };
    shop.set(Mood::Fine, true);
    assert_eq!(account.spend(&Deposit, None).await.unwrap_err(), Error::PurchaseOpen);
    assert_eq!(shop.sent(), 1);
    assert!(
        matches!(account.spend(&Renew(vec![1]), None).await.unwrap(), Spent::Done { .. }),
        "another kind goes"
    );
    shop.order_of_another("deposit", &[]);
    settled(&account, purchase).await;
    assert!(matches!(account.spend(&Deposit, None).await.unwrap(), Spent::Done { .. }));
    let records = audit(&directory).await;
    assert_eq!(records[1], "depositFunds purchase-open");
    assert_eq!(records.len(), 4);
}

#[tokio::test]
async fn of_two_lost_ones_one_order_belongs_to_neither_for_certain() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_give_up: Duration::from_millis(300), ..moments() };
    let account = shop.provider.account(directory.path(), timings).await;
    shop.set(Mood::Reset, false);
    let Spent::Looking { purchase: first } = account.spend(&Deposit, None).await.unwrap() else { panic!() };
    shop.lists(Some(503));
    assert_eq!(settled(&account, first).await.state, PurchaseState::Unknown);
    shop.lists(None);
    shop.set(Mood::Reset, true);
    let second = lost(&account, &Deposit).await;
    assert_eq!((second.state, second.found.len()), (PurchaseState::Unknown, 1));
    // Once the first is decided the second can be told.
    account.decide(first, Decision::NotDone).await.unwrap();
    account.decide(second.id, Decision::LookAgain).await.unwrap();
    assert_eq!(settled(&account, second.id).await.state, PurchaseState::Done);
}

#[tokio::test]
async fn nothing_is_bought_while_nobody_can_tell_what_is_there() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    shop.lists(Some(500));
    assert_eq!(account.spend(&Deposit, None).await.unwrap_err(), Error::ProviderFault);
    assert_eq!((shop.sent(), account.purchases().await.unwrap().len()), (0, 0));
    assert_eq!(audit(&directory).await, ["depositFunds provider-fault"]);
}

#[tokio::test]
async fn without_a_list_of_orders_a_lost_answer_is_unknown() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    shop.lists(Some(405));
    assert!(
        matches!(account.spend(&Deposit, None).await.unwrap(), Spent::Done { .. }),
        "it is sold all the same"
    );
    shop.set(Mood::Reset, true);
    assert_eq!(lost(&account, &Deposit).await.state, PurchaseState::Unknown);
    shop.set(Mood::Reset, false);
    assert_eq!(lost(&account, &Deposit).await.state, PurchaseState::Unknown);
}

#[tokio::test]
async fn a_restart_while_looking_goes_on_when_the_account_is_opened() {
    let (shop, directory) = (Shop::open().await, place());
    let timings = Timings { purchase_look: Duration::from_secs(3600), ..moments() };
    let gateway = shop.provider.gateway(directory.path(), timings).await;
    let session = sandbox::sign_in(&gateway, "token-one", None).await;
    let account = gateway.enter(&session, sandbox::actor()).await.unwrap();
    shop.set(Mood::Reset, true);
    shop.lists(None);
    // It is there, but cannot be seen before the end of this run.
    let hidden = std::sync::Arc::clone(&shop.counter);
    let buying = account.spend(&Deposit, None);
    let spent = buying.await.unwrap();
    hidden.lock().unwrap().lists = Some(503);
    let Spent::Looking { purchase } = spent else { panic!() };
    let state = account.purchase(purchase).await.unwrap().state;
    account.sign_out(&session).await;
    gateway.close().await;
    shop.lists(None);
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let account = sign_in(&gateway, "token-one").await;
    assert_eq!(settled(&account, purchase).await.state, PurchaseState::Done, "was {state:?}");
    assert_eq!((shop.sent(), audit(&directory).await.len()), (1, 1));
}

#[tokio::test]
async fn a_connection_that_was_never_made_sold_nothing() {
    let (shop, directory) = (Shop::open().await, place());
    drop(shop.account(directory.path()).await);
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let account = sign_in(&gateway, "token-one").await;
    assert!(account.spend(&Deposit, None).await.is_ok());
    let elsewhere = tempfile::tempdir().unwrap();
    let gone = provider::Provider::open(|_| provider::Act::Reset).await;
    let account = gone.account(elsewhere.path(), moments()).await;
    assert_eq!(account.spend(&Deposit, None).await.unwrap_err(), Error::Unreachable);
    assert_eq!(gone.asked("POST /balance"), 0);
}

#[tokio::test]
async fn there_is_no_way_past_the_journal() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    assert_eq!(account.act(&Deposit).await.unwrap(), Made(shop.newest()));
    shop.set(Mood::Reset, true);
    assert_eq!(account.act(&Deposit).await.unwrap_err(), Error::OutcomeUnknown);
    let lines = account.purchases().await.unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(account.settled(lines[0].id).await.unwrap().state, PurchaseState::Done);
    assert_eq!(audit(&directory).await, ["depositFunds done", "depositFunds outcome-unknown"]);
}

#[tokio::test]
async fn who_may_not_spend_sends_nothing_and_is_written_down() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await.limited_to(&gateway::Permissions::none());
    assert_eq!(account.spend(&Deposit, None).await.unwrap_err(), Error::Forbidden);
    assert_eq!(account.purchases().await.unwrap_err(), Error::Forbidden);
    let all = PurchaseFilter::default();
    assert_eq!(account.purchases_page(&all, 1).await.unwrap_err(), Error::Forbidden);
    assert_eq!(account.purchase_operations().await.unwrap_err(), Error::Forbidden);
    let file: Vec<_> = account.purchases_all(all).collect().await;
    assert!(matches!(file[..], [Err(Error::Forbidden)]), "{file:?}");
    assert!(shop.provider.requests().is_empty());
    assert_eq!(audit(&directory).await, ["depositFunds forbidden"]);
}

#[tokio::test]
async fn purchases_of_another_account_are_not_there() {
    let (shop, directory) = (Shop::open().await, place());
    let gateway = shop.provider.gateway(directory.path(), moments()).await;
    let mine = sign_in(&gateway, "token-one").await;
    let Spent::Done { purchase, .. } = mine.spend(&Deposit, None).await.unwrap() else { panic!() };
    let theirs = sign_in(&gateway, "token-two").await;
    assert_eq!(theirs.purchases().await.unwrap(), []);
    assert_eq!(theirs.purchases_page(&PurchaseFilter::default(), 1).await.unwrap().total, 0);
    assert_eq!(theirs.purchase_operations().await.unwrap(), [""; 0]);
    assert_eq!(theirs.purchase(purchase).await.unwrap_err(), Error::NotFound);
    assert_eq!(theirs.decide(purchase, Decision::Done).await.unwrap_err(), Error::NotFound);
}

#[tokio::test]
async fn purchases_at_once_go_one_after_the_other() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    let all = (0..10).map(|_| account.spend(&Deposit, None));
    for spent in futures::future::join_all(all).await {
        assert!(matches!(spent.unwrap(), Spent::Done { .. }));
    }
    assert_eq!((shop.sent(), shop.orders()), (10, 10));
    let asked: Vec<_> = shop.provider.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(asked, ["GET", "POST"].repeat(10), "a purchase began before the one before it had ended");
}

#[tokio::test]
async fn pages_hold_every_purchase_once_the_newest_first() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    let mut ids = Vec::new();
    for _ in 0..53 {
        let Spent::Done { purchase, .. } = account.spend(&Deposit, None).await.unwrap() else { panic!() };
        ids.push(purchase);
    }
    let mut paged = Vec::new();
    for (page, number) in [(1, 50), (2, 3), (3, 0), (u64::MAX, 0)] {
        let page = account.purchases_page(&PurchaseFilter::default(), page).await.unwrap();
        assert_eq!((page.rows.len(), page.broken, page.total, page.per_page), (number, 0, 53, 50));
        paged.extend(page.rows);
    }
    assert!(paged.is_sorted_by(|one, other| one.created_at >= other.created_at));
    assert_eq!(every(&account, PurchaseFilter::default()).await, paged);
    ids.sort_unstable_by_key(ToString::to_string);
    let mut listed: Vec<_> = paged.iter().map(|purchase| purchase.id).collect();
    listed.sort_unstable_by_key(ToString::to_string);
    assert_eq!(listed, ids);
}

#[tokio::test]
async fn purchases_are_narrowed_by_what_became_of_them_what_they_were_and_when() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    account.spend(&Deposit, None).await.unwrap();
    account.spend(&Renew(vec![7]), None).await.unwrap();
    shop.set(Mood::Says(423, "{}".to_owned()), false);
    account.spend(&Renew(vec![7]), None).await.unwrap_err();
    assert_eq!(account.purchase_operations().await.unwrap(), ["depositFunds", "renewServers"]);
    let newest = account.purchases().await.unwrap()[0].clone();
    let (all, hour) = (PurchaseFilter::default(), jiff::SignedDuration::from_hours(1));
    let (renewals, done) = (Some("renewServers".to_owned()), Some(PurchaseState::Done));
    for (filter, number) in [
        (all.clone(), 3),
        (PurchaseFilter { state: done, ..all.clone() }, 2),
        (PurchaseFilter { state: Some(PurchaseState::Unknown), ..all.clone() }, 0),
        (PurchaseFilter { operation: renewals.clone(), ..all.clone() }, 2),
        (PurchaseFilter { operation: renewals, state: done, ..all.clone() }, 1),
        (PurchaseFilter { from: Some(newest.created_at - hour), ..all.clone() }, 3),
        (PurchaseFilter { from: Some(newest.created_at + hour), ..all.clone() }, 0),
        (PurchaseFilter { before: Some(newest.created_at + hour), ..all.clone() }, 3),
        (PurchaseFilter { before: Some(newest.created_at - hour), ..all }, 0),
    ] {
        let page = account.purchases_page(&filter, 1).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (number, number as u64), "{filter:?}");
        assert_eq!(every(&account, filter.clone()).await, page.rows, "{filter:?}");
    }
}

#[tokio::test]
async fn what_was_shown_and_who_bought_is_sealed() {
    let (shop, directory) = (Shop::open().await, place());
    let account = shop.account(directory.path()).await;
    account.spend(&Deposit, shown_total("8642.97")).await.unwrap();
    let files = std::fs::read_dir(directory.path()).unwrap();
    let bytes: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let has = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(has(b"depositFunds"), "the test is not what it says");
    assert!(!has(b"8642.97") && !has(b"token-one") && !has(b"\"deposit\""));
}

#[test]
fn a_higher_quote_brings_the_dialog_back() {
    let shown = shown_total("26.80");
    for (now, higher) in [("26.79", false), ("26.80", false), ("26.8", false), ("26.81", true), ("-3", false)]
    {
        assert_eq!(quote_is_higher(shown, &shown_total(now)), higher, "{now}");
    }
    assert!(quote_is_higher(shown, &None::<vpsbg_api::Money>), "not known any more");
    assert!(quote_is_higher(None, &shown), "known only now");
    assert!(!quote_is_higher(None, &None::<vpsbg_api::Money>));
    assert_eq!(shown_total("free"), None);
}

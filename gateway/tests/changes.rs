//! Changes: sent once and only once, seen by the next read, written down whatever their outcome.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Access, Account, Error, Freshness, Timings};
use sandbox::{Stage, actor, quick, remembering, sign_in, until};
use serde_json::json;
use vpsbg_api::{
    CreateIso, CreateTicket, DeleteIso, GetBalance, GetIso, ListIsos, ListTickets, ResolveTicket,
    StartServer, StopServer,
};
use vpsbg_sandbox::Seed;

fn new_iso(name: &str) -> CreateIso {
    CreateIso { url: format!("https://mirror.example.org/{name}.iso") }
}

async fn names(account: &Account) -> Vec<String> {
    let page = account.read(&ListIsos { page: 1 }).await.unwrap();
    page.value.rows.iter().filter_map(|iso| iso.name.clone()).collect()
}

#[tokio::test]
async fn a_lost_answer_is_an_unknown_outcome_and_nothing_is_sent_again() {
    let losses = [
        json!({ "hang": true, "perform": true }),
        json!({ "reset": true, "perform": true }),
        json!({ "cut_after_bytes": 20 }),
        json!({ "status": 500 }),
        json!({ "status": 503, "perform": true }),
        json!({ "status": 201, "body": "<html>Created</html>", "perform": true }),
    ];
    for (number, mut order) in losses.into_iter().enumerate() {
        let stage = Stage::set(Seed::Small).await;
        let account = stage.account(Timings { answer: Duration::from_millis(300), ..quick() }).await;
        (order["operation"], order["times"]) = (json!("createIso"), json!(0));
        stage.force(order.clone()).await;
        let outcome = account.act(&new_iso(&format!("lost-{number}"))).await;
        assert_eq!(outcome.unwrap_err(), Error::OutcomeUnknown, "{order}");
        assert_eq!(stage.asked("createIso").await, 1, "{order}");
    }
}

#[tokio::test]
async fn a_change_without_an_answer_body_is_sent_once_too() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("web-1").await;
    stage.forget_journal().await;
    stage.force(json!({ "operation": "stopServer", "reset": true, "times": 0 })).await;
    assert_eq!(account.act(&StopServer { id }).await.unwrap_err(), Error::OutcomeUnknown);
    assert_eq!(stage.asked("stopServer").await, 1);
}

#[tokio::test]
async fn changes_do_not_share_connections_with_anybody() {
    // A connection that the other side has closed meanwhile would make "not sent" a guess.
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    for number in 0..5 {
        assert!(account.act(&new_iso(&format!("a-{number}"))).await.is_ok());
        stage.force(json!({ "operation": "createIso", "reset": true, "perform": true })).await;
        assert_eq!(
            account.act(&new_iso(&format!("b-{number}"))).await.unwrap_err(),
            Error::OutcomeUnknown,
            "{number}"
        );
    }
    assert_eq!(stage.asked("createIso").await, 10);
}

#[tokio::test]
async fn a_provider_that_is_not_there_has_certainly_done_nothing() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let id = sign_in(&gateway, &stage.write, None).await.id();
    let gone = stage.gateway_to("http://127.0.0.1:9/v1", quick()).await;
    let account = gone.enter(&sandbox::new_session(&gone, id), actor()).await.unwrap();
    assert_eq!(account.act(&new_iso("a")).await.unwrap_err(), Error::Unreachable);
}

#[tokio::test]
async fn a_change_is_sent_even_if_the_person_has_gone() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.force(json!({ "operation": "createIso", "delay_ms": 200 })).await;
    let gone = tokio::time::timeout(Duration::from_millis(50), account.act(&new_iso("a"))).await;
    assert!(gone.is_err());
    until("the record", || async { (stage.rows("audit").await == 1).then_some(()) }).await;
    assert_eq!(outcomes(&stage).await, ["createIso done"]);
    assert!(names(&account).await.contains(&"a.iso".to_owned()));
}

#[tokio::test]
async fn a_locked_object_is_told_as_such() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    let id = stage.server_id("shop").await;
    assert_eq!(account.act(&StopServer { id }).await.unwrap_err(), Error::Locked);
    assert_eq!(stage.asked("stopServer").await, 1);
}

#[tokio::test]
async fn what_was_entered_wrongly_comes_back_with_its_fields() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let refused = account.act(&CreateIso { url: "not an address".to_owned() }).await.unwrap_err();
    let Error::Invalid(fields) = refused else { panic!("{refused:?}") };
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].0, "url");
    assert!(fields[0].1[0].contains("valid URL"), "{fields:?}");
    let ticket = CreateTicket {
        department: "2".parse().unwrap(),
        subject: "x".to_owned(),
        message: "y".to_owned(),
        service: None,
        files: Vec::new(),
    };
    let refused = account.act(&ticket).await.unwrap_err();
    let Error::Invalid(fields) = refused else { panic!("{refused:?}") };
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"subject") && names.contains(&"message"), "{names:?}");
}

#[tokio::test]
async fn a_read_token_is_told_before_and_after() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.read).await;
    assert_eq!(account.access(), Access::ProbablyReadOnly, "known at sign-in");
    assert_eq!(account.act(&new_iso("a")).await.unwrap_err(), Error::ReadOnly);
    assert_eq!(account.access(), Access::ProbablyReadOnly);
    assert!(account.read(&ListIsos { page: 1 }).await.is_ok());
}

#[tokio::test]
async fn probably_read_only_is_cleared_by_an_accepted_change() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    assert_eq!(account.access(), Access::Writes);
    stage.force(json!({ "operation": "createIso", "status": 403 })).await;
    assert_eq!(account.act(&new_iso("a")).await.unwrap_err(), Error::ReadOnly);
    assert_eq!(account.access(), Access::ProbablyReadOnly);
    assert!(account.act(&new_iso("a")).await.is_ok(), "trying anyway stays possible");
    assert_eq!(account.access(), Access::Writes);
}

#[tokio::test]
async fn a_change_is_seen_by_the_next_read() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(remembering()).await;
    let before = names(&account).await;
    let added = account.act(&new_iso("fresh")).await.unwrap();
    assert!(names(&account).await.contains(&"fresh.iso".to_owned()));
    account.act(&DeleteIso { id: added.id }).await.unwrap();
    assert_eq!(names(&account).await, before);
}

#[tokio::test]
async fn a_change_of_unknown_outcome_is_seen_by_the_next_read() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(remembering()).await;
    assert!(!names(&account).await.contains(&"lost.iso".to_owned()));
    stage.force(json!({ "operation": "createIso", "reset": true, "perform": true })).await;
    assert_eq!(account.act(&new_iso("lost")).await.unwrap_err(), Error::OutcomeUnknown);
    assert!(names(&account).await.contains(&"lost.iso".to_owned()));
}

#[tokio::test]
async fn a_read_begun_before_the_change_does_not_fill_the_cache() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(remembering()).await;
    // The answer is decided now, and comes when the change is long done.
    stage.force(json!({ "operation": "listIsos", "delay_ms": 400 })).await;
    let early = tokio::spawn({
        let account = account.clone();
        async move { names(&account).await }
    });
    until("the early read", || async { (stage.asked("listIsos").await == 1).then_some(()) }).await;
    account.act(&new_iso("later")).await.unwrap();
    let during = names(&account).await;
    assert!(during.contains(&"later.iso".to_owned()), "joined a read that was too early");
    assert!(!early.await.unwrap().contains(&"later.iso".to_owned()), "the test is not what it says");
    assert!(names(&account).await.contains(&"later.iso".to_owned()), "the early read filled the cache");
    assert_eq!(stage.asked("listIsos").await, 2);
}

#[tokio::test]
async fn values_of_before_the_change_do_not_stand_in() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    account.read(&ListIsos { page: 1 }).await.unwrap();
    account.act(&new_iso("a")).await.unwrap();
    stage.force_always("listIsos", 500).await;
    assert_eq!(account.read(&ListIsos { page: 1 }).await.unwrap_err(), Error::ProviderFault);
}

#[tokio::test]
async fn a_refused_token_ends_the_session_in_the_store_and_in_open_streams() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let (elsewhere, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Small);
    let (stranger, _) = stage.signed_in(&gateway, &other).await;
    assert_eq!(stage.rows("sessions signed in").await, 3);
    let (ended, elsewhere_ended, stranger_ended) = (account.ended(), elsewhere.ended(), stranger.ended());
    stage.order("faults", json!({ "revoke": "write" })).await;
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::TokenRefused);
    tokio::time::timeout(Duration::from_secs(5), ended).await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), elsewhere_ended).await.unwrap();
    assert_eq!(stage.rows("sessions signed in").await, 1, "only the stranger's");
    let again = sandbox::new_session(&gateway, session.id());
    assert!(gateway.enter(&again, actor()).await.is_err());
    assert!(futures::FutureExt::now_or_never(stranger_ended).is_none());
    assert!(stranger.read(&GetBalance).await.is_ok());
}

#[tokio::test]
async fn a_token_refused_at_a_change_ends_the_session_as_well() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let ended = account.ended();
    stage.order("faults", json!({ "revoke": "write" })).await;
    assert_eq!(account.act(&new_iso("a")).await.unwrap_err(), Error::TokenRefused);
    tokio::time::timeout(Duration::from_secs(5), ended).await.unwrap();
    assert_eq!(stage.rows("sessions signed in").await, 0);
}

/// Account, permission, object, person, session, address, request.
type Record = (Vec<u8>, String, Option<String>, Option<String>, Vec<u8>, Option<String>, String);

/// Operation and outcome of each record, in order.
async fn outcomes(stage: &Stage) -> Vec<String> {
    let pool = stage.database().await;
    let query = "SELECT operation || ' ' || outcome FROM audit ORDER BY at, rowid";
    let rows = sqlx::query_scalar(query).fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows
}

#[tokio::test]
async fn every_change_is_written_down_once_whatever_its_outcome() {
    let stage = Stage::set(Seed::Typical).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, Some("Ada")).await;
    let account = gateway.enter(&session, actor()).await.unwrap();
    let (web, shop) = (stage.server_id("web-1").await, stage.server_id("shop").await);
    let added = account.act(&new_iso("a")).await.unwrap();
    account.act(&new_iso("a")).await.unwrap_err();
    account.act(&StopServer { id: shop }).await.unwrap_err();
    stage.force(json!({ "operation": "startServer", "reset": true })).await;
    account.act(&StartServer { id: web }).await.unwrap_err();
    account.act(&DeleteIso { id: "987654".parse().unwrap() }).await.unwrap_err();
    account.act(&DeleteIso { id: added.id }).await.unwrap();
    stage.force(json!({ "operation": "createIso", "status": 403 })).await;
    account.act(&new_iso("b")).await.unwrap_err();
    stage.force(json!({ "operation": "createIso", "status": 429 })).await;
    account.act(&new_iso("b")).await.unwrap_err();
    account.act(&new_iso("b")).await.unwrap_err();
    let expected = [
        "createIso done",
        "createIso invalid",
        "stopServer locked",
        "startServer outcome-unknown",
        "deleteIso not-found",
        "deleteIso done",
        "createIso read-only",
        "createIso rate-limited",
        "createIso rate-limited",
    ];
    assert_eq!(outcomes(&stage).await, expected);
    let pool = stage.database().await;
    let (whose, permission, object, person, by, address, request): Record = sqlx::query_as(
        "SELECT account, permission, object, person, session, address, request_id FROM audit \
         WHERE operation = 'startServer'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(hex::encode(whose), account.owner().hex());
    assert_eq!(permission, "servers.power");
    assert_eq!(object, Some(format!("server {web}")));
    assert_eq!(person.as_deref(), Some("Ada"));
    assert_eq!(by, gateway::Sessions::hash(&session.id().unwrap())[..8]);
    assert_eq!((address.as_deref(), request.as_str()), (Some("192.0.2.7"), "request-1"));
}

#[tokio::test]
async fn reads_are_not_written_down() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    account.read(&ListIsos { page: 1 }).await.unwrap();
    account.read(&GetIso { id: "987654".parse().unwrap() }).await.unwrap_err();
    assert_eq!(stage.rows("audit").await, 0);
}

#[tokio::test]
async fn a_resolved_ticket_is_resolved_at_the_next_look() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(remembering()).await;
    let page = account.read(&ListTickets { page: 1, status: Vec::new() }).await.unwrap();
    assert_eq!(page.freshness, Freshness::Fresh);
    let open = |row: &&vpsbg_api::TicketSummary| row.status == Some(vpsbg_api::TicketStatus::Opened);
    let id = page.value.rows.iter().find(open).unwrap().id;
    account.act(&ResolveTicket { id }).await.unwrap();
    let page = account.read(&ListTickets { page: 1, status: Vec::new() }).await.unwrap();
    let row = page.value.rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!(row.status, Some(vpsbg_api::TicketStatus::Resolved));
}

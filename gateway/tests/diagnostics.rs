//! What is remembered of each operation: the last call, the spelling that worked, what did not fit; for the account
//! that called, never with a value in it.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Account, Diagnosis, Error, Timings};
use sandbox::{Stage, quick, servers};
use serde_json::json;
use vpsbg_api::{
    CreateTicket, DepartmentId, GetBalance, GetUser, ListInvoices, ListIsos, ListServers, OPERATIONS,
    Operation, QuoteRenewal,
};
use vpsbg_sandbox::Seed;

fn of<O: Operation>(account: &Account) -> Diagnosis {
    account.diagnoses().into_iter().find(|diagnosis| diagnosis.info.id == O::INFO.id).unwrap()
}

#[tokio::test]
async fn every_operation_is_there_in_the_order_of_the_contract() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let ids: Vec<_> = account.diagnoses().iter().map(|diagnosis| diagnosis.info.id).collect();
    assert_eq!(ids, OPERATIONS.iter().map(|info| info.id).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_call_is_remembered_with_its_outcome_and_spelling() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let before = of::<ListInvoices>(&account);
    assert!(before.last.is_none() && before.misfit.is_none() && before.works.is_none());
    let asked = jiff::Timestamp::now();
    account.read(&ListInvoices { page: 1 }).await.unwrap();
    let seen = of::<ListInvoices>(&account);
    let last = seen.last.unwrap();
    assert_eq!((last.outcome, last.status, last.fitted), (Ok(()), Some(200), true));
    assert!(last.at >= asked && last.at <= jiff::Timestamp::now() && last.took > Duration::ZERO);
    assert_eq!(seen.works, Some(ListInvoices::INFO.route));
    assert!(seen.misfit.is_none() && !seen.not_offered);
}

#[tokio::test]
async fn what_sign_in_asked_is_seen_too() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let asked = of::<vpsbg_api::GetUser>(&account).last.unwrap();
    assert_eq!((asked.outcome, asked.status), (Ok(()), Some(200)));
}

#[tokio::test]
async fn outcomes_stay_with_the_account_spellings_are_the_providers() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    let (stranger, _) = stage.signed_in(&gateway, &stage.another(Seed::Small).0).await;
    stage.force(json!({ "operation": "listIsos", "status": 200, "body": { "data": [{ "id": {} }] } })).await;
    account.read(&ListIsos { page: 1 }).await.unwrap();
    assert!(of::<ListIsos>(&account).last.is_some() && of::<ListIsos>(&account).misfit.is_some());
    let seen = of::<ListIsos>(&stranger);
    assert!(seen.last.is_none() && seen.misfit.is_none());
    assert_eq!(seen.works, Some(ListIsos::INFO.route));
}

#[tokio::test]
async fn another_spelling_that_works_is_told() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.order("dialect", json!({ "dialect": "last" })).await;
    account.read(&vpsbg_api::ListServerStatuses).await.unwrap();
    let seen = of::<vpsbg_api::ListServerStatuses>(&account);
    let last = seen.info.spellings().last().unwrap();
    assert_ne!(last, seen.info.route, "the test needs an operation with alternatives");
    assert_eq!(seen.works, Some(last));
}

#[tokio::test]
async fn what_is_not_offered_is_told_and_not_asked_again() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    let (stranger, _) = stage.signed_in(&gateway, &stage.another(Seed::Small).0).await;
    stage.order("dialect", json!({ "dialect": "documented-only" })).await;
    assert_eq!(account.read(&ListIsos { page: 1 }).await.unwrap_err(), Error::NotOffered);
    let seen = of::<ListIsos>(&account);
    assert!(seen.not_offered && seen.works.is_none());
    let first = seen.last.unwrap();
    assert_eq!(first.outcome, Err(Error::NotOffered));
    assert_eq!(account.read(&ListIsos { page: 1 }).await.unwrap_err(), Error::NotOffered);
    assert_eq!(of::<ListIsos>(&account).last.unwrap().at, first.at, "nothing was called");
    // That is a fact about the provider: everybody may know.
    assert!(of::<ListIsos>(&stranger).not_offered && of::<ListIsos>(&stranger).last.is_none());
}

#[tokio::test]
async fn refusals_keep_their_status_and_nothing_of_what_was_said() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    stage.force_always("getBalance", 403).await;
    assert!(account.read(&GetBalance).await.is_err());
    let last = of::<GetBalance>(&account).last.unwrap();
    assert_eq!((last.outcome, last.status), (Err(Error::Forbidden), Some(403)));
    let said = json!({ "message": "Ada may not", "errors": { "subject": ["Ada is no subject"] } });
    stage.force(json!({ "operation": "createTicket", "status": 422, "body": said })).await;
    let ticket = CreateTicket {
        department: "1".parse::<DepartmentId>().unwrap(),
        subject: "Ada's subject".to_owned(),
        message: "Ada's message".to_owned(),
        service: None,
        files: Vec::new(),
    };
    assert!(matches!(account.act(&ticket).await.unwrap_err(), Error::Invalid(fields) if !fields.is_empty()));
    let seen = of::<CreateTicket>(&account);
    assert_eq!(seen.last.as_ref().unwrap().status, Some(422));
    assert!(!format!("{seen:?}").contains("Ada"), "{seen:?}");
}

#[tokio::test]
async fn what_did_not_fit_is_told_by_place_and_kind_and_stays_known() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let row = |id: u64| json!({ "id": id, "name": ["Ada"], "size": "Ada's size" });
    let body = json!({ "data": [row(1), row(2), { "id": "Ada" }], "meta": { "last_page": "Ada" } });
    stage.force(json!({ "operation": "listIsos", "status": 200, "body": body })).await;
    account.read(&ListIsos { page: 1 }).await.unwrap();
    let seen = of::<ListIsos>(&account);
    let (last, misfit) = (seen.last.unwrap(), seen.misfit.unwrap());
    assert_eq!((last.outcome, last.fitted), (Ok(()), false));
    assert!(misfit.places.contains(&("data.*.name: expected text, got a list".to_owned(), 2)), "{misfit:?}");
    assert!(misfit.places.iter().any(|(place, _)| place.starts_with("meta.last_page: ")), "{misfit:?}");
    assert!(!format!("{misfit:?}").contains("Ada"), "{misfit:?}");
    // An answer that fits does not make it undone: another object may still not fit.
    account.read(&ListIsos { page: 1 }).await.unwrap();
    let seen = of::<ListIsos>(&account);
    assert!(seen.last.unwrap().fitted);
    assert_eq!(seen.misfit.unwrap(), misfit);
}

#[tokio::test]
async fn nonsense_is_told_without_the_nonsense() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let body = "<html>Ada's page</html>";
    stage.force(json!({ "operation": "listServers", "status": 200, "body": body, "times": 0 })).await;
    assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::NotUnderstood);
    let seen = of::<ListServers>(&account);
    let last = seen.last.unwrap();
    assert_eq!((last.outcome, last.status, last.fitted), (Err(Error::NotUnderstood), Some(200), false));
    let place = &seen.misfit.unwrap().places[0].0;
    assert!(place.starts_with("answer: not JSON") && !place.contains("Ada"), "{place}");
}

#[tokio::test]
async fn a_call_that_was_given_up_was_not_answered_in_time() {
    let stage = Stage::set(Seed::Small).await;
    let patience = Duration::from_millis(200);
    let account = stage.account(Timings { whole_read: patience, ..quick() }).await;
    stage.force(json!({ "operation": "getBalance", "hang": true, "times": 0 })).await;
    assert_eq!(account.read(&GetBalance).await.unwrap_err(), Error::TimedOut);
    let last = of::<GetBalance>(&account).last.unwrap();
    assert_eq!((last.outcome, last.status), (Err(Error::TimedOut), None));
    // The call begins a moment after the read that waits for it.
    assert!(last.took >= patience / 2 && last.took < patience * 10, "{:?}", last.took);
}

#[tokio::test]
async fn what_sign_in_tries_out_is_no_refusal_that_somebody_caused() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.read).await;
    assert!(of::<GetUser>(&account).last.is_some());
    assert!(of::<QuoteRenewal>(&account).last.is_none());
}

//! Bulk jobs: a result for each object, inside the rate budget, nothing sent twice, whatever happens meanwhile.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::StreamExt;
use gateway::{
    Account, BulkAction, BulkFilter, BulkId, BulkItem, BulkJob, BulkPhase, BulkState, BulkSummary, Error,
    Feed, Gateway, Live, PauseReason, Permissions, PowerState, RowOutcome, Session, SignedIn, Timings,
};
use provider::{Act, Provider};
use sandbox::{Stage, new_session, quick, until};
use serde_json::{Value, json};
use vpsbg_api::{CreateIso, GetBalance, ListIsos, ListTickets, Permission};
use vpsbg_sandbox::Seed;

/// What a lost answer leaves is looked at for the last time soon.
fn soon() -> Timings {
    Timings { bulk_look: Duration::from_millis(50), ..quick() }
}

fn items(servers: &[Value]) -> Vec<BulkItem> {
    let item = |server: &Value| BulkItem {
        id: server["id"].as_u64().unwrap(),
        name: server["hostname"].as_str().unwrap_or_default().to_owned(),
    };
    servers.iter().map(item).collect()
}

/// Running servers that can be switched.
async fn running(stage: &Stage, number: usize) -> Vec<BulkItem> {
    stage.order("faults", json!({ "list_state": true })).await;
    let list = stage.tell("/servers?per_page=50&filter[status]=active").await;
    let mut rows = list["data"].as_array().unwrap().clone();
    rows.retain(|row| row["state"]["running"] == true && row["locked"] != true);
    rows.truncate(number);
    assert_eq!(rows.len(), number, "too few servers run");
    items(&rows)
}

/// The servers of the seed `small`: two run, one is stopped.
async fn three(stage: &Stage) -> Vec<BulkItem> {
    let mut all = Vec::new();
    for name in ["web-1", "db-1", "build-1"] {
        all.push(BulkItem { id: stage.server_id(name).await.get(), name: name.to_owned() });
    }
    all
}

/// The account knows how much it may ask; without that it goes slowly.
async fn knowing(account: &Account) {
    account.read(&GetBalance).await.unwrap();
}

/// The newest jobs.
async fn newest(account: &Account) -> Vec<BulkSummary> {
    account.bulks(BulkFilter::default(), 1).await.unwrap().rows
}

/// All jobs that match, as a file has them.
async fn every(account: &Account, filter: BulkFilter) -> Vec<BulkSummary> {
    let batches: Vec<_> = account.bulks_all(filter).collect().await;
    batches.into_iter().flat_map(|batch| batch.unwrap().rows).collect()
}

async fn settled(account: &Account, id: BulkId) -> BulkJob {
    until("the end of the job", || async {
        let job = account.bulk(&id).await.unwrap();
        (!job.is_active()).then_some(job)
    })
    .await
}

async fn done(account: &Account, action: BulkAction, items: Vec<BulkItem>) -> BulkJob {
    knowing(account).await;
    let id = account.start_bulk(action, items).await.unwrap();
    settled(account, id).await
}

fn words(job: &BulkJob) -> Vec<&'static str> {
    job.rows.iter().map(|row| row.outcome.word()).collect()
}

/// Servers that an operation was asked for, in order.
async fn asked(stage: &Stage, operation: &str) -> Vec<String> {
    let entries = stage.journal().await.into_iter().filter(|entry| entry["operation"] == operation);
    entries.map(|entry| entry["path"].as_str().unwrap().to_owned()).collect()
}

async fn never_twice(stage: &Stage, operation: &str, number: usize) {
    let paths = asked(stage, operation).await;
    let different: HashSet<&String> = paths.iter().collect();
    assert_eq!((paths.len(), different.len()), (number, number), "{paths:?}");
}

/// Object and outcome of each audit record, in order.
async fn audit(stage: &Stage) -> Vec<(String, String)> {
    let pool = stage.database().await;
    let query = "SELECT COALESCE(object, ''), outcome FROM audit ORDER BY at, rowid";
    let rows = sqlx::query_as(query).fetch_all(&pool).await.unwrap();
    pool.close().await;
    rows
}

#[tokio::test]
async fn forty_servers_restart_inside_the_budget_and_some_fail() {
    let stage = Stage::set(Seed::Large).await;
    let account = stage.account(quick()).await;
    // As sixty a minute, a hundred times faster: twenty milliseconds between two requests of background work.
    stage.order("faults", json!({ "rate_limit": 6_000 })).await;
    let servers = running(&stage, 40).await;
    knowing(&account).await;
    stage.forget_journal().await;
    for status in [423, 500, 422] {
        stage.force(json!({ "operation": "restartServer", "status": status })).await;
    }
    let started = Instant::now();
    let id = account.start_bulk(BulkAction::RestartServers, servers.clone()).await.unwrap();
    // A person acts meanwhile and does not wait for the job.
    until("the first results", || async {
        (account.bulk(&id).await.unwrap().counts.settled() > 4).then_some(())
    })
    .await;
    account.act(&CreateIso { url: "https://mirror.example.org/one.iso".to_owned() }).await.unwrap();
    assert!(account.bulk(&id).await.unwrap().is_active(), "the person waited for the job");
    let job = settled(&account, id).await;
    assert!(started.elapsed() >= Duration::from_millis(79 * 20), "faster than half of what is allowed");
    assert_eq!((job.state, job.counts.total(), job.counts.done), (BulkState::Finished, 40, 37));
    assert!(job.ended_at.is_some_and(|ended| ended > job.started_at));
    let outcomes: Vec<_> = job.rows.iter().take(3).map(|row| row.outcome.clone()).collect();
    let RowOutcome::Failed { code, sentence } = &outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!((code.as_str(), sentence.as_str()), ("locked", Error::Locked.to_string().as_str()));
    assert_eq!(outcomes[1], RowOutcome::Unknown, "a fault may have restarted it");
    assert!(matches!(&outcomes[2], RowOutcome::Failed { code, .. } if code == "invalid"), "{outcomes:?}");
    let rows: Vec<_> = job.rows.iter().map(|row| (row.id, row.name.clone())).collect();
    let chosen: Vec<_> = servers.iter().map(|item| (item.id, item.name.clone())).collect();
    assert_eq!(rows, chosen);
    never_twice(&stage, "restartServer", 40).await;
    let records = audit(&stage).await;
    assert_eq!(records.iter().filter(|(object, _)| object.starts_with("server ")).count(), 40);
    let third = account.server(servers[5].id.try_into().unwrap()).await.unwrap().value.power;
    assert!(matches!(third, PowerState::Following { .. }), "power is not followed: {third:?}");
}

#[tokio::test]
async fn what_the_object_does_not_allow_is_not_sent() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let job = done(&account, BulkAction::StopServers, three(&stage).await).await;
    assert_eq!(words(&job), ["done", "done", "not-possible"]);
    assert_eq!(job.rows[2].outcome, RowOutcome::NotPossible("It is already stopped.".to_owned()));
    assert_eq!(stage.asked("stopServer").await, 2);
    assert_eq!(audit(&stage).await.len(), 2);
}

#[tokio::test]
async fn what_is_gone_fails_and_the_others_go_on() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let mut servers = three(&stage).await;
    servers.insert(0, BulkItem { id: 987_654, name: "gone".to_owned() });
    let job = done(&account, BulkAction::RestartServers, servers).await;
    assert_eq!(words(&job), ["failed", "done", "done", "not-possible"]);
    assert!(matches!(&job.rows[0].outcome, RowOutcome::Failed { code, .. } if code == "not-found"));
}

#[tokio::test]
async fn isos_are_deleted_and_tickets_resolved() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    let isos = account.read(&ListIsos { page: 1 }).await.unwrap();
    let items: Vec<_> =
        isos.value.rows.iter().map(|iso| BulkItem { id: iso.id.get(), name: String::new() }).collect();
    let job = done(&account, BulkAction::DeleteIsos, items.clone()).await;
    assert_eq!(job.counts.done, items.len(), "{:?}", words(&job));
    never_twice(&stage, "deleteIso", items.len()).await;
    let tickets = account.read(&ListTickets { page: 1, status: Vec::new() }).await.unwrap();
    let items: Vec<_> =
        tickets.value.rows.iter().map(|row| BulkItem { id: row.id.get(), name: String::new() }).collect();
    let job = done(&account, BulkAction::ResolveTickets, items.clone()).await;
    assert_eq!(job.counts.done + job.counts.not_possible, items.len(), "{:?}", job.rows);
    assert!(job.counts.done > 0);
    never_twice(&stage, "resolveTicket", job.counts.done).await;
}

#[tokio::test]
async fn when_the_provider_wants_no_requests_it_waits_and_goes_on() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let servers = three(&stage).await;
    knowing(&account).await;
    let wait = json!({ "operation": "restartServer", "status": 429, "headers": { "Retry-After": "1" } });
    stage.force(wait).await;
    let started = Instant::now();
    let id = account.start_bulk(BulkAction::RestartServers, servers).await.unwrap();
    let held = until("the pause", || async {
        let job = account.bulk(&id).await.unwrap();
        (job.held_until.is_some() && job.counts.sending == 0).then_some(job)
    })
    .await;
    assert_eq!((held.state, words(&held)[0]), (BulkState::Running, "waiting"));
    let job = settled(&account, id).await;
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!((words(&job), job.held_until), (vec!["done", "done", "not-possible"], None));
    let paths = asked(&stage, "restartServer").await;
    assert_eq!((paths.len(), &paths[0]), (3, &paths[1]), "the first was not done and is tried again");
    let outcomes: Vec<_> = audit(&stage).await.into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(outcomes, ["rate-limited", "done", "done"]);
}

#[tokio::test]
async fn a_lost_answer_is_read_back() {
    let stage = Stage::set(Seed::Small).await;
    stage.order("faults", json!({ "power_lag_seconds": 0 })).await;
    let account = stage.account(soon()).await;
    let isos = account.read(&ListIsos { page: 1 }).await.unwrap();
    let iso = vec![BulkItem { id: isos.value.rows[0].id.get(), name: "iso".to_owned() }];
    let servers = three(&stage).await;
    let lost =
        |operation: &str, perform: bool| json!({ "operation": operation, "reset": true, "perform": perform });
    // It is still there, long after: it was not done.
    stage.force(lost("deleteIso", false)).await;
    let job = done(&account, BulkAction::DeleteIsos, iso.clone()).await;
    assert!(matches!(&job.rows[0].outcome, RowOutcome::Failed { code, .. } if code == "not-done"), "{job:?}");
    stage.force(lost("deleteIso", true)).await;
    assert_eq!(words(&done(&account, BulkAction::DeleteIsos, iso).await), ["done"]);
    assert_eq!(stage.asked("deleteIso").await, 2);
    // Power that shows is done; that it does not show says nothing.
    stage.force(lost("stopServer", true)).await;
    stage.force(lost("stopServer", false)).await;
    let job = done(&account, BulkAction::StopServers, servers[..2].to_vec()).await;
    assert_eq!(words(&job), ["done", "unknown"]);
    stage.force(lost("startServer", true)).await;
    let job = done(&account, BulkAction::StartServers, servers[..2].to_vec()).await;
    assert_eq!(words(&job), ["done", "not-possible"]);
    stage.force(lost("restartServer", true)).await;
    let job = done(&account, BulkAction::RestartServers, servers[1..2].to_vec()).await;
    assert_eq!((words(&job), job.state), (vec!["unknown"], BulkState::Finished));
    for (operation, number) in [("stopServer", 2), ("startServer", 1), ("restartServer", 1)] {
        never_twice(&stage, operation, number).await;
    }
    let ticket = account.read(&ListTickets { page: 1, status: Vec::new() }).await.unwrap();
    let ticket = vec![BulkItem { id: ticket.value.rows[0].id.get(), name: String::new() }];
    stage.force(lost("resolveTicket", true)).await;
    assert_eq!(words(&done(&account, BulkAction::ResolveTickets, ticket).await), ["done"]);
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_is_read_back() {
    let stage = Stage::set(Seed::Small).await;
    stage.order("faults", json!({ "power_lag_seconds": 0 })).await;
    let account = stage.account(soon()).await;
    let server = three(&stage).await[..1].to_vec();
    for (number, cut) in [0, 1, 5].into_iter().enumerate() {
        for (action, operation) in
            [(BulkAction::StopServers, "stopServer"), (BulkAction::StartServers, "startServer")]
        {
            stage.force(json!({ "operation": operation, "cut_after_bytes": cut })).await;
            assert_eq!(words(&done(&account, action, server.clone()).await), ["done"], "{operation} {cut}");
            assert_eq!(stage.asked(operation).await, number + 1);
        }
    }
}

/// A run of the program in a runtime of its own, that is thrown away with everything in it.
struct Run {
    runtime: tokio::runtime::Runtime,
    session: Session,
    id: BulkId,
}

impl Run {
    /// Signs in and starts a job that hangs in the second of its objects.
    fn begin(stage: &Stage, action: BulkAction, items: Vec<BulkItem>) -> Self {
        let settings = gateway::Settings {
            api_url: format!("{}/v1", stage.base).parse().unwrap(),
            directory: stage.directory.path().to_owned(),
            key: sandbox::key(),
            timings: Timings { answer: Duration::from_secs(60), ..soon() },
        };
        let token = stage.write.clone();
        let run = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let (session, id) = runtime.block_on(async {
                let gateway = Gateway::start(settings).await.unwrap();
                let session = sandbox::sign_in(&gateway, &token, Some("Ada")).await;
                let account = gateway.enter(&session, sandbox::actor()).await.unwrap();
                knowing(&account).await;
                (session, account.start_bulk(action, items).await.unwrap())
            });
            Self { runtime, session, id }
        });
        run.join().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_sending_it_goes_on_and_sends_nothing_twice() {
    let table = [
        ("restartServer", BulkAction::RestartServers, true, "unknown"),
        ("stopServer", BulkAction::StopServers, true, "done"),
        ("stopServer", BulkAction::StopServers, false, "unknown"),
    ];
    for (operation, action, perform, outcome) in table {
        let stage = Stage::set(Seed::Large).await;
        stage.order("faults", json!({ "power_lag_seconds": 0 })).await;
        let servers = running(&stage, 10).await;
        stage.force(json!({ "operation": operation, "delay_ms": 1 })).await;
        stage.force(json!({ "operation": operation, "hang": true, "perform": perform })).await;
        let run = Run::begin(&stage, action, servers);
        until("the sending", || async { (stage.asked(operation).await == 2).then_some(()) }).await;
        run.runtime.shutdown_background();
        // Nobody opens the account: the session that is stored is enough to go on.
        let gateway = stage.gateway(soon()).await;
        until("the rest", || async { (stage.asked(operation).await == 10).then_some(()) }).await;
        let session = new_session(&gateway, run.session.id());
        let account = gateway.enter(&session, sandbox::actor()).await.unwrap();
        let job = settled(&account, run.id).await;
        assert_eq!(job.rows[1].outcome.word(), outcome, "{operation} {perform}");
        assert_eq!((job.state, job.counts.settled()), (BulkState::Finished, 10));
        assert!(job.counts.done >= 9, "{:?}", words(&job));
        assert_eq!(job.person.as_deref(), Some("Ada"));
        never_twice(&stage, operation, 10).await;
        let records = audit(&stage).await;
        let objects: HashSet<_> = records.iter().map(|(object, _)| object).collect();
        assert_eq!((records.len(), objects.len()), (10, 10), "{records:?}");
        assert_eq!(records.iter().filter(|(_, outcome)| outcome == "outcome-unknown").count(), 1);
    }
}

#[tokio::test]
async fn closed_in_the_middle_it_goes_on_after_the_start() {
    let stage = Stage::set(Seed::Large).await;
    stage.order("faults", json!({ "rate_limit": 6_000 })).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let servers = running(&stage, 20).await;
    knowing(&account).await;
    let id = account.start_bulk(BulkAction::StopServers, servers).await.unwrap();
    until("some results", || async { (stage.asked("stopServer").await > 3).then_some(()) }).await;
    drop(account);
    gateway.close().await;
    drop(gateway);
    let gateway = stage.gateway(soon()).await;
    let account = gateway.enter(&new_session(&gateway, session.id()), sandbox::actor()).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!((job.state, job.counts.settled()), (BulkState::Finished, 20), "{:?}", words(&job));
    assert!(job.counts.done + job.counts.unknown == 20 && job.counts.unknown <= 1, "{:?}", words(&job));
    never_twice(&stage, "stopServer", 20).await;
}

#[tokio::test]
async fn without_a_session_it_waits_after_a_restart() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let id = account.start_bulk(BulkAction::StopServers, three(&stage).await).await.unwrap();
    gateway.close().await;
    let pool = stage.database().await;
    sqlx::query("DELETE FROM sessions").execute(&pool).await.unwrap();
    pool.close().await;
    drop((account, session));
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    let job = account.bulk(&id).await.unwrap();
    assert_eq!(job.state, BulkState::Paused(PauseReason::SessionEnded));
    knowing(&account).await;
    account.resume_bulk(&id).await.unwrap();
    assert_eq!(settled(&account, id).await.state, BulkState::Finished);
    never_twice(&stage, "stopServer", 2).await;
}

#[tokio::test]
async fn it_pauses_when_its_session_ends_and_a_colleague_lets_it_go_on() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sandbox::sign_in(&gateway, &stage.write, Some("Ada")).await;
    let mine = gateway.enter(&session, sandbox::actor()).await.unwrap();
    let session_of_colleague = sandbox::sign_in(&gateway, &stage.write, Some("Ben")).await;
    let colleague = gateway.enter(&session_of_colleague, sandbox::actor()).await.unwrap();
    // Nobody has said how much may be asked: the second request waits two seconds.
    let id = mine.start_bulk(BulkAction::StopServers, three(&stage).await).await.unwrap();
    mine.sign_out(&session).await;
    let job = settled(&colleague, id).await;
    assert_eq!(job.state, BulkState::Paused(PauseReason::SessionEnded));
    assert_eq!((job.counts.waiting, job.ended_at), (3, None));
    assert_eq!(stage.asked("stopServer").await, 0);
    knowing(&colleague).await;
    colleague.resume_bulk(&id).await.unwrap();
    // A second time changes nothing.
    colleague.resume_bulk(&id).await.unwrap();
    let job = settled(&colleague, id).await;
    assert_eq!(words(&job), ["done", "done", "not-possible"]);
    assert_eq!((job.state, job.person.as_deref()), (BulkState::Finished, Some("Ada")));
    never_twice(&stage, "stopServer", 2).await;
    let pool = stage.database().await;
    let people: Vec<String> = sqlx::query_scalar("SELECT person FROM audit").fetch_all(&pool).await.unwrap();
    assert_eq!(people, ["Ben", "Ben"], "who let it go on acts");
}

#[tokio::test]
async fn a_session_that_is_idle_too_long_pauses_it() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let mut signed_in: SignedIn = session.get(SignedIn::KEY).await.unwrap().unwrap();
    signed_in.touched -= 9 * 60 * 60;
    session.insert(SignedIn::KEY, signed_in).await.unwrap();
    session.save().await.unwrap();
    let id = account.start_bulk(BulkAction::StopServers, three(&stage).await).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!(job.state, BulkState::Paused(PauseReason::SessionEnded));
    assert_eq!(stage.asked("stopServer").await, 0);
}

#[tokio::test]
async fn a_refused_token_pauses_it() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    let servers = three(&stage).await;
    knowing(&account).await;
    stage.force(json!({ "operation": "stopServer", "status": 401 })).await;
    let id = account.start_bulk(BulkAction::StopServers, servers).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!(job.state, BulkState::Paused(PauseReason::TokenRefused));
    assert_eq!(words(&job), ["waiting"; 3], "401 means that nothing was done");
    let (again, _) = stage.signed_in(&gateway, &stage.write).await;
    again.resume_bulk(&id).await.unwrap();
    assert_eq!(words(&settled(&again, id).await), ["done", "done", "not-possible"]);
}

#[tokio::test]
async fn a_job_that_is_stopped_sends_nothing_more() {
    let stage = Stage::set(Seed::Large).await;
    stage.order("faults", json!({ "rate_limit": 6_000 })).await;
    let account = stage.account(quick()).await;
    let servers = running(&stage, 20).await;
    knowing(&account).await;
    let id = account.start_bulk(BulkAction::StopServers, servers.clone()).await.unwrap();
    until("some results", || async { (stage.asked("stopServer").await > 3).then_some(()) }).await;
    account.stop_bulk(&id).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!((job.state, job.counts.waiting), (BulkState::Stopped, 0));
    assert!(job.counts.stopped > 0 && job.counts.done > 2, "{:?}", words(&job));
    let sent = stage.asked("stopServer").await;
    assert_eq!(job.counts.done, sent);
    // Stopping twice or letting it go on changes nothing.
    account.stop_bulk(&id).await.unwrap();
    account.resume_bulk(&id).await.unwrap();
    let other = done(&account, BulkAction::StopServers, servers[..4].to_vec()).await;
    assert_eq!(other.state, BulkState::Finished, "the next one has its turn");
    assert_eq!(account.bulk(&id).await.unwrap(), job);
    assert_eq!(stage.asked("stopServer").await, sent + other.counts.done);
}

#[tokio::test]
async fn one_job_works_at_a_time_in_the_order_of_their_start() {
    let stage = Stage::set(Seed::Large).await;
    let account = stage.account(quick()).await;
    let servers = running(&stage, 12).await;
    knowing(&account).await;
    stage.force(json!({ "operation": "stopServer", "delay_ms": 300 })).await;
    let mut ids = Vec::new();
    for chosen in servers.chunks(4) {
        ids.push(account.start_bulk(BulkAction::StopServers, chosen.to_vec()).await.unwrap());
    }
    until("the sending", || async { (stage.asked("stopServer").await == 1).then_some(()) }).await;
    let newest = self::newest(&account).await;
    let queued: Vec<_> = newest.iter().map(|job| job.queued).collect();
    assert_eq!(queued, [true, true, false]);
    assert!(account.bulk(&ids[1]).await.unwrap().queued);
    for id in &ids {
        let job = settled(&account, *id).await;
        assert_eq!((job.state, job.queued), (BulkState::Finished, false));
    }
    let order: Vec<_> = servers.iter().map(|item| format!("/servers/{}/stop", item.id)).collect();
    let paths = asked(&stage, "stopServer").await;
    assert!(paths.iter().zip(&order).all(|(path, expected)| path.ends_with(expected)), "{paths:?} {order:?}");
    let newest = self::newest(&account).await;
    let newest: Vec<_> = newest.into_iter().map(|job| (job.id, job.counts.done)).collect();
    ids.reverse();
    assert_eq!(newest, ids.into_iter().map(|id| (id, 4)).collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_hold_every_job_once_the_newest_first() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let items = three(&stage).await;
    let mut ids = Vec::new();
    for _ in 0..53 {
        ids.push(account.start_bulk(BulkAction::StartServers, items.clone()).await.unwrap());
    }
    ids.reverse();
    let mut paged = Vec::new();
    for (page, number) in [(1, 50), (2, 3), (3, 0), (u64::MAX, 0)] {
        let page = account.bulks(BulkFilter::default(), page).await.unwrap();
        assert_eq!((page.rows.len(), page.broken, page.total, page.per_page), (number, 0, 53, 50));
        paged.extend(page.rows);
    }
    assert_eq!(paged.iter().map(|job| job.id).collect::<Vec<_>>(), ids);
    assert!(paged.iter().all(|job| job.counts.total() == 3), "{paged:?}");
    let all = every(&account, BulkFilter::default()).await;
    assert_eq!(all.iter().map(|job| job.id).collect::<Vec<_>>(), ids);
}

#[tokio::test]
async fn jobs_are_narrowed_by_where_they_stand_and_what_they_do() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let items = three(&stage).await;
    let finished = done(&account, BulkAction::StopServers, items.clone()).await.id;
    stage.force(json!({ "operation": "startServer", "delay_ms": 5_000 })).await;
    let running = account.start_bulk(BulkAction::StartServers, items.clone()).await.unwrap();
    let stopped = account.start_bulk(BulkAction::StopServers, items).await.unwrap();
    account.stop_bulk(&stopped).await.unwrap();
    let all = BulkFilter::default();
    for (filter, expected) in [
        (all, vec![stopped, running, finished]),
        (BulkFilter { phase: Some(BulkPhase::Running), ..all }, vec![running]),
        (BulkFilter { phase: Some(BulkPhase::Finished), ..all }, vec![finished]),
        (BulkFilter { phase: Some(BulkPhase::Stopped), ..all }, vec![stopped]),
        (BulkFilter { phase: Some(BulkPhase::Paused), ..all }, vec![]),
        (BulkFilter { action: Some(BulkAction::StopServers), ..all }, vec![stopped, finished]),
        (BulkFilter { action: Some(BulkAction::StopServers), phase: Some(BulkPhase::Running) }, vec![]),
    ] {
        let page = account.bulks(filter, 1).await.unwrap();
        let ids: Vec<_> = page.rows.iter().map(|job| job.id).collect();
        assert_eq!((&ids, page.total), (&expected, expected.len() as u64), "{filter:?}");
        let all: Vec<_> = every(&account, filter).await.iter().map(|job| job.id).collect();
        assert_eq!(all, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_job_that_does_not_open_is_counted_and_not_taken_for_none() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    done(&account, BulkAction::StopServers, three(&stage).await).await;
    let pool = stage.database().await;
    sqlx::query("UPDATE bulk_jobs SET sealed = $1").bind(&b"nonsense"[..]).execute(&pool).await.unwrap();
    let page = account.bulks(BulkFilter::default(), 1).await.unwrap();
    assert_eq!((page.rows, page.broken, page.total), (vec![], 1, 1));
    let all: Vec<_> = account.bulks_all(BulkFilter::default()).collect().await;
    assert_eq!(all[0].as_ref().unwrap().broken, 1);
}

#[tokio::test]
async fn five_in_a_row_that_cannot_be_reached_pause_it() {
    let away = Arc::new(AtomicBool::new(true));
    let gone = Arc::clone(&away);
    let provider = Provider::open(move |request| match request.method.as_str() {
        _ if gone.load(Ordering::SeqCst) => Act::Reset,
        "GET" => {
            Act::Json(200, "{\"id\": 7, \"status\": \"active\", \"state\": {\"running\": true}}".to_owned())
        }
        _ => Act::Json(200, "{}".to_owned()),
    })
    .await;
    let directory = tempfile::tempdir().unwrap();
    let account = provider.account(directory.path(), quick()).await;
    away.store(false, Ordering::SeqCst);
    account.server("7".parse().unwrap()).await.unwrap();
    away.store(true, Ordering::SeqCst);
    let items = (1..=7).map(|id| BulkItem { id, name: format!("server-{id}") }).collect();
    let id = account.start_bulk(BulkAction::StopServers, items).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!(job.state, BulkState::Paused(PauseReason::Unreachable));
    let mut expected = vec!["failed"; 5];
    expected.extend(["waiting"; 2]);
    assert_eq!(words(&job), expected);
    let RowOutcome::Failed { code, sentence } = &job.rows[0].outcome else { panic!("{job:?}") };
    assert_eq!(
        (code.as_str(), sentence.as_str()),
        ("unreachable", "The provider cannot be reached. Nothing was sent.")
    );
    assert_eq!(provider.asked("POST"), 0);
    away.store(false, Ordering::SeqCst);
    account.resume_bulk(&id).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!((job.state, job.counts.failed, job.counts.done), (BulkState::Finished, 5, 2));
}

#[tokio::test]
async fn five_answers_in_a_row_that_say_nothing_pause_it() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(soon()).await;
    let servers = running(&stage, 7).await;
    stage.force_always("restartServer", 502).await;
    let id = account.start_bulk(BulkAction::RestartServers, servers).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!(job.state, BulkState::Paused(PauseReason::ProviderFault));
    let mut expected = vec!["unknown"; 5];
    expected.extend(["waiting"; 2]);
    assert_eq!(words(&job), expected);
    assert_eq!(stage.asked("restartServer").await, 5);
    stage.calm().await;
    account.resume_bulk(&id).await.unwrap();
    let job = settled(&account, id).await;
    assert_eq!((job.state, job.counts.done), (BulkState::Finished, 2));
    assert_eq!(stage.asked("restartServer").await, 7, "none twice");
}

#[tokio::test]
async fn jobs_of_another_account_are_not_there() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Small);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    let id = mine.start_bulk(BulkAction::StopServers, three(&stage).await).await.unwrap();
    assert_eq!(theirs.bulk(&id).await, Err(Error::NotFound));
    assert_eq!(theirs.stop_bulk(&id).await, Err(Error::NotFound));
    assert_eq!(theirs.resume_bulk(&id).await, Err(Error::NotFound));
    assert_eq!(newest(&theirs).await, []);
    let mut live = theirs.watch(Feed::Bulk(id));
    let live = live.wait_for(Option::is_some).await.unwrap().clone().unwrap();
    assert_eq!(live.trouble(), Some(&Error::NotFound));
    assert_eq!(mine.bulk(&id).await.unwrap().state, BulkState::Running);
}

#[tokio::test]
async fn who_watches_sees_every_step_and_asks_the_provider_nothing() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(Timings { poll_active: Duration::from_secs(3600), ..quick() }).await;
    let servers = three(&stage).await;
    knowing(&account).await;
    let id = account.start_bulk(BulkAction::StopServers, servers).await.unwrap();
    let mut live = account.watch(Feed::Bulk(id));
    let finished =
        live.wait_for(|live| matches!(live, Some(Live::Bulk(Ok(job))) if job.state == BulkState::Finished));
    tokio::time::timeout(Duration::from_secs(10), finished).await.unwrap().unwrap();
    // Looking itself asks for nothing.
    stage.forget_journal().await;
    let mut again = account.watch(Feed::Bulk(id));
    again.wait_for(Option::is_some).await.unwrap();
    assert!(stage.journal().await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_a_job_is_refused() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let item = |id: u64| BulkItem { id, name: String::new() };
    for items in [Vec::new(), (1..=5_001).map(item).collect(), vec![item(1), item(0)]] {
        let refused = account.start_bulk(BulkAction::DeleteIsos, items).await;
        assert!(matches!(&refused, Err(Error::Invalid(fields)) if fields[0].0 == "items"), "{refused:?}");
    }
    let limited = account.limited_to(&Permissions::only([Permission::ServersRead]));
    let refused = limited.start_bulk(BulkAction::StopServers, vec![item(1)]).await;
    assert_eq!(refused, Err(Error::Forbidden));
    assert_eq!(newest(&account).await, []);
    let id = account.start_bulk(BulkAction::StopServers, vec![item(1)]).await.unwrap();
    assert_eq!(limited.stop_bulk(&id).await, Err(Error::Forbidden));
    assert_eq!(limited.resume_bulk(&id).await, Err(Error::Forbidden));
    let mut twice = three(&stage).await;
    twice.extend(three(&stage).await);
    let job = done(&account, BulkAction::StopServers, twice).await;
    assert_eq!(job.rows.len(), 3);
}

#[tokio::test]
async fn five_thousand_are_taken_at_once() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let items: Vec<_> = (1..=5_000).map(|id| BulkItem { id, name: format!("server {id}") }).collect();
    let id = account.start_bulk(BulkAction::StopServers, items).await.unwrap();
    let job = account.bulk(&id).await.unwrap();
    let last = &job.rows[4_999];
    assert_eq!((job.rows.len(), last.id, last.name.as_str()), (5_000, 5_000, "server 5000"));
    account.stop_bulk(&id).await.unwrap();
    let counts = settled(&account, id).await.counts;
    assert!(counts.total() == 5_000 && counts.stopped > 4_900, "{counts:?}");
}

#[tokio::test]
async fn names_and_people_are_sealed() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sandbox::sign_in(&gateway, &stage.write, Some("Grace-77ab")).await;
    let account = gateway.enter(&session, sandbox::actor()).await.unwrap();
    let items = vec![BulkItem { id: 987_654, name: "name-of-4711".to_owned() }];
    let job = done(&account, BulkAction::StopServers, items).await;
    let RowOutcome::Failed { sentence, .. } = &job.rows[0].outcome else { panic!("{job:?}") };
    let bytes = stage.bytes();
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has(&job.id.to_string()), "the test is not what it says");
    for secret in ["name-of-4711", "Grace-77ab", sentence, &stage.write] {
        assert!(!has(secret), "{secret}");
    }
}

#[tokio::test]
async fn jobs_are_removed_thirty_days_after_their_end() {
    let stated = Timings::default().bulk;
    assert_eq!(stated, Duration::from_secs(30 * 24 * 60 * 60));
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let servers = three(&stage).await;
    let old = done(&account, BulkAction::StopServers, servers.clone()).await.id;
    let new = done(&account, BulkAction::StopServers, servers.clone()).await.id;
    let pool = stage.database().await;
    let aged = "UPDATE bulk_jobs SET changed_at = changed_at - $1 WHERE id = $2";
    for (id, less) in [(old, 0), (new, 60_000)] {
        let age = i64::try_from(stated.as_millis()).unwrap() + 1 - less;
        sqlx::query(aged).bind(age).bind(id.to_string()).execute(&pool).await.unwrap();
    }
    let house = tokio::spawn(gateway.clone().keep_house());
    until("the removal", || async { (newest(&account).await.len() == 1).then_some(()) }).await;
    house.abort();
    assert_eq!(newest(&account).await[0].id, new);
    assert_eq!(account.bulk(&old).await, Err(Error::NotFound));
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM bulk_rows").fetch_one(&pool).await.unwrap();
    assert_eq!(rows, 3, "its rows went with it");
    drop(session);
}

#[test]
fn words_lead_back() {
    for action in BulkAction::ALL {
        assert_eq!(BulkAction::from_word(action.word()), Some(action));
    }
    assert_eq!(BulkAction::from_word("reboot-everything"), None);
    for phase in BulkPhase::ALL {
        assert_eq!(BulkPhase::from_word(phase.word()), Some(phase));
    }
    let id: BulkId = "00112233445566778899aabbccddeeff".parse().unwrap();
    assert_eq!(id.to_string(), "00112233445566778899aabbccddeeff");
    assert!("0011".parse::<BulkId>().is_err());
}

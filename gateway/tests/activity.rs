//! The audit records as people read them: newest first, narrowed, in pages, and all one after the other.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use futures::StreamExt;
use gateway::{Account, AuditFilter, AuditRecord, Error, Outcomes, Who};
use jiff::Timestamp;
use sandbox::{Stage, actor, quick, sign_in};
use serde_json::json;
use vpsbg_api::{CreateIso, StopServer};
use vpsbg_sandbox::Seed;

/// A record as the gateway writes it, of a chosen moment.
struct Written<'text> {
    at: i64,
    operation: &'text str,
    object: Option<&'text str>,
    outcome: &'text str,
    person: Option<&'text str>,
}

const STOPPED: Written<'static> = Written {
    at: 1_700_000_000_000,
    operation: "stopServer",
    object: Some("server 7"),
    outcome: "done",
    person: Some("Ada"),
};

async fn write(stage: &Stage, account: &Account, records: &[Written<'_>]) {
    let pool = stage.database().await;
    let mut transaction = pool.begin().await.unwrap();
    for (number, record) in records.iter().enumerate() {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(number as u64).to_be_bytes());
        id[8..].copy_from_slice(&record.at.to_be_bytes());
        sqlx::query(
            "INSERT INTO audit (id, at, account, operation, permission, object, outcome, person, session, \
             address, request_id) VALUES ($1, $2, $3, $4, 'p', $5, $6, $7, $8, '192.0.2.1', $9)",
        )
        .bind(&id[..])
        .bind(record.at)
        .bind(hex::decode(account.owner().hex()).unwrap())
        .bind(record.operation)
        .bind(record.object)
        .bind(record.outcome)
        .bind(record.person)
        .bind(&[0xab_u8; 8][..])
        .bind(format!("request-{number}"))
        .execute(&mut *transaction)
        .await
        .unwrap();
    }
    transaction.commit().await.unwrap();
    pool.close().await;
}

/// The request ids of all that matches, from the pages.
async fn matching(account: &Account, filter: AuditFilter) -> Vec<String> {
    let page = account.audit(&filter, 1).await.unwrap();
    assert_eq!(page.total as usize, page.rows.len(), "one page");
    page.rows.into_iter().map(|row| row.request_id).collect()
}

async fn all(account: &Account, filter: AuditFilter) -> Vec<AuditRecord> {
    let batches: Vec<_> = account.audit_all(filter).collect().await;
    batches.into_iter().flat_map(Result::unwrap).collect()
}

#[tokio::test]
async fn who_did_what_on_which_object_with_which_outcome() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, Some("Ada")).await;
    let account = gateway.enter(&session, actor()).await.unwrap();
    let server = stage.server_id("web-1").await;
    account.act(&StopServer { id: server }).await.unwrap();
    stage.force_always("createIso", 423).await;
    let iso = CreateIso { url: "https://mirror.example.org/a.iso".to_owned() };
    assert_eq!(account.act(&iso).await.unwrap_err(), Error::Locked);
    let page = account.audit(&AuditFilter::default(), 1).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (2, 2));
    let (newest, first) = (&page.rows[0], &page.rows[1]);
    assert_eq!((newest.operation.as_str(), newest.outcome.as_str()), ("createIso", "locked"));
    assert_eq!(newest.object, None);
    assert_eq!((first.operation.as_str(), first.outcome.as_str()), ("stopServer", "done"));
    assert_eq!(first.object.as_deref(), Some(format!("server {server}").as_str()));
    assert!(first.at <= newest.at && newest.at <= Timestamp::now());
    for row in &page.rows {
        assert_eq!(row.person.as_deref(), Some("Ada"));
        assert_eq!((row.address.as_deref(), row.request_id.as_str()), (Some("192.0.2.7"), "request-1"));
        assert_eq!(row.session, page.rows[0].session);
        assert!(row.session.len() == 8 && row.session.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    assert_eq!(account.audit_people().await.unwrap(), [Who::Named("Ada".to_owned())]);
    assert_eq!(account.audit_operations().await.unwrap(), ["createIso", "stopServer"]);
}

#[tokio::test]
async fn an_account_sees_its_own_records_only() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    let (stranger, _) = stage.signed_in(&gateway, &stage.another(Seed::Small).0).await;
    write(&stage, &account, &[STOPPED]).await;
    assert_eq!(account.audit(&AuditFilter::default(), 1).await.unwrap().total, 1);
    assert_eq!(stranger.audit(&AuditFilter::default(), 1).await.unwrap().total, 0);
    let filter = AuditFilter { object: Some("server 7".to_owned()), ..AuditFilter::default() };
    assert!(all(&stranger, filter).await.is_empty());
    assert!(stranger.audit_people().await.unwrap().is_empty());
    assert!(stranger.audit_operations().await.unwrap().is_empty());
}

#[tokio::test]
async fn each_filter_narrows() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let day = 86_400_000;
    let records = [
        STOPPED,
        Written { at: STOPPED.at + day, object: Some("server 70"), ..STOPPED },
        Written { at: STOPPED.at + 2 * day, person: None, outcome: "forbidden", ..STOPPED },
        Written { at: STOPPED.at + 3 * day, operation: "deleteIso", object: Some("iso 7"), ..STOPPED },
        Written { at: STOPPED.at + 4 * day, outcome: "outcome-unknown", person: Some("Bo"), ..STOPPED },
        Written { at: STOPPED.at + 5 * day, operation: "updateUser", object: None, ..STOPPED },
        Written { at: STOPPED.at + 6 * day, object: Some("servers 9"), ..STOPPED },
    ];
    write(&stage, &account, &records).await;
    let everything = AuditFilter::default();
    let expect = async |filter: AuditFilter, expected: &[usize]| {
        let expected: Vec<_> = expected.iter().map(|number| format!("request-{number}")).collect();
        assert_eq!(matching(&account, filter.clone()).await, expected, "{filter:?}");
        let streamed: Vec<_> = all(&account, filter).await.into_iter().map(|row| row.request_id).collect();
        assert_eq!(streamed, expected);
    };
    expect(everything.clone(), &[6, 5, 4, 3, 2, 1, 0]).await;
    let who = |who| AuditFilter { who: Some(who), ..AuditFilter::default() };
    expect(who(Who::Nameless), &[2]).await;
    expect(who(Who::Named("Bo".to_owned())), &[4]).await;
    expect(who(Who::Named("bo".to_owned())), &[]).await;
    let operations = |operations: &[&str]| AuditFilter {
        operations: operations.iter().map(|id| (*id).to_owned()).collect(),
        ..AuditFilter::default()
    };
    expect(operations(&["deleteIso"]), &[3]).await;
    expect(operations(&["deleteIso", "updateUser", "nothing"]), &[5, 3]).await;
    let outcomes = |outcomes| AuditFilter { outcomes: Some(outcomes), ..AuditFilter::default() };
    expect(outcomes(Outcomes::Done), &[6, 5, 3, 1, 0]).await;
    expect(outcomes(Outcomes::NotDone), &[2]).await;
    expect(outcomes(Outcomes::Unknown), &[4]).await;
    let object = |object: &str| AuditFilter { object: Some(object.to_owned()), ..AuditFilter::default() };
    expect(object("server 7"), &[4, 2, 0]).await;
    expect(object("server"), &[6, 4, 2, 1, 0]).await;
    expect(object("SERVER 7"), &[4, 2, 0]).await;
    expect(object("s_rver"), &[]).await;
    expect(object("%"), &[]).await;
    expect(object("' OR 1=1 --"), &[]).await;
    let moment = |days: i64| Some(Timestamp::from_millisecond(STOPPED.at + days * day).unwrap());
    expect(AuditFilter { from: moment(5), ..everything.clone() }, &[6, 5]).await;
    expect(AuditFilter { before: moment(2), ..everything.clone() }, &[1, 0]).await;
    let both = AuditFilter { from: moment(2), before: moment(4), ..who(Who::Named("Ada".to_owned())) };
    expect(both, &[3]).await;
}

/// 1,234 records, a hundred of them at each moment.
async fn many(stage: &Stage, account: &Account) -> usize {
    let records: Vec<_> =
        (0..1234).map(|number| Written { at: STOPPED.at + number / 100, ..STOPPED }).collect();
    write(stage, account, &records).await;
    records.len()
}

#[tokio::test]
async fn pages_hold_every_record_once() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let count = many(&stage, &account).await;
    let mut paged = Vec::new();
    for page in 1.. {
        let page = account.audit(&AuditFilter::default(), page).await.unwrap();
        assert_eq!((page.total as usize, page.per_page), (count, 50));
        if page.rows.is_empty() {
            break;
        }
        paged.extend(page.rows);
    }
    assert_eq!(paged.len(), count);
    assert!(paged.is_sorted_by(|one, other| one.at >= other.at));
    let ids: std::collections::BTreeSet<_> = paged.iter().map(|row| &row.request_id).collect();
    assert_eq!(ids.len(), count);
    assert_eq!(all(&account, AuditFilter::default()).await, paged);
    assert!(account.audit(&AuditFilter::default(), u64::MAX).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn all_of_them_are_those_of_the_beginning() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let count = many(&stage, &account).await;
    let mut batches = Box::pin(account.audit_all(AuditFilter::default()));
    let first = batches.next().await.unwrap().unwrap();
    assert!(first.len() < count);
    let later = Timestamp::now().as_millisecond() + 60_000;
    write_one(&stage, &account, later).await;
    let rest: Vec<_> = batches.map(Result::unwrap).concat().await;
    assert_eq!(first.len() + rest.len(), count);
}

async fn write_one(stage: &Stage, account: &Account, at: i64) {
    write(stage, account, &[Written { at, ..STOPPED }]).await;
}

#[tokio::test]
async fn what_breaks_off_says_so() {
    let stage = Stage::set(Seed::Empty).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    many(&stage, &account).await;
    let mut batches = Box::pin(account.audit_all(AuditFilter::default()));
    assert!(batches.next().await.unwrap().is_ok());
    gateway.close().await;
    assert_eq!(batches.next().await.unwrap().unwrap_err(), Error::Internal);
    assert!(batches.next().await.is_none());
    assert_eq!(account.audit(&AuditFilter::default(), 1).await.unwrap_err(), Error::Internal);
}

#[tokio::test]
async fn records_are_found_by_an_index() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    write_one(&stage, &account, STOPPED.at).await;
    let pool = stage.database().await;
    let place = " AND (at, id) < (7, x'07')";
    for condition in
        ["", " AND person = 'Ada'", " AND operation = 'stopServer'", " AND object = 'server 7'", place]
    {
        let query = format!(
            "EXPLAIN QUERY PLAN SELECT id FROM audit WHERE account = x'00'{condition} \
             ORDER BY at DESC, id DESC LIMIT 50"
        );
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(&pool).await.unwrap();
        let plan = json!(plan.iter().map(|step| &step.3).collect::<Vec<_>>()).to_string();
        assert!(plan.contains("USING") && plan.contains("INDEX audit_"), "{condition}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{condition}: {plan}");
        assert!(condition != place || plan.contains("at)<(") || plan.contains("at,id)<(?"), "{plan}");
    }
    pool.close().await;
}

#[tokio::test]
async fn an_object_is_found_among_others_too() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let objects =
        ["servers 5, 7", "server 7, addon 3", "floating IPs 7, 9, server 5", "servers 57, 70", "iso 7"];
    let records = objects.iter().map(|object| Written { object: Some(object), ..STOPPED });
    let records: Vec<_> = records.chain([Written { object: None, ..STOPPED }]).collect();
    write(&stage, &account, &records).await;
    let expect = async |object: &str, expected: &[usize]| {
        let filter = AuditFilter { object: Some(object.to_owned()), ..AuditFilter::default() };
        let mut found: Vec<_> = all(&account, filter).await.into_iter().map(|row| row.request_id).collect();
        found.sort();
        let expected: Vec<_> = expected.iter().map(|number| format!("request-{number}")).collect();
        assert_eq!(found, expected, "{object}");
    };
    expect("server 7", &[0, 1]).await;
    expect("server 5", &[0, 2]).await;
    expect("server 70", &[3]).await;
    expect("server", &[0, 1, 2, 3]).await;
    expect("addon 3", &[1]).await;
    expect("floating ip 9", &[2]).await;
    expect("floating IP", &[2]).await;
    expect("servers 7", &[0, 1]).await;
    expect("Servers 70", &[3]).await;
    expect("servers 5, 7", &[0]).await;
    expect("servers", &[0, 1, 2, 3]).await;
    expect("floating IPs 9", &[2]).await;
    expect("account", &[5]).await;
    expect("Account", &[5]).await;
}

//! Sessions: sealed, found only by the hash of their id, ended for good.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{
    Gateway, SealingKey, Session, Sessions, Settings, SignedIn, StartError, StorageError, Timings,
};
use sandbox::{Stage, actor, key, new_session, quick, sign_in};
use serde_json::json;
use vpsbg_api::{CreateIso, GetBalance};
use vpsbg_sandbox::Seed;

/// What a request with this session's cookie finds.
async fn enters(gateway: &Gateway, session: &Session) -> bool {
    gateway.enter(&new_session(gateway, session.id()), actor()).await.is_ok()
}

#[tokio::test]
async fn a_session_survives_a_restart() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, Some("Ada")).await;
    gateway.close().await;
    drop(gateway);
    let restarted = stage.gateway(quick()).await;
    let again = new_session(&restarted, session.id());
    let account = restarted.enter(&again, actor()).await.unwrap();
    assert_eq!(account.person(), Some("Ada"));
    assert!(account.email().is_some());
    assert!(account.read(&GetBalance).await.is_ok());
}

#[tokio::test]
async fn sign_in_gives_a_new_id_and_ends_the_old_one() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let planted = new_session(&gateway, None);
    planted.insert("anything", 1).await.unwrap();
    planted.save().await.unwrap();
    let before = planted.id().unwrap();
    let victim = new_session(&gateway, Some(before));
    gateway.sign_in(&victim, &stage.write, None).await.unwrap();
    victim.save().await.unwrap();
    assert_ne!(victim.id().unwrap(), before);
    assert!(enters(&gateway, &victim).await);
    assert!(gateway.enter(&new_session(&gateway, Some(before)), actor()).await.is_err());
    assert_eq!(stage.rows("sessions").await, 1);
    assert_eq!(victim.get::<i32>("anything").await.unwrap(), None, "nothing of before is taken along");
}

#[tokio::test]
async fn a_second_sign_in_replaces_the_first() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, None).await;
    let first = session.id();
    let (other, _) = stage.another(Seed::Small);
    gateway.sign_in(&session, &other, None).await.unwrap();
    session.save().await.unwrap();
    assert_ne!(session.id(), first);
    assert!(gateway.enter(&new_session(&gateway, first), actor()).await.is_err());
    let now = gateway.enter(&new_session(&gateway, session.id()), actor()).await.unwrap();
    assert_eq!(now.key(), gateway.account_key(&other));
}

#[tokio::test]
async fn sign_out_ends_the_session_and_its_streams() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let (elsewhere, other) = stage.signed_in(&gateway, &stage.write).await;
    let (ended, still) = (account.ended(), elsewhere.ended());
    let id = session.id();
    account.sign_out(&session).await;
    tokio::time::timeout(std::time::Duration::from_secs(5), ended).await.unwrap();
    assert!(gateway.enter(&new_session(&gateway, id), actor()).await.is_err());
    assert!(enters(&gateway, &other).await, "another browser stays signed in");
    assert!(futures::FutureExt::now_or_never(still).is_none());
}

#[tokio::test]
async fn a_session_that_ends_by_age_ends_its_streams_too() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(Timings { session_look: Duration::from_millis(20), ..quick() }).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let ended = account.ended();
    let soon = tokio::time::timeout(Duration::from_millis(200), account.ended()).await;
    assert!(soon.is_err(), "it lives");
    let mut signed_in: SignedIn = session.get(SignedIn::KEY).await.unwrap().unwrap();
    signed_in.touched -= 9 * 60 * 60;
    session.insert(SignedIn::KEY, signed_in).await.unwrap();
    session.save().await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), ended).await.expect("it is over");
}

#[tokio::test]
async fn a_request_in_flight_does_not_bring_a_session_back() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let id = session.id();
    let in_flight = new_session(&gateway, id);
    assert!(gateway.enter(&in_flight, actor()).await.is_ok());
    account.sign_out(&session).await;
    in_flight.insert("later", 1).await.unwrap();
    let _ = in_flight.save().await;
    assert_eq!(stage.rows("sessions").await, 0);
    assert!(gateway.enter(&new_session(&gateway, id), actor()).await.is_err());
}

#[tokio::test]
async fn a_session_whose_token_is_refused_tells_so_and_stays_ended() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let (_, other) = stage.signed_in(&gateway, &stage.write).await;
    let in_flight = new_session(&gateway, session.id());
    assert!(gateway.enter(&in_flight, actor()).await.is_ok());
    stage.order("faults", json!({ "revoke": "write" })).await;
    assert!(account.read(&GetBalance).await.is_err());
    in_flight.insert("later", 1).await.unwrap();
    let _ = in_flight.save().await;
    // Each browser, each time it asks, and the next run of the program.
    for gateway in [&gateway, &stage.gateway(quick()).await] {
        for session in [&session, &other, &session] {
            let out = gateway.enter(&new_session(gateway, session.id()), actor()).await.unwrap_err();
            assert_eq!(out, gateway::Out::Refused);
        }
    }
    stage.order("faults", json!({ "revoke": "none" })).await;
    gateway.sign_in(&session, &stage.write, None).await.unwrap();
    session.save().await.unwrap();
    assert!(enters(&gateway, &session).await);
}

#[tokio::test]
async fn only_sealed_bytes_are_in_the_database() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let draft = gateway::Draft {
        values: vec![("message".to_owned(), "typed-words-6b1f".to_owned())],
        errors: Vec::new(),
    };
    account.keep_draft(&draft).await.unwrap();
    account.act(&CreateIso { url: "https://mirror.example.org/private-9c2e.iso".to_owned() }).await.unwrap();
    let (id, email) = (session.id().unwrap(), account.email().unwrap().to_owned());
    let bytes = stage.bytes();
    let hash = Sessions::hash(&id);
    assert!(holds(&bytes, &hash), "the rows are not where they are looked for");
    assert!(holds(&bytes, b"createIso"));
    for (what, secret) in [
        ("the token", stage.write.as_bytes().to_vec()),
        ("the token in hexadecimal", hex::encode(&stage.write).into_bytes()),
        ("the e-mail", email.into_bytes()),
        ("the session id as in the cookie", id.to_string().into_bytes()),
        ("the session id as bytes", id.0.to_le_bytes().to_vec()),
        ("the session id as bytes", id.0.to_be_bytes().to_vec()),
        ("the session id as a number", id.0.to_string().into_bytes()),
        ("a draft", b"typed-words-6b1f".to_vec()),
        ("an address that was added", b"private-9c2e".to_vec()),
        ("the key", "4e".repeat(32).into_bytes()),
        ("the key as bytes", vec![0x4e; 32]),
    ] {
        assert!(!holds(&bytes, &secret), "{what} stands in the database");
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[tokio::test]
async fn a_row_moved_to_another_id_does_not_open() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let mine = sign_in(&gateway, &stage.write, None).await;
    let (other, _) = stage.another(Seed::Small);
    let theirs = sign_in(&gateway, &other, None).await;
    let pool = stage.database().await;
    let moved = sqlx::query(
        "UPDATE sessions SET sealed = (SELECT sealed FROM sessions WHERE id_hash = $1) WHERE id_hash = $2",
    )
    .bind(&Sessions::hash(&theirs.id().unwrap())[..])
    .bind(&Sessions::hash(&mine.id().unwrap())[..])
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(moved.rows_affected(), 1);
    assert!(!enters(&gateway, &mine).await);
    assert!(enters(&gateway, &theirs).await);
}

#[tokio::test]
async fn a_changed_byte_does_not_open() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, None).await;
    let pool = stage.database().await;
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM sessions").fetch_one(&pool).await.unwrap();
    for place in [0, 1, 10, 40, sealed.len() - 1] {
        let mut damaged = sealed.clone();
        damaged[place] ^= 1;
        sqlx::query("UPDATE sessions SET sealed = $1").bind(damaged).execute(&pool).await.unwrap();
        assert!(!enters(&gateway, &session).await, "byte {place}");
    }
    sqlx::query("UPDATE sessions SET sealed = $1").bind(sealed).execute(&pool).await.unwrap();
    assert!(enters(&gateway, &session).await);
}

#[tokio::test]
async fn the_same_session_is_sealed_differently_each_time() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let session = sign_in(&gateway, &stage.write, None).await;
    let pool = stage.database().await;
    let read = || sqlx::query_scalar::<_, Vec<u8>>("SELECT sealed FROM sessions").fetch_one(&pool);
    let before = read().await.unwrap();
    session.save().await.unwrap();
    assert_ne!(read().await.unwrap(), before);
}

#[tokio::test]
async fn another_key_is_refused_at_the_start() {
    let stage = Stage::set(Seed::Small).await;
    stage.gateway(quick()).await.close().await;
    let settings = |key| Settings {
        api_url: "http://127.0.0.1:9/v1".parse().unwrap(),
        directory: stage.directory.path().to_owned(),
        key,
        timings: Timings::default(),
    };
    let other = SealingKey::from_hex(&"17".repeat(32)).unwrap();
    let refused = Gateway::start(settings(other)).await;
    assert!(matches!(refused, Err(StartError::Storage(StorageError::WrongKey))), "{refused:?}");
    assert!(Gateway::start(settings(key())).await.is_ok(), "and nothing was spoiled");
}

#[tokio::test]
async fn a_key_file_is_made_once_for_its_owner_only() {
    let stage = Stage::set(Seed::Empty).await;
    let path = stage.directory.path().join("key");
    let made = SealingKey::from_file(&path).unwrap();
    let again = SealingKey::from_file(&path).unwrap();
    assert_eq!(format!("{made:?}"), format!("{again:?}"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(&path, "not a key").unwrap();
    assert!(SealingKey::from_file(&path).is_err());
}

const HOUR: i64 = 3600;

/// Signs in and makes the session as old and as long unused as told, in seconds.
async fn aged(stage: &Stage, gateway: &Gateway, since: i64, touched: i64) -> Session {
    let session = sign_in(gateway, &stage.write, None).await;
    let mut signed_in: SignedIn = session.get(SignedIn::KEY).await.unwrap().unwrap();
    let now = jiff::Timestamp::now().as_second();
    (signed_in.since, signed_in.touched) = (now - since, now - touched);
    session.insert(SignedIn::KEY, signed_in).await.unwrap();
    session.save().await.unwrap();
    session
}

#[tokio::test]
async fn a_session_ends_eight_hours_after_its_last_use_and_seven_days_after_sign_in() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let table = [
        (7 * HOUR, 7 * HOUR, true),
        (9 * HOUR, 9 * HOUR, false),
        (6 * 24 * HOUR, HOUR, true),
        (7 * 24 * HOUR + HOUR, 0, false),
    ];
    for (since, touched, good) in table {
        let session = aged(&stage, &gateway, since, touched).await;
        let with_token = "sessions signed in";
        let before = stage.rows(with_token).await;
        assert_eq!(enters(&gateway, &session).await, good, "signed in {since} s ago, used {touched} s ago");
        let gone = before - stage.rows(with_token).await;
        assert_eq!(gone, i64::from(!good), "an ended session keeps its token in the store");
    }
}

#[tokio::test]
async fn the_periods_of_a_session_are_timings() {
    let stage = Stage::set(Seed::Small).await;
    let hour = std::time::Duration::from_secs(3600);
    let idle = stage.gateway(Timings { session_idle: hour, ..quick() }).await;
    let session = aged(&stage, &idle, 2 * 3600, 2 * 3600).await;
    assert!(!enters(&idle, &session).await);
    let absolute = stage.gateway(Timings { session_absolute: hour, ..quick() }).await;
    let session = aged(&stage, &absolute, 2 * 3600, 0).await;
    assert!(!enters(&absolute, &session).await);
}

#[tokio::test]
async fn use_moves_the_idle_end_and_is_noted_now_and_then() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    for (unused, noted) in [(10, false), (400, true)] {
        let session = aged(&stage, &gateway, 3600, unused).await;
        let request = new_session(&gateway, session.id());
        assert!(gateway.enter(&request, actor()).await.is_ok());
        assert_eq!(request.is_modified(), noted);
        let touched = request.get::<SignedIn>(SignedIn::KEY).await.unwrap().unwrap().touched;
        let ago = jiff::Timestamp::now().as_second() - touched;
        assert_eq!(ago < 5, noted, "{ago}");
    }
}

#[tokio::test]
async fn what_expired_is_removed_from_the_store() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let kept = sign_in(&gateway, &stage.write, None).await;
    let old = sign_in(&gateway, &stage.write, None).await;
    let pool = stage.database().await;
    sqlx::query("UPDATE sessions SET expires_at = 1 WHERE id_hash = $1")
        .bind(&Sessions::hash(&old.id().unwrap())[..])
        .execute(&pool)
        .await
        .unwrap();
    assert!(!enters(&gateway, &old).await, "not even before it is removed");
    let house = tokio::spawn(gateway.clone().keep_house());
    sandbox::until("the removal", || async { (stage.rows("sessions").await == 1).then_some(()) }).await;
    house.abort();
    assert!(enters(&gateway, &kept).await);
}

#[tokio::test]
async fn what_is_shown_of_a_session_for_the_log_holds_no_token() {
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, session) = stage.signed_in(&gateway, &stage.write).await;
    let signed_in: SignedIn = session.get(SignedIn::KEY).await.unwrap().unwrap();
    let shown = format!("{account:?} {signed_in:?} {gateway:?} {:?}", gateway.sessions());
    assert!(!shown.contains(&stage.write), "{shown}");
    assert!(!json!(shown).to_string().contains(account.email().unwrap()), "{shown}");
}

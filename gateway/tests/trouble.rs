//! What a provider should never send: each is a clear sentence for the person, its cause once in the log, and
//! nothing is lost.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/log.rs"]
mod log;
#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use gateway::{Account, Error, Freshness, Gateway, Settings};
use log::Log;
use provider::{Act, Provider, answer};
use sandbox::{quick, servers};
use serde_json::json;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use vpsbg_api::{CreateIso, DownloadInvoice, GetBalance};

fn place() -> TempDir {
    Log::install();
    tempfile::tempdir().unwrap()
}

fn bytes(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A gzip stream of ten million zeros would be small; its beginning is enough, since nobody unpacks it.
fn bomb() -> Vec<u8> {
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    bomb.extend(std::iter::repeat_n([0xec, 0xc1, 0x01, 0x01], 5000).flatten());
    bomb
}

fn new_iso() -> CreateIso {
    CreateIso { url: "https://mirror.example.org/a.iso".to_owned() }
}

fn is_a_sentence(error: &Error) -> bool {
    let text = error.to_string();
    text.ends_with('.') && text.chars().next().is_some_and(char::is_uppercase)
}

/// One line, of this operation, with these words, and never the token.
fn once(log: &Log, operation: &str, words: &str) {
    let lines = log.take();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains(operation) && lines[0].contains(words), "{words}: {lines:?}");
    assert!(!lines[0].contains("token-one"), "{lines:?}");
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_told_and_its_cause_is_in_the_log_once() {
    let long = json!([{ "id": 1, "hostname": "x".repeat(10_000_000) }]).to_string();
    let json_head = "content-type: application/json\r\n";
    let table: Vec<(&str, Vec<u8>, Error, &str)> = vec![
        ("not JSON", bytes("200 OK", json_head, b"balance: 12"), Error::NotUnderstood, "not JSON"),
        ("empty", bytes("200 OK", json_head, b""), Error::NotUnderstood, "empty"),
        ("cut JSON", bytes("200 OK", json_head, b"{\"data\": [{\"id\": 7"), Error::NotUnderstood, "not JSON"),
        (
            "cut answer",
            answer(200, "{\"data\": []}")[..100].to_vec(),
            Error::Unreachable,
            "the connection broke",
        ),
        (
            "cut body",
            answer(200, &"[".repeat(200))[..200].to_vec(),
            Error::Unreachable,
            "the connection broke",
        ),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), Error::Unreachable, "the connection broke"),
        ("nothing at all", Vec::new(), Error::Unreachable, "the connection broke"),
        (
            "a gzip bomb",
            bytes("200 OK", "content-type: application/json\r\ncontent-encoding: gzip\r\n", &bomb()),
            Error::NotUnderstood,
            "not JSON",
        ),
        (
            "a row of 10 MB",
            bytes("200 OK", json_head, long.as_bytes()),
            Error::NotUnderstood,
            "longer than 8 MiB",
        ),
        (
            "a row of 10 MB without its length",
            [b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", long.as_bytes()].concat(),
            Error::NotUnderstood,
            "longer than 8 MiB",
        ),
        ("another type", bytes("200 OK", json_head, b"\"a text\""), Error::NotUnderstood, "expected a list"),
        ("a number", bytes("200 OK", json_head, b"7"), Error::NotUnderstood, "expected a list"),
        (
            "an error page that says 200",
            bytes("200 OK", "content-type: text/html\r\n", b"<!DOCTYPE html><h1>Maintenance</h1>"),
            Error::NotUnderstood,
            "not JSON",
        ),
        (
            "an error page",
            bytes("502 Bad Gateway", "content-type: text/html\r\n", b"<html><h1>502</h1></html>"),
            Error::ProviderFault,
            "refused with 502",
        ),
        (
            "an error page of a guard",
            bytes("403 Forbidden", "content-type: text/html\r\n", b"<html>Checking your browser</html>"),
            Error::Forbidden,
            "refused with 403",
        ),
        ("a status nobody knows", bytes("299 Hm", json_head, b"{}"), Error::NotUnderstood, "expected a list"),
        (
            "deep nesting",
            bytes("200 OK", json_head, "[".repeat(100_000).as_bytes()),
            Error::NotUnderstood,
            "not JSON",
        ),
    ];
    for (name, bytes, expected, cause) in table {
        let provider = Provider::open(move |_| Act::Bytes(bytes.clone())).await;
        let directory = place();
        let account = provider.account(directory.path(), quick()).await;
        let (log, _guard) = Log::listen();
        let error = account.read(&servers(1)).await.unwrap_err();
        assert_eq!(error, expected, "{name}");
        assert!(is_a_sentence(&error), "{error}");
        once(&log, "listServers", cause);
        // A change with the same fate was perhaps done, unless it was refused.
        let error = account.act(&new_iso()).await.unwrap_err();
        match expected {
            Error::Forbidden => assert_eq!(error, Error::ReadOnly, "{name}"),
            _ => assert_eq!(error, Error::OutcomeUnknown, "{name}"),
        }
        assert_eq!(provider.asked("POST /isos"), 1, "{name}");
        assert_eq!(log.take().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn what_was_good_before_stands_in_for_what_makes_no_sense() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let provider = Provider::open(move |_| match counted.fetch_add(1, Ordering::SeqCst) {
        0 => Act::Json(200, json!({ "data": [{ "id": 7, "hostname": "web-1" }] }).to_string()),
        call if call % 2 == 0 => Act::Bytes(bytes("200 OK", "", b"<html>")),
        _ => Act::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{".to_vec()),
    })
    .await;
    let directory = place();
    let account = provider.account(directory.path(), quick()).await;
    let good = account.read(&servers(1)).await.unwrap();
    let bridged = account.read(&servers(1)).await.unwrap();
    assert!(matches!(bridged.freshness, Freshness::Stale(Error::NotUnderstood | Error::Unreachable)));
    assert_eq!((bridged.value, bridged.read_at), (good.value, good.read_at));
    assert_eq!(calls.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn rows_and_fields_of_other_types_do_not_hide_the_others() {
    let rows = json!({ "data": [
        { "id": 7, "hostname": "web-1", "billing_cycle": "3" },
        { "id": { "number": 8 } },
        "a text", null, [[[]]],
        { "id": "9", "hostname": ["a", "list"], "plan": 7, "locked": "no", "ip_addresses": { "a": 1 } },
    ] });
    let provider = Provider::open(move |request| match request.path.as_str() {
        "/balance" => Act::Json(200, json!({ "balance": { "amount": 1 }, "currency": "EUR" }).to_string()),
        _ => Act::Json(200, rows.to_string()),
    })
    .await;
    let directory = place();
    let account = provider.account(directory.path(), quick()).await;
    let page = account.read(&servers(1)).await.unwrap().value;
    let ids: Vec<_> = page.rows.iter().map(|server| server.id.get()).collect();
    assert_eq!((ids, page.broken), (vec![7, 9], 4));
    assert_eq!((page.rows[0].billing_cycle, page.rows[1].hostname.as_deref()), (Some(3), None));
    let balance = account.read(&GetBalance).await.unwrap().value;
    assert_eq!((balance.balance, balance.currency.as_deref()), (None, Some("EUR")));
}

#[tokio::test]
async fn the_token_does_not_follow_a_redirect_to_another_host() {
    let elsewhere = Provider::open(|_| Act::Json(200, "{\"data\": []}".to_owned())).await;
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let place_of_it = format!("location: {}/servers\r\n", elsewhere.base);
        let provider = Provider::open(move |_| Act::Bytes(bytes(status, &place_of_it, b"{}"))).await;
        let directory = place();
        let account = provider.account(directory.path(), quick()).await;
        let (log, _guard) = Log::listen();
        assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::NotUnderstood, "{status}");
        once(&log, "listServers", "a redirect that is not followed");
        assert_eq!(account.act(&new_iso()).await.unwrap_err(), Error::OutcomeUnknown, "{status}");
        assert_eq!(provider.asked("POST /isos"), 1, "{status}");
        let invoice = DownloadInvoice { id: "7".parse().unwrap() };
        assert!(account.download(&invoice).await.is_err(), "{status}");
    }
    assert!(elsewhere.requests().is_empty(), "{:?}", elsewhere.requests());
}

#[tokio::test]
async fn a_read_follows_a_redirect_on_the_same_host_and_a_change_none() {
    let provider = Provider::open(|request| match request.path.as_str() {
        "/moved" => Act::Json(200, "{\"data\": [{\"id\": 7}]}".to_owned()),
        _ => Act::Bytes(bytes("302 Found", "location: /v1/moved\r\n", b"")),
    })
    .await;
    let directory = place();
    let account = provider.account(directory.path(), quick()).await;
    assert_eq!(account.read(&servers(1)).await.unwrap().value.rows.len(), 1);
    assert_eq!(account.act(&new_iso()).await.unwrap_err(), Error::OutcomeUnknown);
    assert_eq!(provider.asked("GET /moved"), 1, "a change was followed");
    let round = Provider::open(|_| Act::Bytes(bytes("302 Found", "location: /v1/servers\r\n", b""))).await;
    let directory = place();
    let account = round.account(directory.path(), quick()).await;
    assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::NotUnderstood, "round and round");
    assert!(round.requests().len() <= 12, "{}", round.requests().len());
}

#[tokio::test]
async fn a_file_that_is_an_error_page_is_no_file() {
    let provider =
        Provider::open(|_| Act::Bytes(bytes("500 Oops", "content-type: text/html\r\n", b"<html>"))).await;
    let directory = place();
    let account = provider.account(directory.path(), quick()).await;
    let (log, _guard) = Log::listen();
    let invoice = DownloadInvoice { id: "7".parse().unwrap() };
    let Err(error) = account.download(&invoice).await else { panic!("a page was taken for an invoice") };
    assert_eq!(error, Error::ProviderFault);
    once(&log, "downloadInvoice", "refused with 500");
}

/// The account of a session, with the provider at another address.
async fn at(address: &str, directory: &TempDir) -> Account {
    let settings = Settings {
        api_url: address.parse().unwrap(),
        directory: directory.path().to_owned(),
        key: sandbox::key(),
        timings: quick(),
    };
    let gateway = Gateway::start(settings).await.unwrap();
    let session = sandbox::new_session(&gateway, session_id(directory).await);
    gateway.enter(&session, sandbox::actor()).await.unwrap()
}

/// Signs in at a provider that works, so that there is a session.
async fn session_id(directory: &TempDir) -> Option<tower_sessions_core::session::Id> {
    let provider = Provider::open(|_| Act::Hang).await;
    let gateway = provider.gateway(directory.path(), quick()).await;
    sandbox::sign_in(&gateway, "token-one", None).await.id()
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_unreachable() {
    let directory = place();
    let account = at("https://no-such-provider.invalid/v1", &directory).await;
    let (log, _guard) = Log::listen();
    assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::Unreachable);
    once(&log, "listServers", "no connection");
    assert_eq!(account.act(&new_iso()).await.unwrap_err(), Error::Unreachable, "certainly not done");
}

#[tokio::test]
async fn without_a_proper_certificate_nothing_is_said_and_a_change_may_be_tried_again() {
    for greeting in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b"\x15\x03\x01\x00\x02\x02\x28", b""] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("https://{}/v1", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(greeting).await;
            }
        });
        let directory = place();
        let account = at(&address, &directory).await;
        let (log, _guard) = Log::listen();
        assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::Unreachable);
        assert_eq!(connections.swap(0, Ordering::SeqCst), 3);
        once(&log, "listServers", "no connection");
        // The connection was never made: a change is tried three times, and certainly not done.
        assert_eq!(account.act(&new_iso()).await.unwrap_err(), Error::Unreachable);
        assert_eq!(connections.load(Ordering::SeqCst), 3);
        once(&log, "createIso", "no connection");
    }
}

#[tokio::test]
async fn a_provider_that_floods_headers_is_not_believed() {
    let flood = format!("HTTP/1.1 200 OK\r\n{}\r\n\r\n{{}}", "x-flood: 1\r\n".repeat(100_000));
    let provider = Provider::open(move |_| Act::Bytes(flood.clone().into_bytes())).await;
    let directory = place();
    let account = provider.account(directory.path(), quick()).await;
    assert_eq!(account.read(&servers(1)).await.unwrap_err(), Error::Unreachable);
}

#[tokio::test]
async fn sign_in_tells_the_same_troubles_and_stores_nothing() {
    for (act, expected) in [("html", Error::NotUnderstood), ("reset", Error::Unreachable)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                if act == "html" {
                    let _ = stream.read(&mut [0; 4096]).await;
                    let _ = stream.write_all(&bytes("200 OK", "", b"<html>")).await;
                }
            }
        });
        let directory = place();
        let settings = Settings {
            api_url: address.parse().unwrap(),
            directory: directory.path().to_owned(),
            key: sandbox::key(),
            timings: quick(),
        };
        let gateway = Gateway::start(settings).await.unwrap();
        let (log, _guard) = Log::listen();
        let refused = gateway.check_token("token-one").await.unwrap_err();
        assert_eq!(refused, gateway::SignInError::NotAsked(expected), "{act}");
        once(&log, "getUser", "");
    }
}

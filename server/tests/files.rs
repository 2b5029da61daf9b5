//! Lists as files, over a real connection: what breaks off looks broken to who downloads it, what is long is whole.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use program::{Browser, Program, Provider};
use reqwest::{Method, Response};
use serde_json::json;
use vpsbg_sandbox::Seed;

/// Longest that thousands of rows may take where no rate limit holds them up.
const LONGEST: Duration = Duration::from_secs(60);

/// A file that may take its time.
async fn file(person: &Browser, path: &str) -> Response {
    person.request(Method::GET, path).timeout(LONGEST).send().await.unwrap()
}

/// What came of a file, and whether it ended as a file ends.
async fn received(mut file: Response) -> (String, Result<(), reqwest::Error>) {
    let mut bytes = Vec::new();
    let ended = loop {
        match file.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    (String::from_utf8(bytes).unwrap(), ended)
}

#[tokio::test]
async fn a_file_that_breaks_off_is_broken_for_who_downloads_it() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    // Of each list that has a second page.
    for (path, list, operation) in
        [("/invoices.csv", "/invoices", "listInvoices"), ("/orders.csv", "/orders", "listOrders")]
    {
        let world = provider.another_world(Seed::Typical);
        let person = program.signed_in(&world.write).await;
        let pages = &world.tell(list).await["meta"]["last_page"];
        assert!(pages.as_u64().unwrap() > 1, "{list} has {pages} pages");
        // The first page is as always, the second never comes.
        world.order("force", json!({ "operation": operation, "headers": { "X-Page": "first" } })).await;
        world.order("force", json!({ "operation": operation, "status": 500, "times": 0 })).await;
        let file = person.get(path).await;
        assert_eq!(file.status(), 200, "{path}: it had begun");
        assert!(file.headers().get("content-length").is_none(), "{path}: nobody knew how long it would be");
        let (text, ended) = received(file).await;
        assert!(text.lines().count() > 10, "{path}: the first page came: {text}");
        let error = ended.expect_err("a part of the list, sent as if it were the list");
        assert!(!error.is_timeout(), "{path}: it was not ended, but left open: {error}");
        // And the program knows it.
        world.calm().await;
        let (text, ended) = received(person.get(path).await).await;
        assert!(ended.is_ok() && text.lines().count() > 31, "{path}: well again: {ended:?} {text}");
    }
}

#[tokio::test]
async fn what_stands_beside_the_rows_is_waited_for_too() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    // Longer than a page waits for all that it shows.
    provider.order("force", json!({ "operation": "listServerStatuses", "delay_ms": 4_000 })).await;
    let (text, ended) = received(person.get("/servers.csv").await).await;
    assert!(ended.is_ok(), "{ended:?} after {text}");
    assert!(text.contains(",Running,"), "{text}");
}

#[tokio::test]
async fn a_slow_provider_makes_a_file_slow_and_not_short() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let total = provider.tell("/servers").await["meta"]["total"].as_u64().unwrap();
    // Longer than a page waits, and longer than what was read with the first rows is good for.
    provider.order("force", json!({ "operation": "listServers", "headers": { "X-Page": "first" } })).await;
    provider.order("force", json!({ "operation": "listServers", "delay_ms": 5_500 })).await;
    let (text, ended) = received(person.get("/servers.csv?per_page=10").await).await;
    assert!(ended.is_ok(), "{ended:?} after {text}");
    assert_eq!(text.lines().count() as u64, 1 + total, "{text}");
}

#[tokio::test]
async fn a_file_whose_first_page_cannot_be_had_is_none() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.order("force", json!({ "operation": "listInvoices", "status": 500, "times": 0 })).await;
    let answer = person.get("/invoices.csv").await;
    assert_eq!(answer.status(), 503);
    assert!(answer.headers().get("content-disposition").is_none(), "a page, not a file");
    let (text, ended) = received(answer).await;
    assert!(ended.is_ok() && text.contains("</html>"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_thousands_arrives_whole() {
    let provider = Provider::open(Seed::Large).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let (started, mut rows) = (Instant::now(), BTreeSet::new());
    // The list has those that are there; those that are being made, or are gone, are asked for.
    for (query, shown) in
        [("", "active,suspended"), ("?state=processing", "processing"), ("?state=terminated", "terminated")]
    {
        let total =
            provider.tell(&format!("/servers?filter[status]={shown}")).await["meta"]["total"].as_u64();
        provider.forget_journal().await;
        let (text, ended) = received(file(&person, &format!("/servers.csv{query}")).await).await;
        assert!(ended.is_ok(), "{query}: {ended:?} after {:?}", started.elapsed());
        let mut lines = text.strip_suffix("\r\n").unwrap().split("\r\n");
        let head = lines.next().unwrap();
        assert!(head.contains("Name,") && head.ends_with(",Id"), "{head}");
        let before = rows.len();
        rows.extend(lines.map(str::to_owned));
        assert_eq!(Some((rows.len() - before) as u64), total, "{query}: one is missing, or there twice");
        // Fifty at once are the most that the provider gives.
        assert_eq!(provider.asked("listServers").await as u64, total.unwrap().div_ceil(50), "{query}");
    }
    let ids = rows.iter().map(|row| row.rsplit(',').next().unwrap().parse::<u64>());
    let ids: BTreeSet<u64> = ids.collect::<Result<_, _>>().unwrap();
    assert_eq!(ids.len(), 5_000, "lines that differ, of servers that do not");
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
}

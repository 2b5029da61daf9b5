//! Lists over our own storage, as a browser without scripts has them: bulk jobs, the results of one, purchases. All of
//! them are reached, by pages, filters, search, orders and as a file.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::time::{Duration, Instant};

use program::{Browser, Program, Provider, location};
use serde_json::json;
use vpsbg_sandbox::Seed;

fn rows(page: &str) -> usize {
    page.split_once("<tbody").map_or(0, |(_, rows)| rows.matches("<tr").count())
}

/// Status, rows and text of a page.
async fn look(person: &Browser, path: &str) -> (u16, usize, String) {
    let (status, page) = person.page(path).await;
    (status, rows(&page), page)
}

/// The lines of a file, without its heads.
async fn lines(person: &Browser, path: &str) -> Vec<String> {
    let file = person.get(path).await;
    assert_eq!(file.status(), 200, "{path}");
    assert_eq!(file.headers()["content-type"], "text/csv; charset=utf-8", "{path}");
    let text = String::from_utf8(file.bytes().await.unwrap().to_vec()).unwrap();
    text.trim_end().split("\r\n").skip(1).map(str::to_owned).collect()
}

/// The id of a server that runs.
async fn running(provider: &Provider) -> String {
    let list = provider.tell("/servers").await;
    let row = list["data"].as_array().unwrap().iter().find(|row| row["hostname"] == "web-1").unwrap();
    row["id"].to_string()
}

/// Starts a job over these servers, and says where its page is.
async fn start(person: &Browser, action: &str, servers: &[(&str, &str)]) -> String {
    let form =
        person.hidden(&format!("/bulk/new?action={action}&row={}&from=%2Fservers", servers[0].0)).await;
    let rows: Vec<String> = servers.iter().map(|(id, name)| format!("{id} {name}")).collect();
    let fields = [("action", action), ("from", "/servers"), ("rows", &rows.join("\n"))];
    let page = location(&person.send("/do/bulk/start", &form.with(&fields)).await);
    assert!(page.starts_with("/bulk/") && page.len() == 38, "{page}");
    page
}

async fn until_finished(person: &Browser, job: &str) {
    let started = Instant::now();
    while !person.page(job).await.1.contains("Finished") {
        assert!(started.elapsed() < Duration::from_secs(60), "{job} does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn every_job_is_reached() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let (status, none, page) = look(&person, "/bulk").await;
    assert!(status == 200 && none == 0 && page.contains("No bulk jobs yet"), "{page}");
    let server = running(&provider).await;
    // It runs: nothing is sent, and each job ends at once.
    let mut last = String::new();
    for _ in 0..51 {
        last = start(&person, "start-servers", &[(&server, "web-1")]).await;
    }
    until_finished(&person, &last).await;

    let (_, first, page) = look(&person, "/bulk").await;
    assert_eq!(first, 50);
    assert!(page.contains("1 to 50 of 51 bulk jobs") && page.contains("href=\"/bulk?page=2\""), "{page}");
    assert!(page.contains("Jobs that ended are kept for 30 days"), "{page}");
    let (_, second, page) = look(&person, "/bulk?page=2").await;
    assert!(second == 1 && page.contains("51 to 51 of 51 bulk jobs"), "{page}");
    assert_eq!(look(&person, "/bulk?page=3").await.0, 404);
    for (query, number) in [
        ("state=finished", 51),
        ("state=paused", 0),
        ("what=start-servers", 51),
        ("what=delete-isos&state=finished", 0),
        ("q=start+1+server", 51),
        ("q=tickets", 0),
        ("sort=started&state=finished", 51),
    ] {
        let (status, shown, page) = look(&person, &format!("/bulk?{query}")).await;
        assert_eq!((status, shown), (200, number.min(50)), "{query}: {page}");
        assert!(number > 0 || page.contains("No bulk job matches."), "{query}: {page}");
        assert_eq!(lines(&person, &format!("/bulk.csv?{query}")).await.len(), number, "{query}");
    }
    let (status, shown, page) = look(&person, "/bulk?state=working").await;
    assert_eq!((status, shown), (422, 0), "{page}");
    let (_, _, page) = look(&person, "/bulk?sort=started").await;
    let (_, _, other) = look(&person, "/bulk?sort=-started").await;
    assert!(!page.contains(&format!("href=\"{last}\"")) && other.contains(&format!("href=\"{last}\"")));
    let file = lines(&person, "/bulk.csv").await;
    assert!(file[0].starts_with("Start 1 server,Finished,1 of 1: 1 not possible,0,1,0,0,"), "{}", file[0]);
    assert_eq!(person.page("/views/bulk").await.0, 200, "what the list shows can be saved");

    let stranger = program.signed_in(&provider.another(Seed::Small)).await;
    assert!(stranger.page("/bulk").await.1.contains("No bulk jobs yet"));
    assert_eq!(lines(&stranger, "/bulk.csv").await.len(), 0);
}

#[tokio::test]
async fn results_are_narrowed_by_what_became_of_them() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let server = running(&provider).await;
    let job = start(&person, "stop-servers", &[(&server, "web-1"), ("987654", "gone")]).await;
    until_finished(&person, &job).await;
    let id = job.strip_prefix("/bulk/").unwrap();
    let (_, all, page) = look(&person, &job).await;
    assert_eq!(all, 2, "{page}");
    for link in ["?outcome=done", "?outcome=not-done", "?outcome=unknown", "?outcome=waiting"] {
        assert!(page.contains(&format!("href=\"{job}{link}\"")), "{link}: {page}");
    }
    let csv = format!("/bulk/results.csv?job={id}");
    for (outcome, names) in [
        ("", &["web-1,", "gone,987654,"][..]),
        ("done", &["web-1,"]),
        ("not-done", &["gone,987654,Not done,not-found,"]),
        ("unknown", &[]),
        ("waiting", &[]),
    ] {
        let (status, shown, page) = look(&person, &format!("{job}?outcome={outcome}")).await;
        assert_eq!((status, shown), (200, names.len()), "{outcome}: {page}");
        assert!(!names.is_empty() || page.contains("No server matches."), "{outcome}: {page}");
        let file = lines(&person, &format!("{csv}&outcome={outcome}")).await;
        let fits = file.iter().zip(names).all(|(line, name)| line.starts_with(name));
        assert!(fits && file.len() == names.len(), "{outcome}: {file:?}");
    }
    let href = format!("href=\"/bulk/results.csv?job={id}&amp;outcome=not-done\"");
    assert!(
        person.page(&format!("{job}?outcome=not-done")).await.1.contains(&href),
        "the file is of the same"
    );
    assert_eq!(look(&person, &format!("{job}?outcome=failed")).await.0, 422);
    assert_eq!(look(&person, &format!("{job}?outcome=done&page=2")).await.0, 404);
    for (query, status) in [
        ("", 422),
        ("?job=x", 422),
        (&format!("?job={id}&outcome=failed"), 422),
        (&format!("?job={}", "0".repeat(32)), 404),
    ] {
        assert_eq!(person.get(&format!("/bulk/results.csv{query}")).await.status(), status, "{query}");
    }
    let stranger = program.signed_in(&provider.another(Seed::Small)).await;
    assert_eq!(stranger.get(&csv).await.status(), 404);
}

/// The hidden fields of a form.
fn hidden_of(page: &str, action: &str) -> Vec<(String, String)> {
    let (_, form) = page.split_once(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("{page}"));
    let form = form.split("</form>").next().unwrap();
    let fields = form.split("type=\"hidden\" name=\"").skip(1);
    fields
        .map(|field| {
            let (name, rest) = field.split_once('"').unwrap();
            let value = rest.split_once("value=\"").unwrap().1.split('"').next().unwrap();
            (name.to_owned(), value.replace("&amp;", "&"))
        })
        .collect()
}

/// Orders a month more for a server.
async fn renew(person: &Browser, server: &str) -> String {
    let (_, page) = person.page(&format!("/servers/renew?server={server}&months=1")).await;
    let fields = hidden_of(&page, "/do/servers/renew");
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    location(&person.send("/do/servers/renew", &fields).await)
}

#[tokio::test]
async fn purchases_are_narrowed_searched_and_come_as_a_file() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let (status, none, page) = look(&person, "/purchases").await;
    assert!(status == 200 && none == 0 && page.contains("No purchases yet"), "{page}");
    let server = running(&provider).await;
    provider.order("force", json!({ "operation": "renewServers", "status": 423 })).await;
    renew(&person, &server).await;
    let bought = renew(&person, &server).await;
    assert!(bought.starts_with("/orders/"), "{bought}");
    let object = format!("q=server+{server}");
    for (query, number) in [
        ("", 2),
        ("state=done", 1),
        ("state=not-done", 1),
        ("state=unknown", 0),
        ("what=renewServers", 2),
        ("what=depositFunds", 0),
        ("from=2000-01-01", 2),
        ("to=2000-01-01", 0),
        (object.as_str(), 2),
        ("q=nobody-of-that-name", 0),
        ("sort=shown&state=done", 1),
    ] {
        let (status, shown, page) = look(&person, &format!("/purchases?{query}")).await;
        assert_eq!((status, shown), (200, number), "{query}: {page}");
        assert!(number > 0 || page.contains("No purchase matches."), "{query}: {page}");
        assert_eq!(lines(&person, &format!("/purchases.csv?{query}")).await.len(), number, "{query}");
    }
    for nonsense in ["state=perhaps", "from=yesterday", "from=2026-03-05&to=2026-03-04", "page=0"] {
        let (status, shown, page) = look(&person, &format!("/purchases?{nonsense}")).await;
        assert_eq!((status, shown), (422, 0), "{nonsense}: {page}");
    }
    assert_eq!(look(&person, "/purchases?page=2").await.0, 404);
    let file = lines(&person, "/purchases.csv").await;
    let first = format!("Renew servers,renewServers,server {server},Went through,,");
    assert!(file[0].starts_with(&first), "{}", file[0]);
    let second = format!("Renew servers,renewServers,server {server},Did not go through,locked,");
    assert!(file[1].starts_with(&second), "{}", file[1]);
    assert_eq!(person.page("/views/purchases").await.0, 200, "what the list shows can be saved");

    // The page of one has its own record, and no other.
    let (_, _, page) = look(&person, "/purchases?state=not-done").await;
    let (_, rest) = page.split_once("href=\"/purchases/").unwrap();
    let (_, records, page) = look(&person, &format!("/purchases/{}", &rest[..32])).await;
    assert!(records == 1 && page.contains("Not done: another task ran"), "{page}");

    let stranger = program.signed_in(&provider.another(Seed::Small)).await;
    assert!(stranger.page("/purchases").await.1.contains("No purchases yet"));
    assert_eq!(lines(&stranger, "/purchases.csv").await.len(), 0);
}

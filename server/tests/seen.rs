//! What the program tells about itself: how the contract fares, who changed what, numbers for who runs it.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use program::{Browser, Program, Provider, cookie, location};
use reqwest::Response;
use serde_json::json;
use vpsbg_sandbox::Seed;

/// The row of a table that has this text.
fn row<'page>(page: &'page str, text: &str) -> &'page str {
    let mut rows = page.split("<tr").filter_map(|rest| rest.split_once("</tr>").map(|(row, _)| row));
    rows.find(|row| row.contains(text)).unwrap_or_else(|| panic!("no row with {text}: {page}"))
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

async fn ada(program: &Program, token: &str, name: &str) -> Browser {
    let mut browser = program.browser();
    let answer = browser.send("/do/sign-in", &[("token", token), ("person", name)]).await;
    browser.cookie = cookie(answer.headers());
    assert!(browser.cookie.is_some());
    browser
}

/// The id of a server that runs.
async fn running(provider: &Provider) -> String {
    let list = provider.tell("/servers").await;
    let row = list["data"].as_array().unwrap().iter().find(|row| row["hostname"] == "web-1").unwrap();
    row["id"].to_string()
}

async fn add_iso(person: &Browser, name: &str) -> Response {
    let form = person.hidden("/isos/new").await;
    let url = format!("https://mirror.example.org/{name}.iso");
    person.send("/do/isos/add", &form.with(&[("url", &url)])).await
}

#[tokio::test]
async fn diagnostics_tell_each_operation_apart() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let (status, page) = person.page("/diagnostics").await;
    assert_eq!(status, 200);
    for operation in ["listServers", "createTicket", "deleteIso"] {
        assert!(row(&page, &format!("<code>{operation}</code>")).contains("Never called"), "{operation}");
    }
    let body = json!({ "data": [{ "id": 1, "size": "Ada's size" }, { "id": 2, "size": "Ada's size" }] });
    provider.order("force", json!({ "operation": "listIsos", "status": 200, "body": body })).await;
    provider.order("force", json!({ "operation": "listInvoices", "status": 403, "times": 0 })).await;
    provider
        .order("force", json!({ "operation": "listTickets", "body": "<html>Ada</html>", "times": 0 }))
        .await;
    for path in ["/servers", "/isos", "/invoices", "/tickets"] {
        person.get(path).await;
    }
    let (_, page) = person.page("/diagnostics").await;
    let servers = row(&page, "<code>listServers</code>");
    assert!(servers.contains("Answered") && servers.contains("<code>GET /servers</code>"), "{servers}");
    assert!(servers.contains("Documented") && servers.contains("<time"), "{servers}");
    let isos = row(&page, "<code>listIsos</code>");
    assert!(isos.contains("Fits in part") && isos.contains("data.*.size: expected"), "{isos}");
    assert!(isos.contains(", 2 times") && isos.contains("Inferred"), "{isos}");
    let invoices = row(&page, "<code>listInvoices</code>");
    assert!(invoices.contains("Refused") && invoices.contains("not allowed (403)"), "{invoices}");
    let tickets = row(&page, "<code>listTickets</code>");
    assert!(tickets.contains("Not understood") && tickets.contains("answer: not JSON"), "{tickets}");
    assert!(row(&page, "<code>createTicket</code>").contains("Never called"));
    for secret in ["Ada", provider.write.as_str(), "mirror.example.org"] {
        assert!(!page.contains(secret), "{secret}");
    }
    // What somebody else did is nobody's business.
    let stranger = program.signed_in(&provider.another(Seed::Small)).await;
    let (_, page) = stranger.page("/diagnostics").await;
    let isos = row(&page, "<code>listIsos</code>");
    assert!(isos.contains("Never called") && !isos.contains("data.*"), "{isos}");
}

#[tokio::test]
async fn diagnostics_are_narrowed_by_the_address() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    assert!(person.page("/diagnostics?show=misfits").await.1.contains("Everything fitted so far."));
    assert!(person.page("/diagnostics?show=not-offered").await.1.contains("offers all that was asked for"));
    let body = json!({ "data": [{ "id": 1, "size": [] }] });
    provider.order("force", json!({ "operation": "listIsos", "status": 200, "body": body })).await;
    person.get("/isos").await;
    person.get("/servers").await;
    let has = async |path: &str, there: &[&str], not: &[&str]| {
        let (status, page) = person.page(path).await;
        assert_eq!(status, 200, "{path}");
        for operation in there {
            assert!(page.contains(&format!("<code>{operation}</code>")), "{path}: {operation}");
        }
        for operation in not {
            assert!(!page.contains(&format!("<code>{operation}</code>")), "{path}: {operation}");
        }
    };
    has("/diagnostics?show=misfits", &["listIsos"], &["listServers", "createIso"]).await;
    has("/diagnostics?show=called", &["listIsos", "listServers"], &["createIso"]).await;
    has("/diagnostics?family=isos", &["listIsos", "createIso"], &["listServers"]).await;
    has("/diagnostics?show=called&family=isos", &["listIsos"], &["listServers", "createIso"]).await;
    has("/diagnostics?show=nonsense&family=nonsense", &["listIsos", "listServers", "createTicket"], &[])
        .await;
    let (_, page) = person.page("/diagnostics?show=called&family=isos").await;
    assert!(
        page.contains("href=\"/diagnostics?show=misfits&amp;family=isos\""),
        "the family is kept: {page}"
    );
}

#[tokio::test]
async fn what_the_provider_does_not_offer_is_said_apart() {
    let provider = Provider::open(Seed::Small).await;
    provider.order("dialect", json!({ "dialect": "documented-only" })).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    assert_eq!(person.get("/isos").await.status(), 501);
    let (_, page) = person.page("/diagnostics?show=not-offered").await;
    let isos = row(&page, "<code>listIsos</code>");
    assert!(isos.contains("Not offered") && isos.contains("asked again after an hour"), "{isos}");
    assert!(!page.contains("<code>listServers</code>"));
}

#[tokio::test]
async fn every_page_leads_to_both() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for path in provider.pages().await.iter().map(String::as_str).chain(["/nope", "/servers/1"]) {
        let (_, page) = person.page(path).await;
        let (_, footer) = page.split_once("<footer").unwrap();
        assert!(footer.contains("href=\"/diagnostics\""), "{path}");
        assert!(footer.contains("href=\"/keys\""), "{path}");
        assert!(page.contains("href=\"/activity\""), "{path}");
    }
}

#[tokio::test]
async fn a_change_is_seen_with_all_that_is_known_of_it() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = ada(&program, &provider.write, "Ada <b>").await;
    assert!(person.page("/activity").await.1.contains("Nothing was changed yet"));
    let done = add_iso(&person, "seen").await;
    let request = header(&done, "x-request-id").to_owned();
    let server = running(&provider).await;
    let form = person.hidden(&format!("/servers/{server}?confirm=restart")).await;
    person.send("/do/servers/power", &form.with(&[("id", &server), ("action", "restart")])).await;
    provider.order("force", json!({ "operation": "createIso", "reset": true })).await;
    add_iso(&person, "lost").await;
    let (status, page) = person.page("/activity").await;
    assert_eq!(status, 200);
    let first = row(&page, &request);
    for words in ["Add an ISO", "Done", "Ada &lt;b", "127.0.0.1", "Account", "<time"] {
        assert!(first.contains(words), "{words}: {first}");
    }
    let power = row(&page, "Restart a server");
    assert!(power.contains(&format!("href=\"/servers/{server}\"")), "{power}");
    assert!(row(&page, "Not known").contains("Add an ISO"));
    let table = page.find("<tbody").unwrap();
    let in_table = ["Restart a server", &request].map(|words| page[table..].find(words).unwrap());
    assert!(in_table.is_sorted(), "newest first");
    assert!(page.contains("Records are kept for 400 days"), "{page}");
    let stranger = program.signed_in(&provider.another(Seed::Small)).await;
    let (_, page) = stranger.page("/activity").await;
    assert!(page.contains("Nothing was changed yet") && !page.contains("Ada"));
}

#[tokio::test]
async fn activity_is_narrowed_by_the_address() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let (first, second) =
        (ada(&program, &provider.write, "Ada").await, program.signed_in(&provider.write).await);
    add_iso(&first, "one").await;
    provider.order("force", json!({ "operation": "createIso", "status": 423 })).await;
    add_iso(&second, "two").await;
    let server = running(&provider).await;
    let form = second.hidden(&format!("/servers/{server}?confirm=stop")).await;
    second.send("/do/servers/power", &form.with(&[("id", &server), ("action", "stop")])).await;
    let counts = async |query: &str, expected: usize| {
        let (status, page) = first.page(&format!("/activity{query}")).await;
        assert_eq!(status, 200, "{query}");
        let rows = page.split_once("<tbody").map_or(0, |(_, rows)| rows.matches("<tr").count());
        assert_eq!(rows, expected, "{query}: {page}");
        let file = first.get(&format!("/activity.csv{query}")).await;
        assert_eq!(file.text().await.unwrap().lines().count(), expected + 1, "{query}");
        page
    };
    counts("", 3).await;
    counts("?who=name:Ada", 1).await;
    counts("?who=nobody", 2).await;
    counts("?what=createIso", 2).await;
    counts("?what=family:servers", 1).await;
    counts("?outcome=done", 2).await;
    counts("?outcome=not-done", 1).await;
    counts("?outcome=unknown", 0).await;
    counts(&format!("?object=server+{server}"), 1).await;
    counts("?object=Server", 1).await;
    counts("?object=account", 2).await;
    counts("?from=2000-01-01&to=2000-01-02", 0).await;
    let page = counts("?from=2000-01-01&who=nobody&outcome=done", 1).await;
    assert!(
        page.contains("value=\"2000-01-01\"") && page.contains("<option value=\"nobody\" selected"),
        "{page}"
    );
    let file = "href=\"/activity.csv?who=nobody&amp;outcome=done&amp;from=2000-01-01\"";
    assert!(page.contains(file), "the file is of the same: {page}");
    for nonsense in
        ["from=yesterday", "to=2026-02-30", "object=7", "outcome=x", "what=family:x", "who=x", "page=0"]
    {
        let (status, page) = first.page(&format!("/activity?{nonsense}")).await;
        assert_eq!(status, 422, "{nonsense}");
        assert!(page.contains("role=\"alert\"") && !page.contains("<tbody"), "{nonsense}");
        if nonsense != "page=0" {
            assert_eq!(first.get(&format!("/activity.csv?{nonsense}")).await.status(), 422, "{nonsense}");
        }
    }
    let (status, page) = first.page("/activity?page=7&who=nobody").await;
    assert_eq!(status, 404);
    assert!(
        page.contains("<a href=\"/activity?who=nobody\" class=\"button\">First page"),
        "the filter is kept: {page}"
    );
}

#[tokio::test]
async fn the_file_is_a_download_that_no_spreadsheet_runs() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = ada(&program, &provider.write, "=cmd|'/c calc'!A1,\"x\"").await;
    add_iso(&person, "one").await;
    let file = person.get("/activity.csv").await;
    assert_eq!(file.status(), 200);
    assert_eq!(header(&file, "content-type"), "text/csv; charset=utf-8");
    assert_eq!(header(&file, "content-disposition"), "attachment; filename=\"activity.csv\"");
    assert_eq!(header(&file, "cache-control"), "no-store");
    assert_eq!(header(&file, "x-content-type-options"), "nosniff");
    let text = String::from_utf8(file.bytes().await.unwrap().to_vec()).unwrap();
    let (head, rest) = text.split_once("\r\n").unwrap();
    assert!(head.starts_with("\u{feff}When,UTC,What,Operation,"), "{head}");
    assert!(rest.contains(",\"'=cmd|'/c calc'!A1,\"\"x\"\"\","), "{rest}");
    assert!(rest.contains(",Add an ISO,createIso,,Done,done,"), "{rest}");
    assert!(!text.contains(&provider.write));
    let guest = program.browser().get("/activity.csv").await;
    assert_eq!((guest.status().as_u16(), location(&guest).as_str()), (303, "/sign-in?next=%2Factivity.csv"));
}

async fn numbers(client: &reqwest::Client, address: &str) -> (u16, String) {
    let answer = client.get(address).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn numbers_are_served_on_an_address_of_their_own() {
    let provider = Provider::open(Seed::Small).await;
    let mut program =
        Program::with(&["--api-url", &provider.api_url(), "--metrics-addr", "127.0.0.1:0"], &[]);
    let said = program.says();
    let address = said.strip_prefix("Numbers for Prometheus are at ").expect(&said).to_owned();
    let person = program.signed_in(&provider.write).await;
    let server = provider.first("/servers").await;
    person.get(&format!("/servers/{server}?range=1h")).await;
    person.get("/isos/987654").await;
    person.get("/pkg/vitosha.three.css").await;
    person.get("/nowhere-5c1e").await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let (status, told) = numbers(&client, &address).await;
    assert_eq!(status, 200);
    for line in [
        "vitosha_http_requests_total{method=\"GET\",route=\"/servers/{id}\",status=\"200\"} 1",
        "vitosha_http_requests_total{method=\"GET\",route=\"/isos/{id}\",status=\"404\"} 1",
        "vitosha_http_requests_total{method=\"POST\",route=\"/do/sign-in\",status=\"303\"} 1",
        "vitosha_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "vitosha_http_requests_total{method=\"GET\",route=\"/pkg\",status=\"200\"} 1",
        "vitosha_http_request_seconds_count{route=\"/servers/{id}\"} 1",
        "vitosha_upstream_calls_total{operation=\"getServer\",outcome=\"answered\"} 1",
        "vitosha_reads_total{result=\"missed\"}",
        "vitosha_sessions 1",
        "vitosha_streams_open 0",
        "vitosha_breakers_open 0",
        "vitosha_rate_limit_remaining ",
        "vitosha_build_info{version=\"",
        "process_resident_memory_bytes ",
        "process_start_time_seconds ",
        "# EOF",
    ] {
        assert!(told.lines().any(|known| known.starts_with(line)), "{line}: {told}");
    }
    for secret in [provider.write.as_str(), "987654", "nowhere-5c1e", &server, "@"] {
        let labels =
            told.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('{'));
        assert!(
            labels.clone().all(|(_, rest)| !rest.split("} ").next().unwrap().contains(secret)),
            "{secret}"
        );
    }
    // Nothing else is there, and it is nowhere else.
    let base = address.strip_suffix("/metrics").unwrap();
    for path in ["/", "/servers", "/healthz"] {
        assert_eq!(numbers(&client, &format!("{base}{path}")).await.0, 404, "{path}");
    }
    for (host, status) in
        [("localhost:1", 200), ("[::1]", 200), ("evil.example", 421), ("127.0.0.1.evil", 421)]
    {
        let answer = client.get(&address).header("host", host).send().await.unwrap();
        assert_eq!(answer.status(), status, "{host}");
    }
    assert_eq!(person.get("/metrics").await.status(), 404);
    assert_eq!(program.browser().get("/metrics").await.status(), 303);
}

#[tokio::test]
async fn a_browser_that_listens_is_counted_until_it_goes() {
    let provider = Provider::open(Seed::Small).await;
    let mut program =
        Program::with(&["--api-url", &provider.api_url(), "--metrics-addr", "127.0.0.1:0"], &[]);
    let address = program.says().strip_prefix("Numbers for Prometheus are at ").unwrap().to_owned();
    let person = program.signed_in(&provider.write).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut stream = person.get("/live").await;
    stream.chunk().await.unwrap();
    assert!(numbers(&client, &address).await.1.contains("vitosha_streams_open 1\n"));
    drop(stream);
    let started = std::time::Instant::now();
    while !numbers(&client, &address).await.1.contains("vitosha_streams_open 0\n") {
        assert!(started.elapsed() < program::PATIENCE);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn numbers_may_be_for_others_only_when_asked() {
    let arguments =
        ["--api-url", "http://127.0.0.1:9/v1", "--metrics-addr", "0.0.0.0:0", "--metrics-anywhere"];
    let mut program = Program::with(&arguments, &[]);
    assert!(program.says().starts_with("Numbers for Prometheus are at http://0.0.0.0:"));
}

#[tokio::test]
async fn the_demo_tells_nobody_where_others_live_and_forgets_them() {
    let program = Program::with(&["--demo"], &[]);
    let person = ada(&program, "demo-write", "Ada").await;
    add_iso(&person, "demo").await;
    let (_, page) = person.page("/activity").await;
    assert!(row(&page, "Add an ISO").contains("Ada") && !page.contains("127.0.0.1</code>"), "{page}");
    let file = person.get("/activity.csv").await.text().await.unwrap();
    assert!(file.contains("Ada") && !file.contains("127.0.0.1"), "{file}");
    let (directory, _) = program.stop();
    let program = Program::at(directory, &["--demo"], &[]);
    let person = ada(&program, "demo-write", "").await;
    assert!(person.page("/activity").await.1.contains("Nothing was changed yet"));
}

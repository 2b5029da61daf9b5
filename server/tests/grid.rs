//! Every page in every trouble of the provider: the right status, a sentence, never our own 500, never a long wait.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::time::{Duration, Instant};

use program::{Browser, Program, Provider, location};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

/// Pages with an object or a list of the provider as their main thing, and the operation that reads it.
async fn pages(provider: &Provider) -> Vec<(String, &'static str)> {
    let (server, iso) = (provider.first("/servers").await, provider.first("/isos").await);
    let (invoice, ticket) = (provider.first("/invoices").await, provider.first("/support/tickets").await);
    vec![
        ("/servers".to_owned(), "listServers"),
        (format!("/servers/{server}"), "getServer"),
        ("/isos".to_owned(), "listIsos"),
        (format!("/isos/{iso}"), "listIsos"),
        ("/invoices".to_owned(), "listInvoices"),
        (format!("/invoices/{invoice}"), "listInvoices"),
        ("/tickets".to_owned(), "listTickets"),
        (format!("/tickets/{ticket}"), "getTicket"),
    ]
}

struct Told {
    status: u16,
    retry_after: Option<String>,
    location: String,
    page: String,
    took: Duration,
}

async fn ask(browser: &Browser, path: &str) -> Told {
    let started = Instant::now();
    let answer = browser.get(path).await;
    let status = answer.status().as_u16();
    let retry_after = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
    let location = location(&answer);
    let page = answer.text().await.unwrap();
    Told { status, retry_after, location, page, took: started.elapsed() }
}

/// A page with the frame, a title and a word for what is wrong.
fn assert_whole(at: &str, told: &Told) {
    assert!(told.page.contains("<nav") && told.page.contains("</html>"), "{at}: no whole page");
    let title = told.page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    assert!(title.is_some_and(|(title, _)| title.ends_with("Vitosha") && title.len() > 10), "{at}: no title");
    assert!(told.took < Duration::from_secs(4), "{at}: {:?}", told.took);
}

/// Asks for each page with its main operation in trouble. Each has an account of its own, where nothing is kept.
async fn each_in_trouble(order: Value, check: impl Fn(&str, &Told)) {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let asked = (0..8).map(|place| {
        let (fresh, program, mut order) = (provider.another_world(Seed::Typical), &program, order.clone());
        async move {
            let (path, operation) = pages(&fresh).await.swap_remove(place);
            let person = program.signed_in(&fresh.write).await;
            (order["operation"], order["times"]) = (json!(operation), json!(0));
            fresh.order("force", order.clone()).await;
            (format!("{path} with {order}"), ask(&person, &path).await)
        }
    });
    for (at, told) in futures::future::join_all(asked).await {
        check(&at, &told);
    }
}

#[tokio::test]
async fn happy() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for path in provider.pages().await {
        let told = ask(&person, &path).await;
        assert_eq!(told.status, 200, "{path}");
        assert_whole(&path, &told);
    }
}

#[tokio::test]
async fn empty() {
    let provider = Provider::open(Seed::Empty).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for path in [
        "/",
        "/servers",
        "/isos",
        "/invoices",
        "/tickets",
        "/isos/new",
        "/tickets/new",
        "/activity",
        "/diagnostics",
        "/keys",
        "/find",
        "/find?q=web",
    ] {
        let told = ask(&person, path).await;
        assert_eq!(told.status, 200, "{path}");
        assert_whole(path, &told);
    }
}

#[tokio::test]
async fn a_refused_token_leads_to_sign_in() {
    each_in_trouble(json!({ "status": 401 }), |at, told| {
        assert_eq!(told.status, 303, "{at}");
        assert!(told.location.starts_with("/sign-in?reason=token-refused&next="), "{at}: {}", told.location);
    })
    .await;
}

#[tokio::test]
async fn forbidden_is_403() {
    each_in_trouble(json!({ "status": 403 }), |at, told| {
        assert_eq!(told.status, 403, "{at}");
        assert_whole(at, told);
    })
    .await;
}

#[tokio::test]
async fn gone_is_404_and_a_guess_that_is_gone_is_not_offered() {
    each_in_trouble(json!({ "status": 404 }), |at, told| {
        // A 404 for a list that is only a guess means that there is no such call. Without a list an ISO has a call
        // of its own.
        let guess = at.starts_with("/isos ") || at.starts_with("/tickets ");
        let expected = match at {
            _ if guess => 501,
            at if at.starts_with("/isos/") => 200,
            _ => 404,
        };
        assert_eq!(told.status, expected, "{at}");
        assert_whole(at, told);
    })
    .await;
}

#[tokio::test]
async fn a_read_that_is_locked_or_invalid_is_said() {
    for status in [422, 423] {
        each_in_trouble(json!({ "status": status }), |at, told| {
            assert!([422, 423].contains(&told.status), "{at}: {}", told.status);
            assert_whole(at, told);
        })
        .await;
    }
}

#[tokio::test]
async fn trouble_of_the_provider_is_503_with_a_time_to_come_back() {
    let troubles = [
        json!({ "status": 429, "headers": { "Retry-After": "33" } }),
        json!({ "status": 500 }),
        json!({ "status": 200, "body": "<html>nonsense</html>" }),
        json!({ "reset": true }),
    ];
    for trouble in troubles {
        let limited = trouble["status"] == 429;
        each_in_trouble(trouble, |at, told| {
            assert_eq!(told.status, 503, "{at}");
            let seconds: u64 = told.retry_after.as_deref().expect(at).parse().unwrap();
            assert!(if limited { (30..=33).contains(&seconds) } else { seconds > 0 }, "{at}: {seconds}");
            assert_whole(at, told);
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_hangs_leaves_every_page_under_four_seconds() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let pages = provider.pages().await;
    provider.order("force", json!({ "operation": "*", "hang": true, "times": 0 })).await;
    let asked = pages.iter().map(|path| {
        let (person, path) = (person.clone(), path.clone());
        tokio::spawn(async move { (ask(&person, &path).await, path) })
    });
    for told in futures::future::join_all(asked).await {
        let (told, path) = told.unwrap();
        // The overview and the form to open a ticket have only side parts; the form to add an ISO has none, and what
        // happened here is known here.
        let expected: &[u16] = match path.as_str() {
            "/" | "/isos/new" | "/activity" | "/keys" => &[200],
            path if path.starts_with("/diagnostics") || path.starts_with("/find") => &[200],
            "/tickets/new" => &[200, 503],
            _ => &[503],
        };
        assert!(expected.contains(&told.status), "{path}: {}", told.status);
        assert_whole(&path, &told);
    }
}

#[tokio::test]
async fn one_failing_part_never_fails_the_page() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    for operation in
        ["listServers", "listIsos", "listInvoices", "listTickets", "listServerStatuses", "getBalance"]
    {
        for trouble in
            [json!({ "status": 500 }), json!({ "status": 403 }), json!({ "status": 200, "body": "[" })]
        {
            let fresh = provider.another_world(Seed::Typical);
            let person = program.signed_in(&fresh.write).await;
            let mut order = trouble.clone();
            (order["operation"], order["times"]) = (json!(operation), json!(0));
            fresh.order("force", order).await;
            let told = ask(&person, "/").await;
            assert_eq!(told.status, 200, "{operation} {trouble}");
            assert_whole("/", &told);
        }
    }
    let person = program.signed_in(&provider.write).await;
    provider.order("force", json!({ "operation": "getServerMetrics", "status": 500, "times": 0 })).await;
    let server = provider.first("/servers").await;
    let told = ask(&person, &format!("/servers/{server}")).await;
    assert_eq!(told.status, 200);
    assert_whole("/servers/{id}", &told);
}

#[tokio::test]
async fn the_last_good_value_is_shown_with_200() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let first = ask(&person, "/servers").await;
    assert!(first.page.contains("web-1"));
    provider.order("force", json!({ "operation": "listServers", "status": 500, "times": 0 })).await;
    // Fresh for five seconds: until then the provider is not asked at all.
    let started = Instant::now();
    while provider.asked("listServers").await < 3 {
        assert!(started.elapsed() < Duration::from_secs(12));
        let told = ask(&person, "/servers").await;
        assert_eq!(told.status, 200);
        assert!(told.page.contains("web-1"));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let told = ask(&person, "/servers").await;
    assert_eq!(told.status, 200);
    assert!(told.page.contains("web-1") && told.page.contains("Not the present state"), "marked as such");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_says_how_old_it_is_and_why() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    // Nothing of the provider is on these.
    let own = |path: &str| {
        ["/isos/new", "/activity", "/diagnostics", "/keys"].iter().any(|own| path.starts_with(own))
    };
    let pages: Vec<_> = provider.pages().await.into_iter().filter(|path| !own(path)).collect();
    for path in &pages {
        assert_eq!(ask(&person, path).await.status, 200, "{path}");
    }
    provider.order("force", json!({ "operation": "*", "status": 500, "times": 0 })).await;
    let asked = pages.iter().map(|path| {
        let (person, path) = (person.clone(), path.clone());
        tokio::spawn(async move {
            let started = Instant::now();
            loop {
                let told = ask(&person, &path).await;
                assert_eq!(told.status, 200, "{path}");
                // Fresh for five seconds: until then it is the present state.
                let marked =
                    told.page.contains("Not the present state") || told.page.contains("\"hint stale\"");
                if marked {
                    assert!(
                        told.page.contains("The provider reports a fault of its own."),
                        "{path}: no reason"
                    );
                    assert!(told.page.contains("ago<"), "{path}: no age");
                    return;
                }
                assert!(started.elapsed() < Duration::from_secs(15), "{path} does not say that it is old");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        })
    });
    for told in futures::future::join_all(asked).await {
        told.unwrap();
    }
}

//! Pages that a browser fetches beforehand: from the cache or not at all, and without a trace.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use program::{Browser, Program, Provider, location, text};
use reqwest::{Method, Response};
use serde_json::Value;
use vpsbg_sandbox::Seed;

/// As a browser asks for a page whose link somebody points at.
async fn beforehand(browser: &Browser, path: &str) -> Response {
    browser.request(Method::GET, path).header("sec-purpose", "prefetch").send().await.unwrap()
}

/// Not at all: nothing that a browser would keep or show, and no word to the session.
async fn assert_none(browser: &Browser, path: &str) {
    let answer = beforehand(browser, path).await;
    assert_eq!(answer.status(), 503, "{path}");
    assert!(answer.headers().get("set-cookie").is_none(), "{path}");
    assert_eq!(answer.text().await.unwrap(), "", "{path}");
}

#[tokio::test]
async fn the_provider_is_not_asked_and_what_was_just_read_is_enough() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let pages = provider.pages().await;
    provider.forget_journal().await;
    for path in pages {
        let pages_own = [
            "/activity",
            "/bulk",
            "/purchases",
            "/views",
            "/diagnostics",
            "/keys",
            "/isos/new",
            "/tickets/new",
        ];
        if path != "/find" && !pages_own.iter().any(|own| path.starts_with(own)) {
            assert_none(&person, &path).await;
        }
    }
    assert!(provider.journal().await.is_empty(), "the provider was asked");
    // As soon as somebody has read it, the page is there.
    let (_, page) = person.page("/servers").await;
    let answer = beforehand(&person, "/servers").await;
    assert_eq!(answer.status(), 200);
    assert!(answer.headers().get("set-cookie").is_none());
    let early = text(answer).await;
    let main = |page: &str| page.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned();
    assert!(main(&early).contains("web-1"));
    assert_eq!(main(&early).len(), main(&page).len(), "the same page");
}

#[tokio::test]
async fn pages_that_need_no_provider_are_there_at_once() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.forget_journal().await;
    for path in ["/activity", "/keys", "/isos/new"] {
        assert_eq!(beforehand(&person, path).await.status(), 200, "{path}");
    }
    assert!(provider.journal().await.is_empty());
}

#[tokio::test]
async fn what_is_no_page_or_nobodys_is_not_answered() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let (guest, person) = (program.browser(), program.signed_in(&provider.write).await);
    for path in ["/", "/servers", "/sign-in", "/nope", "/live"] {
        assert_none(&guest, path).await;
    }
    let ticket = provider.first("/support/tickets").await;
    provider.forget_journal().await;
    let file = format!("/tickets/{ticket}/files/377");
    for path in ["/live?feed=isos.x", "/live?once=1", "/activity.csv", "/sign-in", "/nope", &file] {
        assert_none(&person, path).await;
    }
    assert!(provider.journal().await.is_empty());
    assert_eq!(person.get("/activity.csv").await.status(), 200, "asked properly it is there");
}

#[tokio::test]
async fn a_draft_is_not_shown_before_somebody_goes_there() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let form = person.hidden("/isos/new").await;
    let to = location(&person.send("/do/isos/add", &form.with(&[("url", "kept-7c1d")])).await);
    assert!(to.starts_with("/isos/new?draft="), "{to}");
    assert_none(&person, &to).await;
    assert!(person.page(&to).await.1.contains("kept-7c1d"));
}

#[tokio::test]
async fn after_a_form_nothing_that_was_fetched_before_it_is_shown() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let form = person.hidden("/isos/new").await;
    let fields = form.with(&[("url", "https://mirror.example.org/a.iso")]);
    let answer = person.send("/do/isos/add", &fields).await;
    assert_eq!(answer.headers()["clear-site-data"], "\"prefetchCache\"");
    assert!(person.get("/isos").await.headers().get("clear-site-data").is_none());
}

#[tokio::test]
async fn a_session_that_has_ended_is_told_so_only_to_who_asks() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.order("faults", serde_json::json!({ "revoke": "write" })).await;
    assert_eq!(location(&person.get("/servers").await), "/sign-in?reason=token-refused&next=%2Fservers");
    assert_none(&person, "/servers").await;
    assert_eq!(location(&person.get("/servers").await), "/sign-in?next=%2Fservers&reason=token-refused");
}

#[tokio::test]
async fn pages_say_which_links_may_be_fetched_beforehand() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let page = person.get("/servers").await;
    assert_eq!(page.headers()["speculation-rules"], "\"/speculation.json\"");
    for other in ["/pkg/vitosha.three.css", "/activity.csv", "/healthz"] {
        assert!(person.get(other).await.headers().get("speculation-rules").is_none(), "{other}");
    }
    let rules = program.browser().get("/speculation.json").await;
    assert_eq!(rules.status(), 200);
    assert_eq!(rules.headers()["content-type"], "application/speculationrules+json");
    let rules: Value = serde_json::from_str(&rules.text().await.unwrap()).unwrap();
    let rule = &rules["prefetch"][0];
    assert_eq!((rule["source"].as_str(), rule["eagerness"].as_str()), (Some("document"), Some("moderate")));
    assert_eq!(rule["where"]["and"][0]["href_matches"], "/*");
    let not = rule["where"]["and"][1]["not"]["href_matches"].as_array().unwrap();
    for pattern in ["/do/*", "/live*", "/sign-in*", "/sign-in*\\?*", "/*.csv*", "/tickets/*/files/*"] {
        assert!(not.iter().any(|other| other == pattern), "{pattern}: {not:?}");
    }
    assert!(rules.get("prerender").is_none(), "scripts of a page nobody has opened must not run");
}

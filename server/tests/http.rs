//! The program as browsers and strangers meet it: over HTTP, with its real middleware.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::time::{Duration, Instant};

use program::{Browser, PATIENCE, Program, Provider, bytes_in, cookie, location, nowhere};
use reqwest::{Method, Response, header::HeaderMap};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// What every answer carries, whoever asks for whatever.
fn assert_guarded(at: &str, headers: &HeaderMap) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(header(headers, name), value, "{at}: {name}");
    }
    assert!(header(headers, "permissions-policy").contains("camera=()"), "{at}");
    assert_eq!(header(headers, "x-request-id").len(), 16, "{at}");
    let policy = header(headers, "content-security-policy");
    let directives: Vec<&str> = policy.split("; ").collect();
    for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    {
        assert!(directives.contains(&directive), "{at}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{at}: {policy}");
    assert!(!policy.contains('*') && !policy.contains("http"), "{at}: {policy}");
}

fn nonce(headers: &HeaderMap) -> String {
    let (_, rest) = header(headers, "content-security-policy").split_once("'nonce-").unwrap();
    rest.split_once('\'').unwrap().0.to_owned()
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let (guest, person) = (program.browser(), program.signed_in(&provider.write).await);
    for path in [
        "/",
        "/sign-in",
        "/nope",
        "/live",
        "/healthz",
        "/pkg/vitosha.three.css",
        "/pkg/nope.js",
        "/favicon.svg",
        "/icons.svg",
    ] {
        assert_guarded(path, guest.get(path).await.headers());
    }
    for path in provider.pages().await.iter().map(String::as_str).chain(["/nope", "/live?once=1", "/sign-in"])
    {
        assert_guarded(path, person.get(path).await.headers());
    }
    assert_guarded("a refused form", stranger(&person, Some("https://evil.example"), None).await.headers());
    assert_guarded("another host", person.under("evil.example").get("/").await.headers());
    assert_guarded("a sign-in", guest.send("/do/sign-in", &[("token", "x")]).await.headers());
}

#[tokio::test]
async fn account_data_is_kept_by_nobody_and_files_of_a_build_for_ever() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for path in provider.pages().await {
        assert_eq!(header(person.get(&path).await.headers(), "cache-control"), "no-store", "{path}");
    }
    for file in ["/pkg/vitosha.three.css", "/icons.svg?v=00abcdef"] {
        let answer = person.get(file).await;
        assert_eq!(answer.status(), 200, "{file}");
        assert_eq!(
            header(answer.headers(), "cache-control"),
            "public, max-age=31536000, immutable",
            "{file}"
        );
        assert!(answer.headers().get("set-cookie").is_none(), "files have no session");
    }
    assert!(!header(person.get("/pkg/nope.js").await.headers(), "cache-control").contains("immutable"));
}

#[tokio::test]
async fn scripts_of_a_page_carry_its_nonce_and_no_page_has_that_of_another() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let mut seen = Vec::new();
    for path in provider.pages().await {
        let answer = person.get(&path).await;
        let nonce = nonce(answer.headers());
        let page = answer.text().await.unwrap();
        assert!(page.contains("<script"), "{path}");
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(
                tag.contains(&format!("nonce=\"{nonce}\"")) || tag.contains("src=\"/"),
                "{path}: <script{tag}>"
            );
        }
        for banned in [" onclick=", " onload=", " onsubmit=", "javascript:", " style=\"", "<style"] {
            assert!(!page.contains(banned), "{path}: {banned}");
        }
        assert!(!seen.contains(&nonce));
        seen.push(nonce);
    }
}

#[tokio::test]
async fn behind_tls_the_cookie_is_a_host_cookie_and_https_is_for_ever() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::with(
        &["--api-url", &provider.api_url(), "--public-url", "https://console.example.org"],
        &[],
    );
    let mut person = program.browser();
    assert!(
        header(person.get("/healthz").await.headers(), "strict-transport-security")
            .contains("max-age=31536000")
    );
    person.origin = "https://console.example.org".to_owned();
    let answer = person.sign_in(&provider.write).await;
    let set = header(answer.headers(), "set-cookie");
    assert!(set.starts_with("__Host-vitosha="), "{set}");
    let parts: Vec<&str> = set.split("; ").skip(1).collect();
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(parts.contains(&part), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    assert_eq!(person.get("/").await.status(), 200);
    let chosen = person.send("/do/theme", &[("theme", "dark")]).await;
    assert!(kept("theme", &chosen).unwrap().ends_with("; HttpOnly; SameSite=Lax; Secure"));
}

#[tokio::test]
async fn on_this_machine_the_cookie_has_a_name_of_its_own() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let mut person = program.browser();
    let answer = person.sign_in(&provider.write).await;
    let set = header(answer.headers(), "set-cookie");
    assert!(set.starts_with("vitosha-dev="), "{set}");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && !set.contains("Secure"), "{set}");
    assert!(answer.headers().get("strict-transport-security").is_none());
}

#[tokio::test]
async fn a_guest_gets_no_session() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let guest = program.browser();
    for path in ["/", "/sign-in", "/servers", "/healthz", "/live"] {
        assert!(guest.get(path).await.headers().get("set-cookie").is_none(), "{path}");
    }
    let refused = guest.send("/do/sign-in", &[("token", "mistyped")]).await;
    assert!(refused.headers().get("set-cookie").is_none());
}

#[tokio::test]
async fn sign_in_changes_the_cookie_and_the_old_one_is_worth_nothing() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let first = program.signed_in(&provider.write).await;
    let mut second = first.clone();
    second.sign_in(&provider.read).await;
    assert_ne!(first.cookie, second.cookie);
    assert_eq!(first.get("/servers").await.status(), 303);
    assert_eq!(second.get("/servers").await.status(), 200);
    let mut planted = program.browser();
    planted.cookie = Some("vitosha-dev=AAAAAAAAAAAAAAAAAAAAAA".to_owned());
    let before = planted.cookie.clone();
    planted.sign_in(&provider.write).await;
    assert_ne!(planted.cookie, before);
}

/// A form from somewhere: signs out if it is taken.
async fn stranger(browser: &Browser, origin: Option<&str>, site: Option<&str>) -> Response {
    let mut request = browser.request(Method::POST, "/do/sign-out");
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    request.header("content-type", "application/x-www-form-urlencoded").body("").send().await.unwrap()
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let own = program.origin.as_str();
    let port = own.rsplit_once(':').unwrap().1;
    let (tls, localhost) = (own.replace("http:", "https:"), format!("http://localhost:{port}"));
    let longer = format!("{own}.evil.example");
    let refused = [
        (None, None),
        (None, Some("cross-site")),
        (None, Some("same-site")),
        (None, Some("none")),
        (Some("null"), None),
        (Some("null"), Some("same-origin")),
        (Some("https://evil.example"), None),
        (Some("https://evil.example"), Some("same-origin")),
        (Some("http://127.0.0.1:1"), None),
        (Some(&*tls), None),
        (Some(&*localhost), None),
        (Some(&*longer), None),
        (Some(""), None),
        (Some(own), Some("cross-site")),
        (Some(own), Some("same-site")),
        (Some(own), Some("none")),
    ];
    for (origin, site) in refused {
        let answer = stranger(&person, origin, site).await;
        assert_eq!(answer.status(), 403, "{origin:?} {site:?}");
        assert_eq!(person.get("/servers").await.status(), 200, "{origin:?} {site:?}: it was done");
    }
    for (origin, site) in [(Some(own), None), (Some(own), Some("same-origin")), (None, Some("same-origin"))] {
        let person = program.signed_in(&provider.write).await;
        assert_eq!(stranger(&person, origin, site).await.status(), 303, "{origin:?} {site:?}");
        assert_eq!(person.get("/servers").await.status(), 303, "{origin:?} {site:?}: it was not done");
    }
}

#[tokio::test]
async fn every_verb_that_may_change_something_is_checked() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let invoice = format!("/invoices/{}/pdf", provider.first("/invoices").await);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in ["/do/sign-out", invoice.as_str(), "/", "/servers"] {
            let answer = person.request(method.clone(), path).header("origin", "https://evil.example").send();
            assert_eq!(answer.await.unwrap().status(), 403, "{method} {path}");
        }
    }
    assert_eq!(provider.asked("downloadInvoice").await, 0);
}

#[tokio::test]
async fn another_name_for_this_address_is_not_served() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let port = program.origin.rsplit_once(':').unwrap().1;
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", &format!("evil.example:{port}")] {
        let answer = person.under(host).get("/servers").await;
        assert_eq!(answer.status(), 421, "{host}");
        assert!(!answer.text().await.unwrap().contains("web-1"), "{host}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_sign_in_and_back() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let guest = program.browser();
    for page in provider.pages().await {
        let answer = guest.get(&page).await;
        assert_eq!(answer.status(), 303, "{page}");
        let to = location(&answer);
        if page == "/" {
            assert_eq!(to, "/sign-in");
            continue;
        }
        let url = url::Url::parse(&format!("{}{to}", program.origin)).unwrap();
        let next = url.query_pairs().find(|(name, _)| name == "next").map(|(_, next)| next.into_owned());
        assert_eq!((url.path(), next.as_deref()), ("/sign-in", Some(page.as_str())));
        let back = guest.send("/do/sign-in", &[("token", &provider.write), ("next", &page)]).await;
        assert_eq!(location(&back), page);
    }
    assert_eq!(location(&guest.get("/nope").await), "/sign-in?next=%2Fnope", "nothing is told to strangers");
}

#[tokio::test]
async fn next_leads_nowhere_else() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let long = format!("/servers?q={}", "a".repeat(5000));
    for next in [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: planted=1",
        "/a\nLocation: https://evil.example",
        "/a\0b",
        "evil",
        "/do/sign-out",
        "/live",
        "/sign-in",
        "/sign-in?next=//evil.example",
        &long,
    ] {
        let answer =
            program.browser().send("/do/sign-in", &[("token", &provider.write), ("next", next)]).await;
        assert_eq!((answer.status().as_u16(), location(&answer).as_str()), (303, "/"), "{next:?}");
        assert!(!header(answer.headers(), "set-cookie").contains("planted"), "{next:?}");
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        let (status, page) = program.browser().page(&format!("/sign-in?{query}")).await;
        assert_eq!(status, 200, "{next:?}");
        assert!(!page.contains("evil.example"), "{next:?} is shown");
    }
    for next in ["/servers?q=a%20b", "/tickets/3#message-9", "/servers?q=%D0%B6%D0%B0%D0%B1%D0%B0"] {
        let answer =
            program.browser().send("/do/sign-in", &[("token", &provider.write), ("next", next)]).await;
        assert_eq!(location(&answer), next);
    }
}

#[tokio::test]
async fn next_with_letters_of_all_the_world_still_leads_somewhere() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    for next in ["/servers?q=жаба", "/servers?q=\"><script>", "/servers?q=a b"] {
        let answer =
            program.browser().send("/do/sign-in", &[("token", &provider.write), ("next", next)]).await;
        assert_eq!(answer.status(), 303, "{next}");
        let place = answer.headers().get("location").expect("a place").as_bytes();
        assert!(place.starts_with(b"/") && place.is_ascii(), "{next}: {place:?}");
        assert!(cookie(answer.headers()).is_some(), "{next}: signed in");
    }
}

#[tokio::test]
async fn an_unknown_address_is_a_page_with_404() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for path in ["/nope", "/servers/7/nope", "/do", "/api/servers/list/nope", "/%00", "/..%2f..%2fetc/passwd"]
    {
        let (status, page) = person.page(path).await;
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("There is no such page") && page.contains("Overview"), "{path}");
    }
}

#[tokio::test]
async fn ids_that_are_none_and_pages_that_are_far_are_clear_errors() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for family in ["servers", "isos", "invoices", "tickets"] {
        for id in ["abc", "-1", "0", "987654", "99999999999999999999", "1.5", "%3Cscript%3E", "7%20"] {
            let path = format!("/{family}/{id}");
            let (status, page) = person.page(&path).await;
            assert_eq!(status, 404, "{path}");
            assert!(page.contains("<nav") && !page.contains("<script>"), "{path}");
        }
    }
    // The list of ISOs has no pages.
    for family in ["servers", "invoices", "tickets"] {
        for page in ["0", "-1", "abc", "99999999999999999999", "%3Cscript%3E"] {
            let path = format!("/{family}?page={page}");
            let (status, text) = person.page(&path).await;
            assert_eq!(status, 422, "{path}");
            assert!(text.contains("There is no page") && !text.contains("<script>"), "{path}");
        }
        let (status, text) = person.page(&format!("/{family}?page=1000000000")).await;
        assert_eq!(status, 404, "{family}");
        assert!(text.contains("class=\"empty\""), "{family}: it says that this is beyond the end");
    }
}

#[tokio::test]
async fn the_stream_is_only_for_who_is_signed_in() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    assert_eq!(program.browser().get("/live?feed=isos.x").await.status(), 401);
    let person = program.signed_in(&provider.write).await;
    let answer = person.get("/live?feed=isos.x").await;
    assert_eq!(answer.status(), 200);
    assert!(header(answer.headers(), "content-type").starts_with("text/event-stream"));
    assert_eq!(header(answer.headers(), "x-accel-buffering"), "no");
    assert_eq!(header(answer.headers(), "cache-control"), "no-store");
    assert!(answer.headers().get("content-encoding").is_none());
}

/// Reads events until one is as wanted; gives all.
async fn events(answer: &mut Response, wanted: impl Fn(&str) -> bool) -> String {
    let mut all = String::new();
    let read = async {
        while let Ok(Some(chunk)) = answer.chunk().await {
            all.push_str(&String::from_utf8_lossy(&chunk));
            if wanted(&all) {
                return true;
            }
        }
        false
    };
    let found = tokio::time::timeout(PATIENCE, read).await;
    assert!(matches!(found, Ok(true)), "it did not come: {found:?}, {all}");
    all
}

#[tokio::test]
async fn the_stream_tells_the_version_then_values_and_the_end_of_the_session() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let mut stream = person.get("/live?feed=isos.x").await;
    let told = events(&mut stream, |told| told.contains("\"refresh\"")).await;
    let (version, values) = (told.find("\"version\"").unwrap(), told.find("\"values\"").unwrap());
    assert!(version < values, "{told}");
    assert!(told.contains("one-two-three"), "the build's own id: {told}");
    person.send("/do/sign-out", &[]).await;
    let told = events(&mut stream, |told| told.contains("signed-out")).await;
    assert!(!told.contains(&provider.write));
    assert!(matches!(tokio::time::timeout(PATIENCE, stream.chunk()).await, Ok(Ok(None))), "and ends");
}

#[tokio::test]
async fn pages_are_packed_and_streams_and_files_are_not() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let packed = async |path: &str, accepts: &str| {
        let request = person.request(Method::GET, path).header("accept-encoding", accepts);
        let answer = request.send().await.unwrap();
        let encoding = answer.headers().get("content-encoding").map(|word| word.to_str().unwrap().to_owned());
        (encoding, answer)
    };
    let (_, plain) = packed("/servers", "identity").await;
    let whole = plain.bytes().await.unwrap().len();
    for word in ["br", "gzip"] {
        let (encoding, answer) = packed("/servers", word).await;
        assert_eq!(encoding.as_deref(), Some(word));
        assert!(answer.headers().get_all("vary").iter().any(|vary| vary == "accept-encoding"));
        let length = answer.bytes().await.unwrap().len();
        assert!(length * 3 < whole, "{word}: {length} of {whole}");
    }
    for path in ["/servers.csv", "/live?feed=isos.x"] {
        assert_eq!(packed(path, "br, gzip").await.0, None, "{path}");
    }
}

#[tokio::test]
async fn without_a_stream_the_same_is_had_once() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let told: Value = person.get("/live?feed=isos.x&once=1").await.json().await.unwrap();
    let words: Vec<&str> =
        told.as_array().unwrap().iter().filter_map(|message| message[0].as_str()).collect();
    assert_eq!(words, ["version", "values", "refresh"], "{told}");
}

/// The line that sets a cookie of this name.
fn kept(name: &str, answer: &Response) -> Option<String> {
    let all = answer.headers().get_all("set-cookie").iter();
    all.filter_map(|line| line.to_str().ok().map(str::to_owned))
        .find(|line| line.starts_with(&format!("{name}=")))
}

#[tokio::test]
async fn a_theme_is_kept_for_a_year_and_rendered_everywhere() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let mut person = program.signed_in(&provider.write).await;
    assert!(!person.page("/").await.1.contains("data-theme"), "as the system has it");

    let answer = person.send("/do/theme", &[("theme", "dark"), ("next", "/servers?q=web")]).await;
    assert_eq!((answer.status().as_u16(), location(&answer).as_str()), (303, "/servers?q=web"));
    let set = kept("theme", &answer).unwrap();
    assert_eq!(set, "theme=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax");
    person.cookie = person.cookie.map(|session| format!("{session}; theme=dark"));
    let mut guest = program.browser();
    guest.cookie = Some("theme=dark".to_owned());
    for (browser, path) in [
        (&person, "/"),
        (&person, "/servers"),
        (&person, "/nope"),
        (&guest, "/sign-in"),
        (&guest, "/sign-in?reason=refused"),
    ] {
        let (_, page) = browser.page(path).await;
        assert!(page.contains("data-theme=\"dark\""), "{path}");
        assert!(page.contains("content=\"only dark\""), "{path}");
    }

    let answer = person.send("/do/theme", &[("theme", "system"), ("next", "//evil.example")]).await;
    assert_eq!(location(&answer), "/");
    assert!(kept("theme", &answer).unwrap().starts_with("theme=; Max-Age=0;"));
    let answer = person.send("/do/theme", &[("theme", "\"><script>")]).await;
    assert_eq!(location(&answer), "/");
    assert!(kept("theme", &answer).is_none(), "nonsense changes nothing");
    guest.cookie = Some("theme=\"><script>".to_owned());
    assert!(!guest.page("/sign-in").await.1.contains("data-theme"));
    // Whose session has ended still chooses.
    assert_eq!(guest.send("/do/theme", &[("theme", "light")]).await.status(), 303);
}

#[tokio::test]
async fn keys_can_be_turned_off_and_on() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let mut person = program.signed_in(&provider.write).await;
    let (_, page) = person.page("/keys").await;
    assert!(page.contains("Keys are on.") && !page.contains("data-keys-off"));
    let answer = person.send("/do/keys", &[("keys", "off")]).await;
    assert_eq!((answer.status().as_u16(), location(&answer).as_str()), (303, "/keys"));
    assert!(kept("keys", &answer).unwrap().starts_with("keys=off; Max-Age=31536000;"));
    person.cookie = person.cookie.map(|session| format!("{session}; keys=off"));
    assert!(person.page("/keys").await.1.contains("Keys are off in this browser."));
    assert!(person.page("/servers").await.1.contains("data-keys-off"));
    assert!(kept("keys", &person.send("/do/keys", &[("keys", "nonsense")]).await).is_none());
    let answer = person.send("/do/keys", &[("keys", "on")]).await;
    assert!(kept("keys", &answer).unwrap().starts_with("keys=; Max-Age=0;"));
}

#[tokio::test]
async fn nothing_is_done_by_get() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for path in [
        "/do/sign-in",
        "/do/try-demo",
        "/do/sign-out",
        "/do/theme",
        "/do/keys",
        "/do/servers/power",
        "/do/isos/add?url=https://mirror.example.org/a.iso",
        "/do/isos/delete",
        "/do/tickets/open",
        "/do/tickets/reply",
        "/do/tickets/resolve",
    ] {
        assert_eq!(person.get(path).await.status(), 405, "{path}");
    }
    let invoice = provider.first("/invoices").await;
    assert_eq!(person.get(&format!("/invoices/{invoice}/pdf")).await.status(), 405);
    assert_eq!(person.get("/servers").await.status(), 200, "still signed in");
    for operation in ["createIso", "deleteIso", "downloadInvoice", "stopServer", "createTicket"] {
        assert_eq!(provider.asked(operation).await, 0, "{operation}");
    }
}

#[tokio::test]
async fn a_form_of_five_megabytes_is_too_much() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let body = format!("message={}", "a".repeat(5 << 20));
    for path in ["/do/tickets/reply", "/do/sign-in", "/do/isos/add"] {
        let request = person.request(Method::POST, path).header("origin", &program.origin);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(body.clone()).send().await.unwrap();
        assert_eq!(answer.status(), 413, "{path}");
        assert!(answer.text().await.unwrap().contains("Make it shorter"), "{path}");
    }
    assert_eq!(person.get("/servers").await.status(), 200);
}

#[tokio::test]
async fn it_says_that_it_is_well_without_account_or_host() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let answer = program.browser().under("10.0.0.9:3000").get("/healthz").await;
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().as_str()), (200, "ok"));
}

#[tokio::test]
async fn sign_in_says_why_it_refuses_and_keeps_the_name_not_the_token() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let long = "a".repeat(10 * 1024);
    for (token, reason, words) in [
        ("mistyped-5f2a", "refused", "does not accept this token"),
        ("", "empty", "Paste the token"),
        (long.as_str(), "too-long", "longer than any token"),
        ("токен", "no-token", "not a token"),
        ("two words", "no-token", "not a token"),
    ] {
        let guest = program.browser();
        let answer =
            guest.send("/do/sign-in", &[("token", token), ("person", "Ada"), ("next", "/isos")]).await;
        let to = location(&answer);
        assert!(to.starts_with("/sign-in?") && to.contains(&format!("reason={reason}")), "{token:.20}: {to}");
        assert!(to.contains("next=%2Fisos") && to.contains("person=Ada"), "{to}");
        let (status, page) = guest.page(&to).await;
        assert_eq!(status, 422, "{reason}");
        assert!(page.contains(words) && page.contains("value=\"Ada\""), "{reason}: {page}");
        assert!(token.is_empty() || (!to.contains("mistyped-5f2a") && !page.contains("mistyped-5f2a")));
    }
}

#[tokio::test]
async fn refused_tokens_are_counted() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let guest = program.browser();
    for _ in 0..10 {
        let answer = guest.send("/do/sign-in", &[("token", "guessed")]).await;
        assert!(location(&answer).contains("reason=refused"));
    }
    let answer = guest.send("/do/sign-in", &[("token", &provider.write)]).await;
    assert!(location(&answer).contains("reason=too-often"), "{}", location(&answer));
    assert_eq!(guest.page(&location(&answer)).await.0, 422);
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_said_at_sign_in() {
    let program = Program::with(&["--api-url", "http://127.0.0.1:9/v1"], &[]);
    let guest = program.browser();
    assert_eq!(guest.get("/sign-in").await.status(), 200, "it starts anyway");
    let answer = guest.send("/do/sign-in", &[("token", "any")]).await;
    assert!(location(&answer).contains("reason=unreachable"));
    let (_, page) = guest.page(&location(&answer)).await;
    assert!(page.contains("cannot be reached") && page.contains("Nothing was stored"), "{page}");
    let started = Instant::now();
    while !program.log().contains("cannot be reached") {
        assert!(started.elapsed() < PATIENCE, "the log does not say so: {}", program.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn sign_out_ends_the_session_for_good() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    assert_eq!(person.get("/servers").await.status(), 200);
    let answer = person.send("/do/sign-out", &[]).await;
    assert_eq!(header(answer.headers(), "clear-site-data"), "\"cache\", \"prefetchCache\"");
    assert_eq!(location(&answer), "/sign-in?reason=signed-out");
    assert!(header(answer.headers(), "set-cookie").contains("Max-Age=0"), "the cookie goes too");
    assert_eq!(person.get("/servers").await.status(), 303, "with the old cookie");
    assert_eq!(person.get("/live").await.status(), 401);
}

#[tokio::test]
async fn a_session_survives_a_restart_of_the_program() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let mut person = program.signed_in(&provider.write).await;
    let (directory, _) = program.stop();
    let again = Program::at(directory, &["--api-url", &provider.api_url()], &[]);
    (person.to, person.origin) = (again.origin.clone(), again.origin.clone());
    let (status, page) = person.page("/servers").await;
    assert_eq!(status, 200);
    assert!(page.contains("web-1"));
}

#[tokio::test]
async fn a_token_refused_by_the_provider_leads_to_sign_in_and_back() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.order("faults", json!({ "revoke": "write" })).await;
    let answer = person.get("/servers").await;
    assert_eq!(answer.status(), 303);
    let to = location(&answer);
    assert!(to.contains("reason=token-refused") && to.contains("next=%2Fservers"), "{to}");
    assert_eq!(person.get("/live").await.status(), 401, "the session has ended");
    // Every tab is told why, not only the first.
    let again = location(&person.get("/isos").await);
    assert!(again.contains("reason=token-refused") && again.contains("next=%2Fisos"), "{again}");
}

#[tokio::test]
async fn a_form_sent_twice_acts_once() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let form = person.hidden("/isos/new").await;
    let url = "https://mirror.example.org/once.iso";
    let fields = form.with(&[("url", url)]);
    let sendings = futures::future::join_all((0..5).map(|_| person.send("/do/isos/add", &fields))).await;
    let places: Vec<String> = sendings.iter().map(location).collect();
    assert!(places[0].starts_with("/isos/") && places[0].contains("done=iso-added"), "{places:?}");
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    assert_eq!(provider.asked("createIso").await, 1);
    let other = form.with(&[("url", "https://mirror.example.org/b.iso")]);
    let answer = person.send("/do/isos/add", &other).await;
    let (status, page) = person.page(&location(&answer)).await;
    assert_eq!(status, 422);
    assert!(page.contains("sent before, with other content") && page.contains("mirror.example.org/b.iso"));
    assert_eq!(provider.asked("createIso").await, 1);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_its_errors_and_all_that_was_typed() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let form = person.hidden("/tickets/new").await;
    let typed = "</textarea><script>alert(1)</script>";
    let fields = form.with(&[("department", "2"), ("subject", "x"), ("message", typed)]);
    let to = location(&person.send("/do/tickets/open", &fields).await);
    assert!(to.starts_with("/tickets/new?draft="), "{to}");
    let (status, page) = person.page(&to).await;
    assert_eq!(status, 422);
    assert!(page.contains("At least 3 characters"), "{page}");
    assert!(page.contains("href=\"#field-subject\"") && page.contains("id=\"field-subject\""), "a way to it");
    assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "what was typed is there, as text");
    assert!(!page.contains("<script>alert(1)"));
    assert_eq!(provider.asked("createTicket").await, 0);
    let other = program.signed_in(&provider.another(Seed::Typical)).await;
    assert!(!other.page(&to).await.1.contains("alert(1)"), "not for another account");
}

#[tokio::test]
async fn only_its_name_deletes_an_iso_and_what_was_typed_wrongly_comes_back() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let iso = provider.first("/isos").await;
    let address = format!("/isos/{iso}?confirm=delete");
    for (typed, problem) in [("", "Type its name."), ("another.iso", "That is not its name.")] {
        let form = person.hidden(&address).await;
        let fields = form.with(&[("id", &iso), ("name", typed)]);
        let to = location(&person.send("/do/isos/delete", &fields).await);
        assert!(to.starts_with(&format!("{address}&draft=")), "{to}");
        let (status, page) = person.page(&to).await;
        assert_eq!(status, 422);
        assert!(page.contains(problem) && page.contains("href=\"#field-name\""), "{page}");
        assert!(page.contains(&format!("value=\"{typed}\"")), "{page}");
        assert_eq!(provider.asked("deleteIso").await, 0);
    }
    let form = person.hidden(&address).await;
    let fields = form.with(&[("id", &iso), ("name", "debian-13.1.0-amd64-netinst.iso")]);
    let to = location(&person.send("/do/isos/delete", &fields).await);
    assert!(to.contains("done=iso-deleted"), "{to}");
    assert_eq!(provider.asked("deleteIso").await, 1);
}

#[tokio::test]
async fn a_read_only_token_is_told_so_before_it_acts() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let server = provider.first("/servers").await;
    let iso = provider.first("/isos").await;
    let ticket = provider.first("/support/tickets").await;
    for (token, told) in [(&provider.read, true), (&provider.write, false)] {
        let person = program.signed_in(token).await;
        for address in [
            format!("/servers/{server}?confirm=restart"),
            format!("/isos/{iso}?confirm=delete"),
            format!("/tickets/{ticket}?confirm=resolve"),
            "/isos/new".to_owned(),
            "/tickets/new".to_owned(),
        ] {
            let page = person.page(&address).await.1;
            assert_eq!(page.contains("You can try anyway"), told, "{address}");
        }
    }
}

#[tokio::test]
async fn a_text_that_is_much_too_long_is_not_lost_in_silence() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for letters in [30_000, 70_000, 150_000] {
        let form = person.hidden("/tickets/new").await;
        let message = "long words ".repeat(letters / 11);
        let fields = form.with(&[("department", "2"), ("subject", "x"), ("message", &message)]);
        let answer = person.send("/do/tickets/open", &fields).await;
        // Too much for a form: the browser still has the text. Otherwise the form comes back with it.
        if answer.status() == 413 {
            continue;
        }
        let (status, page) = person.page(&location(&answer)).await;
        assert_eq!(status, 422, "{letters}");
        assert!(
            page.contains("At least 3 characters") && page.contains("long words long words"),
            "{letters}"
        );
    }
}

#[tokio::test]
async fn missing_doubled_and_nonsensical_fields_are_clear_errors() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let mut form = person.hidden("/isos/new").await;
    let forms: &[(&str, &[(&str, &str)])] = &[
        ("/do/isos/add", &[]),
        ("/do/isos/add", &[("url", "ftp://mirror.example.org/a.iso")]),
        ("/do/isos/add", &[("url", "https://me:secret@mirror.example.org/a.iso")]),
        ("/do/isos/add", &[("url", "http://10.0.0.1/a.iso")]),
        ("/do/isos/add", &[("url", "https://a.example/a.iso"), ("url", "nonsense")]),
        ("/do/isos/delete", &[]),
        ("/do/isos/delete", &[("id", "-1"), ("name", "x")]),
        ("/do/servers/power", &[("id", "abc"), ("action", "stop")]),
        ("/do/servers/power", &[("id", "1"), ("action", "explode")]),
        ("/do/tickets/open", &[("department", "999999"), ("subject", "Subject"), ("message", "Message")]),
        ("/do/tickets/open", &[("department", "x"), ("service", "nonsense")]),
        ("/do/tickets/reply", &[("id", "1e9"), ("message", "Message")]),
        ("/do/tickets/resolve", &[("id", "")]),
    ];
    let mut wrong = Vec::new();
    for (number, (path, fields)) in forms.iter().enumerate() {
        form.once = format!("{number:032x}");
        let all = form.with(fields);
        let answer = person.send(path, &all).await;
        assert_eq!(answer.status(), 303, "{path} {fields:?}");
        let to = location(&answer);
        assert!(to.contains("draft="), "{path} {fields:?}: {to}");
        let (status, page) = person.page(&to).await;
        // What the form was about may not be there at all: then the page says that.
        if status != 404 && !(status == 422 && page.contains("role=\"alert\"")) {
            wrong.push(format!("{path} {fields:?} → {to}: {status}"));
        }
    }
    assert!(wrong.is_empty(), "says nothing: {wrong:#?}");
    for operation in ["createIso", "deleteIso", "stopServer"] {
        assert_eq!(provider.asked(operation).await, 0, "{operation}");
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_has_ended_is_kept_for_its_account() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let form = person.hidden("/isos/new").await;
    let mut guest = program.browser();
    let url = "https://mirror.example.org/kept-1a2b.iso";
    let fields = form.with(&[("url", url)]);
    let to = location(&guest.send("/do/isos/add", &fields).await);
    assert!(to.starts_with("/sign-in?reason=not-signed-in&next="), "{to}");
    assert_eq!(provider.asked("createIso").await, 0);
    let parsed = url::Url::parse(&format!("{}{to}", program.origin)).unwrap();
    let next = parsed.query_pairs().find(|(name, _)| name == "next").unwrap().1.into_owned();
    assert!(next.starts_with("/isos/new?draft="), "{next}");
    let mut stranger = program.browser();
    stranger.sign_in(&provider.another(Seed::Small)).await;
    assert!(!stranger.page(&next).await.1.contains("kept-1a2b"));
    guest.sign_in(&provider.write).await;
    assert!(guest.page(&next).await.1.contains("kept-1a2b"), "the filled form");
    // The same account with another token.
    guest.sign_in(&provider.read).await;
    assert!(guest.page(&next).await.1.contains("kept-1a2b"), "the filled form");
}

#[tokio::test]
async fn a_strangers_form_is_not_kept() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let form = person.hidden("/isos/new").await;
    let forged =
        [("account", form.account.as_str()), ("once", &form.once), ("seal", &form.account), ("url", "x")];
    let to = location(&program.browser().send("/do/isos/add", &forged).await);
    assert_eq!(to, "/sign-in?reason=not-signed-in&next=%2Fisos%2Fnew", "nothing was kept");
}

#[tokio::test]
async fn files_are_attachments_with_a_type_of_ours() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let invoice = provider.first("/invoices").await;
    let answer = person.send(&format!("/invoices/{invoice}/pdf"), &[]).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(header(answer.headers(), "content-type"), "application/pdf");
    let disposition = header(answer.headers(), "content-disposition").to_owned();
    assert!(
        disposition.starts_with(&format!("attachment; filename=\"invoice-{invoice}.pdf\"")),
        "{disposition}"
    );
    assert_eq!(header(answer.headers(), "cache-control"), "no-store");
    assert_guarded("a file", answer.headers());
    assert!(answer.bytes().await.unwrap().starts_with(b"%PDF-"));
    let nobody = person.send("/invoices/987654/pdf", &[]).await;
    assert_eq!(location(&nobody), "/invoices/987654?failed=not-found");
}

/// The token as it could be written somewhere.
fn shapes(token: &str) -> Vec<String> {
    vec![token.to_owned(), token.bytes().map(|byte| format!("{byte:02x}")).collect()]
}

fn assert_without(token: &str, at: &str, text: &str) {
    for shape in shapes(token) {
        assert!(!text.contains(&shape), "{at} tells the token");
    }
}

#[tokio::test]
async fn the_token_is_nowhere() {
    let provider = Provider::open(Seed::Typical).await;
    // The log with everything in it.
    let program = Program::with(&["--api-url", &provider.api_url()], &[("RUST_LOG", "trace,h2=debug")]);
    let mut person = program.browser();
    let token = provider.write.as_str();
    let answer = person.sign_in(token).await;
    assert_without(token, "sign-in", &format!("{:?}", answer.headers()));
    let mut pages = provider.pages().await;
    pages.extend(["/nope", "/sign-in", "/live?feed=isos.x&once=1", "/servers/987654"].map(str::to_owned));
    let form = person.hidden("/isos/new").await;
    for round in ["well", "in trouble"] {
        for path in &pages {
            let answer = person.get(path).await;
            assert_without(token, path, &format!("{:?}", answer.headers()));
            let page = answer.text().await.unwrap();
            assert_without(token, path, &page);
            if round == "well" && path == "/servers" {
                assert!(page.contains("web-1"), "the pages are not those of the account");
            }
        }
        let url = format!("https://mirror.example.org/{}.iso", round.replace(' ', "-"));
        let fields = form.with(&[("url", &url)]);
        let answer = person.send("/do/isos/add", &fields).await;
        assert_without(token, "a form", &format!("{:?}", answer.headers()));
        provider
            .order("force", json!({ "operation": "*", "status": 500, "body": "nonsense", "times": 0 }))
            .await;
    }
    let guest = program.browser();
    let refused = guest.send("/do/sign-in", &[("token", "refused-canary-77")]).await;
    assert_without("refused-canary-77", "a refusal", &format!("{:?}", refused.headers()));
    provider.calm().await;
    provider.order("force", nowhere()).await;
    guest.send("/do/sign-in", &[("token", token)]).await;
    person.get("/invoices").await;
    provider.order("faults", json!({ "revoke": "both" })).await;
    provider.calm().await;
    person.get("/balance").await;
    person.get("/tickets").await;

    let before = bytes_in(program.directory.path());
    let (directory, log) = program.stop();
    assert!(log.contains("createIso") && log.len() > 10_000, "the log is not there: {log}");
    assert_without(token, "the log", &log);
    assert_without("refused-canary-77", "the log", &log);
    assert!(!log.contains("Bearer "), "the log has a header with a token");
    for bytes in [before, bytes_in(directory.path())] {
        assert!(bytes.windows(9).any(|window| window == b"createIso"), "the database is not there");
        for shape in shapes(token) {
            assert!(
                !bytes.windows(shape.len()).any(|window| window == shape.as_bytes()),
                "the database tells the token"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_ends_open_streams_and_then_the_program() {
    let provider = Provider::open(Seed::Small).await;
    let mut program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let mut stream = person.get("/live?feed=isos.x").await;
    events(&mut stream, |told| told.contains("\"values\"")).await;
    program.tell_to_stop();
    let (took, code) = program.wait(PATIENCE).expect("it ends");
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(code, Some(0));
    let rest = tokio::time::timeout(Duration::from_secs(2), async {
        while let Ok(Some(_)) = stream.chunk().await {}
    });
    assert!(rest.await.is_ok(), "the stream ends");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_under_way_may_finish_when_it_stops() {
    let provider = Provider::open(Seed::Small).await;
    let mut program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.order("force", json!({ "operation": "listInvoices", "delay_ms": 1000 })).await;
    let slow = tokio::spawn({
        let person = person.clone();
        async move { person.page("/invoices").await }
    });
    let started = Instant::now();
    while provider.asked("listInvoices").await == 0 {
        assert!(started.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    program.tell_to_stop();
    let (status, page) = slow.await.unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("</html>"));
    assert_eq!(program.wait(PATIENCE).expect("it ends").1, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_whose_person_has_gone_is_still_written_down_when_it_stops() {
    let provider = Provider::open(Seed::Small).await;
    let mut program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    // The first one of this account is switched off.
    let server = provider.first("/servers").await;
    let form = person.hidden(&format!("/servers/{server}?confirm=start")).await;
    provider.order("force", json!({ "operation": "startServer", "delay_ms": 2000 })).await;
    let gone = tokio::spawn({
        let (person, server) = (person.clone(), server.clone());
        async move { person.send("/do/servers/power", &form.with(&[("id", &server), ("action", "start")])).await }
    });
    let started = Instant::now();
    while provider.asked("startServer").await == 0 {
        assert!(started.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // A closed tab: no request is open any more.
    gone.abort();
    assert!(gone.await.is_err());
    program.tell_to_stop();
    assert_eq!(program.wait(PATIENCE).expect("it ends").1, Some(0));
    let directory = std::mem::replace(&mut program.directory, tempfile::tempdir().unwrap());
    let program = Program::at(directory, &["--api-url", &provider.api_url()], &[]);
    let csv = program.signed_in(&provider.write).await.page("/activity.csv").await.1;
    assert!(csv.contains("startServer") && !csv.contains("unknown"), "{csv}");
}

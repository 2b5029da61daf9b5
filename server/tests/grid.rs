//! The grid: every page in every trouble of the provider. The right status, whole, with a sentence for what is wrong,
//! never a false "empty", never our own 500, never a long wait, and well again when the provider is.
//!
//! The pages come from one table (`support/pages.rs`), which is held against the router: a page that is not in it
//! fails here.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use futures::future::join_all;
use program::{
    Browser, Program, Provider, location,
    pages::{Page, table},
};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

/// A page waits three seconds for the provider.
const PATIENCE: Duration = Duration::from_secs(4);
/// Pages of a test that are asked for at once: more would measure this machine.
const AT_ONCE: usize = 8;
/// By when a page is well again after the provider is: longer than the first pause of a breaker.
const RECOVERY: Duration = Duration::from_secs(25);

struct Told {
    status: u16,
    retry_after: Option<u64>,
    location: String,
    page: String,
    took: Duration,
}

async fn ask(browser: &Browser, path: &str) -> Told {
    let started = Instant::now();
    let answer = browser.get(path).await;
    let status = answer.status().as_u16();
    let retry_after =
        answer.headers().get("retry-after").map(|value| value.to_str().unwrap().parse().unwrap());
    let location = location(&answer);
    let page = answer.text().await.unwrap();
    Told { status, retry_after, location, page, took: started.elapsed() }
}

/// The texts of the page's content, without its tags.
fn texts(page: &str) -> Vec<&str> {
    let (_, main) = page.split_once("<main").unwrap_or(("", page));
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let pieces = main.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim());
    pieces.filter(|text| !text.is_empty()).collect()
}

/// A page with the frame, a title, a heading, and something below it.
fn assert_whole(at: &str, told: &Told) {
    assert!(told.page.contains("<nav") && told.page.contains("</html>"), "{at}: no whole page");
    let title = told.page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    assert!(title.is_some_and(|(title, _)| title.ends_with("Vitosha") && title.len() > 10), "{at}: no title");
    let heading = told.page.split_once("<h1").and_then(|(_, rest)| rest.split_once("</h1>"));
    assert!(heading.is_some_and(|(heading, _)| heading.len() > 4), "{at}: no heading");
    let words: usize = texts(&told.page).iter().map(|text| text.len()).sum();
    assert!(words > 60, "{at}: nothing but {:?}", texts(&told.page));
    assert!(told.took < PATIENCE, "{at}: {:?}", told.took);
}

/// All that a page says of things that are not there: nothing yet, nothing found, none counted.
fn absences(page: &str) -> BTreeSet<String> {
    let absent = |text: &&str| {
        let counted = text.split_once(' ').map_or(*text, |(number, _)| number);
        text.starts_with("No ") || text.starts_with("Nothing") || text.contains(" matches") || counted == "0"
    };
    let said = texts(page).into_iter().filter(absent).map(str::to_owned);
    said.chain(page.contains("data-kind=\"no-match\"").then(|| "no-match".to_owned())).collect()
}

/// A trouble of the provider, and what becomes of a page whose main object it hits.
struct Trouble {
    name: &'static str,
    /// What the sandbox is told to answer.
    order: Value,
    status: fn(&Page) -> u16,
    /// It says when it makes sense to come back.
    retry: bool,
}

impl Trouble {
    fn new(name: &'static str, order: Value, status: fn(&Page) -> u16) -> Self {
        Self { name, order, status, retry: false }
    }

    /// The provider's own trouble: ours is to be unavailable for a while.
    fn unavailable(name: &'static str, order: Value) -> Self {
        Self { retry: true, ..Self::new(name, order, |_| 503) }
    }
}

fn troubles() -> Vec<Trouble> {
    vec![
        Trouble::new("401", json!({ "status": 401 }), |_| 303),
        Trouble::new("403", json!({ "status": 403 }), |_| 403),
        Trouble::new("404", json!({ "status": 404 }), |page| page.gone),
        Trouble::new("422", json!({ "status": 422 }), |_| 422),
        Trouble::new("423", json!({ "status": 423 }), |_| 423),
        Trouble::unavailable("429", json!({ "status": 429, "headers": { "Retry-After": "3" } })),
        Trouble::unavailable("500", json!({ "status": 500 })),
        Trouble::unavailable("nonsense", json!({ "status": 200, "body": "<html>nonsense</html>" })),
        Trouble::unavailable("null", json!({ "status": 200, "body": "null" })),
        Trouble::unavailable("reset", json!({ "reset": true })),
        Trouble::unavailable("timeout", json!({ "hang": true })),
    ]
}

/// Troubles in which the provider says no.
const REFUSALS: [&str; 5] = ["401", "403", "404", "422", "423"];
/// Troubles that pass.
const FAULTS: [&str; 5] = ["429", "500", "nonsense", "null", "reset"];
/// It says nothing at all.
const SILENCE: [&str; 1] = ["timeout"];

/// Which operations are in trouble.
#[derive(Clone, Copy, Debug)]
enum Hit {
    Main,
    Parts,
    Everything,
}

/// What all pages of a test have in common.
struct Stage {
    provider: Provider,
    program: Program,
    /// People come in one after the other: many at once look like somebody who guesses.
    door: tokio::sync::Mutex<()>,
    /// Places for those who are measured.
    places: tokio::sync::Semaphore,
}

impl Stage {
    fn before(provider: Provider) -> Self {
        Self {
            program: Program::before(&provider),
            provider,
            door: tokio::sync::Mutex::default(),
            places: tokio::sync::Semaphore::new(AT_ONCE),
        }
    }

    async fn enter(&self, token: &str) -> Browser {
        let _turn = self.door.lock().await;
        self.program.signed_in(token).await
    }
}

/// One page in one trouble, in an account of its own where nothing is kept. `well` is the page in quiet times.
async fn in_trouble(stage: &Stage, page: &Page, well: &Told, trouble: &Trouble, hit: Hit) {
    let turn = stage.places.acquire().await.unwrap();
    let fresh = stage.provider.another_world(Seed::Typical);
    let path = fresh.place(page).await;
    let at = format!("{path}, {} of {hit:?}", trouble.name);
    let mut person = stage.enter(&fresh.write).await;
    let everything = ["*".to_owned()];
    let operations = match hit {
        Hit::Main => &page.main[..],
        Hit::Parts => &page.parts[..],
        Hit::Everything => &everything[..],
    };
    for operation in operations {
        let mut order = trouble.order.clone();
        (order["operation"], order["times"]) = (json!(operation), json!(0));
        fresh.order("force", order).await;
    }
    let told = ask(&person, &path).await;
    let refused = trouble.name == "401" && !page.is_own();
    let main = !page.main.is_empty() && !matches!(hit, Hit::Parts);
    if refused {
        // A part that is refused leaves the page that was begun; then the next one leads to sign-in.
        assert!(told.status == 303 || (!main && told.status == 200), "{at}: {}", told.status);
        let (mut led, started) = (told, Instant::now());
        while led.status != 303 {
            assert!(started.elapsed() < RECOVERY, "{at}: {} {:?}", led.status, texts(&led.page));
            led = ask(&person, &path).await;
        }
        let reason = led.location.starts_with("/sign-in?") && led.location.contains("reason=token-refused");
        assert!(reason && led.location.contains("next="), "{at}: {}", led.location);
    } else {
        let expected = if main { (trouble.status)(page) } else { page.status };
        assert_eq!(told.status, expected, "{at}");
        assert_whole(&at, &told);
        // What was done here, and what was asked, may well be nothing.
        let false_ones = &absences(&told.page) - &absences(&well.page);
        let false_ones = if page.is_own() { BTreeSet::new() } else { false_ones };
        assert!(false_ones.is_empty(), "{at}: says {false_ones:?}");
        if main {
            assert_eq!(told.retry_after.is_some(), trouble.retry, "{at}: {:?}", told.retry_after);
            assert_completes_itself(&at, page, trouble, &told);
        }
        if trouble.name == "429" && main {
            assert!(told.retry_after.is_some_and(|seconds| (1..=3).contains(&seconds)), "{at}");
        }
    }

    fresh.calm().await;
    // What the provider does not have is asked for again after an hour only.
    if main && (trouble.status)(page) == 501 {
        return;
    }
    if refused {
        person = stage.enter(&fresh.write).await;
    }
    let lasts = trouble_lasts(trouble);
    let (started, patience) = (Instant::now(), RECOVERY + lasts);
    // Who waits for a call to be given up keeps nobody busy: the next may begin. The others ask all the time.
    let (_turn, pause) = if lasts.is_zero() {
        (Some(turn), Duration::from_millis(100))
    } else {
        drop(turn);
        (None, Duration::from_secs(1))
    };
    loop {
        let told = ask(&person, &path).await;
        let sound = page.is_own() || (&absences(&told.page) - &absences(&well.page)).is_empty();
        if sound && told.status == page.status && !says_of_trouble(&told.page) {
            break;
        }
        assert!(started.elapsed() < patience, "{at}: not well again: {:?}", texts(&told.page));
        tokio::time::sleep(pause).await;
    }
}

/// A call that hangs is given up by its own time limit, not when the provider is well again.
fn trouble_lasts(trouble: &Trouble) -> Duration {
    if trouble.name == "timeout" { Duration::from_secs(25) } else { Duration::ZERO }
}

fn says_of_trouble(page: &str) -> bool {
    ["data-kind=\"failed\"", "class=\"waiting\"", "data-kind=\"forbidden\"", "Not the present state"]
        .iter()
        .any(|sign| page.contains(sign))
}

/// A page that failed for a while follows the provider, with scripts and without; not one that has a dialog open.
fn assert_completes_itself(at: &str, page: &Page, trouble: &Trouble, told: &Told) {
    let passes = trouble.retry || trouble.name == "423";
    let follows = ["again=", "wait=1", "feed="].iter().any(|word| told.page.contains(word));
    assert!(!passes || follows, "{at}: follows nothing");
    let refreshes = told.page.contains("http-equiv=\"refresh\"");
    let asks = page.address.contains("confirm=");
    assert_eq!(refreshes, passes && !asks, "{at}: refreshes itself without scripts");
}

/// All pages that are wanted, in each trouble one after the other, all pages of it at once.
async fn each_page(hit: Hit, wanted: impl Fn(&Page) -> bool, names: &[&str]) {
    let provider = Provider::open(Seed::Typical).await;
    let pages: Vec<_> = table().into_iter().filter(|page| !page.open && wanted(page)).collect();
    let troubles: Vec<_> = troubles().into_iter().filter(|trouble| names.contains(&trouble.name)).collect();
    assert!(!pages.is_empty() && troubles.len() == names.len());
    // Looked at through another program: what is learned there of the provider's routes is not known here.
    let elsewhere = Stage::before(provider.another_world(Seed::Typical));
    let person = elsewhere.enter(&elsewhere.provider.write).await;
    let mut well = Vec::new();
    for page in &pages {
        let told = ask(&person, &elsewhere.provider.place(page).await).await;
        assert_eq!(told.status, page.status, "{} in quiet times", page.address);
        well.push(told);
    }
    for trouble in &troubles {
        if trouble.name == "404" {
            // Whether there is such a call at all: a page that is well again would teach it to the others.
            for (page, well) in pages.iter().zip(&well) {
                let stage = Stage::before(provider.another_world(Seed::Typical));
                in_trouble(&stage, page, well, trouble, hit).await;
            }
            continue;
        }
        let stage = Stage::before(provider.another_world(Seed::Typical));
        let all = pages.iter().zip(&well).map(|(page, well)| in_trouble(&stage, page, well, trouble, hit));
        join_all(all).await;
    }
}

#[test]
fn every_trouble_is_tried() {
    let known: Vec<_> = troubles().iter().map(|trouble| trouble.name).collect();
    assert_eq!(known, [&REFUSALS[..], &FAULTS, &SILENCE].concat(), "a trouble is one of the three");
}

#[test]
fn every_page_of_the_router_is_in_the_table_and_no_other() {
    let routes: BTreeSet<String> = app::pages().into_iter().collect();
    let known: BTreeSet<String> = table().into_iter().map(|page| page.route).collect();
    assert!(routes.len() > 10, "the router knows {routes:?}");
    assert_eq!(known, routes, "a page and its line in end2end/support/pages.json come and go together");
}

#[tokio::test]
async fn happy() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let (person, guest) = (program.signed_in(&provider.write).await, program.browser());
    for page in table() {
        let path = provider.place(&page).await;
        let told = ask(if page.open { &guest } else { &person }, &path).await;
        assert_eq!(told.status, page.status, "{path}");
        if !page.open {
            assert_whole(&path, &told);
            assert!(!says_of_trouble(&told.page), "{path}: {:?}", texts(&told.page));
        }
    }
}

#[tokio::test]
async fn empty() {
    let (full, provider) = (Provider::open(Seed::Typical).await, Provider::open(Seed::Empty).await);
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    for page in table().into_iter().filter(|page| !page.open) {
        // An object of somebody else is not there.
        let (path, status) = match &page.objects {
            Some(list) => (page.at(&full.first(list).await), 404),
            None => (page.at(""), page.status),
        };
        let told = ask(&person, &path).await;
        assert_eq!(told.status, status, "{path}");
        assert_whole(&path, &told);
        if page.shape == "list" && !page.is_own() {
            assert!(!absences(&told.page).is_empty(), "{path}: does not say that nothing is there");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_object_is_refused() {
    each_page(Hit::Main, |page| !page.main.is_empty(), &REFUSALS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_object_cannot_be_had_for_a_while() {
    each_page(Hit::Main, |page| !page.main.is_empty(), &FAULTS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_object_does_not_come() {
    each_page(Hit::Main, |page| !page.main.is_empty(), &SILENCE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_failing_part_never_fails_the_page() {
    each_page(Hit::Parts, |page| !page.parts.is_empty(), &[REFUSALS, FAULTS].concat()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_that_does_not_come_never_holds_the_page() {
    each_page(Hit::Parts, |page| !page.parts.is_empty(), &SILENCE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_fails_at_once() {
    each_page(Hit::Everything, |_| true, &["500", "429"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_hangs() {
    each_page(Hit::Everything, |_| true, &SILENCE).await;
}

#[tokio::test]
async fn without_the_list_an_iso_has_a_call_of_its_own() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let iso = provider.first("/isos").await;
    provider.order("force", json!({ "operation": "listIsos", "status": 404, "times": 0 })).await;
    assert_eq!(ask(&person, &format!("/isos/{iso}")).await.status, 200);
}

#[tokio::test]
async fn where_there_is_no_stream_a_failed_page_is_tried_again_by_asking() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.order("force", json!({ "operation": "listInvoices", "status": 500, "times": 0 })).await;
    assert!(ask(&person, "/invoices").await.page.contains("/live?again=5"));
    let told: Value = serde_json::from_str(&ask(&person, "/live?again=5&once=1").await.page).unwrap();
    assert_eq!(told[1], json!(["refresh"]), "{told}");
    let quiet: Value = serde_json::from_str(&ask(&person, "/live?once=1").await.page).unwrap();
    assert_eq!(quiet.as_array().map(Vec::len), Some(1), "{quiet}");
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
    let mut pages = Vec::new();
    for page in table().iter().filter(|page| !page.is_own()) {
        let path = provider.place(page).await;
        assert_eq!(ask(&person, &path).await.status, 200, "{path}");
        pages.push(path);
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
    for told in join_all(asked).await {
        told.unwrap();
    }
}

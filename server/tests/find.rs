//! Finding anything, and news in passing, over plain HTTP: who may ask, what is answered, what is never told.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use program::{Browser, PATIENCE, Program, Provider};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

async fn ask(person: &Browser, query: &str) -> Value {
    let answer = person.get(&format!("/api/find?{query}")).await;
    assert_eq!(answer.status(), 200, "{query}");
    assert_eq!(answer.headers()["cache-control"], "no-store", "{query}");
    answer.json().await.unwrap()
}

/// The group with this name.
fn group<'a>(answer: &'a Value, name: &str) -> Option<&'a Value> {
    answer.as_array().unwrap().iter().find(|group| group["group"] == name)
}

fn names(answer: &Value, group_name: &str) -> Vec<String> {
    let items = group(answer, group_name).map(|group| group["items"].as_array().unwrap().clone());
    items.unwrap_or_default().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

fn notes(answer: &Value) -> String {
    let notes = answer.as_array().unwrap().iter().filter_map(|group| group["note"].as_str());
    notes.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn only_who_is_signed_in_is_answered_and_nobody_gets_the_token() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    assert_eq!(program.browser().get("/api/find?q=web").await.status(), 401);
    let person = program.signed_in(&provider.write).await;
    for query in
        ["", "q=web", "q=web&at=/servers/1", "q=%00%FF&at=%2F%2Fevil.example", "q=a&q=b&at=/isos/new"]
    {
        let answer = ask(&person, query).await.to_string();
        assert!(!answer.contains(&provider.write), "{query}");
    }
    let answer = person.request(reqwest::Method::POST, "/api/find?q=web").send().await.unwrap();
    assert!(answer.status().is_client_error());
    provider.order("faults", json!({ "revoke": "both" })).await;
    assert_eq!(person.get("/api/find?q=something-new").await.status(), 401);
}

#[tokio::test]
async fn what_fits_is_found_in_groups_with_places_and_actions_first() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let servers = provider.tell("/servers").await;
    let web = servers["data"].as_array().unwrap().iter().find(|row| row["hostname"] == "web-1").unwrap();
    let (id, address) = (web["id"].to_string(), web["ip_addresses"][0]["ip_address"].as_str().unwrap());
    for typed in ["web-1", "WEB-1", address, &id] {
        assert_eq!(names(&ask(&person, &format!("q={typed}")).await, "Servers")[0], "web-1", "{typed}");
    }
    let all = ask(&person, &format!("at=/servers/{id}")).await;
    let order: Vec<&str> =
        all.as_array().unwrap().iter().map(|group| group["group"].as_str().unwrap()).collect();
    assert_eq!(order, ["Actions", "Recent", "Places"]);
    let offered = names(&all, "Actions");
    assert_eq!(offered[..4], ["Start web-1", "Restart web-1", "Stop web-1", "Power off: web-1"]);
    for action in ["Scale web-1", "Renew web-1", "Rename web-1", "Reinstall web-1", "Cancel at expiry: web-1"]
    {
        assert!(offered.iter().any(|offer| offer == action), "{action}: {offered:?}");
    }
    assert_eq!(offered.last().unwrap(), "Copy link");
    let actions = group(&all, "Actions").unwrap()["items"].as_array().unwrap().clone();
    assert_eq!(actions[0]["why_not"], "It is already running.");
    assert_eq!(actions[1]["address"], format!("/servers/{id}?confirm=restart"));
    assert!(actions[1].get("why_not").is_none() && actions.last().unwrap()["copies"] == true, "{actions:?}");
    let some = ask(&person, &format!("q=stop+web&at=/servers/{id}")).await;
    assert_eq!(names(&some, "Actions"), ["Stop web-1"]);
    let hidden = ask(&person, "q=test-2024").await;
    assert_eq!(names(&hidden, "Servers"), ["test-2024"], "also those that the list leaves out");
    assert_eq!(names(&ask(&person, "q=keys").await, "Places"), ["Keys"]);
    assert!(notes(&ask(&person, "q=no+such+thing").await).contains("the newest 30 invoices"));
}

#[tokio::test]
async fn a_kind_that_fails_leaves_the_others_and_is_not_called_empty() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    for (operation, name) in [
        ("listServers", "Servers"),
        ("listIsos", "ISOs"),
        ("listInvoices", "Invoices"),
        ("listTickets", "Tickets"),
    ] {
        let fresh = provider.another_world(Seed::Typical);
        let person = program.signed_in(&fresh.write).await;
        fresh.order("force", json!({ "operation": operation, "status": 500, "times": 0 })).await;
        let answer = ask(&person, "q=no+such+thing").await;
        let said = notes(&answer);
        assert!(said.contains(&format!("{name} were not searched.")), "{operation}: {said}");
        assert!(said.contains("in what could be searched"), "{operation}: {said}");
        let (status, page) = person.page("/find?q=no+such+thing").await;
        assert_eq!(status, 200, "{operation}");
        assert!(page.contains(&format!("{name} were not searched.")), "{operation}");
        assert!(page.contains("in what could be searched."), "{operation}");
    }
}

#[tokio::test]
async fn the_stream_tells_what_changes_and_nothing_at_its_start() {
    let provider = Provider::open(Seed::Small).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    provider.order("clock", json!({ "freeze": true })).await;
    let form = person.hidden("/isos/new").await;
    let url = "https://mirror.example.org/news.iso?size=1000000&seconds=10";
    person.send("/do/isos/add", &form.with(&[("url", url)])).await;
    let mut stream = person.get("/live?feed=isos.x").await;
    let mut told = String::new();
    let read = async {
        let mut passed = false;
        while let Ok(Some(chunk)) = stream.chunk().await {
            told.push_str(&String::from_utf8_lossy(&chunk));
            if !passed && told.contains("\"values\"") {
                assert!(!told.contains("\"toast\""), "at its start: {told}");
                passed = true;
                provider.order("clock", json!({ "advance_seconds": 30 })).await;
            }
            if told.contains("\"toast\"") {
                break;
            }
        }
    };
    tokio::time::timeout(PATIENCE, read).await.unwrap();
    assert!(
        told.contains(
            "[\"toast\",\"good\",\"news.iso is ready. It can be mounted on a server from its page.\"]"
        ),
        "{told}"
    );
}

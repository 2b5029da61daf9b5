//! "Show as curl": each command that a page shows is run by a real shell with the real curl, and the provider
//! must see from it what the page itself would have sent. Every form that asks something of the provider has one.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/actions.rs"]
mod actions;
#[path = "support/commands.rs"]
mod commands;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};

use actions::{ACTIONS, Action, at, things};
use commands::{OF_OUR_OWN, answers, commands, curl_is_missing, does, forms, parts, with};
use program::{Browser, Program, Provider, location, pages::table};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

/// How much later the provider has done what it was asked, in seconds.
const LATER: u64 = 600;

/// The part of a page that has the form to this address.
async fn part_of(person: &Browser, form: &str, path: &str) -> String {
    let (status, page) = person.page(path).await;
    let mut parts = parts(&page).into_iter();
    let part = parts.find(|part| forms(part).iter().any(|action| action == form));
    part.unwrap_or_else(|| panic!("{path} ({status}): no form to {form}"))
}

/// The command that stands beside the form to this address, the only one there.
async fn command_of(person: &Browser, form: &str, path: &str) -> String {
    let part = part_of(person, form, path).await;
    let [command] = &commands(&part)[..] else { panic!("{path}: one command beside {form}? {part}") };
    command.clone()
}

/// Runs what its page shows, in an account of its own.
async fn is_done_by_its_command(provider: &Provider, program: &Program, action: &Action) {
    let world = provider.another_world(Seed::Typical);
    let things = things(&world).await;
    let person = program.signed_in(&world.write).await;
    let path = at(action.page, &things);
    let mut command = command_of(&person, &at(action.form, &things), &path).await;
    for (field, value) in action.filled {
        command = with(&command, field, &at(value, &things));
    }
    let Some((place, seen)) = action.shows else {
        does(&world, &command, action.operation, action.times).await;
        return;
    };
    let place = at(place, &things);
    let before = world.tell(&place).await;
    // Else it would be seen whatever the command does. Off and on again looks like nothing.
    assert!(!seen(&before) || action.operation == "restartServer", "{path} is done already: {before}");
    does(&world, &command, action.operation, action.times).await;
    world.order("clock", json!({ "advance_seconds": LATER })).await;
    let after = world.tell(&place).await;
    assert!(seen(&after), "{path} was not done by\n{command}\n{after}");
}

#[tokio::test]
async fn what_each_page_shows_does_what_the_page_does() {
    if curl_is_missing() {
        return;
    }
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    for action in ACTIONS {
        is_done_by_its_command(&provider, &program, action).await;
    }
}

#[tokio::test]
async fn a_command_is_right_as_it_stands_or_says_that_it_has_an_example() {
    if curl_is_missing() {
        return;
    }
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let mut wrong = Vec::new();
    for action in ACTIONS.iter().filter(|action| !action.filled.is_empty()) {
        let world = provider.another_world(Seed::Typical);
        let (things, person) = (things(&world).await, program.signed_in(&world.write).await);
        let part = part_of(&person, action.form, &at(action.page, &things)).await;
        let command = &commands(&part)[0];
        let answers = answers(&world, command, action.operation).await;
        let right = answers.iter().all(|status| (200..300).contains(status));
        if !right && !part.contains("stands in it as an example") {
            wrong.push(format!("{} {answers:?}\n{command}", action.form));
        }
    }
    assert!(wrong.is_empty(), "refused, and nothing says why:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_password_that_a_form_demands_is_a_variable_that_is_explained() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let things = things(&provider).await;
    let mut wrong = Vec::new();
    for (form, page) in [
        ("/do/servers/password", "/servers/{web-1}?tab=access&confirm=password"),
        ("/do/servers/rescue-on", "/servers/{web-1}?tab=boot&confirm=rescue-on"),
        ("/do/servers/deploy", "/servers/new?plan=cloud-vps-2gb&image=73&names=web-9&cycle=3"),
    ] {
        let part = part_of(&person, form, &at(page, &things)).await;
        let (_, shown) = part.split_once("class=\"curl\"").unwrap();
        let words = shown.split_once("<pre").unwrap().0;
        if !commands(&part)[0].contains("\"$PASSWORD\"") {
            wrong.push(format!("{form}: sent without a password, nobody could sign in"));
        }
        if !words.contains("PASSWORD") {
            wrong.push(format!("{form}: what PASSWORD stands for is not said"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_form_of_the_program_is_run_here_or_is_of_our_own() {
    // Without a word of it in the test, its functions would not be part of it.
    assert!(!app::pages().is_empty());
    let known: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("/do/"))
        .collect();
    let run = ACTIONS.iter().map(|action| action.form).filter(|form| form.starts_with("/do/"));
    assert_eq!(known, run.chain(OF_OUR_OWN).collect());
}

/// The addresses on a page that ask for something (`?confirm=`), as they stand in its links.
fn asking(page: &str) -> impl Iterator<Item = String> {
    let links = page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.contains("confirm=")).map(|link| format!("/{}", link.replace("&amp;", "&")))
}

/// What kind of address it is: without the ids.
fn kind(address: &str) -> String {
    address.split(|letter: char| letter.is_ascii_digit()).filter(|piece| !piece.is_empty()).collect()
}

#[tokio::test]
async fn no_form_for_the_provider_is_without_its_command() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let things: BTreeMap<_, _> = things(&provider).await;
    let mut open = Vec::new();
    for page in table().iter().filter(|page| !page.open) {
        open.push(provider.place(page).await);
    }
    open.extend(ACTIONS.iter().map(|action| at(action.page, &things)));
    let mut kinds: BTreeSet<String> = open.iter().map(|address| kind(address)).collect();
    let (mut seen, mut without) = (BTreeSet::new(), Vec::new());
    while let Some(address) = open.pop() {
        let (_, page) = person.page(&address).await;
        // Dialogs that a page leads to, one of each kind: the table has only some.
        open.extend(asking(&page).filter(|link| kinds.insert(kind(link))));
        for part in parts(&page) {
            let mut asks = forms(&part);
            asks.retain(|action| !OF_OUR_OWN.contains(&action.as_str()));
            if commands(&part).len() < asks.len() {
                without.push(format!("{address}: {asks:?}"));
            }
            seen.extend(asks);
        }
    }
    assert!(without.is_empty(), "no class=\"curl\" beside the form: {without:#?}");
    for action in ACTIONS {
        assert!(seen.contains(&at(action.form, &things)), "nothing leads to {}", action.form);
    }
}

#[tokio::test]
async fn what_was_typed_and_refused_is_in_the_command_as_it_was_typed() {
    if curl_is_missing() {
        return;
    }
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let nasty = "it's $HOME `id` $(id) \\ \"!!\" & <b>\r\n@tab\there; 100% é";
    let form = person.hidden("/tickets/new").await;
    let typed = [("department", "x"), ("service", ""), ("subject", nasty), ("message", nasty)];
    let refused = person.send("/do/tickets/open", &form.with(&typed)).await;
    let command = command_of(&person, "/do/tickets/open", &location(&refused)).await;
    let made = does(&provider, &command, "createTicket", 1).await;
    // A form of the provider has its own idea of the ends of lines.
    let one_way = |text: &str| text.replace("\r\n", "\n");
    assert_eq!(one_way(made["subject"].as_str().unwrap()), one_way(nasty), "{command}");
    let content = made["messages"][0]["content"].as_str().unwrap();
    assert!(
        content.contains("$(id)") && content.contains("&lt;b&gt;") && !content.contains("<b>"),
        "{content}"
    );
    assert!(!content.contains("uid="), "{content}");
}

#[tokio::test]
async fn the_spelling_that_worked_is_shown() {
    if curl_is_missing() {
        return;
    }
    let provider = Provider::open(Seed::Typical).await;
    provider.order("dialect", json!({ "dialect": "last" })).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let list = provider.tell("/support/tickets").await;
    let rows = list["data"].as_array().unwrap().iter();
    let open: Vec<_> = rows.filter(|row| row["status"] == "answered").collect();
    let [first, second] = [&open[0]["id"], &open[1]["id"]].map(Value::to_string);
    let form = person.hidden(&format!("/tickets/{first}?confirm=resolve")).await;
    person.send("/do/tickets/resolve", &form.with(&[("id", &first)])).await;
    let page = format!("/tickets/{second}?confirm=resolve");
    let resolve = command_of(&person, "/do/tickets/resolve", &page).await;
    let spelled = format!("-X PUT '{}/support/tickets/{second}/resolved'", provider.api_url());
    assert!(resolve.contains(&spelled), "{resolve}");
    does(&provider, &resolve, "resolveTicket", 1).await;
}

//! "Show as curl": each command that a page shows is run by a real shell with the real curl, and the provider
//! must see from it what the page itself would have sent.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::process::{Command, Output};

use program::{Browser, Program, Provider, location};
use serde_json::{Value, json};
use vpsbg_sandbox::Seed;

/// What the page shows under "Show as curl": once to be read, once to be copied, which must be the same.
fn commands(page: &str) -> Vec<String> {
    page.split("<details class=\"curl\"")
        .skip(1)
        .map(|rest| {
            let (part, _) = rest.split_once("</details>").unwrap();
            let (_, code) = part.split_once("<code>").unwrap();
            let shown = plain(code.split_once("</code>").unwrap().0);
            let (_, copied) = part.split_once("data-copy=\"").unwrap();
            assert_eq!(plain(copied.split_once('"').unwrap().0), shown);
            shown
        })
        .collect()
}

/// As a browser reads it.
fn plain(html: &str) -> String {
    assert!(!html.contains('\r'), "a browser would make another sign of it: {html:?}");
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(html.replace("<!>", ""), |text, (name, sign)| text.replace(name, sign))
}

async fn only_command(person: &Browser, path: &str) -> String {
    let (_, page) = person.page(path).await;
    let commands = commands(&page);
    assert_eq!(commands.len(), 1, "{path}: {page}");
    commands.into_iter().next().unwrap()
}

/// Runs a command as somebody who pastes it would, in an empty directory.
async fn run(command: &str, token: &str) -> (Output, tempfile::TempDir) {
    let (command, token) = (command.to_owned(), token.to_owned());
    // Beside the runtime: in it lives the sandbox that must answer.
    let ran = tokio::task::spawn_blocking(move || {
        let directory = tempfile::tempdir().unwrap();
        let output = Command::new("sh")
            .args(["-c", &command])
            .current_dir(directory.path())
            .env("TOKEN", token)
            // Nothing of whoever runs the tests: neither settings nor a proxy.
            .env("CURL_HOME", directory.path())
            .env("NO_PROXY", "*")
            .output()
            .unwrap();
        (output, directory)
    });
    ran.await.unwrap()
}

/// Without curl there is nothing to be seen here; `scripts/test` installs it.
fn curl_is_missing() -> bool {
    let there = Command::new("curl").arg("--version").output().is_ok_and(|told| told.status.success());
    if !there {
        eprintln!("SKIPPED: curl is not installed (scripts/install-curl)");
    }
    !there
}

/// Runs the command, which must do this one thing, successfully, and nothing else that changes anything.
async fn does(provider: &Provider, command: &str, operation: &str) -> Value {
    provider.forget_journal().await;
    let (output, directory) = run(command, &provider.write).await;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{operation}: {error}\n{command}");
    let journal = provider.journal().await;
    let (asked, others): (Vec<&Value>, Vec<&Value>) =
        journal.iter().partition(|entry| entry["operation"] == operation);
    assert!(others.iter().all(|entry| entry["method"] == "GET"), "{operation}: {others:?}");
    assert_eq!(asked.len(), 1, "{operation}: {journal:?}\n{command}");
    let status = asked[0]["status"].as_u64().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!((200..300).contains(&status), "{operation}: {status} {said}\n{command}");
    assert_eq!(asked[0]["token"], "write");
    assert!(!command.contains(&provider.write), "{command}");
    if operation == "downloadInvoice" {
        let files: Vec<_> = directory.path().read_dir().unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert!(std::fs::read(&files[0]).unwrap().starts_with(b"%PDF"), "{files:?}");
        return Value::Null;
    }
    serde_json::from_str(&said).unwrap_or_default()
}

/// The id of the first row of a list that is such.
async fn such(provider: &Provider, path: &str, is: impl Fn(&Value) -> bool) -> String {
    let list = provider.tell(path).await;
    list["data"].as_array().unwrap().iter().find(|row| is(row)).unwrap()["id"].to_string()
}

#[tokio::test]
async fn what_each_page_shows_does_what_the_page_does() {
    if curl_is_missing() {
        return;
    }
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let person = program.signed_in(&provider.write).await;
    let (iso, invoice) = (provider.first("/isos").await, provider.first("/invoices").await);
    let open = such(&provider, "/support/tickets", |row| row["status"] == "opened").await;
    let pages = [
        ("/isos/new".to_owned(), "createIso"),
        (format!("/isos/{iso}?confirm=delete"), "deleteIso"),
        ("/tickets/new".to_owned(), "createTicket"),
        (format!("/tickets/{open}"), "replyTicket"),
        (format!("/invoices/{invoice}"), "downloadInvoice"),
    ];
    for (path, operation) in pages {
        does(&provider, &only_command(&person, &path).await, operation).await;
    }
    // One world each: a server that is being switched is locked.
    for (action, operation, name) in [
        ("restart", "restartServer", "web-1"),
        ("stop", "stopServer", "web-1"),
        ("start", "startServer", "build-1"),
    ] {
        let world = provider.another_world(Seed::Typical);
        let person = program.signed_in(&world.write).await;
        let server = such(&world, "/servers", |row| row["hostname"] == name).await;
        let command = only_command(&person, &format!("/servers/{server}?confirm={action}")).await;
        does(&world, &command, operation).await;
    }
    // The dialog lies over the conversation, which has a command of its own.
    let (_, page) = person.page(&format!("/tickets/{open}?confirm=resolve")).await;
    let all = commands(&page);
    let resolve = all.iter().find(|command| command.contains("/resolve")).unwrap();
    does(&provider, resolve, "resolveTicket").await;
    let ticket = provider.tell(&format!("/support/tickets/{open}")).await;
    assert_eq!(ticket["status"], "resolved", "{ticket}");
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
    let command = only_command(&person, &location(&refused)).await;
    let made = does(&provider, &command, "createTicket").await;
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
    let (_, page) = person.page(&format!("/tickets/{second}?confirm=resolve")).await;
    let all = commands(&page);
    let resolve = all.iter().find(|command| command.contains("-X PUT")).unwrap();
    assert!(resolve.contains(&format!("/support/tickets/{second}/resolved'")), "{resolve}");
    does(&provider, resolve, "resolveTicket").await;
}

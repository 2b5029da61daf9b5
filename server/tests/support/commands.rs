//! "Show as curl" as somebody uses it who does not know how it is made: finds the command beside the form, copies it,
//! puts in what is an example, runs it in a shell, and looks at what the provider was asked.

use std::{
    fs,
    process::{Command, Output},
};

use serde_json::Value;

use super::program::Provider;

/// Forms that ask nothing of the provider: there is no command for what only Vitosha does.
pub const OF_OUR_OWN: [&str; 11] = [
    // Who is here, and how it looks.
    "/do/sign-in",
    "/do/try-demo",
    "/do/sign-out",
    "/do/theme",
    "/do/keys",
    // Addresses with a name.
    "/do/views/save",
    "/do/views/default",
    "/do/views/forget",
    // A job that was begun: what it still sends was said where it began.
    "/do/bulk/stop",
    "/do/bulk/resume",
    // What a person knows of a purchase. Nothing is bought by that.
    "/do/purchases/decide",
];

/// A page in its parts: each of its dialogs, and the rest. A command belongs to the forms of its part.
pub fn parts(page: &str) -> Vec<String> {
    let mut pieces = page.split("<dialog");
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    let mut parts = Vec::new();
    for piece in pieces {
        let (dialog, after) = piece.split_once("</dialog>").expect("a dialog ends");
        parts.push(dialog.to_owned());
        rest.push_str(after);
    }
    parts.push(rest);
    parts
}

/// Where the forms of a part are sent that change something.
pub fn forms(part: &str) -> Vec<String> {
    let tags = part.split("<form").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let posts = tags.filter(|tag| tag.contains("method=\"post\""));
    posts
        .map(|tag| {
            let (_, action) = tag.split_once("action=\"").expect("a form says where it is sent");
            plain(action.split('"').next().unwrap_or_default())
        })
        .collect()
}

/// What a part shows under "Show as curl": once to be read, once to be copied, which must be the same.
pub fn commands(part: &str) -> Vec<String> {
    part.split("<details class=\"curl\"")
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

/// The command with something else in a field of its JSON: what somebody puts there for the example.
pub fn with(command: &str, field: &str, value: &str) -> String {
    let name = format!("\"{field}\":");
    let (before, rest) = command.split_once(&name).unwrap_or_else(|| panic!("no {field} in {command}"));
    let end = rest.find([',', '}']).expect("the JSON ends");
    format!("{before}{name}{value}{}", &rest[end..])
}

/// Without curl there is nothing to be seen here; `scripts/test` installs it.
pub fn curl_is_missing() -> bool {
    let there = Command::new("curl").arg("--version").output().is_ok_and(|told| told.status.success());
    if !there {
        eprintln!("SKIPPED: curl is not installed (scripts/install-curl)");
    }
    !there
}

/// Runs a command as somebody who pastes it would: in a directory with nothing but the file that it names, the
/// variables set that it names.
async fn run(command: &str, token: &str) -> (Output, tempfile::TempDir) {
    let (command, token) = (command.to_owned(), token.to_owned());
    // Beside the runtime: in it lives the sandbox that must answer.
    let ran = tokio::task::spawn_blocking(move || {
        let directory = tempfile::tempdir().unwrap();
        if let Some((_, file)) = command.split_once("=@\"") {
            let name = file.split('"').next().unwrap();
            fs::write(directory.path().join(name), "what a file holds").unwrap();
        }
        let output = Command::new("sh")
            .args(["-c", &command])
            .current_dir(directory.path())
            .env("TOKEN", token)
            .env("PASSWORD", "correct horse 9")
            // Nothing of whoever runs the tests: neither settings nor a proxy.
            .env("CURL_HOME", directory.path())
            .env("NO_PROXY", "*")
            .output()
            .unwrap();
        (output, directory)
    });
    ran.await.unwrap()
}

/// What the provider answered to the command, for each time that it was asked for this operation.
pub async fn answers(provider: &Provider, command: &str, operation: &str) -> Vec<u64> {
    provider.forget_journal().await;
    run(command, &provider.write).await;
    let journal = provider.journal().await;
    let asked = journal.iter().filter(|entry| entry["operation"] == operation);
    let answers: Vec<_> = asked.map(|entry| entry["status"].as_u64().unwrap()).collect();
    assert!(!answers.is_empty(), "{operation} was not asked: {journal:?}\n{command}");
    answers
}

/// Runs the command, which must do this one thing, successfully and so often, and nothing else that changes anything.
/// What the provider said.
pub async fn does(provider: &Provider, command: &str, operation: &str, times: usize) -> Value {
    provider.forget_journal().await;
    let (output, directory) = run(command, &provider.write).await;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{operation}: {error}\n{command}");
    let journal = provider.journal().await;
    let (asked, others): (Vec<&Value>, Vec<&Value>) =
        journal.iter().partition(|entry| entry["operation"] == operation);
    assert!(others.iter().all(|entry| entry["method"] == "GET"), "{operation}: {others:?}");
    assert_eq!(asked.len(), times, "{operation}: {journal:?}\n{command}");
    let said = String::from_utf8_lossy(&output.stdout);
    for entry in asked {
        let status = entry["status"].as_u64().unwrap();
        assert!((200..300).contains(&status), "{operation}: {status} {said}\n{command}");
        assert_eq!(entry["token"], "write");
    }
    assert!(!command.contains(&provider.write), "{command}");
    if operation == "downloadInvoice" {
        let files: Vec<_> = directory.path().read_dir().unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert!(fs::read(&files[0]).unwrap().starts_with(b"%PDF"), "{files:?}");
        return Value::Null;
    }
    serde_json::from_str(&said).unwrap_or_default()
}

//! How the program starts or says why not: a clear sentence and a number for each reason.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use std::{
    fs,
    net::TcpListener,
    process::{Command, Stdio},
};

use program::{Program, Provider, command, command_at, ended};
use vpsbg_sandbox::Seed;

/// Ends with this code and these words; nothing but the words is said.
fn refuses(command: Command, code: i32, words: &str) -> String {
    let (ended_with, said, complained) = ended(command);
    assert_eq!(ended_with, Some(code), "{complained}");
    assert!(complained.contains(words), "{complained}");
    assert!(!complained.contains("panicked"), "{complained}");
    assert!(!said.contains("listens at"), "{said}");
    complained
}

fn serving(directory: &std::path::Path, more: &[&str]) -> Command {
    let data = directory.display().to_string();
    let mut command = command(["--addr", "127.0.0.1:0", "--data-dir", &data]);
    command.args(more);
    command
}

#[test]
fn a_taken_address_is_3() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().display().to_string();
    let words = format!("{address} is taken by another program; choose another with --addr");
    refuses(command(["--addr", &address, "--data-dir", &data]), 3, &words);
    refuses(command(["sandbox", "--addr", &address]), 3, "is taken");
}

#[test]
fn an_address_that_is_not_ours_is_3() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().display().to_string();
    refuses(command(["--addr", "192.0.2.1:3000", "--data-dir", &data]), 3, "cannot listen at 192.0.2.1:3000");
}

#[test]
fn a_data_directory_that_cannot_be_is_4() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "a file").unwrap();
    refuses(serving(&file, &[]), 4, "the data directory");
    refuses(serving(&file.join("below"), &[]), 4, "cannot be written");
    assert_eq!(fs::read(&file).unwrap(), b"a file");
}

#[test]
fn a_database_that_is_none_is_4() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(
        directory.path().join("vitosha.sqlite"),
        "no database at all, but long enough to be read as one",
    )
    .unwrap();
    refuses(serving(directory.path(), &[]), 4, "database");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_4_and_left_as_it_is() {
    let provider = Provider::open(Seed::Empty).await;
    let (directory, _) = Program::before(&provider).stop();
    let file = directory.path().join("vitosha.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let change = async |query: &'static str| {
        let pool = sqlx::SqlitePool::connect_with(options.clone()).await.unwrap();
        sqlx::query(query).execute(&pool).await.unwrap();
        pool.close().await;
    };
    change(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9000, 'from the future', TRUE, X'00', 0)",
    )
    .await;
    refuses(serving(directory.path(), &[]), 4, "made by a newer version of Vitosha");
    change("DELETE FROM _sqlx_migrations WHERE version = 9000").await;
    let again = Program::at(directory, &["--api-url", &provider.api_url()], &[]);
    assert_eq!(again.browser().get("/healthz").await.status(), 200, "nothing was spoiled");
}

#[test]
fn a_damaged_or_missing_key_is_5() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("key"), "not a key").unwrap();
    refuses(serving(directory.path(), &[]), 5, "64 hexadecimal digits");
    let mut command = serving(directory.path(), &[]);
    command.env("VITOSHA_KEY", "xyz");
    let told = refuses(command, 5, "64 hexadecimal digits");
    assert!(!told.contains("xyz"), "the key is told");
    refuses(serving(directory.path(), &["--key-file", "/nonexistent/key"]), 5, "/nonexistent/key");
}

#[tokio::test]
async fn another_key_than_the_databases_is_5() {
    let provider = Provider::open(Seed::Empty).await;
    let program = Program::before(&provider);
    let (directory, _) = program.stop();
    let mut command = serving(directory.path(), &[]);
    command.env("VITOSHA_KEY", "17".repeat(32));
    refuses(command, 5, "it was made with another one");
    let again = Program::at(directory, &["--api-url", &provider.api_url()], &[]);
    assert_eq!(again.browser().get("/healthz").await.status(), 200, "nothing was spoiled");
}

#[test]
fn flags_that_do_not_fit_are_2() {
    let directory = tempfile::tempdir().unwrap();
    let with = |more: &[&str]| serving(directory.path(), more);
    refuses(with(&["--demo", "--api-url", "http://127.0.0.1:9/v1"]), 2, "leave out --api-url");
    refuses(with(&["--public-url", "http://console.example.org"]), 2, "plain http is only for this machine");
    refuses(with(&["--public-url", "https://console.example.org/path"]), 2, "only scheme, host and port");
    refuses(with(&["--api-url", "http://api.vpsbg.eu/v1"]), 2, "must be https");
    refuses(with(&["--api-url", "nonsense"]), 2, "--api-url");
    refuses(with(&["--log-format", "xml"]), 2, "--log-format");
    refuses(with(&["--nonsense"]), 2, "--nonsense");
    let open = "--metrics-addr 0.0.0.0:0 can be reached by other machines";
    refuses(with(&["--metrics-addr", "0.0.0.0:0"]), 2, open);
    refuses(with(&["--metrics-addr", "192.0.2.1:9464"]), 2, "--metrics-anywhere");
    refuses(with(&["--metrics-anywhere"]), 2, "--metrics-addr");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    refuses(with(&["--metrics-addr", &taken]), 3, "choose another with --metrics-addr");
    let mut command = with(&["--demo"]);
    command.env("VITOSHA_API_URL", "http://127.0.0.1:9/v1");
    refuses(command, 2, "VITOSHA_API_URL");
    let data = directory.path().display().to_string();
    refuses(program::command(["--addr", "0.0.0.0:0", "--data-dir", &data]), 2, "--public-url is needed");
}

#[test]
fn a_missing_site_is_6() {
    let place = tempfile::Builder::new().tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::hard_link(env!("CARGO_BIN_EXE_vitosha"), place.path().join("vitosha")).unwrap();
    let data = place.path().join("data").display().to_string();
    let start = || command_at(place.path(), ["--addr", "127.0.0.1:0", "--data-dir", &data]);
    let told = refuses(start(), 6, "the site's files are missing");
    assert!(
        told.contains("make build") && told.contains(&place.path().join("site").display().to_string()),
        "{told}"
    );
    // A site without the list of its names would break every page.
    fs::create_dir_all(place.path().join("site/pkg")).unwrap();
    refuses(start(), 6, "hash.txt");
}

#[cfg(unix)]
#[tokio::test]
async fn what_it_makes_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let program = Program::with(&["--api-url", "http://127.0.0.1:9/v1"], &[]);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&program.directory.path().join("key")), 0o600);
    drop(program);
    let data = home.path().join("made/here");
    let refused = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = refused.local_addr().unwrap().to_string();
    refuses(command(["--addr", &address, "--data-dir", &data.display().to_string()]), 3, "taken");
    assert_eq!(mode(&data), 0o700);
}

#[tokio::test]
async fn the_demo_needs_nothing_else() {
    let program = Program::with(&["--demo"], &[]);
    let mut person = program.browser();
    let (_, page) = person.page("/sign-in").await;
    assert!(page.contains("Try the demo"));
    let answer = person.send("/do/try-demo", &[("which", "write"), ("next", "/isos")]).await;
    assert_eq!(program::location(&answer), "/isos");
    person.cookie = program::cookie(answer.headers());
    let (status, page) = person.page("/servers").await;
    assert_eq!(status, 200);
    assert!(page.contains("web-1"));
}

#[tokio::test]
async fn without_the_demo_its_tokens_are_not_offered() {
    let provider = Provider::open(Seed::Empty).await;
    let program = Program::before(&provider);
    assert!(!program.browser().page("/sign-in").await.1.contains("Try the demo"));
    let answer = program.browser().send("/do/try-demo", &[("which", "write")]).await;
    assert_eq!(program::location(&answer), "/sign-in");
    assert!(program::cookie(answer.headers()).is_none());
}

#[tokio::test]
async fn the_log_can_be_json_with_the_id_of_each_request() {
    let program = Program::with(&["--api-url", "http://127.0.0.1:9/v1", "--log-format", "json"], &[]);
    let answer = program.browser().get("/sign-in?token=in-a-query-3c").await;
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let (_, log) = program.stop();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line.to_string().contains(&id)).expect("a line for the request");
    assert_eq!((&line["message"], &line["status"]), (&"answered".into(), &200.into()), "{line}");
    assert!(!log.contains("in-a-query-3c"), "queries may hold what a person typed");
}

#[tokio::test]
async fn it_serves_also_when_nobody_reads_its_words() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().display().to_string();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut command = command(["--demo", "--addr", &address, "--data-dir", &data]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answers = program::until_answered(&client, &format!("http://{address}/healthz")).await;
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answers, "it ended when it could not say where it listens");
}

#[test]
fn help_names_every_flag_with_its_variable() {
    let (code, help, _) = ended(command(["--help"]));
    assert_eq!(code, Some(0));
    for flag in [
        "addr",
        "public-url",
        "trusted-proxy",
        "api-url",
        "data-dir",
        "key-file",
        "demo",
        "log-format",
        "metrics-addr",
        "metrics-anywhere",
    ] {
        assert!(help.contains(&format!("--{flag}")), "{flag}: {help}");
        let variable = format!("VITOSHA_{}", flag.to_uppercase().replace('-', "_"));
        assert!(help.contains(&variable), "{variable}: {help}");
    }
    assert!(help.contains("sandbox"), "{help}");
}

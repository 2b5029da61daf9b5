//! The command that an operation is: a real shell must read from it exactly what the client would send.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use proptest::prelude::*;
use serde_json::{Value, json};
use vpsbg_api::{
    AttachMeasuredBoot, Body, ChangeServerPassword, Content, CreateIso, DownloadInvoice, Effects,
    EnableTwoFactor, Evidence, FilePart, Info, ListIsos, Method, Operation, Permission, ResolveTicket,
    Secret, Spelling, as_curl,
};

const BASE: &str = "https://api.vpsbg.eu/v1";

/// What a shell makes of a command: the arguments of curl. Its variables are the given ones.
fn read(command: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}\n");
    let mut shell = Command::new("sh")
        .env("TOKEN", "t0ken")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = shell.wait_with_output().unwrap();
    assert!(output.status.success(), "{command}");
    let mut words: Vec<_> =
        String::from_utf8(output.stdout).unwrap().split('\0').map(str::to_owned).collect();
    assert_eq!(words.pop().as_deref(), Some(""), "{command}");
    words
}

/// The values of an option, in order.
fn values<'a>(words: &'a [String], option: &str) -> Vec<&'a str> {
    let at = words.windows(2).filter(|pair| pair[0] == option);
    at.map(|pair| pair[1].as_str()).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&rest[..2]).unwrap(), 16).unwrap());
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Anything, anywhere.
#[derive(Debug, Clone)]
struct Anything {
    argument: String,
    query: String,
    body: Body,
}

impl Operation for Anything {
    type Answer = ();
    const INFO: Info =
        Info::new("anything", Method::Put, "/things/{id}/do", Evidence::Inferred, Permission::ServersManage);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.argument.clone())]
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("filter[ip]", self.query.clone()), ("again", self.query.clone())]
    }
    fn body(&self) -> Body {
        self.body.clone()
    }
}

/// What people type, and what nobody should.
fn typed() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "'",
        "\"",
        "\\",
        "`",
        "$",
        "$(",
        "$TOKEN",
        ")",
        "!",
        "!!",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{202e}",
        "%",
        "\\033",
        "@",
        "<",
        ";type=x",
        "{}",
        "[1-3]",
        "&",
        "#",
        "~",
        "*",
        "é",
        "😀",
        " ",
        "-",
        "=",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop_oneof![nasty.prop_map(str::to_owned), ".{0,3}"], 0..12)
            .prop_map(|parts| parts.concat()),
    ]
}

fn file(name: String) -> FilePart {
    FilePart {
        field: "attachments[]",
        name,
        media_type: "text/plain".to_owned(),
        content: Content::from(vec![1, 2, 3]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_typed_is_text(argument in typed(), query in typed(), text in typed(), name in typed()) {
        prop_assume!(!matches!(argument.as_str(), "" | "." | ".."));
        let body = json!({ "text": text, "list": [text, 7, null, true], (name.as_str()): { "in": text } });
        let (id, asked) = (argument.clone(), query.clone());
        let call = Anything { argument: id, query: asked, body: Body::Json(body.clone()) };
        let command = as_curl(&call, BASE, None).unwrap();
        let visible = |sign: char| sign == '\n' || !(sign.is_control() || sign == '\u{202e}');
        prop_assert!(command.chars().all(visible), "{command:?}");
        let words = read(&command, &[]);
        prop_assert_eq!(&words[..2], ["-X", "PUT"]);
        let (path, asked) = words[2].split_once('?').unwrap();
        let id = path.strip_prefix("https://api.vpsbg.eu/v1/things/").unwrap().strip_suffix("/do").unwrap();
        prop_assert!(!id.contains('/') && decoded(id) == argument);
        let asked: Vec<_> = asked.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
        let asked: Vec<_> = asked.into_iter().map(|(name, value)| (decoded(name), decoded(value))).collect();
        prop_assert_eq!(asked, [("filter[ip]".to_owned(), query.clone()), ("again".to_owned(), query)]);
        let sent: Value = serde_json::from_str(values(&words, "--data-raw")[0]).unwrap();
        prop_assert_eq!(sent, body);
        prop_assert_eq!(values(&words, "-H")[0], "Authorization: Bearer t0ken");
        prop_assert_eq!(words.len(), 11);
    }

    #[test]
    fn so_it_is_in_forms(text in typed(), name in typed()) {
        let files = vec![file(name.clone())];
        let fields = vec![("subject", text.clone()), ("message", text.clone())];
        let body = Body::Multipart { fields, files };
        let call = Anything { argument: "7".to_owned(), query: String::new(), body };
        let words = read(&as_curl(&call, BASE, None).unwrap(), &[]);
        // What no argument of a program can hold.
        let text = text.replace('\0', "\u{fffd}");
        let expected = [format!("subject={text}"), format!("message={text}")];
        prop_assert_eq!(values(&words, "--form-string"), expected);
        let part = values(&words, "-F")[0];
        let named = part.strip_prefix("attachments[]=@\"").unwrap();
        let quoted = named.strip_suffix("\";type=text/plain").unwrap();
        let plain = quoted.replace("\\\"", "");
        prop_assert!(!plain.contains(['"', '\\']), "{part}");
        prop_assert!(!quoted.starts_with('-') && !quoted.is_empty());
        prop_assert_eq!(words.len(), 13);
    }
}

#[test]
fn it_reads_as_a_person_would_write_it() {
    let iso = CreateIso { url: "https://mirror.example.org/o'neill.iso".to_owned() };
    assert_eq!(
        as_curl(&iso, "https://api.vpsbg.eu/v1/", None).unwrap(),
        "curl -X POST 'https://api.vpsbg.eu/v1/isos' \\\n  \
         -H \"Authorization: Bearer $TOKEN\" \\\n  \
         -H 'Accept: application/json' \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         --data-raw '{\"url\":\"https://mirror.example.org/o'\\''neill.iso\"}'"
    );
    assert_eq!(
        as_curl(&ListIsos { page: 2 }, BASE, None).unwrap(),
        "curl 'https://api.vpsbg.eu/v1/isos?page=2' \\\n  \
         -H \"Authorization: Bearer $TOKEN\" \\\n  \
         -H 'Accept: application/json'"
    );
}

#[test]
fn a_file_is_kept_under_its_name_and_a_refusal_is_not() {
    let words = read(&as_curl(&DownloadInvoice { id: "7".parse().unwrap() }, BASE, None).unwrap(), &[]);
    assert_eq!(words[words.len() - 3..], ["--fail", "--remote-name", "--remote-header-name"]);
}

#[test]
fn the_spelling_that_works_is_used_and_one_that_cannot_be_filled_never() {
    let resolve = ResolveTicket { id: "7".parse().unwrap() };
    let works = Spelling { method: Method::Put, path: "/support/tickets/{id}/resolved" };
    let url = |working| read(&as_curl(&resolve, BASE, working).unwrap(), &[])[2].clone();
    assert_eq!(url(None), format!("{BASE}/support/tickets/7/resolve"));
    assert_eq!(url(Some(works)), format!("{BASE}/support/tickets/7/resolved"));
    let strange = Spelling { method: Method::Put, path: "/support/{stranger}" };
    assert_eq!(url(Some(strange)), format!("{BASE}/support/tickets/7/resolve"));
    let nowhere =
        |argument: &str| Anything { argument: argument.to_owned(), query: String::new(), body: Body::Empty };
    assert!(["", ".", ".."].iter().all(|argument| as_curl(&nowhere(argument), BASE, None).is_none()));
}

#[test]
fn secrets_are_variables() {
    let secret = |text: &str| Secret::from(text.to_owned());
    let id = "7".parse().unwrap();
    let password = ChangeServerPassword { id, password: secret("open-sesame"), reboot: true };
    let command = as_curl(&password, BASE, None).unwrap();
    assert!(!command.contains("open-sesame"), "{command}");
    let words = read(&command, &[("PASSWORD", "a 'b' $c")]);
    let sent: Value = serde_json::from_str(values(&words, "--data-raw")[0]).unwrap();
    assert_eq!(sent, json!({ "password": "a 'b' $c", "reboot": true }));
    let two = EnableTwoFactor { code: "123456".parse().unwrap(), secret_key: secret("JBSWY3DP") };
    let command = as_curl(&two, BASE, None).unwrap();
    assert!(!command.contains("123456") && !command.contains("JBSWY3DP"), "{command}");
    let words = read(&command, &[("OTP", "654321"), ("SECRET_KEY", "K")]);
    let sent: Value = serde_json::from_str(values(&words, "--data-raw")[0]).unwrap();
    assert_eq!(sent, json!({ "otp": 654_321, "secret_key": "K" }));
    let boot = AttachMeasuredBoot {
        id,
        kernel: None,
        initrd: None,
        account_password: Some(secret("open-sesame")),
        otp: Some(secret("123456")),
    };
    let command = as_curl(&boot, BASE, None).unwrap();
    assert!(!command.contains("open-sesame") && !command.contains("123456"), "{command}");
}

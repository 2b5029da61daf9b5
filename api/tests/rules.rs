//! The table of what may be done to an object now: each rule in every state.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use vpsbg_api::{Decode, Iso, Notes, Reason, Server, Ticket};

fn read<T: Decode>(value: &Value) -> T {
    T::decode(value, &mut Notes::default()).unwrap()
}

fn server(status: Value, running: Value) -> Server {
    read(&json!({ "id": 7, "status": status, "state": { "running": running } }))
}

/// Start, stop, restart: `true` where it may be done.
fn power(server: &Server) -> [bool; 3] {
    [server.can_start(), server.can_stop(), server.can_restart()].map(|rule| rule.is_ok())
}

#[test]
fn power_of_a_server() {
    let (on, off, unknown) = (json!(true), json!(false), Value::Null);
    let table = [
        // What the provider says of it, whether it runs: start, stop, restart.
        (json!("active"), &on, [false, true, true]),
        (json!("active"), &off, [true, false, false]),
        (json!("active"), &unknown, [true, true, true]),
        (json!("processing"), &on, [false; 3]),
        (json!("processing"), &off, [false; 3]),
        (json!("processing"), &unknown, [false; 3]),
        (json!("suspended"), &on, [false; 3]),
        (json!("suspended"), &off, [false; 3]),
        (json!("suspended"), &unknown, [false; 3]),
        (json!("terminated"), &on, [false; 3]),
        (json!("terminated"), &off, [false; 3]),
        (json!("terminated"), &unknown, [false; 3]),
        // With a word nobody knows, or none, the provider decides.
        (json!("migrating"), &on, [false, true, true]),
        (json!("migrating"), &off, [true, false, false]),
        (json!("migrating"), &unknown, [true, true, true]),
        (Value::Null, &on, [false, true, true]),
        (Value::Null, &off, [true, false, false]),
        (Value::Null, &unknown, [true, true, true]),
    ];
    for (status, running, expected) in table {
        assert_eq!(power(&server(status.clone(), running.clone())), expected, "{status} {running}");
    }
}

#[test]
fn a_list_row_without_state_offers_everything() {
    assert_eq!(power(&read(&json!({ "id": 7, "status": "active" }))), [true, true, true]);
}

#[test]
fn a_lock_never_forbids_because_the_provider_answers_423() {
    let locked = json!({ "id": 7, "status": "active", "locked": true, "state": { "running": false } });
    assert_eq!(power(&read(&locked)), [true, false, false]);
}

#[test]
fn an_iso_can_be_deleted_unless_it_is_gone() {
    let table = [
        (json!("downloading"), true),
        (json!("downloaded"), true),
        (json!("deleted"), false),
        (json!("verifying"), true),
        (Value::Null, true),
    ];
    for (status, expected) in table {
        let iso: Iso = read(&json!({ "id": 12, "status": status }));
        assert_eq!(iso.can_delete().is_ok(), expected, "{status}");
    }
}

#[test]
fn a_ticket_can_be_resolved_while_open_and_answered_until_closed() {
    let table = [
        // Resolve, reply.
        (json!("opened"), [true, true]),
        (json!("answered"), [true, true]),
        (json!("resolved"), [false, true]),
        (json!("closed"), [false, false]),
        (json!("waiting"), [true, true]),
        (Value::Null, [true, true]),
    ];
    for (status, expected) in table {
        let ticket: Ticket = read(&json!({ "id": 731, "status": status }));
        assert_eq!([ticket.can_resolve(), ticket.can_reply()].map(|rule| rule.is_ok()), expected, "{status}");
    }
}

#[test]
fn every_reason_is_a_sentence_for_people() {
    let off = server(json!("active"), json!(false));
    let on = server(json!("active"), json!(true));
    let ticket: Ticket = read(&json!({ "id": 1, "status": "closed" }));
    let resolved: Ticket = read(&json!({ "id": 1, "status": "resolved" }));
    let iso: Iso = read(&json!({ "id": 1, "status": "deleted" }));
    let reasons = [
        on.can_start(),
        off.can_stop(),
        off.can_restart(),
        server(json!("processing"), Value::Null).can_start(),
        server(json!("suspended"), Value::Null).can_start(),
        server(json!("terminated"), Value::Null).can_start(),
        ticket.can_resolve(),
        ticket.can_reply(),
        resolved.can_resolve(),
        iso.can_delete(),
    ];
    for reason in reasons {
        let Reason(text) = reason.unwrap_err();
        assert!(text.starts_with("It ") && text.ends_with('.') && !text.contains('!'), "{text}");
    }
}

//! The contract, walked: every operation and model of ours against `openapi.yaml`.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/openapi.rs"]
mod openapi;

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    ANSWERS, Described, MODELS, contract, examples_of_answer, examples_of_schema, operations, resolved,
};
use serde_json::Value;
use vpsbg_api::{
    BillingState, Body, CreateIso, CreateTicket, Evidence, FilePart, GetServerMetrics, Info, ListInvoices,
    ListIsos, ListServers, ListTickets, Notes, OPERATIONS, Operation, QuoteRenewal, ReplyTicket,
    ServerFilter, ServerSort, TicketStatus,
};

/// Operations of the contract that no type of ours stands for yet. Only ever lower it.
const NOT_YET: usize = 89;

/// Documented fields that no model of ours has yet, by schema. Only ever remove from it.
const FIELDS_NOT_YET: &[(&str, &str)] = &[
    ("Balance", "unconfirmed_bitcoin_deposits"),
    ("IpAddress", "floating_ip"),
    ("Server", "app_getting_started"),
    ("Server", "ssh_keys"),
    ("ServerState", "measured_boot"),
];

fn by_id(contract: &Value) -> BTreeMap<String, Described> {
    operations(contract).into_iter().map(|operation| (operation.id.clone(), operation)).collect()
}

/// A spelling without the names of its arguments, which are ours to choose.
fn shape(method: &str, path: &str) -> String {
    let parts: Vec<&str> =
        path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect();
    format!("{method} {}", parts.join("/"))
}

#[test]
fn every_operation_is_in_the_contract_as_we_have_it() {
    let contract = contract();
    let known = by_id(&contract);
    let mut seen = BTreeSet::new();
    for info in OPERATIONS {
        let Info { id, route, alternatives, evidence, .. } = info;
        assert!(seen.insert(*id), "{id} stands twice");
        let Some(described) = known.get(*id) else { panic!("{id} is not in the contract") };
        assert_eq!(
            (route.method.as_str(), route.path),
            (described.method.as_str(), described.path.as_str()),
            "{id}"
        );
        let word = match evidence {
            Evidence::Documented => "documented",
            Evidence::Observed => "observed",
            Evidence::Inferred => "inferred",
        };
        assert_eq!(described.tree["x-evidence"], word, "{id}");
        let theirs: Vec<String> = described.tree["x-alternatives"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|spelling| {
                let (method, path) = spelling.as_str().unwrap().split_once(' ').unwrap();
                shape(method, path)
            })
            .collect();
        let ours: Vec<String> =
            alternatives.iter().map(|spelling| shape(spelling.method.as_str(), spelling.path)).collect();
        assert_eq!(ours, theirs, "{id}");
    }
}

#[test]
fn what_is_missing_only_shrinks() {
    let contract = contract();
    let ours: BTreeSet<&str> = OPERATIONS.iter().map(|info| info.id).collect();
    let all = operations(&contract);
    let distinct: BTreeSet<&str> = all.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(all.len(), distinct.len(), "an operationId stands twice");
    let missing = all.iter().filter(|operation| !ours.contains(operation.id.as_str())).count();
    assert_eq!(missing, NOT_YET, "more than before: write them; fewer: lower NOT_YET");
}

#[test]
fn the_tables_of_this_test_hold_all_of_ours() {
    let contract = contract();
    let known = by_id(&contract);
    let answers: BTreeSet<&str> = ANSWERS.iter().map(|(id, _)| *id).collect();
    for info in OPERATIONS {
        let text = known[info.id].tree["responses"].to_string();
        let file = text.contains("application/pdf") || text.contains("application/octet-stream");
        assert_ne!(file, answers.contains(info.id), "{}", info.id);
    }
    assert!(answers.iter().all(|id| OPERATIONS.iter().any(|info| info.id == *id)));
}

#[test]
fn examples_of_schemas_fit_whole_and_lose_nothing() {
    let contract = contract();
    let mut wrong = Vec::new();
    for (schema, round) in MODELS {
        let examples = examples_of_schema(&contract, schema);
        assert!(!examples.is_empty(), "{schema}");
        for example in examples {
            let mut notes = Notes::default();
            let back = round(&example, &mut notes).unwrap_or_else(|misfit| panic!("{schema}: {misfit}"));
            assert!(notes.is_empty(), "{schema}: {:?}", notes.lines());
            wrong.extend(losses(schema, &example, &back));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn examples_of_answers_fit_whole_and_lose_nothing() {
    let contract = contract();
    let known = by_id(&contract);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (id, round) in ANSWERS {
        for example in examples_of_answer(&contract, &known[*id]) {
            let mut notes = Notes::default();
            let back = round(&example, &mut notes).unwrap_or_else(|misfit| panic!("{id}: {misfit}"));
            assert!(notes.is_empty(), "{id}: {:?}", notes.lines());
            count += 1;
            // Null: an answer that nobody reads. Links and counters of a page are read, not written.
            let (example, back) = match (example.get("data"), &back) {
                (_, Value::Null) => continue,
                (Some(rows), Value::Object(back)) => (rows, &back["data"]),
                (Some(rows), _) => (rows, &back),
                (None, _) => (&example, &back),
            };
            wrong.extend(losses(id, example, back));
        }
    }
    assert!(count >= 15, "the examples are not found: {count}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn models_have_every_documented_field() {
    let contract = contract();
    let mut missing = BTreeSet::new();
    for (schema, round) in MODELS {
        let properties = resolved(&contract, &contract["components"]["schemas"][schema]["properties"]);
        let Some(properties) = properties.as_object() else { continue };
        let example = &examples_of_schema(&contract, schema)[0];
        let back = round(example, &mut Notes::default()).unwrap();
        let fields = properties.keys().filter(|key| back.get(key.as_str()).is_none());
        missing.extend(fields.map(|field| (*schema, field.clone())));
    }
    let known: BTreeSet<_> =
        FIELDS_NOT_YET.iter().map(|(schema, field)| (*schema, (*field).to_owned())).collect();
    assert_eq!(missing, known, "left: fields that no model has; right: what was agreed to be missing");
}

/// What an example said that did not come back. Null, missing and empty are the same; numbers are compared by
/// value, moments as moments.
fn losses(at: &str, sent: &Value, back: &Value) -> Vec<String> {
    let not_yet = |key: &str| FIELDS_NOT_YET.iter().any(|(_, field)| *field == key);
    match (sent, back) {
        (Value::Null, _) => Vec::new(),
        (Value::Array(sent), Value::Null) if sent.is_empty() => Vec::new(),
        (Value::Object(sent), Value::Object(back)) => sent
            .iter()
            .filter(|(key, _)| !not_yet(key))
            .flat_map(|(key, value)| {
                losses(&format!("{at}.{key}"), value, back.get(key).unwrap_or(&Value::Null))
            })
            .collect(),
        (Value::Array(sent), Value::Array(back)) if sent.len() == back.len() => {
            let pairs = sent.iter().zip(back).enumerate();
            pairs.flat_map(|(index, (sent, back))| losses(&format!("{at}[{index}]"), sent, back)).collect()
        }
        (Value::Number(sent), Value::Number(back)) if same_number(sent, back) => Vec::new(),
        (Value::String(sent), Value::String(back)) if sent == back || same_moment(sent, back) => Vec::new(),
        (sent, back) if sent == back => Vec::new(),
        (sent, back) => vec![format!("{at}: {sent} came back as {back}")],
    }
}

fn same_number(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    matches!((one.as_f64(), other.as_f64()), (Some(one), Some(other)) if (one - other).abs() <= f64::EPSILON * one.abs())
}

fn same_moment(one: &str, other: &str) -> bool {
    matches!((one.parse::<jiff::Timestamp>(), other.parse::<jiff::Timestamp>()), (Ok(one), Ok(other)) if one == other)
}

/// Names of the parameters that the contract gives an operation.
fn parameters(contract: &Value, id: &str) -> BTreeSet<String> {
    let known = by_id(contract);
    let described = &known[id];
    let shared = &contract["paths"][&described.path]["parameters"];
    let all = [&described.tree["parameters"], shared].map(|list| resolved(contract, list));
    let all = all.iter().filter_map(Value::as_array).flatten();
    all.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
}

fn asks<O: Operation>(contract: &Value, operation: &O) -> Vec<String> {
    let known = parameters(contract, O::INFO.id);
    let own = operation.query().into_iter().map(|(name, _)| name.to_owned());
    own.filter(|name| !known.contains(name)).map(|name| format!("{}: {name}", O::INFO.id)).collect()
}

#[test]
fn queries_use_the_names_of_the_contract() {
    let contract = contract();
    let servers = |sort| ListServers {
        page: 2,
        per_page: Some(50),
        filter: ServerFilter { search: Some("web".to_owned()), status: vec![BillingState::Active] },
        sort: Some(sort),
    };
    let server = "7".parse().unwrap();
    let strange: Vec<String> = [
        asks(&contract, &servers(ServerSort::Created(true))),
        asks(&contract, &servers(ServerSort::Expiry(false))),
        asks(&contract, &ListIsos { page: 2 }),
        asks(&contract, &ListInvoices { page: 2 }),
        asks(&contract, &ListTickets { page: 2, status: vec![TicketStatus::Opened] }),
        asks(&contract, &GetServerMetrics { id: server, month: Some((2026, 3)) }),
    ]
    .concat();
    assert!(strange.is_empty(), "not in the contract: {strange:?}");
}

/// The fields of a body that the contract does not have.
fn strange_fields<O: Operation>(contract: &Value, operation: &O) -> Vec<String> {
    let known = by_id(contract);
    let content = resolved(contract, &known[O::INFO.id].tree["requestBody"]["content"]);
    let (media, names): (_, Vec<String>) = match operation.body() {
        Body::Empty => return vec![format!("{}: no body", O::INFO.id)],
        Body::Json(value) => ("application/json", value.as_object().unwrap().keys().cloned().collect()),
        Body::Multipart { fields, files } => {
            let fields = fields.iter().map(|(name, _)| *name).chain(files.iter().map(|file| file.field));
            ("multipart/form-data", fields.map(str::to_owned).collect())
        }
    };
    let properties = content[media]["schema"]["properties"].as_object().unwrap();
    let strange = names.into_iter().filter(|name| !properties.contains_key(name));
    strange.map(|name| format!("{}: {name}", O::INFO.id)).collect()
}

#[test]
fn bodies_use_the_fields_of_the_contract() {
    let contract = contract();
    let ticket = "731".parse().unwrap();
    let file = FilePart {
        field: "attachments[]",
        name: "a.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        content: b"a".to_vec().into(),
    };
    let create = CreateTicket {
        department: "2".parse().unwrap(),
        subject: "Subject".to_owned(),
        message: "Message".to_owned(),
        service: Some(("server".to_owned(), "4821".parse().unwrap())),
        files: vec![file.clone()],
    };
    let strange: Vec<String> = [
        strange_fields(&contract, &CreateIso { url: "https://mirror.example.org/a.iso".to_owned() }),
        strange_fields(&contract, &create),
        strange_fields(
            &contract,
            &ReplyTicket { id: ticket, message: "Message".to_owned(), files: vec![file] },
        ),
        strange_fields(&contract, &QuoteRenewal { servers: vec!["7".parse().unwrap()] }),
    ]
    .concat();
    assert!(strange.is_empty(), "not in the contract: {strange:?}");
}

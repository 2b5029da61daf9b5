//! What calls about servers and what belongs to them ask: names and kinds of the contract, all of them, and
//! what a log shows of it.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/asked.rs"]
mod asked;
#[path = "support/openapi.rs"]
mod openapi;
#[path = "support/servers_side.rs"]
mod servers_side;

use std::collections::{BTreeMap, BTreeSet};

use asked::fields;
use openapi::{Described, contract, operations, resolved};
use serde_json::{Value, json};
use servers_side::{PASSWORD, calls, choice, deploy, id, secret};
use vpsbg_api::{
    AddonChoice, AttachMeasuredBoot, Body, CancelServer, DeployServer, DiskSource, EnableRescue,
    ExtraAddresses, GetServer, OPERATIONS, Operation, RenewServers, SetServerIsos, UpdateSshKey,
};

fn by_id(contract: &Value) -> BTreeMap<String, Described> {
    operations(contract).into_iter().map(|operation| (operation.id.clone(), operation)).collect()
}

/// The parameters of an operation, by name, with their schemas.
fn parameters(contract: &Value, operation: &Described, place: &str) -> BTreeMap<String, Value> {
    let all = resolved(contract, &operation.tree["parameters"]);
    let all = all.as_array().cloned().unwrap_or_default();
    let here = all.into_iter().filter(|parameter| parameter["in"] == place);
    here.map(|parameter| (parameter["name"].as_str().unwrap().to_owned(), parameter["schema"].clone()))
        .collect()
}

/// The schema of a body and its fields.
fn described_body(contract: &Value, operation: &Described, media: &str) -> (Value, BTreeSet<String>) {
    let schema = resolved(contract, &operation.tree["requestBody"]["content"][media]["schema"]);
    let names =
        schema["properties"].as_object().into_iter().flat_map(serde_json::Map::keys).cloned().collect();
    (schema, names)
}

#[test]
fn every_documented_option_can_be_asked_for_and_no_other() {
    let contract = contract();
    let known = by_id(&contract);
    // Of the ISO drives, add-ons and so on one call need not say everything: all calls of an operation together.
    let mut asked_for: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut there: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for call in calls() {
        let described = &known[call.id];
        let (media, names) = fields(&call.body);
        let all = asked_for.entry(call.id).or_default();
        all.extend(names);
        all.extend(call.query.iter().map(|(name, _)| (*name).to_owned()));
        let all = there.entry(call.id).or_default();
        all.extend(parameters(&contract, described, "query").into_keys());
        let media = if media.is_empty() { "application/json" } else { media };
        all.extend(described_body(&contract, described, media).1);
    }
    assert_eq!(asked_for, there, "left: ours, right: the contract's");
}

/// True when a value is of one of the kinds that a schema allows.
fn fits(schema: &Value, value: &Value) -> bool {
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().any(|schema| fits(schema, value));
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => panic!("a schema without a type: {schema}"),
    };
    kinds.into_iter().any(|kind| match value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(number) => kind == "integer" && number.is_u64(),
        Value::String(_) => kind == "string",
        Value::Array(items) => kind == "array" && items.iter().all(|item| fits(&schema["items"], item)),
        Value::Object(_) => false,
    })
}

#[test]
fn bodies_are_of_the_kinds_of_the_contract_with_all_that_is_required() {
    let contract = contract();
    let known = by_id(&contract);
    let mut seen = 0;
    for call in calls() {
        let Body::Json(body) = &call.body else { continue };
        let (schema, _) = described_body(&contract, &known[call.id], "application/json");
        for (name, value) in body.as_object().unwrap() {
            assert!(fits(&schema["properties"][name], value), "{}: {name} is {value}", call.id);
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(body.get(name.as_str().unwrap()).is_some(), "{}: {name} is missing", call.id);
        }
        seen += 1;
    }
    assert!(seen >= 20, "only {seen} bodies");
}

#[test]
fn queries_are_of_the_kinds_of_the_contract() {
    let contract = contract();
    let known = by_id(&contract);
    for call in calls() {
        let schemas = parameters(&contract, &known[call.id], "query");
        for (name, value) in &call.query {
            let schema = &schemas[*name];
            if schema["type"].to_string().contains("integer") {
                assert!(value.parse::<i64>().is_ok(), "{}: {name}={value}", call.id);
            }
            if let Some(words) = schema["enum"].as_array() {
                assert!(words.iter().any(|word| word == value), "{}: {name}={value}", call.id);
            }
            if schema["format"] == "date" {
                assert_eq!(value, "2026-03-01", "{}: {name}", call.id);
            }
        }
    }
}

#[test]
fn paths_get_all_their_arguments() {
    let infos: BTreeMap<_, _> = OPERATIONS.iter().map(|info| (info.id, info)).collect();
    for call in calls() {
        let arguments: Vec<_> = call.arguments.iter().map(|name| (*name, "7".to_owned())).collect();
        for spelling in infos[call.id].spellings() {
            // Renewing several servers has no spelling for one.
            let several = call.id == "renewServers" && spelling.path.contains("{id}");
            assert_eq!(spelling.can_be_filled(&arguments), !several, "{} {}", call.id, spelling.path);
        }
    }
    let one = RenewServers { servers: vec![id("7")], billing_cycle: 1, promo_code: None };
    assert!(RenewServers::INFO.spellings().all(|spelling| spelling.can_be_filled(&one.arguments())));
}

#[test]
fn passwords_are_sent_and_never_shown() {
    let mut with_a_secret = 0;
    for call in calls() {
        assert!(!call.shown.contains(PASSWORD), "{}", call.shown);
        if let Body::Json(body) = &call.body {
            with_a_secret += usize::from(body.to_string().contains(PASSWORD));
        }
    }
    // Deploy (three times), password, reinstall, rescue, measured boot.
    assert_eq!(with_a_secret, 7);
}

#[test]
fn what_is_not_chosen_is_left_out() {
    let plain = DeployServer {
        hostnames: vec!["web-02".to_owned(), "web-03".to_owned()],
        primary_iso: None,
        secondary_iso: None,
        password: None,
        ssh_keys: Vec::new(),
        addresses: ExtraAddresses::default(),
        addons: AddonChoice::default(),
        promo_code: None,
        ..deploy(DiskSource::Empty)
    };
    let body = |operation: &DeployServer| match operation.body() {
        Body::Json(body) => body,
        other => panic!("{other:?}"),
    };
    let expected = json!({ "name": ["web-02", "web-03"], "plan": "cloud-vps-2gb", "billing_cycle": 3 });
    assert_eq!(body(&plain), expected);
    let chosen = body(&DeployServer { addons: choice(), ..plain });
    assert_eq!((&chosen["backups"], &chosen["microsoft_rds_sal"]), (&json!(true), &json!(2)));
    for (source, field, number) in [
        (DiskSource::Image(id("73")), "image_id", 73),
        (DiskSource::Snapshot(id("244")), "snapshot_id", 244),
        (DiskSource::Backup(id("5203")), "backup_id", 5203),
    ] {
        let body = body(&deploy(source));
        let sources = ["image_id", "snapshot_id", "backup_id"].map(|name| body.get(name).is_some());
        assert_eq!((&body[field], sources.iter().filter(|there| **there).count()), (&json!(number), 1));
    }
    let rename = UpdateSshKey { id: id("61"), name: Some("Laptop".to_owned()), key: None };
    assert_eq!(rename.body(), Body::Json(json!({ "name": "Laptop" })));
    let cancel = CancelServer { id: id("7"), reason: None, now: false };
    assert_eq!(cancel.body(), Body::Json(json!({ "now": false })));
    let rescue = EnableRescue { id: id("7"), password: None, ssh_keys: Vec::new() };
    assert_eq!(rescue.body(), Body::Json(json!({})));
    assert_eq!(GetServer { id: id("7"), with_app_guide: false }.query(), []);
}

#[test]
fn null_is_sent_where_it_says_something() {
    let eject = SetServerIsos { id: id("7"), primary: None, secondary: None };
    assert_eq!(eject.body(), Body::Json(json!({ "primary_iso_id": null, "secondary_iso_id": null })));
    let detach =
        AttachMeasuredBoot { id: id("7"), kernel: None, initrd: None, account_password: None, otp: None };
    assert_eq!(detach.body(), Body::Json(json!({ "kernel_image_id": null })));
    let attach = AttachMeasuredBoot { kernel: Some(id("412")), otp: Some(secret()), ..detach };
    assert_eq!(attach.body(), Body::Json(json!({ "kernel_image_id": 412, "otp": PASSWORD })));
}

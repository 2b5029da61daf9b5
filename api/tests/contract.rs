//! The contract, walked: every operation and model of ours against `openapi.yaml`. An operation or schema that is
//! on one side only fails here by itself.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/openapi.rs"]
mod openapi;

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    ANSWERS, Described, MODELS, contract, examples_of_answer, examples_of_schema, operations, requests,
    resolved,
};
use serde_json::Value;
use vpsbg_api::{Evidence, Info, Notes, OPERATIONS};

/// Schemas that no model stands for, and what reads them instead.
const READ_ELSEWHERE: &[&str] = &[
    // The page of a list, in `model.rs`: counters only, since labels are unreliable (FACTS §1, envelopes).
    "PaginationLinks",
    "PaginationPageLink",
    "PaginationMeta",
    // Refusals, in `client/answer.rs`.
    "Error",
    "ValidationError",
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
fn the_operations_are_those_of_the_contract() {
    let contract = contract();
    let all = operations(&contract);
    let theirs: BTreeSet<&str> = all.iter().map(|operation| operation.id.as_str()).collect();
    let ours: BTreeSet<&str> = OPERATIONS.iter().map(|info| info.id).collect();
    assert_eq!(all.len(), theirs.len(), "an operationId stands twice in the contract");
    assert_eq!(OPERATIONS.len(), ours.len(), "an operation stands twice in OPERATIONS");
    let missing: Vec<_> = theirs.difference(&ours).collect();
    let extra: Vec<_> = ours.difference(&theirs).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing: {missing:?}, extra: {extra:?}");
}

#[test]
fn every_operation_is_in_the_contract_as_we_have_it() {
    let contract = contract();
    let known = by_id(&contract);
    for info in OPERATIONS {
        let Info { id, route, alternatives, evidence, .. } = info;
        let described = &known[*id];
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

/// Route correction takes any 404 of a guessed read without an id for a route that does not exist (design §3):
/// wrong where the contract says that 404 is an answer.
#[test]
fn a_404_is_an_answer_where_the_contract_says_so() {
    let contract = contract();
    let known = by_id(&contract);
    for info in OPERATIONS.iter().filter(|info| !info.route.path.contains('{')) {
        let described = &known[info.id];
        let answers = described.method == "GET" && described.tree["responses"].get("404").is_some();
        assert_eq!(info.absent_is_an_answer, answers, "{}", info.id);
    }
}

#[test]
fn the_tables_of_these_tests_hold_everything() {
    let contract = contract();
    let answers: BTreeSet<&str> = ANSWERS.iter().map(|(id, _)| *id).collect();
    for operation in operations(&contract) {
        assert_ne!(operation.answers_with_a_file(), answers.contains(&*operation.id), "{}", operation.id);
    }
    assert_eq!(answers.len(), ANSWERS.len(), "an operation stands twice");
    assert!(answers.iter().all(|id| OPERATIONS.iter().any(|info| info.id == *id)));

    let schemas: BTreeSet<&str> =
        contract["components"]["schemas"].as_object().unwrap().keys().map(String::as_str).collect();
    let requests = requests(&contract);
    let models = MODELS.iter().map(|(schema, _)| *schema);
    let known: Vec<&str> =
        models.chain(READ_ELSEWHERE.iter().copied()).chain(requests.iter().map(String::as_str)).collect();
    let distinct: BTreeSet<&str> = known.iter().copied().collect();
    assert_eq!(known.len(), distinct.len(), "a schema stands twice, or is a model and a request");
    let missing: Vec<_> = schemas.difference(&distinct).collect();
    let extra: Vec<_> = distinct.difference(&schemas).collect();
    assert!(missing.is_empty() && extra.is_empty(), "no model: {missing:?}, no schema: {extra:?}");
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
    let mut wrong = Vec::new();
    for (id, round) in ANSWERS {
        let examples = examples_of_answer(&known[*id]);
        assert_eq!(
            examples.is_empty(),
            !known[*id].answers_with_json(),
            "{id}: an answer without an example"
        );
        for example in examples {
            let mut notes = Notes::default();
            let back = round(&example, &mut notes).unwrap_or_else(|misfit| panic!("{id}: {misfit}"));
            assert!(notes.is_empty(), "{id}: {:?}", notes.lines());
            // Null: an answer that nobody reads. Links and counters of a page are read, not written.
            let (example, back) = match (example.get("data"), &back) {
                (_, Value::Null) => continue,
                (Some(rows), Value::Object(back)) if back.contains_key("data") => (rows, &back["data"]),
                (Some(rows), _) => (rows, &back),
                (None, _) => (&example, &back),
            };
            wrong.extend(losses(id, example, back));
        }
    }
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
    assert!(missing.is_empty(), "fields that no model has: {missing:?}");
}

/// What an example said that did not come back. Null, missing and empty are the same; numbers are compared by
/// value, moments as moments.
fn losses(at: &str, sent: &Value, back: &Value) -> Vec<String> {
    match (sent, back) {
        (Value::Null, _) => Vec::new(),
        (Value::Array(sent), Value::Null) if sent.is_empty() => Vec::new(),
        (Value::Object(sent), Value::Object(back)) => sent
            .iter()
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

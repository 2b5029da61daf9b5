//! Every example of the contract, damaged at every place in every way: nothing panics, an optional part costs
//! only itself, a broken row only itself, and what is said about it tells nothing of what was sent.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/openapi.rs"]
mod openapi;

use openapi::{ANSWERS, MODELS, Round, contract, examples_of_answer, examples_of_schema, operations};
use serde_json::{Value, json};
use vpsbg_api::Notes;

/// Text that must not turn up in notes: values may be personal.
const CANARY: &str = "canary-7f3a";

/// The parts without which an object means nothing.
const REQUIRED: &[&str] = &["id", "timestamp", "ip"];

fn examples() -> Vec<(String, Round, Value)> {
    let contract = contract();
    let models = MODELS.iter().flat_map(|(schema, round)| {
        examples_of_schema(&contract, schema)
            .into_iter()
            .map(|example| ((*schema).to_owned(), *round, example))
    });
    let all = operations(&contract);
    let answers = ANSWERS.iter().flat_map(|(id, round)| {
        let operation = all.iter().find(|operation| operation.id == *id).unwrap();
        examples_of_answer(operation).into_iter().map(|example| ((*id).to_owned(), *round, example))
    });
    models.chain(answers).collect()
}

/// What a value may have become; `None`: it is not there.
fn damages(value: &Value) -> Vec<Option<Value>> {
    let mut all: Vec<Option<Value>> = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(0.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("0"),
        json!(CANARY),
        json!(format!("{CANARY} {}", "é".repeat(20_000))),
        json!([]),
        json!({}),
        json!([CANARY, null, 1]),
        json!({ "id": CANARY, "data": [CANARY] }),
        nested(100),
        json!({ "data": value }),
        json!(vec![value; 60]),
    ]
    .into_iter()
    .map(Some)
    .collect();
    all.push(None);
    match value {
        Value::String(text) => {
            all.push(Some(json!(text.chars().take(text.chars().count() / 2).collect::<String>())));
        }
        Value::Object(object) => {
            let mut more = object.clone();
            more.insert("a_field_of_tomorrow".to_owned(), json!({ "deep": [CANARY] }));
            all.push(Some(Value::Object(more)));
        }
        _ => {}
    }
    all
}

fn nested(depth: usize) -> Value {
    (0..depth)
        .fold(json!(1), |inner, level| if level % 2 == 0 { json!([inner]) } else { json!({ "data": inner }) })
}

/// JSON pointers to every value of a tree, its root included.
fn places(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    walk(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    walk(value, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}

/// The value with one place damaged.
fn damaged(value: &Value, place: &str, damage: Option<Value>) -> Value {
    let mut value = value.clone();
    match damage {
        Some(other) => *value.pointer_mut(place).unwrap() = other,
        None => match place.rsplit_once('/') {
            None => value = Value::Null,
            Some((parent, key)) => match value.pointer_mut(parent).unwrap() {
                Value::Object(object) => drop(object.remove(&key.replace("~1", "/").replace("~0", "~"))),
                Value::Array(list) => drop(list.remove(key.parse().unwrap())),
                _ => {}
            },
        },
    }
    value
}

/// Reads what was sent; notes stay few and tell nothing.
fn read(round: Round, sent: &Value) -> Result<Value, String> {
    let mut notes = Notes::default();
    let back = round(sent, &mut notes).map_err(|misfit| misfit.to_string());
    assert!(notes.lines().len() <= 50 && notes.places().len() <= 50);
    let told = notes.lines().join("\n");
    assert!(!told.contains(CANARY), "{told}");
    assert!(!back.as_ref().is_err_and(|told| told.contains(CANARY)), "{back:?}");
    back
}

/// The rows of an answer, sent bare or in `data`.
fn rows(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().or_else(|| value.get("data")?.as_array())
}

#[test]
fn an_optional_part_costs_only_itself() {
    let mut count = 0;
    for (name, round, example) in examples() {
        let Value::Object(whole) = &example else { continue };
        // Maps of names, and what nobody reads.
        let Ok(Value::Object(expected)) = read(round, &example) else { continue };
        if rows(&example).is_some() {
            continue;
        }
        for place in places(&example) {
            let value = example.pointer(&place).unwrap();
            let part = place.split('/').nth(1).unwrap_or_default();
            for damage in damages(value) {
                let sent = damaged(&example, &place, damage);
                count += 1;
                match read(round, &sent) {
                    Ok(Value::Object(back)) if !place.is_empty() => {
                        for key in whole.keys().filter(|key| *key != part) {
                            assert_eq!(back.get(key), expected.get(key), "{name}{place}: {key}, {sent}");
                        }
                    }
                    // As a whole it may be anything.
                    _ if place.is_empty() => {}
                    Ok(Value::Null) if expected.is_empty() => {}
                    // Where an answer is only a guess, what cannot be read is nothing.
                    Ok(Value::Null) | Err(_) => {
                        assert!(REQUIRED.contains(&part), "{name} is lost by {place}: {sent}");
                    }
                    // What was ordered may also be answered with an order: without a host name it is no server.
                    Ok(Value::Array(none)) if name == "deployServer" && none.is_empty() => {
                        assert!(["id", "hostname"].contains(&part), "{name}{place}: {sent}");
                    }
                    Ok(back) => panic!("{name}{place}: {back} of {sent}"),
                }
            }
        }
    }
    assert!(count > 10_000, "the examples are not found: {count}");
}

#[test]
fn a_broken_row_costs_only_itself() {
    let mut lists = 0;
    for (name, round, example) in examples() {
        let Some([row, ..]) = rows(&example).map(Vec::as_slice) else { continue };
        let expected = read(round, &json!({ "data": [row] })).unwrap();
        let Some([expected]) = rows(&expected).map(Vec::as_slice) else { continue };
        lists += 1;
        for place in places(row) {
            for damage in damages(row.pointer(&place).unwrap()) {
                let broken = damaged(row, &place, damage);
                let back = read(round, &json!({ "data": [row, broken, row] }));
                let back = back.unwrap_or_else(|misfit| panic!("{name}{place}: {misfit}"));
                let back = rows(&back).unwrap();
                assert!((2..=3).contains(&back.len()), "{name}{place}: {} rows", back.len());
                assert_eq!((&back[0], back.last().unwrap()), (expected, expected), "{name}{place}: {broken}");
            }
        }
    }
    assert!(lists >= 25, "the lists are not found: {lists}");
}

#[test]
fn a_cut_text_is_no_answer() {
    for (name, _, example) in examples() {
        let text = example.to_string();
        let cuts = (0..text.len()).step_by(1 + text.len() / 40).filter(|cut| text.is_char_boundary(*cut));
        for cut in cuts {
            assert!(serde_json::from_str::<Value>(&text[..cut]).is_err(), "{name} cut at {cut}");
        }
    }
}

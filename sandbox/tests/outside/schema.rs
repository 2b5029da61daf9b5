//! Just enough of JSON Schema to hold an answer against `api/openapi.yaml`.

use serde_json::Value;
use std::path::Path;

/// The contract as a tree.
pub fn contract() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/openapi.yaml");
    serde_yaml_ng::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every way in which a value is not what the schema says: types, enums, required keys.
pub fn complaints(contract: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = contract.pointer(reference.trim_start_matches('#')).unwrap();
        return complaints(contract, target, value, at);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let all: Vec<_> = choices.iter().map(|choice| complaints(contract, choice, value, at)).collect();
        if all.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        return all.into_iter().flatten().collect();
    }
    let mut found = Vec::new();
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|kind| is(kind, value)) {
        found.push(format!("{at}: {value} is not {types:?}"));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is not one of {}", schema["enum"]));
    }
    if let Some(object) = value.as_object() {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                found.push(format!("{at}: {key} is missing"));
            }
        }
        for (key, inner) in object {
            match schema["properties"].get(key) {
                Some(schema) => found.extend(complaints(contract, schema, inner, &format!("{at}.{key}"))),
                None if schema["properties"].is_object() => {
                    found.push(format!("{at}: {key} is not in the contract"));
                }
                None => {}
            }
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        if schema["items"].is_object() {
            found.extend(complaints(contract, &schema["items"], inner, &format!("{at}[{index}]")));
        }
    }
    found
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

//! The table of routes and the answers against `api/openapi.yaml`.

use crate::samples;
use crate::schema::{complaints, contract};
use crate::stage::Stage;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vpsbg_sandbox::ROUTES;

fn operation<'doc>(contract: &'doc Value, path: &str, method: &str) -> &'doc Value {
    &contract["paths"][path][method.to_ascii_lowercase()]
}

#[test]
fn every_route_is_in_the_contract_as_it_is_here() {
    let contract = contract();
    let mut seen = BTreeSet::new();
    for route in ROUTES {
        let found = operation(&contract, route.path, route.method.as_str());
        assert_eq!(found["operationId"], route.operation, "{} {}", route.method, route.path);
        assert_eq!(found["x-evidence"], route.evidence.word(), "{}", route.operation);
        let alternatives: Vec<&str> =
            found["x-alternatives"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(alternatives, route.alternatives, "{}", route.operation);
        assert!(seen.insert(route.operation), "{} is there twice", route.operation);
    }
}

#[tokio::test]
async fn answers_are_what_the_contract_says() {
    let house = Stage::set("empty").await;
    let contract = contract();
    let mut wrong = Vec::new();
    for route in ROUTES {
        let wish = json!({"seed": "typical", "freeze": true, "rate_limit": 1_000_000});
        let stage = house.another(wish).await;
        let request = samples::request(&stage, route).await;
        let response = request.send().await.unwrap();
        let status = response.status().as_u16().to_string();
        let answer = &operation(&contract, route.path, route.method.as_str())["responses"][&status];
        if answer.is_null() || !status.starts_with('2') {
            let said = response.text().await.unwrap();
            wrong.push(format!("{}: status {status} {said}", route.operation));
            continue;
        }
        for name in ["x-ratelimit-limit", "x-ratelimit-remaining"] {
            assert!(response.headers().contains_key(name), "{}", route.operation);
        }
        let schema = &answer["content"]["application/json"]["schema"];
        if schema.is_object() {
            let body: Value = response.json().await.unwrap();
            wrong.extend(complaints(&contract, schema, &body, route.operation));
        }
    }
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What can be read without naming an object, in every seed.
const LISTS: [&str; 19] = [
    "/servers",
    "/isos",
    "/invoices",
    "/support/tickets",
    "/servers/status",
    "/user",
    "/balance",
    "/balance/transactions",
    "/orders",
    "/ssh-keys",
    "/support/plans",
    "/affiliate/conversions",
    "/affiliate/payouts",
    "/user/2fa",
    "/plans",
    "/server-images",
    "/snapshots",
    "/backups",
    "/measured-boot-images",
];

#[tokio::test]
async fn every_row_of_every_seed_is_what_the_contract_says() {
    let contract = contract();
    for seed in ["empty", "small", "typical", "large"] {
        let stage = Stage::set(seed).await;
        for path in LISTS {
            let schema = &operation(&contract, path, "GET")["responses"]["200"]["content"]["application/json"]
                ["schema"];
            let every = "per_page=50&filter[status]=active,suspended,terminated,processing,opened,answered,resolved,\
                 awaiting_payment,paid,cancelled";
            let (status, body) = stage.get(&format!("{path}?{every}")).await;
            assert_eq!(status, 200);
            let found = complaints(&contract, schema, &body, path);
            assert!(found.is_empty(), "{seed}: {}", found.join("\n"));
        }
    }
}

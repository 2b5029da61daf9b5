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

/// What operations of the contract are called, in its order.
fn operations(contract: &Value) -> Vec<&str> {
    let paths = contract["paths"].as_object().unwrap().values();
    let found = paths.flat_map(|path| path.as_object().unwrap().values());
    found.filter_map(|operation| operation["operationId"].as_str()).collect()
}

#[test]
fn every_operation_of_the_contract_is_served() {
    let contract = contract();
    let named = operations(&contract);
    let served: BTreeSet<&str> = ROUTES.iter().map(|route| route.operation).collect();
    assert_eq!(named.iter().copied().collect::<BTreeSet<_>>(), served);
    assert_eq!((named.len(), ROUTES.len()), (115, 115), "each of them once");
}

#[test]
fn every_operation_tells_what_any_server_answers() {
    let contract = contract();
    for (path, operations) in contract["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            for status in ["400", "401", "403", "405", "413", "429", "500"] {
                assert!(answers.contains_key(status), "{method} {path}: {status}");
            }
            let of_the_query = |parameter: &Value| {
                parameter["in"] == "query"
                    || parameter["$ref"]
                        .as_str()
                        .is_some_and(|name| contract.pointer(&name[1..]).unwrap()["in"] == "query")
            };
            let asks = operation["parameters"].as_array().is_some_and(|all| all.iter().any(of_the_query));
            let checks = asks || operation["requestBody"].is_object();
            assert!(!checks || answers.contains_key("422"), "{method} {path}: 422");
        }
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
const LISTS: [&str; 21] = [
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
    "/floating-ips",
    "/floating-ips/plans",
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

//! The table of routes and the answers against `api/openapi.yaml`.

use crate::schema::{complaints, contract};
use crate::stage::Stage;
use reqwest::multipart::Form;
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
    let stage = Stage::set("typical").await;
    let contract = contract();
    let server = stage.server("web-1").await;
    let iso = stage.get("/isos").await.1["data"][0]["id"].clone();
    let invoice = stage.get("/invoices").await.1["data"][0]["id"].clone();
    let tickets = stage.get("/support/tickets").await.1["data"].clone();
    let ticket =
        tickets.as_array().unwrap().iter().find(|row| row["subject"] == "No route to the server").unwrap();
    let ticket = ticket["id"].clone();
    let opened = stage.get(&format!("/support/tickets/{ticket}")).await.1;
    let attachment = &opened["messages"][0]["attachments"][0]["id"];
    let mut wrong = Vec::new();
    for route in ROUTES {
        let id = match route.path.split('/').nth(1) {
            Some("servers") => json!(server),
            Some("isos") => iso.clone(),
            Some("invoices") => invoice.clone(),
            _ => ticket.clone(),
        };
        let path =
            route.path.replace("{id}", &id.to_string()).replace("{attachment_id}", &attachment.to_string());
        let mut request = stage.request(route.method.clone(), &path);
        request = match route.operation {
            "createIso" => request.json(&json!({"url": "https://mirror.example.org/new.iso"})),
            "calculateServersRenew" => request.json(&json!({"server_ids": [server], "billing_cycle": 3})),
            "createTicket" => request.multipart(
                Form::new().text("department_id", "2").text("subject", "Subject").text("message", "Message"),
            ),
            "replyTicket" => request.multipart(Form::new().text("message", "Message")),
            _ => request,
        };
        let response = request.send().await.unwrap();
        let status = response.status().as_u16().to_string();
        let answer = &operation(&contract, route.path, route.method.as_str())["responses"][&status];
        if answer.is_null() || !status.starts_with('2') {
            wrong.push(format!("{}: status {status}", route.operation));
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

#[tokio::test]
async fn every_row_of_every_seed_is_what_the_contract_says() {
    let contract = contract();
    for seed in ["empty", "small", "typical", "large"] {
        let stage = Stage::set(seed).await;
        for path in
            ["/servers", "/isos", "/invoices", "/support/tickets", "/servers/status", "/user", "/balance"]
        {
            let schema = &operation(&contract, path, "GET")["responses"]["200"]["content"]["application/json"]
                ["schema"];
            let every =
                "per_page=50&filter[status]=active,suspended,terminated,processing,opened,answered,resolved";
            let (status, body) = stage.get(&format!("{path}?{every}")).await;
            assert_eq!(status, 200);
            let found = complaints(&contract, schema, &body, path);
            assert!(found.is_empty(), "{seed}: {}", found.join("\n"));
        }
    }
}

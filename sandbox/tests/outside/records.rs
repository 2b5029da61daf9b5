//! Papers and figures: invoices as PDF, usage of a month, the account.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn an_invoice_is_a_real_pdf() {
    let stage = Stage::set("typical").await;
    let (_, list) = stage.get("/invoices").await;
    let invoice = &list["data"][3];
    let path = format!("/invoices/{}/download", invoice["id"]);
    let response = stage.request(Method::POST, &path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/pdf");
    let name =
        format!("attachment; filename=\"original-{}.pdf\"", invoice["invoice_number"].as_str().unwrap());
    assert_eq!(response.headers()["content-disposition"], name.as_str());
    let bytes = response.bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    assert_eq!(stage.send(Method::POST, "/invoices/1/download").await.0, 404);
    let kinds: Vec<&str> =
        list["data"].as_array().unwrap().iter().filter_map(|row| row["type"].as_str()).collect();
    assert!(kinds.contains(&"proform") && kinds.contains(&"original"));
    for row in list["data"].as_array().unwrap() {
        assert_eq!(row["invoice_number"].as_str().unwrap().len(), 10);
        let cents = row["amount_with_vat"].as_f64().unwrap() * 100.0;
        assert!((cents - cents.round()).abs() < 1e-6);
    }
}

async fn samples(stage: &Stage, id: i64, query: &str) -> Vec<Value> {
    let (status, list) = stage.get(&format!("/servers/{id}/metrics{query}")).await;
    assert_eq!(status, 200);
    list["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn metrics_of_a_month() {
    let stage = Stage::with(json!({
        "seed": "typical", "freeze": true, "rate_limit": 1_000_000, "now": "2026-03-15T12:02:00Z",
    }))
    .await;
    let id = stage.server("db-1").await;
    let current = samples(&stage, id, "").await;
    let stamps: Vec<i64> = current.iter().map(|point| point["timestamp"].as_i64().unwrap()).collect();
    assert!(stamps.iter().rev().is_sorted(), "newest first");
    assert!(stamps.iter().all(|second| second % 300 == 0));
    // 2026-03-15T12:00:00Z, and midnight of the first in Sofia.
    assert!(stamps[0] <= 1_773_576_000 && *stamps.last().unwrap() >= 1_772_316_000);
    assert_eq!(current, samples(&stage, id, "").await);
    assert_eq!(current, samples(&stage, id, "?filter[month]=3&filter[year]=2026").await);

    let past = samples(&stage, id, "?filter[month]=1").await;
    assert!((8_700..=8_928).contains(&past.len()), "{} samples, some missing", past.len());
    assert!(past.iter().all(|point| (0.0..=100.0).contains(&point["cpu"].as_f64().unwrap())));
    assert_eq!(samples(&stage, id, "?filter[month]=4").await, Vec::<Value>::new());
    assert_eq!(samples(&stage, id, "?filter[month]=1&filter[year]=2020").await, Vec::<Value>::new());
    for query in ["?filter[month]=13", "?filter[month]=x", "?filter[year]=20", "?filter[month]=2.5"] {
        assert_eq!(stage.get(&format!("/servers/{id}/metrics{query}")).await.0, 422, "{query}");
    }

    stage.send(Method::POST, &format!("/servers/{id}/stop")).await;
    stage.advance(3600.0).await;
    let stopped = &samples(&stage, id, "").await[0];
    assert_eq!((&stopped["running"], &stopped["cpu"]), (&json!(false), &json!(0)));
}

#[tokio::test]
async fn the_account() {
    let stage = Stage::with(json!({"seed": "empty", "email": "ann@example.org"})).await;
    assert_eq!(stage.get("/user").await.1["email"], "ann@example.org");
    let (_, balance) = stage.get("/balance").await;
    assert_eq!((&balance["balance"], &balance["last_deposit"]), (&json!(0), &Value::Null));
    let typical = Stage::set("typical").await;
    let (_, balance) = typical.get("/balance").await;
    assert!(balance["estimated_expenses"].as_f64().unwrap() > 0.0);
    assert_eq!(balance["balance"], json!(214.17));
}

#[tokio::test]
async fn extras_of_a_server() {
    let stage = Stage::set("typical").await;
    let id = stage.server("shop").await;
    let (_, plain) = stage.get(&format!("/servers/{id}")).await;
    assert!(plain.get("app_getting_started").is_none());
    assert!(plain["state"].get("measured_boot").is_some_and(Value::is_null));
    assert_eq!((&plain["locked"], &plain["lock_reason"]), (&json!(true), &json!("snapshot")));
    let (_, with) = stage.get(&format!("/servers/{id}?include[]=app_getting_started")).await;
    assert!(with["app_getting_started"].is_string());
    let rescue = stage.server("mail-1").await;
    assert_eq!(stage.get(&format!("/servers/{rescue}/status")).await.1["rescue_mode"], true);
}

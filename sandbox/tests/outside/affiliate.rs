//! The referral programme: joining, codes, conversions that ripen, payouts.

use crate::stage::Stage;
use crate::stage::told;
use reqwest::Method;
use serde_json::{Value, json};

async fn put(stage: &Stage, code: &str) -> (u16, Value) {
    let request = stage.request(Method::PUT, "/affiliate").json(&json!({ "referral_code": code }));
    told(request.send().await.unwrap()).await
}

#[tokio::test]
async fn joining() {
    let stage = Stage::set("small").await;
    assert_eq!(stage.get("/affiliate").await.0, 404);
    assert_eq!(put(&stage, "early-bird").await.0, 422);
    assert_eq!(stage.get("/affiliate/conversions").await.1["meta"]["total"], 0);
    for (code, sentence) in [
        ("four", "The referral code field must be at least 5 characters."),
        ("a-code-of-twenty-one-x", "The referral code field must not be greater than 20 characters."),
        (
            "with space",
            "The referral code field must only contain letters, numbers, dashes, and underscores.",
        ),
        ("taken-by-another", "The referral code has already been taken."),
    ] {
        let (status, refusal) = stage.post("/affiliate", json!({ "referral_code": code })).await;
        assert_eq!((status, &refusal["message"]), (422, &json!(sentence)));
    }
    let (status, joined) = stage.send(Method::POST, "/affiliate").await;
    assert_eq!(status, 201, "{joined}");
    let code = joined["referral_code"].as_str().unwrap();
    assert!((5..=20).contains(&code.len()));
    assert_eq!(stage.post("/affiliate", json!({})).await.0, 422);
    let (status, renamed) = put(&stage, "new-code").await;
    assert_eq!((status, &renamed["referral_url"]), (200, &json!("https://www.vpsbg.eu/aff/new-code")));
    assert_eq!(stage.get("/affiliate").await.1, renamed);
}

#[tokio::test]
async fn conversions_ripen_and_are_paid_out_on_the_first() {
    let stage = Stage::with(json!({
        "seed": "typical", "freeze": true, "rate_limit": 100_000, "now": "2026-05-20T09:00:00Z",
    }))
    .await;
    let (_, before) = stage.get("/affiliate").await;
    // To 31 May midnight in Sofia and one more.
    assert_eq!((&before["commission"], &before["next_payout_in_days"]), (&json!(5), &json!(12)));
    let (_, list) = stage.get("/affiliate/conversions?per_page=50").await;
    let words: Vec<&str> =
        list["data"].as_array().unwrap().iter().map(|row| row["status"].as_str().unwrap()).collect();
    for word in ["pending", "approved", "rejected"] {
        assert!(words.contains(&word), "{words:?}");
    }
    let (_, payouts) = stage.get("/affiliate/payouts").await;
    let balance = stage.get("/balance").await.1["balance"].as_f64().unwrap();

    stage.advance(12.0 * 86_400.0).await;
    let (_, now) = stage.get("/affiliate/payouts").await;
    assert_eq!(now["meta"]["total"].as_i64(), payouts["meta"]["total"].as_i64().map(|total| total + 1));
    let newest = &now["data"][0];
    assert_eq!(newest["created_at"], "2026-05-31T21:00:00.000000Z");
    let paid = newest["amount"].as_f64().unwrap();
    let (_, moves) = stage.get("/balance/transactions?per_page=50").await;
    let said = moves["data"].as_array().unwrap().iter().find(|row| row["amount"] == newest["amount"]);
    assert_eq!(said.unwrap()["type"], "correction");
    let after = stage.get("/balance").await.1["balance"].as_f64().unwrap();
    assert!(paid > 0.0 && (after - balance - paid).abs() < 0.005, "{balance} {paid} {after}");
    let turnover = |value: &Value| value["referrals_turnover"].as_f64().unwrap();
    assert!(turnover(&stage.get("/affiliate").await.1) < turnover(&before));
}

//! Changing the account's owner: spellings, one-way fields, nonsense.

use crate::stage::Stage;
use serde_json::{Value, json};

#[tokio::test]
async fn both_spellings_are_taken() {
    let stage = Stage::set("empty").await;
    let body = json!({
        "technical_email": "night@example.org", "uic": 123_456_789, "referral_code": "friend-7",
        "city": "Plovdiv", "postal_code": "4000", "phone_number": "+359 2 000 0000", "language_id": 2,
        "newsletter": true, "email_otp_enabled": false, "country_id": 3,
        "company": true, "company_name": "New Works Ltd", "vat_number": "DE000000001",
    });
    let (status, user) = stage.patch("/user", body).await;
    assert_eq!(status, 200, "{user}");
    for (field, expected) in [
        ("tech_email", json!("night@example.org")),
        ("company_number", json!("123456789")),
        ("aff_hash", json!("friend-7")),
        ("city", json!("Plovdiv")),
        ("language", json!("bg")),
        ("newsletter", json!(true)),
        ("email_otp_enabled", json!(false)),
        ("company_name", json!("New Works Ltd")),
    ] {
        assert_eq!(user[field], expected, "{field}");
    }
    assert_eq!(user["country"]["code"], "DE");
    assert_eq!(stage.get("/user").await.1, user);
    let body = json!({"tech_email": "day@example.org", "company_number": "000000002"});
    let (_, user) = stage.patch("/user", body).await;
    assert_eq!(user["tech_email"], "day@example.org");
    assert_eq!(user["company_number"], "000000002");
}

#[tokio::test]
async fn the_referral_code_is_set_once_and_in_time() {
    let stage = Stage::set("empty").await;
    assert_eq!(stage.patch("/user", json!({"aff_hash": "friend-7"})).await.0, 200);
    let (status, refusal) = stage.patch("/user", json!({"referral_code": "friend-8"})).await;
    assert_eq!(status, 422);
    let sentence = "The referral code field can no longer be changed.";
    assert_eq!(refusal["errors"]["referral_code"][0], sentence);

    // Thirty days are enough while nothing is paid; then they are over.
    let stage = Stage::set("empty").await;
    stage.advance(31.0 * 86_400.0).await;
    stage.post("/balance/deposit", json!({"amount": 5, "payment_method": "bitcoin-ln"})).await;
    assert_eq!(stage.patch("/user", json!({"aff_hash": "friend-7"})).await.0, 422);
}

#[tokio::test]
async fn company_data_freeze_five_days_after_the_first_deposit() {
    let stage = Stage::set("empty").await;
    let rename = async |name: &str| stage.patch("/user", json!({ "company_name": name })).await;
    assert_eq!(rename("One Ltd").await.0, 200);
    stage.post("/balance/deposit", json!({"amount": 120, "payment_method": "bitcoin-ln"})).await;
    stage.advance(5.0 * 86_400.0 - 1.0).await;
    assert_eq!(rename("Two Ltd").await.0, 200);
    stage.advance(1.0).await;
    let (status, refusal) = rename("Three Ltd").await;
    assert_eq!(status, 422);
    let sentence = "The company name field can no longer be changed.";
    assert_eq!(refusal["errors"]["company_name"][0], sentence);
    assert_eq!(rename("Two Ltd").await.0, 200, "the same again is no change");
    assert_eq!(stage.patch("/user", json!({"uic": 7})).await.0, 422);
    assert_eq!(stage.patch("/user", json!({"country_id": 2})).await.0, 200, "no order is paid yet");

    let (_, order) = stage.post("/support", json!({"billing_cycle": 1, "plan": "professional"})).await;
    stage.post("/orders/pay", json!({"order_ids": [order["id"]], "payment_method": "balance"})).await;
    assert_eq!(stage.patch("/user", json!({"country_id": 4})).await.0, 422);
    assert_eq!(stage.patch("/user", json!({"country_id": 2, "city": "Graz"})).await.0, 200);
}

#[tokio::test]
async fn nothing_changes_when_something_is_wrong() {
    let stage = Stage::set("empty").await;
    let before = stage.get("/user").await.1;
    let body = json!({
        "city": "Varna", "technical_email": "nobody", "phone_number": "call me", "language_id": 9,
        "country_id": 99, "newsletter": "yes", "address": 7, "company": true,
    });
    let (status, refusal) = stage.patch("/user", body).await;
    assert_eq!(status, 422);
    let fields: Vec<&String> = refusal["errors"].as_object().unwrap().keys().collect();
    let expected = [
        "address",
        "company_name",
        "country_id",
        "language_id",
        "newsletter",
        "phone_number",
        "technical_email",
    ];
    assert_eq!(fields, expected);
    assert_eq!(stage.get("/user").await.1, before);
    for body in [json!({}), json!([]), Value::Null] {
        assert_eq!(stage.patch("/user", body).await.0, 422);
    }
}

//! The support level: bought, prolonged, cancelled, left.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

async fn level(stage: &Stage) -> Value {
    stage.get("/support/plans").await.1["data"][0].clone()
}

async fn pay(stage: &Stage, order: &Value) {
    let body = json!({"order_ids": [order["id"]], "payment_method": "card"});
    let (status, told) = stage.post("/orders/pay", body).await;
    assert_eq!(status, 200, "{told}");
}

#[tokio::test]
async fn from_purchase_to_end() {
    let stage = Stage::with(json!({
        "seed": "small", "freeze": true, "rate_limit": 10_000, "now": "2026-05-20T09:00:00Z",
    }))
    .await;
    assert_eq!(stage.post("/support/renew", json!({"billing_cycle": 1})).await.0, 422);
    let (_, order) = stage.post("/support", json!({"billing_cycle": 3, "plan": "professional"})).await;
    let detail = stage.get(&format!("/orders/{}", order["id"])).await.1;
    let services = json!([{
        "service_type": "support", "service_id": 1, "label": "Professional support", "billing_cycle": 3,
        "amount": 45, "amount_with_vat": 54,
    }]);
    assert_eq!(detail["services"], services);
    pay(&stage, &order).await;
    let bought = level(&stage).await;
    assert_eq!((&bought["active"], &bought["price"]), (&json!(true), &json!(15)));
    assert_eq!(bought["expiry_at"], "2026-08-19T21:00:00.000000Z");
    let (status, _) = stage.post("/support", json!({"billing_cycle": 3, "plan": "professional"})).await;
    assert_eq!(status, 422);

    let (status, order) = stage.post("/support/renew", json!({"billing_cycle": 1})).await;
    assert_eq!((status, &order["type"]), (201, &json!("renew-service")));
    let path = format!("/orders/{}/support/1", order["id"]);
    assert_eq!(stage.patch(&path, json!({"billing_cycle": 2})).await.0, 204);
    pay(&stage, &order).await;
    assert_eq!(level(&stage).await["expiry_at"], "2026-10-19T21:00:00.000000Z");

    stage.advance(200.0 * 86_400.0).await;
    let over = level(&stage).await;
    assert_eq!((&over["active"], &over["expiry_at"]), (&json!(false), &Value::Null));
}

#[tokio::test]
async fn cancelling_and_thinking_again() {
    let stage = Stage::set("typical").await;
    assert_eq!(stage.send(Method::DELETE, "/support/cancel").await.0, 404);
    let body = json!({"reason": "Too quiet", "now": false});
    assert_eq!(stage.post("/support/cancel", body.clone()).await.0, 204);
    let cancelled = level(&stage).await;
    assert_eq!(
        (&cancelled["active"], &cancelled["cancel_request"]["reason"]),
        (&json!(true), &json!("Too quiet"))
    );
    assert_eq!(stage.post("/support/cancel", body).await.0, 422);
    assert_eq!(stage.post("/support/renew", json!({"billing_cycle": 1})).await.0, 422);
    assert_eq!(stage.send(Method::DELETE, "/support/cancel").await.0, 204);
    assert_eq!(level(&stage).await["cancel_request"], Value::Null);

    assert_eq!(stage.post("/support/cancel", json!({"now": true})).await.0, 204);
    assert_eq!(level(&stage).await["active"], false);
    assert_eq!(stage.send(Method::DELETE, "/support/cancel").await.0, 404);
    assert_eq!(stage.send(Method::POST, "/support/cancel").await.0, 422);
}

#[tokio::test]
async fn validation() {
    let stage = Stage::set("small").await;
    let (_, refusal) = stage.post("/support", json!({})).await;
    assert_eq!(refusal["message"], "The billing cycle field is required. (and 1 more error)");
    for body in [
        json!({"billing_cycle": 0, "plan": "professional"}),
        json!({"billing_cycle": 25, "plan": "professional"}),
        json!({"billing_cycle": 1, "plan": "free"}),
        json!({"billing_cycle": 1.5, "plan": "professional"}),
    ] {
        assert_eq!(stage.post("/support", body.clone()).await.0, 422, "{body}");
    }
}

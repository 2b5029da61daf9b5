//! Servers are prolonged: a quote, an order, and what paying it does.

use crate::stage::Stage;
use serde_json::{Value, json};

#[tokio::test]
async fn a_quote_counts_add_ons_and_promo_codes() {
    let stage = Stage::set("small").await;
    let (web, db) = (stage.server("web-1").await, stage.server("db-1").await);
    let path = "/servers/renew/calculate";
    let (status, quote) = stage.post(path, json!({"server_ids": [db], "billing_cycle": 3})).await;
    assert_eq!((status, &quote["amount"], &quote["amount_with_vat"]), (200, &json!(117), &json!(140.4)));
    assert_eq!((&quote["discount"], quote.get("promo_code")), (&json!(0), None));
    let body = json!({"server_ids": [web, db], "billing_cycle": 3, "promo_code": "spring2603"});
    let (_, quote) = stage.post(path, body).await;
    // 3 * (22.33 + 5 for backups + 39), and a tenth off.
    assert_eq!((&quote["amount"], &quote["discount"]), (&json!(198.99), &json!(19.9)));
    assert_eq!(
        (&quote["due_today_amount"], &quote["due_today_amount_with_vat"]),
        (&json!(179.09), &json!(214.91))
    );
    assert_eq!(quote["promo_code"]["percentage"], 10);
}

#[tokio::test]
async fn a_renewal_is_an_order_and_prolongs_when_it_is_paid() {
    let stage = Stage::set("small").await;
    let id = stage.server("db-1").await;
    let look = async || stage.get(&format!("/servers/{id}")).await.1;
    let before = look().await;
    let (status, order) = stage.post("/servers/renew", json!({"server_ids": [id], "billing_cycle": 3})).await;
    assert_eq!((status, &order["type"]), (201, &json!("renew-service")), "{order}");
    assert_eq!((&order["status"], &order["amount"]), (&json!("awaiting_payment"), &json!(117)));
    assert_eq!(look().await["pending_renew_order"], true);
    assert_eq!(look().await["expiry_at"], before["expiry_at"]);
    let pay = json!({"order_ids": [order["id"]], "payment_method": "balance"});
    assert_eq!(stage.post("/orders/pay", pay).await.0, 200);
    let after = look().await;
    assert_eq!((&after["pending_renew_order"], &after["billing_cycle"]), (&json!(false), &json!(3)));
    let moment = |server: &Value| server["expiry_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let days = (moment(&after).as_second() - moment(&before).as_second()) / 86_400;
    assert!((88..=93).contains(&days), "{days}");
}

#[tokio::test]
async fn a_renewal_brings_a_suspended_server_back() {
    let stage = Stage::set("typical").await;
    let id = stage.server("old-shop").await;
    let (_, order) = stage.post("/servers/renew", json!({"server_ids": [id], "billing_cycle": 1})).await;
    let pay = json!({"order_ids": [order["id"]], "payment_method": "balance"});
    assert_eq!(stage.post("/orders/pay", pay).await.0, 200);
    assert_eq!(stage.get(&format!("/servers/{id}")).await.1["status"], "active");
}

#[tokio::test]
async fn nonsense() {
    let stage = Stage::set("typical").await;
    let (web, gone) = (stage.server("web-1").await, stage.server("test-2024").await);
    for path in ["/servers/renew", "/servers/renew/calculate"] {
        for (body, field) in [
            (json!({"billing_cycle": 1}), "server_ids"),
            (json!({"server_ids": [], "billing_cycle": 1}), "server_ids"),
            (json!({"server_ids": [web, 1], "billing_cycle": 1}), "server_ids.1"),
            (json!({"server_ids": [gone], "billing_cycle": 1}), "server_ids.0"),
            (json!({"server_ids": ["x"], "billing_cycle": 1}), "server_ids.0"),
            (json!({"server_ids": ["x", gone], "billing_cycle": 1}), "server_ids.1"),
            (json!({"server_ids": [web]}), "billing_cycle"),
            (json!({"server_ids": [web], "billing_cycle": 25}), "billing_cycle"),
            (json!({"server_ids": [web], "billing_cycle": 1, "promo_code": "spring2603"}), "promo_code"),
            (json!({"server_ids": [web], "billing_cycle": 1, "promo_code": 7}), "promo_code"),
        ] {
            let (status, answer) = stage.post(path, body).await;
            assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{field}: {answer}");
        }
    }
}

#[tokio::test]
async fn the_other_spelling_names_one_server_in_its_path() {
    let stage = Stage::set("small").await;
    let id = stage.server("db-1").await;
    stage.order("dialect", json!({"dialect": "first"})).await;
    let (status, order) = stage.post(&format!("/servers/{id}/renew"), json!({"billing_cycle": 2})).await;
    assert_eq!((status, &order["amount"]), (201, &json!(78)));
}

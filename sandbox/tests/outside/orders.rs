//! Orders: what is open, how it is paid, what it brings, and what happens by itself.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

async fn deposit(stage: &Stage, amount: f64, method: &str) -> Value {
    let (status, order) =
        stage.post("/balance/deposit", json!({"amount": amount, "payment_method": method})).await;
    assert_eq!(status, 201, "{order}");
    order
}

async fn support(stage: &Stage, months: u32) -> Value {
    let body = json!({"billing_cycle": months, "plan": "professional"});
    let (status, order) = stage.post("/support", body).await;
    assert_eq!(status, 201, "{order}");
    order
}

async fn pay(stage: &Stage, order: &Value, method: &str) -> (u16, Value) {
    stage.post("/orders/pay", json!({"order_ids": [order["id"]], "payment_method": method})).await
}

async fn read(stage: &Stage, order: &Value) -> Value {
    stage.get(&format!("/orders/{}", order["id"])).await.1
}

async fn invoice_of(stage: &Stage, order: &Value) -> Option<Value> {
    let (_, list) = stage.get("/invoices?per_page=50").await;
    let rows = list["data"].as_array().unwrap();
    rows.iter().find(|row| row["order_ids"] == json!([order["id"]])).cloned()
}

#[tokio::test]
async fn a_purchase_waits_and_is_paid_from_the_balance() {
    let stage = Stage::set("small").await;
    let order = support(&stage, 3).await;
    assert_eq!(
        (&order["status"], &order["type"], &order["amount"], &order["amount_with_vat"]),
        (&json!("awaiting_payment"), &json!("new-service"), &json!(45), &json!(54))
    );
    assert_eq!(order["payment_date"], Value::Null);
    let proforma = invoice_of(&stage, &order).await.unwrap();
    assert_eq!((&proforma["type"], &proforma["amount_with_vat"]), (&json!("proform"), &json!(54)));
    assert_eq!(stage.get("/support/plans").await.1["data"][0]["active"], false);

    let (status, paid) = pay(&stage, &order, "balance").await;
    assert_eq!(status, 200, "{paid}");
    let paid = &paid["data"][0];
    assert_eq!((&paid["status"], &paid["payment_method"]), (&json!("paid"), &json!("balance")));
    // What remains beside the balance is nothing.
    assert_eq!(
        (&paid["amount"], &paid["amount_with_vat"], &paid["amount_from_balance"]),
        (&json!(0), &json!(0), &json!(45))
    );
    assert_eq!(paid["payment_information"], Value::Null);
    assert_eq!(stage.get("/balance").await.1["balance"], 97.5);
    let (_, moves) = stage.get("/balance/transactions").await;
    let newest = &moves["data"][0];
    assert_eq!((&newest["type"], &newest["amount"]), (&json!("payment"), &json!(-45)));
    assert_eq!((&newest["balance_after"], &newest["order_id"]), (&json!(97.5), &order["id"]));
    assert_eq!(stage.get("/support/plans").await.1["data"][0]["active"], true);
    let original = invoice_of(&stage, &order).await.unwrap();
    assert_eq!((&original["type"], &original["id"]), (&json!("original"), &proforma["id"]));

    let (status, again) = pay(&stage, &order, "balance").await;
    assert_eq!(status, 422);
    assert!(again["errors"]["order_ids.0"].is_array(), "{again}");
}

#[tokio::test]
async fn what_the_balance_cannot_pay_is_not_paid_at_all() {
    let stage = Stage::set("small").await;
    let (one, two) = (support(&stage, 1).await, support(&stage, 9).await);
    let body = json!({"order_ids": [one["id"], two["id"]], "payment_method": "balance"});
    let (status, refusal) = stage.post("/orders/pay", body).await;
    assert_eq!(status, 422);
    assert_eq!(refusal["errors"]["payment_method"][0], "The balance is not enough: EUR 7.50 are missing.");
    assert_eq!(read(&stage, &one).await["status"], "awaiting_payment");
    assert_eq!(stage.get("/balance").await.1["balance"], 142.5);
}

#[tokio::test]
async fn a_transfer_takes_its_time() {
    for method in ["bank", "bitcoin"] {
        let stage = Stage::set("small").await;
        stage.order("faults", json!({"payment_confirm_seconds": 90})).await;
        let order = support(&stage, 1).await;
        let (_, paid) = pay(&stage, &order, method).await;
        assert_eq!(paid["data"][0]["status"], "processing");
        let told = &paid["data"][0]["payment_information"];
        let needed = if method == "bank" { "bank_reference" } else { "bitcoin_address" };
        assert!(told[needed].is_string(), "{told}");
        assert_eq!(stage.send(Method::DELETE, &format!("/orders/{}", order["id"])).await.0, 422);
        stage.advance(89.0).await;
        assert_eq!(read(&stage, &order).await["status"], "processing");
        stage.advance(1.0).await;
        let read = read(&stage, &order).await;
        assert_eq!((&read["status"], &read["payment_method"]), (&json!("paid"), &json!(method)));
        assert_eq!(stage.get("/support/plans").await.1["data"][0]["active"], true);
    }
}

#[tokio::test]
async fn cards() {
    let stage = Stage::set("small").await;
    let order = support(&stage, 1).await;
    stage.order("faults", json!({"card_declined": true})).await;
    let (status, refusal) = pay(&stage, &order, "card").await;
    assert_eq!((status, &refusal["message"]), (422, &json!("The card was declined.")));
    stage.order("faults", json!({"card_declined": false})).await;
    assert_eq!(pay(&stage, &order, "card").await.1["data"][0]["status"], "paid");

    // Without a saved card the customer pays at an outside page.
    let stage = Stage::set("empty").await;
    let order = support(&stage, 1).await;
    let (_, open) = pay(&stage, &order, "card").await;
    assert_eq!(open["data"][0]["status"], "awaiting_payment");
    assert!(open["data"][0]["payment_information"]["payment_url"].as_str().unwrap().starts_with("https://"));
    stage.advance(600.0).await;
    assert_eq!(read(&stage, &order).await["status"], "paid");
}

#[tokio::test]
async fn an_order_pays_itself_a_day_before_it_is_due() {
    let stage = Stage::set("small").await;
    let order = support(&stage, 1).await;
    let due = order["due_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
    let wait = due - stage.now().await;
    assert!(wait > 6 * 86_400, "{order}");
    stage.advance(wait as f64 - 86_402.0).await;
    assert_eq!(read(&stage, &order).await["status"], "awaiting_payment");
    stage.advance(2.0).await;
    let paid = read(&stage, &order).await;
    assert_eq!((&paid["status"], &paid["payment_method"]), (&json!("paid"), &json!("balance")));
}

#[tokio::test]
async fn what_nobody_pays_is_cancelled_and_its_proforma_goes() {
    let stage = Stage::set("small").await;
    let (late, other) = (support(&stage, 12).await, support(&stage, 1).await);
    stage.order("faults", json!({"card_declined": true})).await;
    stage.patch(&format!("/orders/{}", other["id"]), json!({"auto_pay": false})).await;
    stage.advance(8.5 * 86_400.0).await;
    for order in [&late, &other] {
        assert_eq!(read(&stage, order).await["status"], "cancelled");
        assert!(invoice_of(&stage, order).await.is_none());
    }
    assert_eq!(pay(&stage, &late, "bank").await.0, 422);
}

#[tokio::test]
async fn deleting() {
    let stage = Stage::set("small").await;
    let order = support(&stage, 1).await;
    let path = format!("/orders/{}", order["id"]);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(read(&stage, &order).await["status"], "cancelled");
    assert!(invoice_of(&stage, &order).await.is_none());
    let (status, refusal) = stage.send(Method::DELETE, &path).await;
    assert_eq!(status, 422, "{refusal}");
    assert_eq!(stage.send(Method::DELETE, "/orders/1").await.0, 404);
    let body = json!({"auto_pay": false});
    assert_eq!(stage.patch(&path, body).await.0, 422);
}

#[tokio::test]
async fn the_list_hides_what_is_on_its_way_or_cancelled() {
    let stage = Stage::set("typical").await;
    let statuses = async |query: &str| {
        let (_, list) = stage.get(&format!("/orders?per_page=50{query}")).await;
        let rows = list["data"].as_array().unwrap().clone();
        let mut words: Vec<_> = rows.iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect();
        words.sort();
        words.dedup();
        words
    };
    assert_eq!(statuses("").await, ["awaiting_payment", "paid"]);
    assert_eq!(statuses("&filter[status]=pending_payment").await, ["awaiting_payment"]);
    assert_eq!(statuses("&filter[status]=awaiting_payment").await, ["awaiting_payment"]);
    assert_eq!(statuses("&filter[status]=processing,cancelled").await, ["cancelled", "processing"]);
    stage.order("faults", json!({"literal_order_filter": true})).await;
    assert_eq!(statuses("").await, ["paid"]);
    assert_eq!(statuses("&filter[status]=awaiting_payment").await, ["awaiting_payment"]);
}

/// The open renewal of `cache-1`.
async fn renewal(stage: &Stage) -> Value {
    let (_, list) = stage.get("/orders?filter[status]=awaiting_payment").await;
    let rows = list["data"].as_array().unwrap();
    let row = rows.iter().find(|row| row["type"] == "renew-service").unwrap();
    read(stage, row).await
}

#[tokio::test]
async fn a_renewal_changes_its_period_and_takes_a_promo_code() {
    let stage = Stage::set("typical").await;
    let order = renewal(&stage).await;
    let service = &order["services"][0];
    assert_eq!(service["label"], "cache-1");
    let server = stage.server("cache-1").await;
    let path = format!("/orders/{}/server/{server}", order["id"]);

    let body = json!({"billing_cycle": 3, "promo_code": "spring2606"});
    let (status, refusal) = stage.patch(&path, body).await;
    assert_eq!(status, 422);
    let sentence = "The promo code needs a billing cycle of at least 6 months.";
    assert_eq!(refusal["errors"]["promo_code"][0], sentence);
    let body = json!({"billing_cycle": 6, "promo_code": "spring2606"});
    assert_eq!(stage.patch(&path, body).await.0, 204);
    let changed = read(&stage, &order).await;
    let monthly = service["amount"].as_f64().unwrap() / service["billing_cycle"].as_f64().unwrap();
    let expected = (monthly * 6.0 * 0.85 * 100.0).round() / 100.0;
    assert_eq!(changed["amount"].as_f64().unwrap(), expected);
    assert_eq!(changed["promo"]["percentage"], 15);
    assert_eq!(invoice_of(&stage, &order).await.unwrap()["amount"].as_f64().unwrap(), expected);

    // Too short for the code now: it falls away.
    assert_eq!(stage.patch(&path, json!({"billing_cycle": 2})).await.0, 204);
    let shorter = read(&stage, &order).await;
    assert_eq!((&shorter["promo"], &shorter["services"][0]["billing_cycle"]), (&Value::Null, &json!(2)));

    for (path, body, status) in [
        (format!("/orders/{}/server/1", order["id"]), json!({"billing_cycle": 1}), 404),
        (format!("/orders/{}/floating-ip/{server}", order["id"]), json!({"billing_cycle": 1}), 404),
        (format!("/orders/1/server/{server}"), json!({"billing_cycle": 1}), 404),
        (path.clone(), json!({"billing_cycle": 25}), 422),
        (path.clone(), json!({"billing_cycle": "often"}), 422),
        (path.clone(), json!({}), 422),
    ] {
        assert_eq!(stage.patch(&path, body.clone()).await.0, status, "{path} {body}");
    }
}

#[tokio::test]
async fn a_paid_renewal_prolongs_its_server() {
    let stage = Stage::set("typical").await;
    let order = renewal(&stage).await;
    let server = format!("/servers/{}", stage.server("cache-1").await);
    let before = stage.get(&server).await.1;
    assert_eq!(before["pending_renew_order"], true);
    assert_eq!(pay(&stage, &order, "card").await.0, 200);
    let after = stage.get(&server).await.1;
    assert_eq!(after["pending_renew_order"], false);
    let time = |value: &Value| value["expiry_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let days = time(&after).duration_since(time(&before)).as_secs() / 86_400;
    let months = order["services"][0]["billing_cycle"].as_i64().unwrap();
    assert!((28 * months..=31 * months + 1).contains(&days), "{days} days for {months} months");
}

#[tokio::test]
async fn updating() {
    let stage = Stage::set("typical").await;
    let order = renewal(&stage).await;
    let path = format!("/orders/{}", order["id"]);
    let full = order["amount"].as_f64().unwrap();
    let (status, with_code) = stage.patch(&path, json!({"promo_code": "SPRING2601"})).await;
    assert_eq!(status, 200, "{with_code}");
    assert!(with_code["amount"].as_f64().unwrap() < full);
    assert_eq!(with_code["promo"]["code"], "spring2601");
    assert!(with_code["services"].is_array());
    let body = json!({"promo_code": null, "auto_pay": true, "payment_method": "bank"});
    let (_, without) = stage.patch(&path, body).await;
    assert_eq!((&without["promo"], &without["amount"]), (&Value::Null, &order["amount"]));
    assert_eq!((&without["auto_pay"], &without["payment_method"]), (&json!(true), &json!("bank")));
    assert!(without["payment_information"]["bank_reference"].is_string());
    let nonsense = json!({"promo_code": "winter", "auto_pay": "maybe", "payment_method": "shells"});
    let (status, refusal) = stage.patch(&path, nonsense).await;
    assert_eq!(status, 422);
    let fields: Vec<_> = refusal["errors"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["auto_pay", "payment_method", "promo_code"]);
    assert_eq!(stage.patch("/orders/1", json!({"auto_pay": true})).await.0, 404);
}

#[tokio::test]
async fn nonsense_is_not_paid() {
    let stage = Stage::set("small").await;
    let order = deposit(&stage, 12.0, "bank").await;
    for (body, field) in [
        (json!({}), "order_ids"),
        (json!({"order_ids": [], "payment_method": "card"}), "order_ids"),
        (json!({"order_ids": [1], "payment_method": "card"}), "order_ids.0"),
        (json!({"order_ids": ["x"], "payment_method": "card"}), "order_ids.0"),
        (json!({"order_ids": [order["id"]], "payment_method": "shells"}), "payment_method"),
        (json!({"order_ids": [order["id"]], "payment_method": "card"}), "order_ids.0"),
        (json!([]), "order_ids"),
    ] {
        let (status, refusal) = stage.post("/orders/pay", body.clone()).await;
        assert_eq!(status, 422, "{body}");
        assert!(refusal["errors"][field].is_array(), "{body}: {refusal}");
    }
}

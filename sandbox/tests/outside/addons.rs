//! Add-ons: prices, purchase, change, cancellation.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

async fn addons(stage: &Stage, id: i64) -> Vec<Value> {
    stage.get(&format!("/servers/{id}")).await.1["addons"].as_array().unwrap().clone()
}

async fn addon(stage: &Stage, id: i64, name: &str) -> Option<Value> {
    addons(stage, id).await.into_iter().find(|addon| addon["name"] == name)
}

#[tokio::test]
async fn prices_are_those_of_its_system() {
    let stage = Stage::set("typical").await;
    let keys = async |hostname: &str| {
        let id = stage.server(hostname).await;
        let (_, list) = stage.get(&format!("/servers/{id}/addons")).await;
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["key"].to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (linux, windows) = (keys("web-1").await, keys("win-terminal").await);
    assert!(linux.contains("cpanel-pro-30") && !linux.contains("microsoft"), "{linux}");
    assert!(windows.contains("microsoft-rds-sal") && !windows.contains("cpanel"), "{windows}");
}

#[tokio::test]
async fn a_purchase_is_an_order_for_the_rest_of_the_period() {
    let stage = Stage::set("small").await;
    let id = stage.server("db-1").await;
    let path = format!("/servers/{id}/addons");
    let (status, server) =
        stage.post(&path, json!({"backups": true, "cpanel": "cpanel-pro-30", "microsoft_rds_sal": 0})).await;
    assert_eq!(status, 200, "{server}");
    assert_eq!(server["addons"].as_array().unwrap().len(), 2);
    let order = stage.get("/orders").await.1["data"][0].clone();
    assert_eq!((&order["type"], &order["status"]), (&json!("new-addon"), &json!("paid")));
    // 6 and 35 a month, between 24 and 25 days of it.
    let paid = order["amount_from_balance"].as_f64().unwrap();
    assert!((32.0..34.0).contains(&paid), "{paid}");
    let (status, answer) = stage.post(&path, json!({"backups": true})).await;
    assert_eq!((status, answer["errors"]["backups"].is_array()), (422, true));
}

#[tokio::test]
async fn what_is_not_paid_does_not_show() {
    let stage = Stage::set("small").await;
    let id = stage.server("db-1").await;
    stage.order("faults", json!({"card_declined": true})).await;
    let (status, server) =
        stage.post(&format!("/servers/{id}/addons"), json!({"bandwidth": "1gbps-unmetered"})).await;
    assert_eq!((status, &server["addons"]), (200, &json!([])));
    let (status, _) =
        stage.post(&format!("/servers/{id}/addons"), json!({"bandwidth": "100mbps-unmetered"})).await;
    assert_eq!(status, 422, "it is ordered already");
    let order = stage.get("/orders").await.1["data"][0]["id"].clone();
    let pay = json!({"order_ids": [order], "payment_method": "bitcoin-ln"});
    assert_eq!(stage.post("/orders/pay", pay).await.0, 200);
    assert!(addon(&stage, id, "1gbps-unmetered").await.is_some());
    assert_eq!(stage.get(&format!("/servers/{id}/status")).await.1["bandwidth"]["limit"], 0);
}

#[tokio::test]
async fn seats_change_and_amounts_are_texts() {
    let stage = Stage::set("typical").await;
    let id = stage.server("win-terminal").await;
    let path = format!("/servers/{id}/addons/scale");
    let quote = async |seats: i64| {
        let body = json!({"microsoft_rds_sal": seats});
        let (status, quote) = stage.post(&format!("{path}/calculate"), body).await;
        assert_eq!(status, 200, "{quote}");
        quote["amount"].as_str().unwrap().to_owned()
    };
    assert_eq!(quote(3).await, "0.00", "as many as there are");
    assert!(quote(5).await.parse::<f64>().unwrap() > 0.0);
    assert!(quote(1).await.starts_with('-'));
    assert_eq!(quote(5).await.split_once('.').unwrap().1.len(), 2);
    let (status, _) = stage.patch(&path, json!({"microsoft_rds_sal": 5})).await;
    assert_eq!(status, 200);
    assert_eq!(addon(&stage, id, "microsoft-rds-sal").await.unwrap()["quantity"], 5);
    let mail = stage.server("mail-1").await;
    let (status, _) =
        stage.patch(&format!("/servers/{mail}/addons/scale"), json!({"cpanel": "cpanel-admin-5"})).await;
    assert_eq!(status, 200);
    assert!(addon(&stage, mail, "cpanel-admin-5").await.is_some());
    assert!(addon(&stage, mail, "cpanel-pro-30").await.is_none());
}

#[tokio::test]
async fn cancelled_at_the_end_of_the_period_or_at_once() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let own = addon(&stage, id, "backups").await.unwrap();
    let path = format!("/servers/{id}/addons/{}", own["id"]);
    for (body, field) in [
        (json!({"now": false}), "reason"),
        (json!({"reason": "Not needed"}), "now"),
        (json!({"reason": "Not needed", "now": "x"}), "now"),
    ] {
        let (status, answer) = stage.post(&path, body).await;
        assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{answer}");
    }
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 404, "nothing to withdraw");
    let body = json!({"reason": "Not needed", "now": false});
    assert_eq!(stage.post(&path, body.clone()).await.0, 204);
    assert_eq!(addon(&stage, id, "backups").await.unwrap()["cancel_request"]["reason"], "Not needed");
    assert_eq!(stage.post(&path, body.clone()).await.0, 422, "twice");
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(addon(&stage, id, "backups").await.unwrap()["cancel_request"], Value::Null);
    stage.post(&path, body).await;
    stage.advance(16.5 * 86_400.0).await;
    assert!(addon(&stage, id, "backups").await.is_some());
    stage.advance(2.5 * 86_400.0).await;
    assert!(addon(&stage, id, "backups").await.is_none());

    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    assert_eq!(stage.post(&format!("/servers/{id}/addons/1"), json!({})).await.0, 404);
    let own = addon(&stage, id, "backups").await.unwrap();
    let path = format!("/servers/{id}/addons/{}", own["id"]);
    assert_eq!(stage.post(&path, json!({"reason": "Not needed", "now": true})).await.0, 204);
    assert_eq!(addons(&stage, id).await, Vec::<Value>::new());
}

#[tokio::test]
async fn nonsense() {
    let stage = Stage::set("typical").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/addons");
    for (body, field) in [
        (json!({}), "backups"),
        (json!({"backups": false}), "backups"),
        (json!({"cpanel": "backups"}), "cpanel"),
        (json!({"bandwidth": "10gbps"}), "bandwidth"),
        (json!({"microsoft_rds_sal": 1}), "microsoft_rds_sal"),
        (json!({"microsoft_office_sal": 101}), "microsoft_office_sal"),
    ] {
        let (status, answer) = stage.post(&path, body).await;
        assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{field}: {answer}");
    }
    for body in [json!({}), json!({"cpanel": "cpanel-pro-30"}), json!({"microsoft_rds_sal": 0})] {
        assert_eq!(stage.patch(&format!("{path}/scale"), body).await.0, 422);
    }
    let locked = stage.server("shop").await;
    assert_eq!(stage.post(&format!("/servers/{locked}/addons"), json!({"backups": true})).await.0, 423);
}

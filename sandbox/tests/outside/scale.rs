//! Moving to another plan, with or without the disk.

use crate::stage::Stage;
use serde_json::{Value, json};

async fn look(stage: &Stage, id: i64) -> Value {
    stage.get(&format!("/servers/{id}")).await.1
}

async fn keys(stage: &Stage, id: i64) -> Vec<String> {
    let (_, list) = stage.get(&format!("/servers/{id}/scale")).await;
    list["data"].as_array().unwrap().iter().map(|plan| plan["key"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn up_without_the_disk_and_down_again() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/scale");
    let body = json!({"plan": "cloud-vps-4gb", "scale_disk": false});
    let (status, quote) = stage.post(&format!("{path}/calculate"), body.clone()).await;
    assert_eq!((status, &quote["estimated_downtime"]), (200, &json!("short")));
    // Between 17 and 18 days of a difference of 17.67 with backups, of 16.67 without.
    assert!((9.0..11.0).contains(&quote["amount"].as_f64().unwrap()), "{quote}");
    let (status, server) = stage.post(&path, body).await;
    assert_eq!((status, &server["locked"], &server["lock_reason"]), (200, &json!(true), &json!("scale")));
    assert_eq!(server["plan"]["key"], "cloud-vps-2gb", "not yet");
    let (_, orders) = stage.get("/orders").await;
    assert_eq!(
        (&orders["data"][0]["type"], &orders["data"][0]["status"]),
        (&json!("scale-service"), &json!("paid"))
    );
    assert_eq!(orders["data"][0]["amount_from_balance"], quote["amount"]);
    stage.advance(10.0).await;
    assert!(!stage.running(id).await);
    stage.advance(20.0).await;
    let server = look(&stage, id).await;
    assert_eq!(
        (&server["plan"]["key"], &server["state"]["disk"]["limit"]),
        (&json!("cloud-vps-4gb"), &json!(50))
    );
    assert_eq!((&server["locked"], &server["state"]["running"]), (&json!(false), &json!(true)));

    let balance = async || stage.get("/balance").await.1["balance"].as_f64().unwrap();
    let before = balance().await;
    let down = json!({"plan": "cloud-vps-2gb", "scale_disk": false});
    let (_, quote) = stage.post(&format!("{path}/calculate"), down.clone()).await;
    let refund = -quote["amount"].as_f64().unwrap();
    assert!(refund > 0.0, "{quote}");
    assert_eq!(stage.post(&path, down).await.0, 200);
    assert!((balance().await - before - refund).abs() < 0.001);
    stage.advance(30.0).await;
    assert_eq!(look(&stage, id).await["plan"]["key"], "cloud-vps-2gb");
}

#[tokio::test]
async fn a_disk_that_grew_does_not_shrink() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/scale");
    assert!(keys(&stage, id).await.contains(&"vds-8gb".to_owned()));
    assert!(!keys(&stage, id).await.contains(&"cloud-vps-1gb".to_owned()));
    let body = json!({"plan": "cloud-vps-4gb", "scale_disk": true});
    let (_, quote) = stage.post(&format!("{path}/calculate"), body.clone()).await;
    assert_eq!(quote["estimated_downtime"], "extended");
    assert_eq!(stage.post(&path, body).await.0, 200);
    stage.advance(179.0).await;
    assert_eq!(look(&stage, id).await["locked"], true);
    stage.advance(1.0).await;
    assert_eq!(look(&stage, id).await["state"]["disk"]["limit"], 60);
    assert!(!keys(&stage, id).await.contains(&"cloud-vps-2gb".to_owned()));
    let (status, answer) = stage.post(&path, json!({"plan": "cloud-vps-2gb", "scale_disk": false})).await;
    assert_eq!(
        (status, &answer["message"]),
        (422, &json!("The disk of the server has 60 GB and cannot shrink."))
    );
}

#[tokio::test]
async fn without_money_nothing_moves_until_the_order_is_paid() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    stage.order("faults", json!({"card_declined": true})).await;
    let body = json!({"plan": "vds-32gb", "scale_disk": false});
    let (status, server) = stage.post(&format!("/servers/{id}/scale"), body).await;
    assert_eq!((status, &server["locked"]), (200, &json!(false)));
    let (_, orders) = stage.get("/orders").await;
    let order = &orders["data"][0];
    assert_eq!((&order["type"], &order["status"]), (&json!("scale-service"), &json!("awaiting_payment")));
    let pay = json!({"order_ids": [order["id"]], "payment_method": "bitcoin-ln"});
    assert_eq!(stage.post("/orders/pay", pay).await.0, 200);
    assert_eq!(look(&stage, id).await["lock_reason"], "scale");
    stage.advance(180.0).await;
    assert_eq!(look(&stage, id).await["plan"]["key"], "vds-32gb");
}

#[tokio::test]
async fn nonsense() {
    let stage = Stage::set("typical").await;
    let id = stage.server("web-1").await;
    for path in [format!("/servers/{id}/scale"), format!("/servers/{id}/scale/calculate")] {
        for (body, field) in [
            (json!({"scale_disk": true}), "plan"),
            (json!({"plan": "cloud-vps-2gb", "scale_disk": true}), "plan"),
            (json!({"plan": "cloud-vps-3gb", "scale_disk": true}), "plan"),
            (json!({"plan": "vds-64gb", "scale_disk": true}), "plan"),
            (json!({"plan": "cloud-vps-1gb", "scale_disk": true}), "plan"),
            (json!({"plan": "cloud-vps-4gb"}), "scale_disk"),
            (json!({"plan": "cloud-vps-4gb", "scale_disk": "x"}), "scale_disk"),
        ] {
            let (status, answer) = stage.post(&path, body).await;
            assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{field}: {answer}");
        }
    }
    let locked = stage.server("shop").await;
    let body = json!({"plan": "cloud-vps-16gb", "scale_disk": false});
    assert_eq!(stage.post(&format!("/servers/{locked}/scale"), body).await.0, 423);
    assert_eq!(stage.get("/servers/1/scale").await.0, 404);
}

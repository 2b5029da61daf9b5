//! New servers: an order, then processing, then active with addresses.

use crate::stage::Stage;
use serde_json::{Value, json};

async fn look(stage: &Stage, id: &Value) -> Value {
    stage.get(&format!("/servers/{id}")).await.1
}

fn cheap() -> Value {
    json!({"name": "new-1", "plan": "cloud-vps-2gb", "billing_cycle": 1, "image_id": 73})
}

fn with(field: &str, value: Value) -> Value {
    let mut body = cheap();
    body[field] = value;
    body
}

#[tokio::test]
async fn from_order_to_first_boot() {
    let stage = Stage::set("small").await;
    let mut body = cheap();
    body["extra_ipv4"] = json!(1);
    body["extra_ipv6"] = json!(1);
    body["backups"] = json!(true);
    body["promo_code"] = json!("spring2601");
    let (status, server) = stage.post("/servers", body).await;
    assert_eq!((status, &server["status"]), (201, &json!("processing")), "{server}");
    assert_eq!((&server["locked"], &server["ip_addresses"]), (&json!(true), &json!([])));
    let id = &server["id"];
    let (_, orders) = stage.get("/orders").await;
    let order = &orders["data"][0];
    assert_eq!((&order["type"], &order["status"]), (&json!("new-service"), &json!("paid")));
    // 22.33, 5 for backups, 2.5 for an address; 5 % off.
    assert_eq!(order["amount_from_balance"], 28.34);
    stage.advance(59.0).await;
    assert_eq!(look(&stage, id).await["status"], "processing");
    stage.advance(1.0).await;
    let server = look(&stage, id).await;
    assert_eq!((&server["status"], &server["locked"]), (&json!("active"), &json!(false)));
    assert_eq!(server["state"]["running"], true);
    assert_eq!(server["addons"][0]["name"], "backups");
    let addresses = server["ip_addresses"].as_array().unwrap();
    assert_eq!(addresses.len(), 3);
    assert_eq!(addresses.iter().filter(|address| address["main"] == true).count(), 1);
    let expiry: jiff::Timestamp = server["expiry_at"].as_str().unwrap().parse().unwrap();
    let days = (expiry.as_second() - stage.now().await) / 86_400;
    assert!((26..=31).contains(&days), "{days}");
}

#[tokio::test]
async fn without_money_it_waits_for_its_order() {
    let stage = Stage::set("empty").await;
    let (status, server) = stage.post("/servers", cheap()).await;
    assert_eq!((status, &server["status"], &server["locked"]), (201, &json!("processing"), &json!(false)));
    stage.advance(600.0).await;
    assert_eq!(look(&stage, &server["id"]).await["status"], "processing");
    let order = stage.get("/orders?filter[status]=awaiting_payment").await.1["data"][0].clone();
    assert_eq!(order["type"], "new-service");
    let body = json!({"order_ids": [order["id"]], "payment_method": "bitcoin-ln"});
    let (status, answer) = stage.post("/orders/pay", body).await;
    assert_eq!(status, 200, "{answer}");
    stage.advance(60.0).await;
    assert_eq!(look(&stage, &server["id"]).await["status"], "active");
}

#[tokio::test]
async fn an_order_that_is_dropped_takes_its_server_along() {
    let stage = Stage::set("empty").await;
    let (_, server) = stage.post("/servers", cheap()).await;
    let order = stage.get("/orders?filter[status]=awaiting_payment").await.1["data"][0]["id"].clone();
    assert_eq!(stage.send(reqwest::Method::DELETE, &format!("/orders/{order}")).await.0, 204);
    assert_eq!(look(&stage, &server["id"]).await["status"], "terminated");
}

#[tokio::test]
async fn several_at_once_get_addresses_of_their_own() {
    let stage = Stage::set("typical").await;
    let (status, first) = stage.post("/servers", with("name", json!(["a-1", "a-2", "a-3"]))).await;
    assert_eq!((status, &first["hostname"]), (201, &json!("a-1")));
    stage.advance(60.0).await;
    let (_, list) = stage.get("/servers?per_page=50").await;
    let addresses: Vec<&Value> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["ip_addresses"].as_array().unwrap())
        .map(|address| &address["ip_address"])
        .collect();
    let mut different: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), addresses.len());
    for name in ["a-1", "a-2", "a-3"] {
        assert!(stage.running(stage.server(name).await).await, "{name}");
    }
}

#[tokio::test]
async fn from_a_snapshot_an_iso_or_windows() {
    let stage = Stage::set("typical").await;
    let snapshot = stage.get("/snapshots").await.1["data"][0].clone();
    let mut body =
        json!({"name": "copy", "plan": "vds-32gb", "billing_cycle": 1, "snapshot_id": snapshot["id"]});
    let (status, server) = stage.post("/servers", body.clone()).await;
    assert_eq!(status, 201, "{server}");
    assert!(server["server_image"].is_object(), "what was on the disk");
    let large = stage.get("/snapshots").await.1["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["size"] == 100)
        .unwrap()["id"]
        .clone();
    body["plan"] = json!("cloud-vps-2gb");
    body["snapshot_id"] = large;
    assert_eq!(stage.post("/servers", body).await.0, 422, "the disk is too small");

    let isos = stage.get("/isos").await.1["data"].as_array().unwrap().clone();
    let ready = isos.iter().find(|iso| iso["status"] == "downloaded").unwrap()["id"].clone();
    let body = json!({"name": "own", "plan": "cloud-vps-2gb", "billing_cycle": 1, "primary_iso_id": ready});
    let (status, server) = stage.post("/servers", body).await;
    assert_eq!((status, &server["server_image"]), (201, &Value::Null));
    assert_eq!(server["primary_iso"]["id"], ready);

    let mut body = with("image_id", json!(80));
    body["microsoft_rds_sal"] = json!(4);
    let (status, server) = stage.post("/servers", body).await;
    assert_eq!(status, 201);
    let names: Vec<&Value> =
        server["addons"].as_array().unwrap().iter().map(|addon| &addon["name"]).collect();
    assert_eq!(names, ["microsoft-rds-sal", "windows-server-license"]);
}

#[tokio::test]
async fn every_field_is_checked() {
    let stage = Stage::set("typical").await;
    let none = Value::Null;
    for (field, value) in [
        ("name", none.clone()),
        ("name", json!("a_b")),
        ("name", json!([])),
        ("plan", none.clone()),
        ("plan", json!("cloud-vps-3gb")),
        ("plan", json!("vds-64gb")),
        ("billing_cycle", none.clone()),
        ("billing_cycle", json!(0)),
        ("billing_cycle", json!(25)),
        ("billing_cycle", json!("x")),
        ("image_id", none),
        ("image_id", json!(1)),
        ("snapshot_id", json!(1)),
        ("backup_id", json!(1)),
        ("primary_iso_id", json!(1)),
        ("secondary_iso_id", json!(1)),
        ("password", json!("short")),
        ("ssh_keys", json!("x")),
        ("extra_ipv4", json!(-1)),
        ("extra_ipv4_ddos", json!(17)),
        ("extra_ipv6", json!("x")),
        ("backups", json!("x")),
        ("cpanel", json!("cpanel-huge")),
        ("bandwidth", json!("backups")),
        ("microsoft_rds_sal", json!(2)),
        ("microsoft_office_sal", json!(-1)),
        ("promo_code", json!("winter")),
        ("promo_code", json!("spring2603")),
    ] {
        let (status, answer) = stage.post("/servers", with(field, value.clone())).await;
        assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{field} {value}: {answer}");
    }
    let before = stage.get("/servers?filter[status]=processing").await.1["meta"]["total"].clone();
    assert_eq!(before, 1, "nothing was ordered");
    let (_, answer) = stage.post("/servers", with("name", json!(["a", "a", "b_", 7]))).await;
    let fields: Vec<&String> = answer["errors"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["name.1", "name.2", "name.3"]);
}

//! Floating IPs: bought, put on servers, taken off, cancelled.

use crate::stage::{Stage, Told};
use reqwest::Method;
use serde_json::{Value, json};

const ALL: &str = "/floating-ips?per_page=50&filter[status]=processing,active,suspended,terminated";

async fn every(stage: &Stage) -> Vec<Value> {
    stage.get(ALL).await.1["data"].as_array().unwrap().clone()
}

async fn one(stage: &Stage, id: i64) -> Value {
    every(stage).await.into_iter().find(|row| row["id"] == id).unwrap()
}

/// The id of the one with that address.
async fn by_ip(stage: &Stage, ip: &str) -> i64 {
    let rows = every(stage).await;
    rows.iter().find(|row| row["ip_address"]["ip_address"] == ip).unwrap()["id"].as_i64().unwrap()
}

/// The first one on a server of that name; an empty name means on none.
async fn on(stage: &Stage, hostname: &str) -> i64 {
    let wanted = if hostname.is_empty() { Value::Null } else { json!(hostname) };
    let rows = stage.get("/floating-ips?filter[status]=active").await.1["data"].as_array().unwrap().clone();
    rows.iter().find(|row| row["server_hostname"] == wanted).unwrap()["id"].as_i64().unwrap()
}

async fn undo(stage: &Stage, ids: Value) -> Told {
    let request = stage.request(Method::DELETE, "/floating-ips/cancel").json(&json!({ "ids": ids }));
    crate::stage::told(request.send().await.unwrap()).await
}

/// Whether the server says that an address is its own.
async fn has(stage: &Stage, server: i64, ip: &Value) -> bool {
    let row = stage.get(&format!("/servers/{server}")).await.1;
    row["ip_addresses"].as_array().unwrap().iter().any(|address| address["ip_address"] == *ip)
}

#[tokio::test]
async fn filters() {
    let stage = Stage::set("typical").await;
    let (_, list) = stage.get("/floating-ips").await;
    let rows = list["data"].as_array().unwrap();
    assert_eq!(list["meta"]["total"], rows.len());
    assert!(rows.iter().all(|row| row["status"] == "active" || row["status"] == "suspended"));
    assert_eq!(stage.get("/floating-ips?filter[status]=terminated").await.1["meta"]["total"], 1);
    assert_eq!(stage.get("/floating-ips?filter[status]=suspended").await.1["meta"]["total"], 1);
    assert_eq!(stage.get("/floating-ips?filter[ddos]=true").await.1["meta"]["total"], 2);
    assert_eq!(stage.get("/floating-ips?filter[ddos]=false").await.1["meta"]["total"], rows.len() - 2);
    assert_eq!(stage.get("/floating-ips?filter[ddos]=perhaps").await.0, 422);
    assert_eq!(stage.get("/floating-ips?filter[search]=WEB-").await.1["meta"]["total"], 2);
    assert_eq!(stage.get("/floating-ips?filter[search]=2001:db8").await.1["meta"]["total"], 1);
    assert_eq!(stage.get("/floating-ips?filter[ip]=192.0.2.41").await.1["meta"]["total"], 1);
    assert_eq!(stage.get("/floating-ips?filter[ip]=192.0.2.4").await.1["meta"]["total"], 0);
    let (_, plans) = stage.get("/floating-ips/plans").await;
    assert_eq!(
        plans["data"][0],
        json!({"id": 32, "name": "floating-ipv4", "available": true, "price": 2.5, "price_with_vat": 3})
    );
    assert_eq!(Stage::set("empty").await.get("/floating-ips").await.1["meta"]["total"], 0);
}

#[tokio::test]
async fn no_address_is_there_twice() {
    for seed in ["small", "typical", "large"] {
        let stage = Stage::set(seed).await;
        for row in every(&stage).await {
            let ip = row["ip_address"]["ip_address"].as_str().unwrap();
            let path = format!("/servers?filter[status]=active,suspended,terminated&filter[ip]={ip}");
            let servers = stage.get(&path).await.1["meta"]["total"].as_u64().unwrap();
            assert_eq!(servers, u64::from(!row["server_id"].is_null()), "{seed}: {ip}");
        }
    }
}

#[tokio::test]
async fn attached_the_server_reboots_and_the_address_is_locked() {
    let stage = Stage::set("typical").await;
    let server = stage.server("db-1").await;
    let id = on(&stage, "").await;
    let order = json!({"ids": [id], "server_id": server});
    let (status, answer) = stage.post("/floating-ips/attach", order.clone()).await;
    assert_eq!(status, 200, "{answer}");
    let row = &answer["data"][0];
    assert_eq!((&row["locked"], &row["lock_reason"]), (&json!(true), &json!("floating-ip-attach")));
    assert_eq!(row["server_id"], Value::Null, "not there yet");
    assert_eq!(stage.post("/floating-ips/attach", order.clone()).await.0, 423);
    assert_eq!(stage.post("/floating-ips/detach", json!({"ids": [id]})).await.0, 423);
    stage.advance(4.0).await;
    assert!(!stage.running(server).await, "rebooting");
    stage.advance(8.0).await;
    assert!(stage.running(server).await);
    let row = one(&stage, id).await;
    assert_eq!((&row["server_id"], &row["locked"]), (&json!(server), &json!(false)));
    assert_eq!(row["server_hostname"], "db-1");
    assert!(has(&stage, server, &row["ip_address"]["ip_address"]).await);
    // On a server it can only be taken away.
    let (status, refusal) = stage.post("/floating-ips/attach", order).await;
    assert_eq!((status, &refusal["errors"]["ids.0"][0]), (422, &json!("The selected ids.0 is invalid.")));

    assert_eq!(stage.post("/floating-ips/detach", json!({"ids": [id]})).await.0, 200);
    assert_eq!(one(&stage, id).await["lock_reason"], "floating-ip-detach");
    assert_eq!(one(&stage, id).await["server_id"], server, "still there");
    stage.advance(12.0).await;
    let row = one(&stage, id).await;
    assert_eq!((&row["server_id"], &row["lock_reason"]), (&Value::Null, &Value::Null));
    assert!(!has(&stage, server, &row["ip_address"]["ip_address"]).await);
}

#[tokio::test]
async fn what_cannot_be_moved() {
    let stage = Stage::set("typical").await;
    let free = on(&stage, "").await;
    let attached = on(&stage, "web-1").await;
    let locked = stage.server("shop").await;
    let gone = stage.server("test-2024").await;
    let attach = async |body: Value| stage.post("/floating-ips/attach", body).await;
    assert_eq!(attach(json!({"ids": [free], "server_id": locked})).await.0, 423);
    let (status, refusal) = attach(json!({"ids": [free], "server_id": gone})).await;
    assert_eq!((status, refusal["errors"]["server_id"].is_array()), (422, true));
    let (status, refusal) = attach(json!({})).await;
    assert_eq!(status, 422);
    assert_eq!(refusal["message"], "The ids field is required. (and 1 more error)");
    assert_eq!(attach(json!({"ids": [], "server_id": 1})).await.0, 422);
    assert_eq!(attach(json!({"ids": ["x"], "server_id": "y"})).await.0, 422);
    assert_eq!(attach(json!([1])).await.0, 422);
    assert_eq!(stage.post("/floating-ips/detach", json!({"ids": [free]})).await.0, 422);
    let on_locked = on(&stage, "shop").await;
    assert_eq!(stage.post("/floating-ips/detach", json!({"ids": [on_locked]})).await.0, 423);
    // All or none.
    assert_eq!(stage.post("/floating-ips/detach", json!({"ids": [attached, free]})).await.0, 422);
    assert_eq!(one(&stage, attached).await["locked"], false);
    // A server on an unreachable node takes the order and never carries it out.
    let unreachable = stage.server("backup-sofia").await;
    assert_eq!(attach(json!({"ids": [free], "server_id": unreachable})).await.0, 200);
    stage.advance(3600.0).await;
    assert_eq!(one(&stage, free).await["locked"], true);
}

#[tokio::test]
async fn cancelled_at_once() {
    let stage = Stage::set("typical").await;
    let (server, id) = (stage.server("web-1").await, on(&stage, "web-1").await);
    let ip = one(&stage, id).await["ip_address"]["ip_address"].clone();
    let (status, refusal) = stage.post("/floating-ips/cancel", json!({"ids": [id]})).await;
    assert_eq!((status, &refusal["errors"]["now"][0]), (422, &json!("The now field is required.")));
    let order = json!({"ids": [id], "now": true, "reason": "Not needed"});
    assert_eq!(stage.post("/floating-ips/cancel", order.clone()).await, (200, json!({})));
    let row = one(&stage, id).await;
    assert_eq!((&row["status"], &row["server_id"]), (&json!("suspended"), &Value::Null));
    assert_eq!(row["cancel_request"]["reason"], "Not needed");
    assert!(!has(&stage, server, &ip).await);
    stage.advance(4.0).await;
    assert!(!stage.running(server).await, "the server reboots");
    stage.advance(6.0).await;
    assert!(stage.running(server).await);
    assert_eq!(stage.post("/floating-ips/cancel", order).await.0, 422, "it is cancelled already");
    assert_eq!(undo(&stage, json!([id])).await, (200, json!({})));
    let row = one(&stage, id).await;
    assert_eq!((&row["status"], &row["cancel_request"]), (&json!("active"), &Value::Null));
    assert_eq!(undo(&stage, json!([id])).await.0, 422);
}

#[tokio::test]
async fn cancelled_at_its_expiry() {
    let stage = Stage::set("typical").await;
    let (server, id) = (stage.server("web-1").await, on(&stage, "web-1").await);
    assert_eq!(stage.post("/floating-ips/cancel", json!({"ids": [id], "now": false})).await.0, 200);
    let row = one(&stage, id).await;
    assert_eq!((&row["status"], &row["server_id"]), (&json!("active"), &json!(server)));
    let day = 86_400.0;
    stage.advance(17.0 * day).await;
    assert_eq!(one(&stage, id).await["status"], "active");
    stage.advance(day).await;
    let ended = one(&stage, id).await;
    assert_eq!((&ended["status"], &ended["server_id"]), (&json!("suspended"), &Value::Null));
    assert_eq!(ended["expiry_at"], row["expiry_at"], "a cancelled one is not prolonged");
    assert!(stage.running(server).await, "the reboot was at the expiry");
    stage.advance(14.0 * day).await;
    assert_eq!(one(&stage, id).await["status"], "terminated");
    assert_eq!(undo(&stage, json!([id])).await.0, 422);
    // Those that nobody cancelled go on.
    let other = by_ip(&stage, "192.0.2.45").await;
    assert_eq!(one(&stage, other).await["status"], "active");
}

#[tokio::test]
async fn bought_and_attached() {
    let stage = Stage::set("typical").await;
    let server = stage.server("web-1").await;
    let before = stage.get("/balance").await.1["balance"].as_f64().unwrap();
    let wish = json!({"billing_cycle": 3, "ipv4": 1, "ipv4_ddos": 1, "server_id": server});
    let (status, answer) = stage.post("/floating-ips", wish).await;
    assert_eq!(status, 200, "{answer}");
    let rows = answer["data"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["status"] == "active" && row["lock_reason"] == "floating-ip-attach"));
    assert_ne!(rows[0]["ip_address"]["ip_address"], rows[1]["ip_address"]["ip_address"]);
    assert_eq!(rows[1]["ip_address"]["ddos_protected"], true);
    let after = stage.get("/balance").await.1["balance"].as_f64().unwrap();
    assert!((before - after - 43.5).abs() < 0.001, "three months of 2.50 and 12: {before} to {after}");
    let (_, orders) = stage.get("/orders?filter[status]=paid").await;
    assert_eq!(orders["data"][0]["type"], "new-floating-ip");
    stage.advance(12.0).await;
    for row in rows {
        assert_eq!(one(&stage, row["id"].as_i64().unwrap()).await["server_id"], server);
        assert!(has(&stage, server, &row["ip_address"]["ip_address"]).await);
    }
    // The new protected address is known to network protection.
    let address = &rows[1]["ip_address"]["id"];
    assert_eq!(stage.get(&format!("/network-protection/{address}")).await.0, 200);
}

#[tokio::test]
async fn a_purchase_that_is_not_paid() {
    let stage = Stage::set("empty").await;
    let (status, answer) = stage.post("/floating-ips", json!({"ipv4": 1})).await;
    assert_eq!((status, &answer["data"][0]["status"]), (200, &json!("processing")));
    let address = &answer["data"][0]["ip_address"]["id"];
    assert_eq!(stage.get("/floating-ips").await.1["meta"]["total"], 0, "hidden as servers are");
    let path = format!("/ip-addresses/{address}");
    let name = json!({"ptr": "mail.example.org"});
    let told =
        crate::stage::told(stage.request(Method::PATCH, &path).json(&name).send().await.unwrap()).await;
    assert_eq!(told.0, 404, "not usable yet");
    let order = stage.get("/orders").await.1["data"][0]["id"].clone();
    assert_eq!(stage.send(Method::DELETE, &format!("/orders/{order}")).await.0, 204);
    assert!(every(&stage).await.is_empty(), "the address went with its order");
    // What costs nothing is there at once.
    let (_, answer) = stage.post("/floating-ips", json!({"ipv6": 1})).await;
    assert_eq!(answer["data"][0]["status"], "active");
}

#[tokio::test]
async fn what_cannot_be_bought() {
    let stage = Stage::set("small").await;
    for wish in [
        json!({}),
        json!({"ipv4": 0}),
        json!({"ipv4": -1}),
        json!({"ipv4": "many"}),
        json!({"ipv4": 1, "billing_cycle": 25}),
        json!({"ipv4": 1, "server_id": 1}),
        json!({"ipv6": 17}),
    ] {
        let (status, refusal) = stage.post("/floating-ips", wish.clone()).await;
        assert_eq!((status, refusal["errors"].is_object()), (422, true), "{wish}");
    }
    assert_eq!(every(&stage).await.len(), 2);
}

#[tokio::test]
async fn by_the_other_spellings() {
    let stage = Stage::set("typical").await;
    stage.order("dialect", json!({"dialect": "first"})).await;
    let (server, id) = (stage.server("db-1").await, on(&stage, "").await);
    let attach = format!("/floating-ips/{id}/attach");
    assert_eq!(stage.post(&attach, json!({"server_id": server})).await.0, 200);
    stage.advance(12.0).await;
    assert_eq!(stage.post(&format!("/floating-ips/{id}/detach"), json!({})).await.0, 200);
    stage.advance(12.0).await;
    assert_eq!(stage.post("/floating-ips/cancel", json!({"ids": [id], "now": false})).await.0, 200);
    assert_eq!(stage.send(Method::DELETE, &format!("/floating-ips/{id}/cancel")).await.0, 200);
    assert_eq!(one(&stage, id).await["cancel_request"], Value::Null);
    assert_eq!(stage.post("/floating-ips/1/detach", json!({})).await.0, 404);
}

//! Password, name, keys, drives, primary address; and the reboots some of them bring.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

async fn put(stage: &Stage, path: &str, body: Value) -> (u16, Value) {
    crate::stage::told(stage.request(Method::PUT, path).json(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn a_password_with_a_reboot_holds_the_server() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/password");
    assert_eq!(put(&stage, &path, json!({"password": "longer"})).await.0, 204);
    assert_eq!(stage.get(&format!("/servers/{id}")).await.1["locked"], false);
    for body in [json!({}), json!({"password": "short"}), json!({"password": "longer", "reboot": "x"})] {
        assert_eq!(put(&stage, &path, body).await.0, 422);
    }
    assert_eq!(put(&stage, &path, json!({"password": "longer", "reboot": true})).await.0, 204);
    let (_, server) = stage.get(&format!("/servers/{id}")).await;
    assert_eq!((&server["locked"], &server["lock_reason"]), (&json!(true), &json!("change-password")));
    assert_eq!(put(&stage, &path, json!({"password": "longer"})).await.0, 423);
    assert_eq!(stage.send(Method::POST, &format!("/servers/{id}/stop")).await.0, 423);
    stage.advance(4.0).await;
    assert!(!stage.running(id).await);
    stage.advance(5.0).await;
    assert!(stage.running(id).await);
    assert_eq!(stage.get(&format!("/servers/{id}")).await.1["locked"], false);
}

#[tokio::test]
async fn hostnames() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/hostname");
    let (status, server) = put(&stage, &path, json!({"hostname": "front.example.org"})).await;
    assert_eq!((status, &server["hostname"]), (200, &json!("front.example.org")));
    let long = "a".repeat(254);
    for name in ["", "-a", "a..b", "a b", "a_b", long.as_str()] {
        let (status, body) = put(&stage, &path, json!({"hostname": name})).await;
        assert_eq!((status, body["errors"]["hostname"].is_array()), (422, true), "{name}");
    }
    assert_eq!(put(&stage, "/servers/1/hostname", json!({"hostname": "a"})).await.0, 404);
}

#[tokio::test]
async fn keys_are_replaced_and_must_exist() {
    let stage = Stage::set("typical").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/ssh-keys");
    let key = stage.get("/ssh-keys").await.1["data"][0].clone();
    let (status, server) = stage.patch(&path, json!({"ssh_keys": [key["id"]]})).await;
    assert_eq!(status, 200);
    assert_eq!(server["ssh_keys"], json!([{"id": key["id"], "name": key["name"]}]));
    assert_eq!(stage.patch(&path, json!({"ssh_keys": []})).await.1["ssh_keys"], json!([]));
    let (status, body) = stage.patch(&path, json!({"ssh_keys": [key["id"], 1]})).await;
    assert_eq!((status, body["errors"]["ssh_keys.1"].is_array()), (422, true), "{body}");
    assert_eq!(stage.patch(&path, json!({})).await.0, 422);
}

#[tokio::test]
async fn drives_take_finished_isos_until_those_are_gone() {
    let stage = Stage::set("typical").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/isos");
    let isos = stage.get("/isos").await.1["data"].as_array().unwrap().clone();
    let with = |status: &str| isos.iter().find(|iso| iso["status"] == status).unwrap()["id"].clone();
    let (ready, loading) = (with("downloaded"), with("downloading"));
    let (status, server) = stage.post(&path, json!({"primary_iso_id": ready})).await;
    assert_eq!((status, &server["primary_iso"]["id"]), (200, &ready));
    assert_eq!(stage.post(&path, json!({"secondary_iso_id": ready})).await.0, 422, "both drives");
    assert_eq!(stage.post(&path, json!({"secondary_iso_id": loading})).await.0, 422);
    assert_eq!(stage.post(&path, json!({})).await.0, 422);
    let (_, server) = stage.post(&path, json!({"secondary_iso_id": null})).await;
    assert_eq!(server["primary_iso"]["id"], ready, "the other drive is left alone");
    let (_, server) = stage.post(&path, json!({"primary_iso_id": null})).await;
    assert_eq!(server["primary_iso"], Value::Null);
    stage.post(&path, json!({"primary_iso_id": ready})).await;
    assert_eq!(stage.send(Method::DELETE, &format!("/isos/{ready}")).await.0, 204);
    assert_eq!(stage.get(&format!("/servers/{id}")).await.1["primary_iso"], Value::Null);
}

#[tokio::test]
async fn the_primary_address_moves_with_a_reboot() {
    let stage = Stage::set("typical").await;
    let id = stage.server("web-1").await;
    let (_, server) = stage.get(&format!("/servers/{id}")).await;
    let addresses = server["ip_addresses"].as_array().unwrap();
    let of = |version: i64, main: bool| {
        addresses.iter().find(|row| row["version"] == version && row["main"] == main).unwrap()["id"].clone()
    };
    let path = format!("/servers/{id}/primary-ip");
    for wrong in [of(4, true), of(6, false), json!(1), json!("x"), Value::Null] {
        let (status, body) = stage.post(&path, json!({"ip_id": wrong})).await;
        assert_eq!((status, body["errors"]["ip_id"].is_array()), (422, true), "{wrong}: {body}");
    }
    let other = of(4, false);
    let (status, server) = stage.post(&path, json!({"ip_id": other})).await;
    assert_eq!((status, &server["locked"]), (200, &json!(true)));
    let main: Vec<&Value> =
        server["ip_addresses"].as_array().unwrap().iter().filter(|row| row["main"] == true).collect();
    assert_eq!((main.len(), &main[0]["id"]), (1, &other));
    stage.advance(4.0).await;
    assert!(!stage.running(id).await);
    stage.advance(5.0).await;
    assert!(stage.running(id).await);
}

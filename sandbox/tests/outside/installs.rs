//! Reinstall, restore, rescue: the server is held, off for a while, and comes back changed.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

async fn look(stage: &Stage, id: i64) -> Value {
    stage.get(&format!("/servers/{id}")).await.1
}

#[tokio::test]
async fn a_reinstall_ends_with_the_new_image() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/reinstall");
    for (body, field) in [
        (json!({}), "image_id"),
        (json!({"image_id": 1}), "image_id"),
        (json!({"image_id": 73, "password": "short"}), "password"),
        (json!({"image_id": 73, "ssh_keys": [1]}), "ssh_keys.0"),
        (json!({"image_id": 73, "hostname": "-"}), "hostname"),
    ] {
        let (status, answer) = stage.post(&path, body).await;
        assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{field}: {answer}");
    }
    let (status, server) = stage.post(&path, json!({"image_id": 73, "hostname": "fresh"})).await;
    assert_eq!((status, &server["locked"], &server["lock_reason"]), (200, &json!(true), &json!("reinstall")));
    assert_eq!(
        (&server["hostname"], &server["server_image"]["name"]),
        (&json!("fresh"), &json!("Ubuntu 24.04"))
    );
    assert_eq!(stage.post(&path, json!({"image_id": 73})).await.0, 423);
    stage.advance(45.0).await;
    assert!(!stage.running(id).await);
    stage.advance(45.0).await;
    let server = look(&stage, id).await;
    assert_eq!((&server["locked"], &server["server_image"]["id"]), (&json!(false), &json!(73)));
    assert!(stage.running(id).await);
}

#[tokio::test]
async fn a_restore_needs_one_source_and_a_disk_that_is_large_enough() {
    let stage = Stage::set("typical").await;
    let snapshot = async |hostname: &str| {
        let server = stage.server(hostname).await;
        let (_, list) = stage.get(&format!("/snapshots?filter[server_id]={server}")).await;
        list["data"][0]["id"].clone()
    };
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/restore");
    let backup = stage.get("/backups").await.1["data"][0]["id"].clone();
    let own = snapshot("web-1").await;
    let (status, body) = stage.post(&path, json!({})).await;
    assert_eq!((status, body["errors"]["snapshot_id"].is_array()), (422, true));
    let (status, body) = stage.post(&path, json!({"snapshot_id": own, "backup_id": backup})).await;
    assert_eq!((status, body["errors"]["backup_id"].is_array()), (422, true));
    let (_, body) = stage.post(&path, json!({"snapshot_id": snapshot("db-1").await})).await;
    assert_eq!(body["message"], "The disk of the server has 50 GB, the restore needs 100 GB.");
    assert_eq!(stage.post(&path, json!({"snapshot_id": 1})).await.0, 422);
    let (status, server) = stage.post(&path, json!({"snapshot_id": own})).await;
    assert_eq!((status, &server["lock_reason"]), (200, &json!("restore")));
    stage.advance(64.9).await;
    assert_eq!(look(&stage, id).await["locked"], true);
    stage.advance(0.1).await;
    assert_eq!(look(&stage, id).await["locked"], false);
    assert!(stage.running(id).await);
}

#[tokio::test]
async fn a_restore_brings_back_what_was_installed() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    stage.order("faults", json!({"task_seconds": 0, "power_lag_seconds": 0})).await;
    let image = async || look(&stage, id).await["server_image"]["id"].clone();
    let before = image().await;
    let snapshot = stage.get("/snapshots").await.1["data"][0]["id"].clone();
    stage.post(&format!("/servers/{id}/reinstall"), json!({"image_id": 78})).await;
    assert_eq!(image().await, 78);
    stage.post(&format!("/servers/{id}/restore"), json!({"snapshot_id": snapshot})).await;
    assert_eq!(image().await, before);
}

#[tokio::test]
async fn rescue_comes_and_goes_with_a_reboot() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/rescue");
    let rescue = async || look(&stage, id).await["state"]["rescue_mode"].clone();
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204, "nothing to leave");
    assert_eq!(look(&stage, id).await["locked"], false);
    assert_eq!(stage.post(&path, json!({"password": "short"})).await.0, 422);
    assert_eq!(stage.send(Method::POST, &path).await.0, 204);
    assert_eq!(rescue().await, false);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 423, "on its way there");
    stage.advance(9.0).await;
    assert_eq!(rescue().await, true);
    assert_eq!(stage.send(Method::POST, &path).await.0, 422);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 423);
    stage.advance(9.0).await;
    assert_eq!(rescue().await, false);
}

#[tokio::test]
async fn tasks_can_be_hurried() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    stage.order("faults", json!({"task_seconds": 0, "power_lag_seconds": 0})).await;
    stage.post(&format!("/servers/{id}/reinstall"), json!({"image_id": 73})).await;
    let server = look(&stage, id).await;
    assert_eq!((&server["locked"], &server["server_image"]["id"]), (&json!(false), &json!(73)));
}

#[tokio::test]
async fn an_unreachable_node_never_finishes() {
    let stage = Stage::set("typical").await;
    let id = stage.server("backup-sofia").await;
    assert_eq!(stage.post(&format!("/servers/{id}/reinstall"), json!({"image_id": 73})).await.0, 200);
    stage.advance(86_000.0).await;
    assert_eq!(look(&stage, id).await["locked"], true);
    for name in ["old-shop", "vpn", "test-2024", "shop"] {
        let id = stage.server(name).await;
        let (status, _) = stage.post(&format!("/servers/{id}/reinstall"), json!({"image_id": 73})).await;
        assert_eq!(status, 423, "{name}");
    }
}

//! Measured boot: uploads that are only measured, attach, detach, and images that are forgotten.

use crate::stage::{Stage, told};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

const VAULT: &str = "vault.sev.example.org";

async fn upload(stage: &Stage, name: &str, bytes: Vec<u8>) -> (u16, Value) {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
    told(stage.request(Method::POST, "/measured-boot-images").multipart(form).send().await.unwrap()).await
}

async fn images(stage: &Stage) -> Vec<Value> {
    stage.get("/measured-boot-images").await.1["data"].as_array().unwrap().clone()
}

async fn boot(stage: &Stage, id: i64) -> Value {
    stage.get(&format!("/servers/{id}")).await.1["state"]["measured_boot"].clone()
}

#[tokio::test]
async fn an_upload_keeps_size_digest_and_a_short_name() {
    let stage = Stage::set("small").await;
    let (status, image) = upload(&stage, "release-20260301T0504.efi", vec![0; 3 << 20]).await;
    assert_eq!((status, &image["size"]), (201, &json!(3 << 20)));
    assert_eq!(image["name"], "release-20260301T0504");
    assert_eq!((&image["in_use"], &image["type"]), (&json!(false), &Value::Null));
    let state = stage.order("faults", json!({})).await;
    // SHA-256 of three MiB of zeros.
    let digest = state["boot_images"][0]["sha256"].as_str().unwrap();
    assert_eq!(digest, "bbd05cf6097ac9b1f89ea29d2542c1b7b67ee46848393895f5a9e43fa1f621e5");
}

#[tokio::test]
async fn five_at_most_and_no_empty_ones() {
    let stage = Stage::set("small").await;
    assert_eq!(upload(&stage, "empty", Vec::new()).await.0, 422);
    let (status, body) = stage.post("/measured-boot-images", json!({"file": "x"})).await;
    assert_eq!((status, &body["message"]), (422, &json!("The file field is required.")));
    for at in 0..5 {
        assert_eq!(upload(&stage, &format!("kernel-{at}"), vec![1]).await.0, 201);
    }
    let (status, body) = upload(&stage, "one-more", vec![1]).await;
    assert_eq!((status, body["errors"]["file"].is_array()), (422, true));
    let id = images(&stage).await[0]["id"].clone();
    assert_eq!(stage.send(Method::DELETE, &format!("/measured-boot-images/{id}")).await.0, 204);
    assert_eq!(stage.send(Method::DELETE, &format!("/measured-boot-images/{id}")).await.0, 404);
    assert_eq!(upload(&stage, "one-more", vec![1]).await.0, 201);
}

/// The status of an upload that declares so many bytes and sends none of them.
async fn declared(stage: &Stage, path: &str, length: u64) -> String {
    let address = stage.base.trim_start_matches("http://").to_owned();
    let head = format!(
        "POST /v1{path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\nconnection: close\r\n\
         content-type: multipart/form-data; boundary=x\r\ncontent-length: {length}\r\n\r\n",
        stage.write
    );
    let exchange = move || {
        let mut line = TcpStream::connect(address).unwrap();
        line.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 12];
        line.read_exact(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[9..]).into_owned()
    };
    tokio::task::spawn_blocking(exchange).await.unwrap()
}

#[tokio::test]
async fn only_this_upload_may_be_large() {
    let stage = Stage::set("small").await;
    assert_eq!(declared(&stage, "/measured-boot-images", (1 << 30) + (2 << 20)).await, "413");
    assert_eq!(declared(&stage, "/support/tickets", 61 << 20).await, "413");
    let (status, image) = upload(&stage, "large", vec![1; 61 << 20]).await;
    assert_eq!((status, &image["size"]), (201, &json!(61 << 20)));
}

#[tokio::test]
async fn attach_reboots_and_detach_reads_null_at_once() {
    let stage = Stage::set("typical").await;
    let id = stage.server(VAULT).await;
    let path = format!("/servers/{id}/measured-boot");
    let before = boot(&stage, id).await["kernel_image"]["id"].clone();
    assert!(before.is_i64(), "the seed boots one");
    let (_, image) = upload(&stage, "new-kernel", vec![5; 100]).await;
    let (status, server) = stage.post(&path, json!({"kernel_image_id": image["id"]})).await;
    assert_eq!((status, &server["id"]), (200, &json!(id)));
    assert_eq!(server["state"]["measured_boot"]["kernel_image"]["id"], image["id"]);
    assert_eq!(server["state"]["measured_boot"]["kernel_image"]["in_use"], true);
    assert_eq!(stage.send(Method::POST, &format!("/servers/{id}/stop")).await.0, 423);
    assert_eq!(stage.post(&path, json!({"kernel_image_id": null})).await.0, 423);
    stage.advance(9.0).await;
    assert!(stage.running(id).await, "it ends running");
    let used = format!("/measured-boot-images/{}", image["id"]);
    assert_eq!(stage.send(Method::DELETE, &used).await.0, 422, "in use");

    let (status, server) = stage.post(&path, json!({"kernel_image_id": null})).await;
    assert_eq!((status, &server["state"]["measured_boot"]), (200, &Value::Null));
    assert_eq!(stage.send(Method::POST, &format!("/servers/{id}/stop")).await.0, 423);
    stage.advance(9.0).await;
    assert!(!stage.running(id).await, "there is nothing on its disk to boot");
    assert_eq!(stage.send(Method::POST, &format!("/servers/{id}/start")).await.0, 204);
    stage.advance(6.0).await;
    assert!(stage.running(id).await);
    let (status, server) = stage.post(&path, json!({"kernel_image_id": null})).await;
    assert_eq!((status, &server["locked"]), (200, &json!(false)), "nothing to detach, no reboot");
    assert_eq!(stage.send(Method::DELETE, &used).await.0, 204);
}

#[tokio::test]
async fn refusals() {
    let stage = Stage::set("typical").await;
    let (vault, web) = (stage.server(VAULT).await, stage.server("web-1").await);
    let image = images(&stage).await[0]["id"].clone();
    for (server, body, field) in [
        (vault, json!({}), "kernel_image_id"),
        (vault, json!({"kernel_image_id": 1}), "kernel_image_id"),
        (vault, json!({"kernel_image_id": "x"}), "kernel_image_id"),
        (vault, json!({"kernel_image_id": image, "initrd_image_id": 1}), "initrd_image_id"),
        (vault, json!({"kernel_image_id": null, "initrd_image_id": image}), "initrd_image_id"),
        (web, json!({"kernel_image_id": image}), "kernel_image_id"),
    ] {
        let (status, answer) = stage.post(&format!("/servers/{server}/measured-boot"), body).await;
        assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{answer}");
    }
    stage.order("faults", json!({"boot_asks_password": true})).await;
    let path = format!("/servers/{vault}/measured-boot");
    let (status, answer) = stage.post(&path, json!({"kernel_image_id": image})).await;
    assert_eq!((status, answer["errors"]["account_password"].is_array()), (422, true));
    let body = json!({"kernel_image_id": image, "account_password": "secret"});
    assert_eq!(stage.post(&path, body).await.0, 200);
}

#[tokio::test]
async fn what_nobody_boots_for_two_days_is_removed() {
    let stage = Stage::set("typical").await;
    // They were uploaded 620, 20 and 1 hours ago; the oldest one is booted.
    for (hours, left) in [(27.5, 3), (0.5, 2), (18.5, 2), (0.5, 1)] {
        stage.advance(hours * 3600.0).await;
        assert_eq!(images(&stage).await.len(), left);
    }
    assert_eq!(images(&stage).await[0]["in_use"], true);
}

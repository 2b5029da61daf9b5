//! Stored keys: what is a key and what only looks like one.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::json;

/// A key of the right form.
pub const ED25519: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEexampleexampleexampleexampleexampleexample dev@example.org";
/// What `ssh-keygen -l -E md5` says of it.
const FINGERPRINT: &str = "fa:91:0c:56:e5:8b:36:86:20:a0:44:aa:f5:ed:fd:eb";

#[tokio::test]
async fn storing_renaming_replacing_deleting() {
    let stage = Stage::set("small").await;
    let (status, key) = stage.post("/ssh-keys", json!({"name": " Desk ", "key": ED25519})).await;
    assert_eq!(status, 201, "{key}");
    assert_eq!((&key["name"], &key["key"], &key["servers"]), (&json!("Desk"), &json!(ED25519), &json!([])));
    assert_eq!(key["fingerprint"], FINGERPRINT);
    let path = format!("/ssh-keys/{}", key["id"]);
    assert_eq!(stage.get(&path).await.1, key);
    let (_, list) = stage.get("/ssh-keys").await;
    assert_eq!((&list["data"][0], &list["meta"]["total"]), (&key, &json!(2)));

    let (status, renamed) = stage.patch(&path, json!({"name": "Desktop"})).await;
    assert_eq!((status, &renamed["name"], &renamed["key"]), (200, &json!("Desktop"), &json!(ED25519)));
    let (status, same) = stage.patch(&path, json!({"key": ED25519})).await;
    assert_eq!(status, 200, "{same}");
    let other = list["data"][1]["key"].as_str().unwrap();
    let (status, refusal) = stage.patch(&path, json!({ "key": other })).await;
    assert_eq!((status, &refusal["message"]), (422, &json!("The key has already been taken.")));
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(stage.get(&path).await.0, 404);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 404);
    assert_eq!(stage.patch(&path, json!({"name": "Gone"})).await.0, 404);
}

#[tokio::test]
async fn what_only_looks_like_a_key_is_refused() {
    let stage = Stage::set("empty").await;
    let rsa_named_ed25519 = ED25519.replace("ssh-ed25519", "ssh-rsa");
    let cut = &ED25519[..60];
    let longer = ED25519.replace("example dev", "exampleAAAA dev");
    for key in [
        "hello",
        "ssh-ed25519",
        "ssh-ed25519 ",
        "ssh-ed25519 !!!!",
        "ssh-dss AAAAB3NzaC1kc3MAAAA= x",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        rsa_named_ed25519.as_str(),
        cut,
        longer.as_str(),
    ] {
        let (status, refusal) = stage.post("/ssh-keys", json!({"name": "Bad", "key": key})).await;
        assert_eq!(status, 422, "{key}");
        assert!(refusal["errors"]["key"].is_array(), "{refusal}");
    }
    for (body, field) in [
        (json!({"key": ED25519}), "name"),
        (json!({"name": "ab", "key": ED25519}), "name"),
        (json!({"name": "n".repeat(101), "key": ED25519}), "name"),
        (json!({"name": 7, "key": ED25519}), "name"),
        (json!({"name": "Good"}), "key"),
    ] {
        let (status, refusal) = stage.post("/ssh-keys", body.clone()).await;
        assert_eq!(status, 422, "{body}");
        assert!(refusal["errors"][field].is_array(), "{body}: {refusal}");
    }
    assert_eq!(stage.get("/ssh-keys").await.1["meta"]["total"], 0);
}

#[tokio::test]
async fn servers_and_keys_tell_of_each_other() {
    let stage = Stage::set("small").await;
    let (_, list) = stage.get("/ssh-keys").await;
    let key = &list["data"][0];
    let carriers = key["servers"].as_array().unwrap();
    assert!(!carriers.is_empty());
    let server = format!("/servers/{}", carriers[0]["id"]);
    let short = json!([{"id": key["id"], "name": key["name"]}]);
    assert_eq!(stage.get(&server).await.1["ssh_keys"], short);
    stage.send(Method::DELETE, &format!("/ssh-keys/{}", key["id"])).await;
    assert_eq!(stage.get(&server).await.1["ssh_keys"], json!([]));
}

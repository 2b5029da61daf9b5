//! An ISO grows, stays for 48 hours and goes. Its address orders exceptions.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

async fn fetch(stage: &Stage, url: &str) -> i64 {
    let (status, iso) = stage.post("/isos", json!({ "url": url })).await;
    assert_eq!(status, 201, "{iso}");
    assert_eq!((&iso["status"], &iso["downloaded"]), (&json!("downloading"), &json!(0)));
    iso["id"].as_i64().unwrap()
}

async fn look(stage: &Stage, id: i64) -> Value {
    let (status, iso) = stage.get(&format!("/isos/{id}")).await;
    assert_eq!(status, 200);
    iso
}

#[tokio::test]
async fn from_nothing_to_gone() {
    let stage = Stage::set("empty").await;
    let id = fetch(&stage, "https://mirror.example.org/a/linux.iso?size=1048576&seconds=4").await;
    let iso = look(&stage, id).await;
    assert_eq!((&iso["name"], &iso["size"]), (&json!("linux.iso"), &json!(1_048_576)));
    stage.advance(1.5).await;
    assert_eq!(look(&stage, id).await["downloaded"], 0, "a moment at 0 bytes");
    stage.advance(2.0).await;
    assert_eq!(look(&stage, id).await["downloaded"], 524_288);
    stage.advance(2.0).await;
    let iso = look(&stage, id).await;
    assert_eq!((&iso["status"], &iso["downloaded"]), (&json!("downloaded"), &json!(1_048_576)));
    stage.advance(48.0 * 3600.0).await;
    assert_eq!(look(&stage, id).await["status"], "deleted");
    assert_eq!(stage.get("/isos").await.1["data"][0]["status"], "deleted");
    stage.advance(3600.0).await;
    assert_eq!(stage.get(&format!("/isos/{id}")).await, (404, json!({"message": "Not found."})));
    assert_eq!(stage.get("/isos").await.1["meta"]["total"], 0);
}

#[tokio::test]
async fn a_usual_download_takes_about_a_minute() {
    let stage = Stage::set("empty").await;
    let id = fetch(&stage, "https://mirror.example.org/linux.iso").await;
    stage.advance(60.0).await;
    assert_eq!(look(&stage, id).await["status"], "downloading");
    stage.advance(31.0).await;
    assert_eq!(look(&stage, id).await["status"], "downloaded");
}

#[tokio::test]
async fn sentinels() {
    let stage = Stage::set("empty").await;
    let url = |query: &str| format!("https://mirror.example.org/x.iso?size=1000&seconds=10&{query}");
    let stalled = fetch(&stage, &url("stall=50")).await;
    let vanishing = fetch(&stage, &url("vanish=30")).await;
    let unknown = fetch(&stage, &url("unknown-size")).await;
    let (status, worded) = stage.post("/isos", json!({"url": url("word=verifying")})).await;
    assert_eq!((status, &worded["status"]), (201, &json!("verifying")));
    stage.advance(6.5).await;
    assert_eq!(look(&stage, unknown).await["size"], 0);
    assert_eq!(look(&stage, unknown).await["downloaded"], 500);
    stage.advance(20.0).await;
    let iso = look(&stage, stalled).await;
    assert_eq!((&iso["status"], &iso["downloaded"]), (&json!("downloading"), &json!(500)));
    let iso = look(&stage, unknown).await;
    assert_eq!((&iso["status"], &iso["size"]), (&json!("downloaded"), &json!(1000)));
    assert_eq!(look(&stage, vanishing).await["status"], "downloaded");
    stage.advance(4.0).await;
    assert_eq!(stage.get(&format!("/isos/{vanishing}")).await.0, 404);
}

#[tokio::test]
async fn the_speed_can_be_turned_without_a_jump() {
    let stage = Stage::set("empty").await;
    stage.order("faults", json!({"iso_bytes_per_second": 100})).await;
    let id = fetch(&stage, "https://mirror.example.org/x.iso?size=10000").await;
    stage.advance(11.5).await;
    assert_eq!(look(&stage, id).await["downloaded"], 1000);
    stage.order("faults", json!({"iso_bytes_per_second": 10})).await;
    assert_eq!(look(&stage, id).await["downloaded"], 1000);
    stage.advance(10.0).await;
    assert_eq!(look(&stage, id).await["downloaded"], 1100);
}

#[tokio::test]
async fn refusals() {
    let stage = Stage::set("empty").await;
    let long = format!("https://mirror.example.org/{}", "a".repeat(2048));
    for (body, sentence) in [
        (json!({}), "The url field is required."),
        (json!({"url": null}), "The url field is required."),
        (json!({"url": ""}), "The url field is required."),
        (json!({"url": 7}), "The url field must be a string."),
        (json!({"url": "ftp://mirror.example.org/x.iso"}), "The url field must be a valid URL."),
        (json!({"url": "https:///x.iso"}), "The url field must be a valid URL."),
        (json!({"url": long}), "The url field must not be greater than 2048 characters."),
    ] {
        let expected = json!({"message": sentence, "errors": {"url": [sentence]}});
        assert_eq!(stage.post("/isos", body).await, (422, expected));
    }
    let url = "https://mirror.example.org/x.iso";
    let id = fetch(&stage, url).await;
    let (status, body) = stage.post("/isos", json!({ "url": url })).await;
    assert_eq!((status, &body["errors"]["url"][0]), (422, &json!("The url has already been taken.")));
    assert_eq!(stage.send(Method::DELETE, &format!("/isos/{id}")).await.0, 204);
    assert_eq!(stage.send(Method::DELETE, &format!("/isos/{id}")).await.0, 404);
    fetch(&stage, url).await;
}

#[tokio::test]
async fn seeds_move() {
    let stage = Stage::set("typical").await;
    let words = async || {
        let (_, list) = stage.get("/isos").await;
        let rows = list["data"].as_array().unwrap().clone();
        rows.iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let count = |words: &[String], word: &str| words.iter().filter(|found| *found == word).count();
    let at_first = words().await;
    assert_eq!((count(&at_first, "downloading"), count(&at_first, "downloaded")), (3, 2));
    stage.advance(600.0).await;
    let later = words().await;
    assert_eq!((count(&later, "downloading"), count(&later, "downloaded")), (1, 4), "one is stalled");
}

//! A server is cancelled at once or at its expiry, suspended, later terminated; and it can be withdrawn.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

const DAY: f64 = 86_400.0;

async fn look(stage: &Stage, id: i64) -> Value {
    stage.get(&format!("/servers/{id}")).await.1
}

#[tokio::test]
async fn at_once() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/cancel");
    assert_eq!(stage.post(&path, json!({"reason": "Replaced", "now": true})).await.0, 204);
    let server = look(&stage, id).await;
    assert_eq!((&server["status"], &server["state"]["running"]), (&json!("suspended"), &json!(false)));
    let request = &server["cancel_request"];
    assert_eq!((&request["type"], &request["reason"]), (&json!(2), &json!("Replaced")));
    assert_eq!(stage.post(&path, json!({})).await.0, 422, "twice");
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(look(&stage, id).await["status"], "active");
    assert!(stage.running(id).await);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 404, "nothing to withdraw");
    stage.post(&path, json!({"now": true})).await;
    stage.advance(14.0 * DAY).await;
    assert_eq!(look(&stage, id).await["status"], "terminated");
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 404);
    assert_eq!(stage.post(&path, json!({})).await.0, 422);
}

#[tokio::test]
async fn at_the_expiry() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/cancel");
    // Without a body too: both fields are optional.
    assert_eq!(stage.send(Method::POST, &path).await.0, 204);
    let server = look(&stage, id).await;
    assert_eq!((&server["status"], &server["cancel_request"]["type"]), (&json!("active"), &json!(1)));
    let expiry = server["expiry_at"].clone();
    stage.advance(19.0 * DAY).await;
    let server = look(&stage, id).await;
    assert_eq!(
        (&server["status"], &server["expiry_at"]),
        (&json!("suspended"), &expiry),
        "it does not renew"
    );
    stage.advance(14.0 * DAY).await;
    assert_eq!(look(&stage, id).await["status"], "terminated");
}

#[tokio::test]
async fn what_renews_itself_goes_on_once_it_is_withdrawn() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/cancel");
    stage.send(Method::POST, &path).await;
    stage.advance(20.0 * DAY).await;
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(look(&stage, id).await["status"], "active");
}

#[tokio::test]
async fn nonsense() {
    let stage = Stage::set("typical").await;
    let id = stage.server("web-1").await;
    let path = format!("/servers/{id}/cancel");
    for (body, field) in [
        (json!({"now": "soon"}), "now"),
        (json!({"reason": 7}), "reason"),
        (json!({"reason": "x".repeat(1001)}), "reason"),
    ] {
        let (status, answer) = stage.post(&path, body).await;
        assert_eq!((status, answer["errors"][field].is_array()), (422, true), "{answer}");
    }
    assert_eq!(stage.send(Method::POST, "/servers/1/cancel").await.0, 404);
    let locked = stage.server("shop").await;
    assert_eq!(stage.send(Method::POST, &format!("/servers/{locked}/cancel")).await.0, 204, "no 423 here");
    assert!(look(&stage, stage.server("build-1").await).await["cancel_request"].is_object(), "a seeded one");
}

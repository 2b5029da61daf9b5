//! Answers ordered in advance: wrong, late, broken off or missing.

use crate::stage::{Stage, told};
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_forced_answer_comes_as_often_as_ordered() {
    let stage = Stage::set("small").await;
    stage.order("force", json!({"operation": "getUser", "status": 500, "times": 2})).await;
    assert_eq!(stage.get("/balance").await.0, 200, "another operation is not meant");
    assert_eq!(stage.get("/user").await, (500, json!({"message": "Server Error"})));
    assert_eq!(stage.get("/user").await.0, 500);
    assert_eq!(stage.get("/user").await.0, 200);
    stage.order("force", json!({"operation": "*", "status": 503, "times": 0})).await;
    for path in ["/user", "/servers", "/user"] {
        assert_eq!(stage.get(path).await.0, 503);
    }
    let url = format!("{}/_sandbox/force?account={}", stage.base, stage.account);
    assert_eq!(stage.client.delete(url).send().await.unwrap().status(), 200);
    assert_eq!(stage.get("/user").await.0, 200);
    let (status, _) = stage.control("force", json!({"operation": "getUsr", "status": 500})).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn bodies_and_headers() {
    let stage = Stage::set("small").await;
    let order = json!({
        "operation": "listServers", "status": 200, "body": "<html>Bad gateway</html>", "headers": {"x-extra": "1"},
    });
    stage.order("force", order).await;
    let response = stage.request(Method::GET, "/servers").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(response.headers()["x-extra"], "1");
    assert_eq!(response.text().await.unwrap(), "<html>Bad gateway</html>");
    stage.order("force", json!({"operation": "listServers", "body": {"data": [1]}})).await;
    assert_eq!(stage.get("/servers").await, (200, json!({"data": [1]})));
    let nonsense = json!({"operation": "getUser", "body": "{not json", "content_type": "application/json"});
    stage.order("force", nonsense).await;
    assert_eq!(stage.get("/user").await, (200, json!("{not json")));

    stage.order("force", json!({"operation": "getUser", "status": 429, "times": 2})).await;
    let response = stage.request(Method::GET, "/user").send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "30");
    stage
        .order("force", json!({"operation": "getBalance", "status": 429, "headers": {"Retry-After": null}}))
        .await;
    let response = stage.request(Method::GET, "/balance").send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers().get("retry-after")), (429, None));
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    let stage = Stage::set("small").await;
    stage.order("force", json!({"operation": "listServers", "cut_after_bytes": 40})).await;
    let mut response = stage.request(Method::GET, "/servers").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.content_length().unwrap() > 40);
    let mut seen = Vec::new();
    let end = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => seen.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert_eq!(seen.len(), 40);
    assert!(end.is_some(), "the answer must not look whole");
}

#[tokio::test]
async fn an_answer_that_never_comes() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    stage.order("force", json!({"operation": "stopServer", "hang": true})).await;
    let request =
        stage.request(Method::POST, &format!("/servers/{id}/stop")).timeout(Duration::from_millis(300));
    assert!(request.send().await.unwrap_err().is_timeout());
    // Others are served meanwhile, and the change was not made.
    stage.advance(60.0).await;
    assert!(stage.running(id).await);
    let journal = stage.journal().await;
    let entry = journal.iter().find(|entry| entry["operation"] == "stopServer").unwrap();
    assert!(entry["status"].is_null());
}

#[tokio::test]
async fn a_change_whose_answer_is_lost() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    stage.order("force", json!({"operation": "stopServer", "reset": true, "perform": true})).await;
    let error = stage.request(Method::POST, &format!("/servers/{id}/stop")).send().await.unwrap_err();
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
    stage.advance(60.0).await;
    assert!(!stage.running(id).await);
}

#[tokio::test]
async fn a_connection_that_is_reset() {
    let stage = Stage::set("small").await;
    stage.order("force", json!({"operation": "stopServer", "reset": true})).await;
    let id = stage.server("web-1").await;
    assert!(stage.request(Method::POST, &format!("/servers/{id}/stop")).send().await.is_err());
    assert_eq!(stage.get("/user").await.0, 200);
}

#[tokio::test]
async fn an_answer_that_takes_its_time() {
    let stage = Stage::set("small").await;
    stage.order("force", json!({"operation": "getUser", "delay_ms": 150})).await;
    let begun = Instant::now();
    let (status, user) = stage.get("/user").await;
    assert!(begun.elapsed() >= Duration::from_millis(150));
    assert_eq!((status, &user["city"]), (200, &json!("Sofia")));
    stage.order("faults", json!({"latency_ms": 400})).await;
    let begun = Instant::now();
    let slow = async || stage.get("/balance").await;
    four_at_once(&slow).await;
    let took = begun.elapsed();
    assert!(
        took >= Duration::from_millis(400) && took < Duration::from_millis(1500),
        "{took:?}: no lock is held"
    );
}

async fn four_at_once<F: Future>(one: &impl Fn() -> F) {
    tokio::join!(one(), one(), one(), one());
}

#[tokio::test]
async fn hanging_answers_end_with_the_sandbox() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let sandbox = vpsbg_sandbox::Sandbox::new(vpsbg_sandbox::Options::default());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn({
        let sandbox = sandbox.clone();
        async move { sandbox.serve(listener, async move { drop(stopped.await) }).await }
    });
    let client = reqwest::Client::new();
    let order = json!({"operation": "getUser", "hang": true});
    let ordered = client.post(format!("{base}/_sandbox/force")).json(&order).send().await.unwrap();
    assert_eq!(told(ordered).await.0, 200);
    let asking = client.get(format!("{base}/v1/user")).bearer_auth("demo-read").send();
    let ending = async {
        // The order is taken the moment the question has arrived.
        loop {
            let state = client.get(format!("{base}/_sandbox/state")).send().await.unwrap();
            if told(state).await.1["journal"] == 1 {
                break;
            }
        }
        stop.send(()).unwrap();
    };
    let (answer, ()) = tokio::join!(asking, ending);
    assert!(answer.is_err());
    drop(client);
    serving.await.unwrap().unwrap();
}

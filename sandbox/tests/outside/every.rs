//! What holds for every operation alike: tokens, verbs, bodies, forced answers.

use crate::schema::contract;
use crate::stage::{Stage, told};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use vpsbg_sandbox::{ROUTES, Route};

/// A path without places; nothing has that id.
fn concrete(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether the contract gives an operation a JSON body.
fn takes_json(contract: &Value, route: &Route) -> bool {
    let operation = &contract["paths"][route.path][route.method.as_str().to_ascii_lowercase()];
    operation["requestBody"]["content"]["application/json"].is_object()
}

#[tokio::test]
async fn only_with_a_token_that_may() {
    let stage = Stage::set("empty").await;
    for route in ROUTES {
        let url = format!("{}/v1{}", stage.base, concrete(route));
        let request =
            |token: &str| stage.client.request(route.method.clone(), &url).bearer_auth(token).send();
        let operation = route.operation;
        let bare = stage.client.request(route.method.clone(), &url).send().await.unwrap();
        assert_eq!(told(bare).await, (401, json!({"message": "Unauthenticated."})), "{operation}");
        assert_eq!(request("nobody").await.unwrap().status(), 401, "{operation}");
        let status = request(&stage.read).await.unwrap().status();
        assert_eq!(status == StatusCode::FORBIDDEN, route.method != Method::GET, "{operation}: {status}");
    }
}

#[tokio::test]
async fn only_by_its_verb() {
    let stage = Stage::set("empty").await;
    for route in ROUTES {
        let path = concrete(route);
        let response = stage.request(Method::OPTIONS, &path).send().await.unwrap();
        assert_eq!(response.status(), 405, "{}", route.operation);
        let allow = response.headers()["allow"].to_str().unwrap().to_owned();
        assert!(allow.split(", ").any(|verb| verb == route.method.as_str()), "{}: {allow}", route.operation);
        let with_slash = stage.request(Method::OPTIONS, &format!("{path}/")).send().await.unwrap();
        assert_eq!(with_slash.status(), 405, "{}/", route.operation);
    }
}

#[tokio::test]
async fn only_what_can_be_read() {
    let stage = Stage::set("empty").await;
    let contract = contract();
    let huge = " ".repeat((1 << 20) + 1);
    let mut taking = 0;
    for route in ROUTES.iter().filter(|route| takes_json(&contract, route)) {
        let request = || stage.request(route.method.clone(), &concrete(route));
        let sent = request().header("content-type", "application/json").body("{\"half\": ").send();
        assert_eq!(sent.await.unwrap().status(), 400, "{}", route.operation);
        let sent = request().header("content-type", "application/json").body(huge.clone()).send();
        assert_eq!(sent.await.unwrap().status(), 413, "{}", route.operation);
        for body in [json!([]), json!("text"), json!(5), json!({"unknown": {"deep": [1]}})] {
            let status = request().json(&body).send().await.unwrap().status();
            assert!(!status.is_server_error(), "{}: {body}: {status}", route.operation);
        }
        taking += 1;
    }
    assert!(taking > 40, "{taking}");
}

#[tokio::test]
async fn every_answer_can_be_forced() {
    let stage = Stage::set("empty").await;
    for route in ROUTES {
        let wish = json!({"operation": route.operation, "status": 503, "body": {"message": "On order."}});
        stage.order("force", wish).await;
        let request = stage.request(route.method.clone(), &concrete(route));
        let answer = told(request.send().await.unwrap()).await;
        assert_eq!(answer, (503, json!({"message": "On order."})), "{}", route.operation);
        let entry = stage.journal().await.pop().unwrap();
        assert_eq!(
            (&entry["operation"], &entry["status"]),
            (&json!(route.operation), &json!(503)),
            "{}",
            route.operation
        );
    }
    assert_eq!(stage.order("faults", json!({})).await["forced"], json!([]));
}

//! Who is let in, and how the others are refused.

use crate::stage::{Stage, told};
use reqwest::Method;
use serde_json::{Value, json};
use vpsbg_sandbox::{DEMO_READ_TOKEN, DEMO_WRITE_TOKEN, ROUTES};

#[tokio::test]
async fn tokens() {
    let stage = Stage::set("small").await;
    let url = format!("{}/v1/user", stage.base);
    let refused = (401, json!({"message": "Unauthenticated."}));
    assert_eq!(told(stage.client.get(&url).send().await.unwrap()).await, refused);
    let response = stage.client.get(&url).bearer_auth("wrong").send().await.unwrap();
    assert_eq!(response.headers()["x-ratelimit-limit"], "60");
    assert_eq!(told(response).await, refused);
    let basic = stage.client.get(&url).basic_auth(&stage.write, Some("x")).send().await.unwrap();
    assert_eq!(basic.status(), 401);
    for token in [DEMO_READ_TOKEN, DEMO_WRITE_TOKEN, &stage.read, &stage.write] {
        assert_eq!(stage.client.get(&url).bearer_auth(token).send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn a_read_token_only_reads() {
    let stage = Stage::set("typical").await;
    for route in ROUTES {
        let path = route.path.replace("{attachment_id}", "1").replace("{id}", "1");
        let request = stage.client.request(route.method.clone(), format!("{}/v1{path}", stage.base));
        let (status, body) = told(request.bearer_auth(&stage.read).send().await.unwrap()).await;
        if route.method == Method::GET {
            assert!(matches!(status, 200 | 404), "{} {status}", route.operation);
        } else {
            assert_eq!(
                (status, body),
                (403, json!({"message": "This action is unauthorized."})),
                "{}",
                route.operation
            );
        }
    }
}

#[tokio::test]
async fn revoked_tokens_end() {
    let stage = Stage::set("small").await;
    stage.order("faults", json!({"revoke": "write"})).await;
    assert_eq!(stage.get("/user").await.0, 401);
    let read = stage.client.get(format!("{}/v1/user", stage.base)).bearer_auth(&stage.read);
    assert_eq!(read.send().await.unwrap().status(), 200);
    stage.order("faults", json!({"revoke": "none"})).await;
    assert_eq!(stage.get("/user").await.0, 200);
}

#[tokio::test]
async fn unknown_things() {
    let stage = Stage::set("small").await;
    let not_found = json!({"message": "Not found."});
    for path in [
        "/servers/1",
        "/servers/1/status",
        "/servers/abc",
        "/isos/99999999999999999999",
        "/support/tickets/0",
    ] {
        assert_eq!(stage.get(path).await, (404, not_found.clone()), "{path}");
    }
    let no_route = |path: &str| json!({"message": format!("The route {path} could not be found.")});
    assert_eq!(stage.get("/foo").await, (404, no_route("v1/foo")));
    assert_eq!(stage.get("/servers/1/nothing").await, (404, no_route("v1/servers/1/nothing")));
    let outside = stage.client.get(format!("{}/v2/user", stage.base)).send().await.unwrap();
    assert_eq!(told(outside).await, (404, no_route("v2/user")));
}

#[tokio::test]
async fn wrong_verbs_are_told_the_right_ones() {
    let stage = Stage::set("small").await;
    let response = stage.request(Method::PATCH, "/isos").send().await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "GET, HEAD, POST");
    let message = "The PATCH method is not supported for route v1/isos. Supported methods: GET, HEAD, POST.";
    assert_eq!(told(response).await.1["message"], message);
    assert_eq!(stage.request(Method::HEAD, "/isos").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_trailing_slash_is_fine() {
    let stage = Stage::set("small").await;
    assert_eq!(stage.get("/servers/").await.0, 200);
    assert_eq!(stage.get("/servers/?page=1").await.1["meta"]["path"], format!("{}/v1/servers", stage.base));
    assert_eq!(stage.get(&format!("/servers/{}/status/", stage.server("web-1").await)).await.0, 200);
}

#[tokio::test]
async fn broken_and_huge_bodies() {
    let stage = Stage::set("empty").await;
    let send = async |body: Vec<u8>| {
        told(stage.request(Method::POST, "/isos").body(body).send().await.unwrap()).await
    };
    assert_eq!(send(b"{\"url\": ".to_vec()).await.0, 400);
    assert_eq!(send(b"[]".to_vec()).await.0, 422);
    assert_eq!(send(Vec::new()).await.0, 422);
    assert_eq!(send(vec![b' '; (1 << 20) + 1]).await.0, 413);
    let form = stage
        .request(Method::POST, "/support/tickets")
        .header("content-type", "multipart/form-data; boundary=x")
        .body("no boundary in here");
    assert_eq!(told(form.send().await.unwrap()).await.0, 400);
}

#[tokio::test]
async fn the_rate_limit_counts_down_and_recovers() {
    let stage = Stage::with(json!({"seed": "small", "rate_limit": 3, "freeze": true})).await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let response = stage.request(Method::GET, "/user").send().await.unwrap();
        let headers = response.headers();
        assert_eq!(headers["x-ratelimit-limit"], "3");
        let left = headers["x-ratelimit-remaining"].to_str().unwrap().to_owned();
        let wait = headers.get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
        seen.push((response.status().as_u16(), left, wait));
    }
    let row = |status, left: &str, wait: Option<&str>| (status, left.to_owned(), wait.map(str::to_owned));
    let expected = [row(200, "2", None), row(200, "1", None), row(200, "0", None), row(429, "0", Some("60"))];
    assert_eq!(seen, expected);
    stage.advance(45.0).await;
    let response = stage.request(Method::GET, "/user").send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "15");
    assert_eq!(told(response).await.1, json!({"message": "Too Many Attempts."}));
    stage.advance(15.0).await;
    assert_eq!(stage.get("/user").await.0, 200);
    stage.order("faults", json!({"rate_limit": 1})).await;
    assert_eq!(stage.get("/user").await.0, 429);
}

#[tokio::test]
async fn failures_come_at_the_rate_ordered() {
    let stage = Stage::set("small").await;
    stage.order("faults", json!({"failure_rate": 1, "failure_status": 503})).await;
    assert_eq!(stage.get("/user").await, (503, json!({"message": "Service Unavailable"})));
    stage.order("faults", json!({"failure_rate": 0.5, "failure_status": 500})).await;
    let mut failed = 0;
    for _ in 0..100 {
        failed += usize::from(stage.get("/user").await.0 == 500);
    }
    assert!((30..=70).contains(&failed), "{failed}");
    for nonsense in [json!({"failure_rate": 2}), json!({"rate_limit": 0}), json!({"unknown": 1})] {
        let (status, body): (u16, Value) = stage.control("faults", nonsense).await;
        assert_eq!(status, 422, "{body}");
    }
}

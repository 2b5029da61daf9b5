//! Worlds do not see each other; each has its clock, journal and faults, and can begin anew.

use crate::stage::{Stage, told};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn isolated() {
    let one = Stage::set("typical").await;
    let two = one.another(json!({"seed": "typical", "freeze": true, "rate_limit": 1000})).await;
    assert_ne!(one.account, two.account);
    let (mine, theirs) = (one.server("web-1").await, two.server("web-1").await);
    assert_ne!(mine, theirs);
    assert_eq!(two.get(&format!("/servers/{mine}")).await.0, 404);
    one.send(Method::POST, &format!("/servers/{mine}/stop")).await;
    one.order("faults", json!({"failure_rate": 1})).await;
    one.order("force", json!({"operation": "getUser", "status": 418, "times": 0})).await;
    one.advance(86_400.0).await;
    assert_eq!(two.get("/user").await.0, 200);
    assert!(two.running(theirs).await);
    let paths: Vec<_> = two.journal().await.iter().map(|entry| entry["path"].clone()).collect();
    assert!(!paths.contains(&json!(format!("/v1/servers/{mine}/stop"))));
    let demo = one.client.get(format!("{}/v1/user", one.base)).bearer_auth("demo-read").send().await.unwrap();
    assert_eq!(demo.status(), 200);
}

#[tokio::test]
async fn the_journal_tells_what_was_asked_and_no_token() {
    let stage = Stage::set("small").await;
    stage.get("/servers?per_page=5").await;
    let read = stage.client.post(format!("{}/v1/isos", stage.base)).bearer_auth(&stage.read);
    assert_eq!(read.send().await.unwrap().status(), 403);
    let lost =
        stage.client.get(format!("{}/v1/nowhere", stage.base)).header("x-sandbox-account", &stage.account);
    assert_eq!(lost.send().await.unwrap().status(), 404);
    let journal = stage.journal().await;
    assert_eq!(journal.len(), 3);
    let entry = &journal[0];
    assert_eq!((&entry["method"], &entry["path"]), (&json!("GET"), &json!("/v1/servers")));
    assert_eq!(
        (&entry["query"], &entry["token"], &entry["status"]),
        (&json!("per_page=5"), &json!("write"), &json!(200))
    );
    assert_eq!((&journal[1]["token"], &journal[1]["status"]), (&json!("read"), &json!(403)));
    assert_eq!((&journal[2]["token"], &journal[2]["status"]), (&json!("unknown"), &json!(404)));
    let text = serde_json::to_string(&journal).unwrap();
    assert!(!text.contains(&stage.write) && !text.contains(&stage.read));
    let url = format!("{}/_sandbox/journal?account={}", stage.base, stage.account);
    stage.client.delete(url).send().await.unwrap();
    assert_eq!(stage.journal().await.len(), 0);
}

#[tokio::test]
async fn the_journal_forgets_the_oldest() {
    let stage = Stage::set("empty").await;
    let ask = async |count: u32| {
        for _ in 0..count {
            stage.request(Method::GET, "/user").send().await.unwrap();
        }
    };
    tokio::join!(ask(2501), ask(2500), ask(2500), ask(2500));
    assert_eq!(stage.journal().await.len(), 10_000);
}

#[tokio::test]
async fn reset_begins_anew() {
    let stage = Stage::with(json!({
        "seed": "typical", "freeze": true, "rate_limit": 500, "now": "2026-03-15T12:00:00Z",
    }))
    .await;
    let before = stage.get("/servers").await;
    let url = "https://mirror.example.org/x.iso";
    assert_eq!(stage.post("/isos", json!({ "url": url })).await.0, 201);
    stage.order("dialect", json!({"dialect": "documented-only"})).await;
    stage.order("faults", json!({"revoke": "both", "rate_limit": 1})).await;
    stage.advance(1e6).await;
    let anew = stage.order("reset", json!({})).await;
    assert_eq!((&anew["journal"], &anew["frozen"]), (&json!(0), &json!(true)));
    assert_eq!(anew["now"], "2026-03-15T12:00:00.000000Z");
    assert_eq!(stage.get("/servers").await, before);
    assert_eq!(stage.get("/isos").await.1["meta"]["total"], 5);
}

#[tokio::test]
async fn clocks() {
    let stage = Stage::set("empty").await;
    let now = async || {
        let url = format!("{}/_sandbox/state?account={}", stage.base, stage.account);
        told(stage.client.get(url).send().await.unwrap()).await.1["now"].as_str().unwrap().to_owned()
    };
    assert_eq!(now().await, now().await, "frozen");
    stage.order("clock", json!({"freeze": false})).await;
    assert_ne!(now().await, now().await);
    for nonsense in [json!({"advance_seconds": -1}), json!({"advance_seconds": 1e300}), json!({"forward": 1})]
    {
        assert_eq!(stage.control("clock", nonsense).await.0, 422);
    }
}

#[tokio::test]
async fn orders_that_make_no_sense() {
    let stage = Stage::set("empty").await;
    for wish in [json!({"seed": "huge"}), json!({"rate_limit": 0}), json!({"sed": "small"})] {
        let response = stage.client.post(format!("{}/_sandbox/accounts", stage.base)).json(&wish).send();
        assert_eq!(response.await.unwrap().status(), 422, "{wish}");
    }
    let url = format!("{}/_sandbox/state?account=nobody", stage.base);
    assert_eq!(stage.client.get(url).send().await.unwrap().status(), 404);
    let url = format!("{}/_sandbox/nothing", stage.base);
    assert_eq!(stage.client.get(url).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn controls_are_closed_to_peers_that_nobody_knows() {
    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;
    use tower::ServiceExt;
    use vpsbg_sandbox::{Options, Sandbox};

    let ask = async |options: Options, peer: Option<&str>| {
        let mut request = http::Request::get("/_sandbox/state").body(Body::empty()).unwrap();
        if let Some(peer) = peer {
            request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        }
        Sandbox::new(options).router().oneshot(request).await.unwrap().status().as_u16()
    };
    let far = Some("203.0.113.9:4000");
    assert_eq!(ask(Options::default(), far).await, 403);
    assert_eq!(ask(Options::default(), None).await, 403);
    assert_eq!(ask(Options::default(), Some("127.0.0.1:4000")).await, 200);
    assert_eq!(ask(Options::default(), Some("[::1]:4000")).await, 200);
    assert_eq!(ask(Options { trust_unknown_peer: true, ..Options::default() }, None).await, 200);
    assert_eq!(ask(Options { control_from_anywhere: true, ..Options::default() }, far).await, 200);
}

//! Power lags, and a late stop undoes an early start.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::json;

async fn act(stage: &Stage, id: i64, verb: &str) -> u16 {
    stage.send(Method::POST, &format!("/servers/{id}/{verb}")).await.0
}

#[tokio::test]
async fn a_stop_shows_after_the_lag() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    assert!(stage.running(id).await);
    assert_eq!(act(&stage, id, "stop").await, 204);
    assert!(stage.running(id).await, "an early read shows the old state");
    stage.advance(5.9).await;
    assert!(stage.running(id).await);
    stage.advance(0.1).await;
    assert!(!stage.running(id).await);
    assert_eq!(act(&stage, id, "start").await, 204);
    stage.advance(6.0).await;
    assert!(stage.running(id).await);
}

#[tokio::test]
async fn a_late_stop_undoes_an_early_start() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    act(&stage, id, "stop").await;
    stage.advance(2.0).await;
    assert_eq!(act(&stage, id, "start").await, 204);
    assert!(stage.running(id).await);
    stage.advance(60.0).await;
    assert!(!stage.running(id).await);
}

#[tokio::test]
async fn a_restart_goes_off_and_on() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    act(&stage, id, "restart").await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(stage.running(id).await);
        stage.advance(2.5).await;
    }
    // At 0, 2.5, 5, 7.5, 10 seconds.
    assert_eq!(seen, [true, true, false, false, true]);
}

#[tokio::test]
async fn the_lag_can_be_chosen_and_the_plug_is_quicker() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    act(&stage, id, "power-off").await;
    stage.advance(3.0).await;
    assert!(!stage.running(id).await);
    stage.order("faults", json!({"power_lag_seconds": 0})).await;
    act(&stage, id, "start").await;
    assert!(stage.running(id).await);
}

#[tokio::test]
async fn states_that_forbid_answer_423() {
    let stage = Stage::set("typical").await;
    for (name, message) in [
        ("shop", "The server is locked."),
        ("old-shop", "The server is suspended."),
        ("test-2024", "The server is terminated."),
        ("vpn", "The server is still being prepared."),
    ] {
        let id = stage.server(name).await;
        for verb in ["start", "stop", "restart", "power-off"] {
            let (status, body) = stage.send(Method::POST, &format!("/servers/{id}/{verb}")).await;
            assert_eq!((status, body), (423, json!({ "message": message })), "{name} {verb}");
        }
    }
}

#[tokio::test]
async fn a_node_that_does_not_answer_never_carries_out() {
    let stage = Stage::set("typical").await;
    let id = stage.server("backup-sofia").await;
    assert_eq!(stage.get(&format!("/servers/{id}")).await.1["state"]["node_reachable"], false);
    assert_eq!(act(&stage, id, "stop").await, 204);
    stage.advance(600.0).await;
    assert!(stage.running(id).await);
}

#[tokio::test]
async fn billing_moves_with_the_clock() {
    let stage = Stage::set("typical").await;
    let (renewing, ending) = (stage.server("web-1").await, stage.server("cache-1").await);
    let status = async |id: i64| stage.get(&format!("/servers/{id}")).await.1["status"].clone();
    stage.advance(5.0 * 86_400.0).await;
    assert_eq!(status(ending).await, "suspended");
    assert!(!stage.running(ending).await);
    stage.advance(15.0 * 86_400.0).await;
    assert_eq!(status(ending).await, "terminated");
    stage.advance(60.0 * 86_400.0).await;
    assert_eq!(status(renewing).await, "active");
}

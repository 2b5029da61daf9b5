//! The guessed routes under other spellings.

use crate::stage::{Stage, told};
use reqwest::Method;
use serde_json::json;
use vpsbg_sandbox::{Evidence, ROUTES};

fn concrete(path: &str) -> String {
    path.replace("{attachment_id}", "1").replace("{id}", "1")
}

/// Whether the route exists: a route that does not says so, or does not know the verb,
/// or takes the word for the id of something else.
async fn exists(stage: &Stage, spelling: &str, operation: &str) -> bool {
    let (method, path) = spelling.split_once(' ').unwrap();
    let method: Method = method.parse().unwrap();
    told(stage.request(method, &concrete(path)).send().await.unwrap()).await;
    stage.journal().await.last().unwrap()["operation"] == operation
}

#[tokio::test]
async fn operations_answer_under_the_spelling_of_the_dialect_only() {
    let stage = Stage::set("small").await;
    for dialect in ["as-written", "first", "last", "documented-only"] {
        stage.order("dialect", json!({ "dialect": dialect })).await;
        for route in ROUTES {
            let written = format!("{} {}", route.method, route.path);
            let mut spellings = vec![written.as_str()];
            spellings.extend(route.alternatives);
            let spoken = match dialect {
                "first" => Some(*route.alternatives.first().unwrap_or(&written.as_str())),
                "last" => Some(*route.alternatives.last().unwrap_or(&written.as_str())),
                "documented-only" if route.evidence == Evidence::Inferred => None,
                _ => Some(written.as_str()),
            };
            for spelling in spellings {
                // A slash at the end makes no other spelling.
                let expected = spoken
                    .is_some_and(|spoken| spoken.trim_end_matches('/') == spelling.trim_end_matches('/'));
                assert_eq!(
                    exists(&stage, spelling, route.operation).await,
                    expected,
                    "{dialect}: {spelling}"
                );
            }
        }
    }
    assert_eq!(stage.control("dialect", json!({"dialect": "bulgarian"})).await.0, 422);
}

#[tokio::test]
async fn absent_operations_look_as_the_framework_says_it() {
    let stage = Stage::set("small").await;
    stage.order("dialect", json!({"dialect": "documented-only"})).await;
    let message = "The route v1/ssh-keys could not be found.";
    assert_eq!(stage.get("/ssh-keys").await, (404, json!({ "message": message })));
    // The verb of the documented one is known.
    assert_eq!(stage.get("/user").await.0, 405);
    assert_eq!(stage.get("/support/tickets").await.0, 405);
    // A word where an id is expected is an object that does not exist.
    assert_eq!(stage.get("/servers/status").await, (404, json!({"message": "Not found."})));
}

#[tokio::test]
async fn an_attachment_by_its_own_id() {
    let stage = Stage::set("small").await;
    let (_, list) = stage.get("/support/tickets").await;
    let (_, ticket) = stage.get(&format!("/support/tickets/{}", list["data"][0]["id"])).await;
    let id = ticket["messages"][0]["attachments"][0]["id"].as_i64().unwrap();
    for (dialect, path) in [("first", "/support/attachments"), ("last", "/support/tickets/attachments")] {
        stage.order("dialect", json!({ "dialect": dialect })).await;
        let response = stage.request(Method::GET, &format!("{path}/{id}")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "image/png");
    }
}

//! Conversations with support.

use crate::stage::{Stage, Told, told};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

async fn submit(stage: &Stage, path: &str, form: Form) -> Told {
    told(stage.request(Method::POST, path).multipart(form).send().await.unwrap()).await
}

fn opening() -> Form {
    Form::new().text("department_id", "2").text("subject", "No route").text("message", "<p>It is down.</p>")
}

#[tokio::test]
async fn support_answers_and_the_customer_resolves() {
    let stage = Stage::set("small").await;
    let server = stage.server("web-1").await;
    let form = opening().text("service_id", server.to_string()).text("service_type", "server");
    let (status, ticket) = submit(&stage, "/support/tickets", form).await;
    assert_eq!(status, 200, "{ticket}");
    assert_eq!(ticket["status"], "opened");
    assert_eq!(ticket["department"], "tech-support");
    assert_eq!((&ticket["service_id"], &ticket["service_type"]), (&json!(server), &json!("server")));
    let path = format!("/support/tickets/{}", ticket["id"]);

    stage.advance(44.0).await;
    assert_eq!(stage.get(&path).await.1["messages"].as_array().unwrap().len(), 1);
    stage.advance(1.0).await;
    let (_, ticket) = stage.get(&path).await;
    assert_eq!(
        (&ticket["status"], &ticket["messages"][1]["is_customer"]),
        (&json!("answered"), &json!(false))
    );
    assert!(ticket["messages"][1]["content"].as_str().unwrap().contains("<p>"));

    let form = Form::new().text("message", "It answers again.");
    let (status, ticket) = submit(&stage, &format!("{path}/messages"), form).await;
    assert_eq!((status, &ticket["status"]), (200, &json!("opened")));
    let (status, ticket) = stage.send(Method::PUT, &format!("{path}/resolve")).await;
    assert_eq!((status, &ticket["status"]), (200, &json!("resolved")));
    stage.advance(3600.0).await;
    let (_, ticket) = stage.get(&path).await;
    assert_eq!(ticket["messages"].as_array().unwrap().len(), 3, "a resolved ticket is not answered");

    stage.advance(7.0 * 86_400.0).await;
    assert_eq!(stage.get(&path).await.1["status"], "closed");
    let form = Form::new().text("message", "Once more.");
    let (status, body) = submit(&stage, &format!("{path}/messages"), form).await;
    assert_eq!((status, &body["message"]), (422, &json!("The ticket is closed.")));
}

#[tokio::test]
async fn the_wait_for_support_can_be_chosen() {
    let stage = Stage::set("empty").await;
    stage.order("faults", json!({"support_answer_seconds": 5})).await;
    submit(&stage, "/support/tickets", opening()).await;
    stage.advance(5.0).await;
    let (_, list) = stage.get("/support/tickets?filter[status]=answered").await;
    assert_eq!(list["meta"]["total"], 1);
    assert_eq!(stage.get("/support/tickets?filter[status]=opened").await.1["meta"]["total"], 0);
}

#[tokio::test]
async fn files_come_back_as_they_were() {
    let stage = Stage::set("empty").await;
    let file =
        |name: &'static str| Part::bytes(b"log of web-1".to_vec()).file_name(name).mime_str("text/plain");
    let form = opening()
        .part("attachments[]", file("../../boot.log").unwrap())
        .part("attachments[]", file("ядро.log").unwrap());
    let (status, ticket) = submit(&stage, "/support/tickets", form).await;
    assert_eq!(status, 200, "{ticket}");
    let files = &ticket["messages"][0]["attachments"];
    assert_eq!((&files[0]["name"], &files[0]["size"]), (&json!("boot.log"), &json!(12)));
    assert_eq!((&files[1]["name"], &files[1]["mimeType"]), (&json!("ядро.log"), &json!("text/plain")));
    let path = format!("/support/tickets/{}/attachments/{}", ticket["id"], files[1]["id"]);
    let response = stage.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let named = "attachment; filename=\"____.log\"; filename*=utf-8''%D1%8F%D0%B4%D1%80%D0%BE.log";
    assert_eq!(response.headers()["content-disposition"], named);
    assert_eq!(response.text().await.unwrap(), "log of web-1");
    assert_eq!(stage.get(&format!("/support/tickets/{}/attachments/1", ticket["id"])).await.0, 404);
}

#[tokio::test]
async fn validation() {
    let stage = Stage::set("empty").await;
    let (status, body) = submit(&stage, "/support/tickets", Form::new()).await;
    assert_eq!(status, 422);
    assert_eq!(body["message"], "The department id field is required. (and 2 more errors)");
    assert_eq!(body["errors"]["message"][0], "The message field is required.");

    let form = Form::new()
        .text("department_id", "99")
        .text("subject", "ab")
        .text("message", "four")
        .text("service_id", "1")
        .text("service_type", "server");
    let (_, body) = submit(&stage, "/support/tickets", form).await;
    let errors = body["errors"].as_object().unwrap();
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["department_id", "message", "service_id", "subject"]);
    let long =
        Form::new().text("department_id", "2").text("subject", "s".repeat(256)).text("message", "hello");
    assert_eq!(submit(&stage, "/support/tickets", long).await.0, 422);
    let half = opening().text("service_id", "1");
    assert!(submit(&stage, "/support/tickets", half).await.1["errors"]["service_type"].is_array());
    let missing = submit(&stage, "/support/tickets/1/messages", Form::new().text("message", "hello")).await;
    assert_eq!(missing.0, 404);

    let small = || Part::bytes(vec![0]).file_name("a.bin");
    let mut many = opening();
    for _ in 0..6 {
        many = many.part("attachments[]", small());
    }
    assert!(submit(&stage, "/support/tickets", many).await.1["errors"]["attachments"].is_array());
    let large = opening().part("attachments[]", Part::bytes(vec![0; (10 << 20) + 1]).file_name("big.bin"));
    let (status, body) = submit(&stage, "/support/tickets", large).await;
    assert_eq!(status, 422);
    assert!(body["errors"]["attachments.0"].is_array(), "{body}");
    // JSON is no form: every field is missing.
    assert_eq!(stage.post("/support/tickets", json!({"subject": "hello"})).await.0, 422);
}

#[tokio::test]
async fn a_hostile_message_is_there_to_be_sanitised() {
    let stage = Stage::set("typical").await;
    let (_, list) = stage.get("/support/tickets").await;
    assert_eq!(list["meta"]["total"], 6);
    let rows = list["data"].as_array().unwrap();
    let row = rows.iter().find(|row| row["subject"].as_str().unwrap().starts_with("[sandbox]")).unwrap();
    let (_, ticket) = stage.get(&format!("/support/tickets/{}", row["id"])).await;
    let content = ticket["messages"][1]["content"].as_str().unwrap();
    for part in ["<script>", "onerror=", "javascript:", "https://tracker.example.net/pixel.gif"] {
        assert!(content.contains(part), "{part}");
    }
}

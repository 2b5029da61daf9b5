//! Tickets and invoices.

use super::{at, first};
use crate::stage::Stage;
use reqwest::RequestBuilder;
use reqwest::multipart::Form;
use serde_json::json;
use vpsbg_sandbox::Route;

pub async fn request(stage: &Stage, route: &Route) -> Option<RequestBuilder> {
    let ticket = async || {
        let (_, list) = stage.get("/support/tickets").await;
        let rows = list["data"].as_array().unwrap();
        rows.iter().find(|row| row["subject"] == "No route to the server").unwrap()["id"].clone()
    };
    Some(match route.operation {
        "downloadInvoice" => at(stage, route, &[&first(stage, "/invoices").await["id"]]),
        "downloadInvoices" => {
            let id = &first(stage, "/invoices").await["id"];
            at(stage, route, &[]).json(&json!({"ids": [id]}))
        }
        "createTicket" => {
            let form = Form::new().text("department_id", "2").text("subject", "Subject");
            at(stage, route, &[]).multipart(form.text("message", "Message"))
        }
        "getTicket" | "resolveTicket" => at(stage, route, &[&ticket().await]),
        "replyTicket" => {
            at(stage, route, &[&ticket().await]).multipart(Form::new().text("message", "Message"))
        }
        "downloadTicketAttachment" => {
            let id = ticket().await;
            let (_, opened) = stage.get(&format!("/support/tickets/{id}")).await;
            at(stage, route, &[&id, &opened["messages"][0]["attachments"][0]["id"]])
        }
        _ => return None,
    })
}

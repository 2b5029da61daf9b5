//! Pages, filters and orders of lists.

use crate::stage::Stage;
use serde_json::{Value, json};

fn names(list: &Value, field: &str) -> Vec<String> {
    let rows = list["data"].as_array().unwrap();
    rows.iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages() {
    let stage = Stage::set("typical").await;
    let (_, first) = stage.get("/invoices").await;
    assert_eq!(first["data"].as_array().unwrap().len(), 30);
    let url = |page: u64| json!(format!("{}/v1/invoices?page={page}", stage.base));
    let links = json!({"first": url(1), "last": url(2), "prev": null, "next": url(2)});
    assert_eq!(first["links"], links);
    let meta = &first["meta"];
    assert_eq!((&meta["from"], &meta["to"], &meta["total"]), (&json!(1), &json!(30), &json!(45)));
    assert_eq!((&meta["last_page"], &meta["per_page"]), (&json!(2), &json!(30)));
    assert_eq!(meta["links"][0]["label"], "&laquo; Previous");
    let (_, second) = stage.get("/invoices?page=2").await;
    assert_eq!(second["data"].as_array().unwrap().len(), 15);
    assert_eq!((&second["links"]["prev"], &second["links"]["next"]), (&url(1), &Value::Null));
    assert_ne!(first["data"][0]["id"], second["data"][0]["id"]);
}

#[tokio::test]
async fn a_page_far_beyond_the_end_is_empty() {
    let stage = Stage::set("typical").await;
    for page in ["3", "1000000000", "9223372036854775807"] {
        let (status, list) = stage.get(&format!("/invoices?page={page}")).await;
        assert_eq!((status, &list["data"]), (200, &json!([])), "{page}");
        assert_eq!((&list["meta"]["from"], &list["meta"]["to"]), (&Value::Null, &Value::Null));
        assert_eq!(list["meta"]["last_page"], 2);
    }
    let (_, list) = stage.get("/isos?page=1000000000").await;
    assert_eq!(list["meta"]["current_page"], 1_000_000_000);
}

#[tokio::test]
async fn sizes_and_pages_that_make_no_sense() {
    let stage = Stage::set("typical").await;
    for query in ["per_page=0", "per_page=51", "per_page=x", "page=0", "page=-1", "page=x", "page=1.5"] {
        let (status, body) = stage.get(&format!("/servers?{query}")).await;
        assert_eq!(status, 422, "{query}");
        let field = query.split('=').next().unwrap();
        assert!(body["errors"][field].is_array(), "{body}");
    }
    assert_eq!(stage.get("/servers?per_page=50").await.0, 200);
    assert_eq!(stage.get("/servers?per_page=").await.1["meta"]["per_page"], 30);
}

#[tokio::test]
async fn many_servers() {
    let stage = Stage::set("large").await;
    let (_, list) =
        stage.get("/servers?per_page=50&filter[status]=active,suspended,terminated,processing").await;
    assert_eq!((&list["meta"]["total"], &list["meta"]["last_page"]), (&json!(5000), &json!(100)));
    assert!(list["meta"]["links"].as_array().unwrap().len() < 20);
    let (status, list) = stage.get("/servers?per_page=50&page=95").await;
    assert_eq!((status, list["data"].as_array().unwrap().len()), (200, 50));
    assert_eq!(stage.get("/invoices").await.1["meta"]["total"], 400);
    assert!(stage.get("/servers/status").await.1["data"].as_array().unwrap().len() > 4000);
}

#[tokio::test]
async fn server_filters() {
    let stage = Stage::set("typical").await;
    let (_, usual) = stage.get("/servers").await;
    assert_eq!(usual["meta"]["total"], 11);
    assert!(usual["data"].as_array().unwrap().iter().all(|row| row.get("state").is_none()));
    assert_eq!(names(&stage.get("/servers?filter[status]=terminated").await.1, "hostname"), ["test-2024"]);
    assert_eq!(names(&stage.get("/servers?filter%5Bstatus%5D=processing").await.1, "hostname"), ["vpn"]);
    assert_eq!(stage.get("/servers?filter[status]=nonsense").await.1["meta"]["total"], 0);
    assert_eq!(stage.get("/servers?filter[search]=WEB-").await.1["meta"]["total"], 2);
    let ip = usual["data"][0]["ip_addresses"][0]["ip_address"].as_str().unwrap();
    assert_eq!(stage.get(&format!("/servers?filter[ip]={ip}")).await.1["meta"]["total"], 1);
    assert_eq!(stage.get("/servers?filter[ip]=203.0.113").await.1["meta"]["total"], 0);
    stage.order("faults", json!({"list_state": true})).await;
    assert!(stage.get("/servers").await.1["data"][0]["state"]["running"].is_boolean());
}

#[tokio::test]
async fn server_orders() {
    let stage = Stage::set("typical").await;
    for field in ["created_at", "expiry_at"] {
        let up = names(&stage.get(&format!("/servers?sort[{field}]=asc")).await.1, field);
        let down = names(&stage.get(&format!("/servers?sort[{field}]=desc")).await.1, field);
        assert!(up.is_sorted());
        assert_eq!(up, down.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(stage.get(&format!("/servers?sort[{field}]=up")).await.0, 422);
    }
}

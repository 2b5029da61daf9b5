//! The price list.

use crate::stage::Stage;
use serde_json::{Value, json};

#[tokio::test]
async fn plans_are_sold_by_key() {
    let stage = Stage::set("empty").await;
    let (status, list) = stage.get("/plans").await;
    assert_eq!((status, &list["meta"]["total"]), (200, &json!(10)));
    let small = list["data"].as_array().unwrap().iter().find(|plan| plan["id"] == 104).unwrap();
    assert_eq!((&small["price"], &small["price_with_vat"]), (&json!(22.33), &json!(26.8)));
    assert!(list["data"].as_array().unwrap().iter().any(|plan| plan["available"] == false));
}

#[tokio::test]
async fn backups_cost_by_the_disk() {
    let stage = Stage::set("empty").await;
    let price = async |plan: i64| {
        let (_, list) = stage.get(&format!("/plans/{plan}/addons")).await;
        let rows = list["data"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["key"] == "backups").unwrap()
    };
    assert_eq!(price(104).await, json!({"key": "backups", "price": 5, "price_with_vat": 6}));
    assert_eq!(price(106).await["price"], 10);
    assert_eq!(stage.get("/plans/1/addons").await.0, 404);
}

#[tokio::test]
async fn promo_codes_are_a_bare_array() {
    let stage = Stage::set("empty").await;
    let (status, list) = stage.get("/plans/116/promo-codes").await;
    assert_eq!(status, 200);
    let sample = json!({"code": "spring2603", "percentage": 10, "minimum_billing_cycle": 3});
    assert!(list.as_array().unwrap().contains(&sample), "{list}");
    assert_eq!(stage.get("/plans/x/promo-codes").await.0, 404);
}

#[tokio::test]
async fn images_are_systems_and_apps() {
    let stage = Stage::set("empty").await;
    let (_, list) = stage.get("/server-images").await;
    let rows = list["data"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["id"] == 73 && row["name"] == "Ubuntu 22.04"));
    let apps: Vec<&Value> = rows.iter().filter(|row| row["group"]["type"] == "app").collect();
    assert!(apps.len() >= 11);
    let mut ids: Vec<i64> = rows.iter().map(|row| row["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rows.len());
}

//! Snapshots and backups: filters, order, deletion, and the backups that the add-on makes by itself.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

const DAY: f64 = 86_400.0;

async fn rows(stage: &Stage, path: &str) -> Vec<Value> {
    let (status, list) = stage.get(path).await;
    assert_eq!(status, 200, "{path}: {list}");
    list["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn filters_and_orders() {
    let stage = Stage::set("typical").await;
    for list in ["/snapshots", "/backups"] {
        let all = rows(&stage, list).await;
        assert_eq!(stage.get(list).await.1["meta"]["per_page"], 50);
        let moments =
            |rows: &[Value]| rows.iter().map(|row| row["created_at"].to_string()).collect::<Vec<_>>();
        let up = rows(&stage, &format!("{list}?sort=date")).await;
        assert!(moments(&up).is_sorted() && up.len() == all.len());
        assert_eq!(moments(&all), moments(&up).into_iter().rev().collect::<Vec<_>>(), "newest first");
        let server = &all[0]["server_id"];
        let own = rows(&stage, &format!("{list}?filter[server_id]={server}")).await;
        assert!(
            !own.is_empty() && own.len() < all.len() && own.iter().all(|row| row["server_id"] == *server)
        );
        let moment: jiff::Timestamp = all[0]["created_at"].as_str().unwrap().parse().unwrap();
        let day = moment.to_zoned_datetime(jiff::tz::TimeZone::get("Europe/Sofia").unwrap()).date();
        let of_day = rows(&stage, &format!("{list}?filter[date]={day}")).await;
        assert!(of_day.contains(&all[0]) && of_day.len() < all.len());
        for wrong in ["sort=name", "filter[date]=yesterday", "filter[server_id]=x"] {
            assert_eq!(stage.get(&format!("{list}?{wrong}")).await.0, 422, "{wrong}");
        }
    }
    let small = rows(&stage, "/backups?filter[size]=50").await;
    assert!(!small.is_empty() && small.iter().all(|row| row["size"] == 50));
}

#[tokio::test]
async fn a_deletion_takes_a_while_and_holds_the_server() {
    let stage = Stage::set("small").await;
    for (list, reason) in [("/snapshots", "snapshot-delete"), ("/backups", "backup-delete")] {
        let row = rows(&stage, list).await[0].clone();
        let path = format!("{list}/{}", row["id"]);
        let server = format!("/servers/{}", row["server_id"]);
        assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
        assert_eq!(stage.send(Method::DELETE, &path).await.0, 204, "it is on its way");
        assert!(rows(&stage, list).await.contains(&row));
        assert_eq!(stage.get(&server).await.1["lock_reason"], reason);
        assert!(stage.get(&server).await.1["state"]["running"].as_bool().unwrap(), "it runs on");
        stage.advance(20.0).await;
        assert!(!rows(&stage, list).await.contains(&row));
        assert_eq!(stage.get(&server).await.1["locked"], false);
        assert_eq!(stage.send(Method::DELETE, &path).await.0, 404);
    }
}

#[tokio::test]
async fn backups_are_made_weekly_and_kept_for_three_weeks() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/backups?filter[server_id]={id}");
    let before = rows(&stage, &path).await;
    assert_eq!(before.len(), 3);
    stage.advance(7.0 * DAY).await;
    let after = rows(&stage, &path).await;
    assert_eq!(after.len(), 3);
    assert_eq!(after[1..], before[..2], "one came, the oldest went");
    assert_eq!(after[0]["name"], "web-1 weekly");
    stage.advance(700.0 * DAY).await;
    assert_eq!(rows(&stage, &path).await.len(), 3, "also after a long leap");
}

#[tokio::test]
async fn a_backup_holds_its_server() {
    let stage = Stage::set("small").await;
    let id = stage.server("web-1").await;
    let path = format!("/backups?filter[server_id]={id}");
    let newest = rows(&stage, &path).await[0].clone();
    let moment: jiff::Timestamp = newest["created_at"].as_str().unwrap().parse().unwrap();
    let due = moment.as_second() + 7 * 86_400 - stage.now().await;
    stage.advance(due as f64 + 30.0).await;
    let (_, server) = stage.get(&format!("/servers/{id}")).await;
    assert_eq!((&server["locked"], &server["lock_reason"]), (&json!(true), &json!("backup")));
    assert_eq!(rows(&stage, &path).await[0], newest, "not listed yet");
    stage.advance(240.0).await;
    assert_ne!(rows(&stage, &path).await[0], newest);
    assert_eq!(stage.get(&format!("/servers/{id}")).await.1["locked"], false);
}

#[tokio::test]
async fn a_snapshot_on_its_way_is_listed_when_it_is_done() {
    let stage = Stage::set("large").await;
    let nightly = async || {
        let all = rows(&stage, "/snapshots?per_page=50").await;
        all.iter().filter(|row| row["name"] == "nightly").count()
    };
    assert_eq!(nightly().await, 0);
    stage.advance(3000.0).await;
    assert!(nightly().await > 10);
}

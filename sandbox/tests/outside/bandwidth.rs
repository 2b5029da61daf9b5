//! Traffic by day: midnights in Sofia, bounded by the life of the server and by now.

use crate::stage::Stage;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

async fn traffic(stage: &Stage, id: i64, query: &str) -> Value {
    let (status, answer) = stage.get(&format!("/servers/{id}/bandwidth{query}")).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn at(now: &str, seed: &str) -> Stage {
    Stage::with(json!({"seed": seed, "freeze": true, "now": now, "rate_limit": 1_000_000})).await
}

#[tokio::test]
async fn the_days_of_the_month() {
    let stage = at("2026-03-20T12:00:00Z", "small").await;
    let id = stage.server("web-1").await;
    let answer = traffic(&stage, id, "").await;
    let days = answer["daily_usage"].as_array().unwrap();
    assert_eq!(days.len(), 20);
    let sofia = TimeZone::get("Europe/Sofia").unwrap();
    for (at, day) in days.iter().enumerate() {
        let moment = Timestamp::from_second(day["timestamp"].as_i64().unwrap()).unwrap();
        let begin = moment.to_zoned_datetime(sofia.clone());
        assert_eq!((begin.hour(), usize::try_from(begin.day()).unwrap()), (0, at + 1));
        assert!(day["outgoing"].as_f64() > day["incoming"].as_f64());
    }
    let sum: f64 =
        days.iter().map(|day| day["incoming"].as_f64().unwrap() + day["outgoing"].as_f64().unwrap()).sum();
    assert!((sum - answer["used"].as_f64().unwrap()).abs() < 0.02, "{sum} {answer}");
    assert_eq!(answer["limit"], 5000);
    let (_, status) = stage.get(&format!("/servers/{id}/status")).await;
    assert_eq!(status["bandwidth"]["used"], answer["used"], "both tell the same");
}

#[tokio::test]
async fn today_grows_as_it_goes_on() {
    let stage = at("2026-03-20T12:00:00Z", "small").await;
    let id = stage.server("web-1").await;
    let today = async || {
        let answer = traffic(&stage, id, "").await;
        answer["daily_usage"].as_array().unwrap().last().unwrap()["incoming"].as_f64().unwrap()
    };
    let before = today().await;
    stage.advance(3600.0).await;
    let after = today().await;
    assert!(after > before && after < before * 1.3, "{before} {after}");
}

#[tokio::test]
async fn summer_time_begins() {
    // The clocks of Sofia go forward on 2026-03-29.
    let stage = at("2026-04-02T12:00:00Z", "small").await;
    let id = stage.server("web-1").await;
    let begin: Timestamp = "2026-03-28T00:00:00Z".parse().unwrap();
    let answer = traffic(&stage, id, &format!("?filter[start]={}", begin.as_second())).await;
    let days = answer["daily_usage"].as_array().unwrap();
    let stamps: Vec<i64> = days.iter().map(|day| day["timestamp"].as_i64().unwrap()).collect();
    let steps: Vec<i64> = stamps.windows(2).map(|pair| (pair[1] - pair[0]) / 3600).collect();
    assert_eq!(steps, [24, 23, 24, 24, 24]);
}

#[tokio::test]
async fn nothing_before_its_birth_or_after_now() {
    let stage = at("2026-03-20T12:00:00Z", "small").await;
    let id = stage.server("build-1").await;
    let answer = traffic(&stage, id, "?filter[start]=0&filter[end]=4000000000").await;
    let days = answer["daily_usage"].as_array().unwrap();
    assert!((30..=33).contains(&days.len()), "{}", days.len());
    assert!(days.iter().all(|day| day["outgoing"].as_f64() == Some(0.0)), "it never ran");
    let future = traffic(&stage, id, "?filter[start]=4000000000&filter[end]=4000000001").await;
    assert_eq!(future["daily_usage"], json!([]));
    for wrong in ["?filter[start]=x", "?filter[end]=1.5", "?filter[start]=5&filter[end]=4"] {
        assert_eq!(stage.get(&format!("/servers/{id}/bandwidth{wrong}")).await.0, 422, "{wrong}");
    }
}

#[tokio::test]
async fn days_bear_out_the_metrics() {
    let stage = at("2026-03-20T12:00:00Z", "small").await;
    let id = stage.server("db-1").await;
    let days = traffic(&stage, id, "").await["daily_usage"].clone();
    let (_, metrics) = stage.get(&format!("/servers/{id}/metrics")).await;
    let samples = metrics["data"].as_array().unwrap();
    for day in &days.as_array().unwrap()[..19] {
        let begin = day["timestamp"].as_i64().unwrap();
        let of_day = |row: &&Value| (begin..begin + 86_400).contains(&row["timestamp"].as_i64().unwrap());
        let sent: Vec<f64> =
            samples.iter().filter(of_day).map(|row| row["network_in"].as_f64().unwrap()).collect();
        let gigabytes = sent.iter().sum::<f64>() / sent.len() as f64 * 86.4;
        let told = day["incoming"].as_f64().unwrap();
        assert!((gigabytes / told - 1.0).abs() < 0.15, "{gigabytes} against {told}");
    }
}

#[tokio::test]
async fn unmetered_is_limit_0() {
    let stage = Stage::set("typical").await;
    let id = stage.server("backup-sofia").await;
    assert_eq!(traffic(&stage, id, "").await["limit"], 0);
}

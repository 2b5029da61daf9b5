//! The filter in front of an address: rules and lists, attacks that come and go with the world's clock.

use crate::stage::{Stage, Told, told};
use reqwest::Method;
use serde_json::{Value, json};

async fn send(stage: &Stage, method: Method, path: &str, body: Value) -> Told {
    told(stage.request(method, path).json(&body).send().await.unwrap()).await
}

/// The id of the protected address of `web-2`, which is nearly always attacked.
async fn besieged(stage: &Stage) -> i64 {
    let (_, list) = stage.get("/floating-ips?filter[ddos]=true&filter[search]=web-2").await;
    list["data"][0]["ip_address"]["id"].as_i64().unwrap()
}

async fn attacks(stage: &Stage, address: i64, query: &str) -> Vec<Value> {
    let (status, list) =
        stage.get(&format!("/network-protection/{address}/attacks?per_page=50&{query}")).await;
    assert_eq!(status, 200, "{list}");
    list["data"].as_array().unwrap().clone()
}

/// Moves the clock to a moment in the middle of an attack and gives that attack.
async fn ongoing(stage: &Stage, address: i64) -> Value {
    for _ in 0..60 {
        let newest = attacks(stage, address, "").await.into_iter().next();
        if let Some(attack) = newest.filter(|attack| attack["ongoing"] == true) {
            return attack;
        }
        stage.advance(60.0).await;
    }
    panic!("an hour without an attack");
}

#[tokio::test]
async fn only_protected_addresses_have_it() {
    let stage = Stage::set("typical").await;
    let (_, servers) = stage.get("/servers?per_page=50").await;
    let mut seen = [0, 0];
    for address in
        servers["data"].as_array().unwrap().iter().flat_map(|row| row["ip_addresses"].as_array().unwrap())
    {
        let protected = address["ddos_protected"] == true;
        for part in ["", "/", "/geo", "/whitelist", "/blacklist", "/bandwidth", "/blocked-ips", "/attacks"] {
            let (status, _) = stage.get(&format!("/network-protection/{}{part}", address["id"])).await;
            assert_eq!(status, if protected { 200 } else { 404 }, "{part} of {address}");
        }
        seen[usize::from(protected)] += 1;
    }
    assert!(seen[0] > 5 && seen[1] > 2, "{seen:?}");
    assert_eq!(stage.get("/network-protection/1").await.0, 404);
    assert_eq!(stage.get("/network-protection/x/geo").await.0, 404);
}

#[tokio::test]
async fn what_stands_behind_it() {
    let stage = Stage::set("typical").await;
    let address = besieged(&stage).await;
    let (_, shown) = stage.get(&format!("/network-protection/{address}/")).await;
    assert_eq!(shown["ip_address"]["id"], address);
    assert_eq!(shown["protected_service"]["label"], "web-2");
    let floating = shown["floating_ip_id"].clone();
    assert_eq!(stage.post("/floating-ips/detach", json!({"ids": [floating]})).await.0, 200);
    stage.advance(12.0).await;
    let (_, shown) = stage.get(&format!("/network-protection/{address}")).await;
    assert_eq!(shown["protected_service"], json!({"id": null, "type": null, "label": null}));
    assert_eq!(shown["floating_ip_id"], floating);
}

#[tokio::test]
async fn the_geo_filter() {
    let stage = Stage::set("typical").await;
    let path = format!("/network-protection/{}/geo", besieged(&stage).await);
    assert_eq!(stage.get(&path).await.1["active"], true);
    assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
    assert_eq!(stage.get(&path).await.1, json!({"active": false, "action": "deny", "countries": []}));
    let patch = async |body: Value| send(&stage, Method::PATCH, &path, body).await;
    let (status, refusal) = patch(json!({"active": true})).await;
    assert_eq!((status, refusal["errors"]["countries"].is_array()), (422, true), "nothing to activate");
    let rule = json!({"active": true, "action": "allow", "countries": ["BG", "RO"]});
    let wish = json!({"action": "allow", "countries": ["RO", "bg", "RO"]});
    assert_eq!(send(&stage, Method::POST, &path, wish).await, (200, rule));
    assert_eq!(patch(json!({"active": false})).await.1["active"], false);
    assert_eq!(patch(json!({})).await.1["countries"], json!(["BG", "RO"]));
    for wish in [
        json!({"action": "allow"}),
        json!({"action": "allow", "countries": []}),
        json!({"action": "maybe", "countries": ["BG"]}),
        json!({"action": "deny", "countries": ["XX"]}),
        json!({"action": "deny", "countries": "BG"}),
    ] {
        assert_eq!(send(&stage, Method::POST, &path, wish.clone()).await.0, 422, "{wish}");
    }
    assert_eq!(stage.get(&path).await.1["action"], "allow", "a refused rule changes nothing");
}

#[tokio::test]
async fn the_lists() {
    let stage = Stage::set("typical").await;
    let address = besieged(&stage).await;
    for list in ["whitelist", "blacklist"] {
        let path = format!("/network-protection/{address}/{list}");
        assert_eq!(stage.get(&path).await.1["active"], true);
        let wish = json!({"networks": ["203.0.113.9", "198.51.100.77/24", "9.9.9.9/32", "203.0.113.9/32"]});
        let networks = json!(["9.9.9.9/32", "198.51.100.0/24", "203.0.113.9/32"]);
        let kept = json!({"active": true, "networks": networks});
        assert_eq!(stage.post(&path, wish).await, (200, kept.clone()), "replaced, active, CIDR, sorted");
        assert_eq!(stage.get(&path).await.1, kept);
        let change = json!({"add": ["10.0.0.1"], "remove": ["9.9.9.9", "1.1.1.1"], "active": false});
        let (_, changed) = send(&stage, Method::PATCH, &path, change).await;
        let networks = json!(["10.0.0.1/32", "198.51.100.0/24", "203.0.113.9/32"]);
        assert_eq!(changed, json!({"active": false, "networks": networks}));
        for wish in [
            json!({}),
            json!({"networks": []}),
            json!({"networks": [1]}),
            json!({"networks": ["10.0.0.0/33"]}),
            json!({"networks": ["::1"]}),
        ] {
            assert_eq!(stage.post(&path, wish.clone()).await.0, 422, "{wish}");
        }
        let many =
            |count: u32| (0..count).map(|n| format!("10.0.{}.{}", n / 250, n % 250)).collect::<Vec<_>>();
        assert_eq!(stage.post(&path, json!({"networks": many(1001)})).await.0, 422);
        assert_eq!(stage.post(&path, json!({"networks": many(1000)})).await.0, 200);
        let (status, _) = send(&stage, Method::PATCH, &path, json!({"add": ["192.0.2.1"]})).await;
        assert_eq!(status, 422, "a thousand in all");
        assert_eq!(stage.send(Method::DELETE, &path).await.0, 204);
        assert_eq!(stage.get(&path).await.1, json!({"active": false, "networks": []}));
        assert_eq!(send(&stage, Method::PATCH, &path, json!({"active": true})).await.0, 422);
    }
}

#[tokio::test]
async fn attacks_begin_and_end_on_the_clock() {
    let stage = Stage::set("typical").await;
    let address = besieged(&stage).await;
    let attack = ongoing(&stage, address).await;
    assert_eq!(attack["ended_at"], Value::Null);
    let summary = format!("/network-protection/{address}");
    assert_eq!(stage.get(&summary).await.1["under_attack"], true);
    let path = format!("{summary}/attacks/{}", attack["id"].as_str().unwrap());
    let points = async || stage.get(&format!("{path}/bandwidth")).await.1["data"].as_array().unwrap().clone();
    let before = points().await;
    stage.advance(60.0).await;
    assert!(points().await.len() > before.len(), "its curve grows");
    stage.advance(3600.0).await;
    let (_, ended) = stage.get(&path).await;
    assert_eq!(ended["ongoing"], false);
    assert!(ended["started_at"].as_str() < ended["ended_at"].as_str());
    let length = ended["ended_at"].as_str().unwrap().len();
    assert_eq!(length, "2026-03-05T14:17:55.000Z".len(), "milliseconds: {ended}");
    let whole = points().await;
    stage.advance(3600.0).await;
    assert_eq!(points().await, whole, "what is over stays as it was");
}

#[tokio::test]
async fn one_is_under_way_most_of_the_time() {
    let stage = Stage::set("typical").await;
    let summary = format!("/network-protection/{}", besieged(&stage).await);
    let mut under_attack = 0;
    for _ in 0..100 {
        under_attack += i32::from(stage.get(&summary).await.1["under_attack"] == true);
        stage.advance(877.0).await;
    }
    assert!((70..100).contains(&under_attack), "{under_attack} of 100");
}

#[tokio::test]
async fn attacks_on_order() {
    let stage = Stage::set("typical").await;
    let (_, list) = stage.get("/floating-ips?filter[ddos]=true").await;
    let waiting = list["data"].as_array().unwrap().iter().find(|row| row["server_id"].is_null()).unwrap();
    let summary = format!("/network-protection/{}", waiting["ip_address"]["id"]);
    for (word, expected) in [("always", true), ("never", false)] {
        stage.order("faults", json!({"attacks": word})).await;
        for _ in 0..40 {
            assert_eq!(stage.get(&summary).await.1["under_attack"], expected, "{word}");
            stage.advance(977.0).await;
        }
        let total = stage.get(&format!("{summary}/attacks")).await.1["meta"]["total"].as_i64().unwrap();
        assert_eq!(total > 160, expected, "{word}: {total}");
    }
    let attacks =
        async || stage.get(&format!("{summary}/attacks")).await.1["meta"]["total"].as_i64().unwrap();
    stage.order("faults", json!({"attacks": "usual"})).await;
    assert!((1..30).contains(&attacks().await));
    assert_eq!(stage.control("faults", json!({"attacks": "often"})).await.0, 422);
}

#[tokio::test]
async fn the_break_down_adds_up() {
    let stage = Stage::set("typical").await;
    let address = besieged(&stage).await;
    let list = attacks(&stage, address, "").await;
    assert!(list.len() > 20);
    for row in list.iter().skip(1).take(12) {
        let id = row["id"].as_str().unwrap();
        let (_, attack) = stage.get(&format!("/network-protection/{address}/attacks/{id}")).await;
        let (_, curve) = stage.get(&format!("/network-protection/{address}/attacks/{id}/bandwidth")).await;
        let points = curve["data"].as_array().unwrap();
        let peak = points.iter().map(|point| point["bandwidth"].as_f64().unwrap()).fold(0.0, f64::max);
        assert_eq!(attack["peak_bandwidth"].as_f64().unwrap(), peak);
        assert_eq!(row["peak_bandwidth"], attack["peak_bandwidth"]);
        assert_eq!(attack["initial_bandwidth"], points[0]["bandwidth"]);
        assert!(peak >= attack["initial_bandwidth"].as_f64().unwrap());
        let megabytes: f64 =
            points.iter().map(|point| point["bandwidth"].as_f64().unwrap() * 10.0 / 8.0).sum();
        for part in ["top_protocols", "top_source_asns", "top_source_ips"] {
            let rows = attack[part].as_array().unwrap();
            let total: f64 = rows.iter().map(|row| row["total_bandwidth"].as_f64().unwrap()).sum();
            assert!(!rows.is_empty() && total <= megabytes * 1.001, "{part}: {total} of {megabytes}");
            assert!(rows.is_sorted_by(|a, b| a["total_pps"].as_i64() >= b["total_pps"].as_i64()), "{part}");
        }
        let protocols: f64 = attack["top_protocols"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["total_bandwidth"].as_f64().unwrap())
            .sum();
        assert!((protocols - megabytes).abs() < megabytes * 0.001, "the protocols are everything");
    }
}

#[tokio::test]
async fn attacks_by_time() {
    let stage = Stage::with(
        json!({"seed": "typical", "freeze": true, "now": "2026-03-05T12:00:00Z", "rate_limit": 100_000}),
    )
    .await;
    let address = besieged(&stage).await;
    let now = 1_772_712_000_i64;
    let week = stage.get(&format!("/network-protection/{address}/attacks")).await.1["meta"]["total"]
        .as_i64()
        .unwrap();
    assert!((140..=170).contains(&week), "{week}");
    let day = attacks(&stage, address, &format!("filter[start]={}", now - 86_400)).await;
    assert!((20..=26).contains(&day.len()), "{}", day.len());
    let early =
        attacks(&stage, address, &format!("filter[start]={}&filter[end]={}", now - 90_000, now - 86_400))
            .await;
    assert!((1..=3).contains(&early.len()), "{}", early.len());
    assert_eq!(
        attacks(&stage, address, &format!("filter[end]={}", now - 400 * 86_400)).await,
        [Value::Null; 0]
    );
    let path = format!("/network-protection/{address}/attacks");
    assert_eq!(stage.get(&format!("{path}?filter[start]=yesterday")).await.0, 422);
    assert_eq!(stage.get(&format!("{path}?filter[start]={now}&filter[end]=5")).await.0, 422);
    assert_eq!(stage.get(&format!("{path}/nosuchattack")).await.0, 404);
    assert_eq!(stage.get(&format!("{path}/nosuchattack/bandwidth")).await.0, 404);
    // The same world again has the same attacks.
    let again =
        stage.another(json!({"seed": "typical", "freeze": true, "now": "2026-03-05T12:00:00Z"})).await;
    let other = besieged(&again).await;
    assert_ne!(attacks(&again, other, "").await, attacks(&stage, address, "").await, "another world, others");
    stage.order("reset", json!({})).await;
    assert_eq!(attacks(&stage, address, &format!("filter[start]={}", now - 86_400)).await, day);
}

#[tokio::test]
async fn the_traffic_shows_the_attack() {
    let stage = Stage::set("typical").await;
    let address = besieged(&stage).await;
    let path = format!("/network-protection/{address}/bandwidth");
    let points = stage.get(&path).await.1["data"].as_array().unwrap().clone();
    assert!((288..=289).contains(&points.len()), "a day of five minutes: {}", points.len());
    assert!(points.iter().all(|point| point["timestamp"].as_i64().unwrap() % 300 == 0));
    assert!(points.is_sorted_by_key(|point| point["timestamp"].as_i64()));
    assert!(points.iter().all(|point| point["passed"].as_f64().unwrap() > 0.0));
    let dropping = points.iter().filter(|point| point["dropped"].as_f64().unwrap() > 10.0).count();
    assert!(dropping > 180, "{dropping}");
    let now = points.last().unwrap()["timestamp"].as_i64().unwrap();
    let (status, _) = stage.get(&format!("{path}?filter[start]={}", now - 40 * 86_400)).await;
    assert_eq!(status, 422, "a month at most");
    let (_, hour) = stage.get(&format!("{path}?filter[start]={}&filter[end]={now}", now - 3600)).await;
    assert_eq!(hour["data"].as_array().unwrap().len(), 13);
}

#[tokio::test]
async fn sources_are_blocked_while_it_lasts() {
    let stage = Stage::set("typical").await;
    let address = besieged(&stage).await;
    ongoing(&stage, address).await;
    stage.advance(120.0).await;
    let path = format!("/network-protection/{address}/blocked-ips?per_page=50");
    let (_, list) = stage.get(&path).await;
    let rows = list["data"].as_array().unwrap();
    assert!(list["meta"]["total"].as_i64().unwrap() > 10);
    assert!(rows.is_sorted_by(|a, b| a["blocked_at"].as_str() >= b["blocked_at"].as_str()));
    // What the whitelist names is not blocked.
    let wish = json!({"networks": ["0.0.0.0/0"]});
    assert_eq!(stage.post(&format!("/network-protection/{address}/whitelist"), wish).await.0, 200);
    assert_eq!(stage.get(&path).await.1["meta"]["total"], 0);
}

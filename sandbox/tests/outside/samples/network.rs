//! Floating IPs, reverse names, network protection.

use super::{at, first};
use crate::stage::Stage;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use vpsbg_sandbox::Route;

/// The floating IP that is nearly always attacked; it sits on `web-2`.
async fn besieged(stage: &Stage) -> Value {
    first(stage, "/floating-ips?filter[ddos]=true&filter[search]=web-2").await
}

pub async fn request(stage: &Stage, route: &Route) -> Option<RequestBuilder> {
    let send = |body: Value| at(stage, route, &[]).json(&body);
    let floating = async || besieged(stage).await["id"].clone();
    let address = async || besieged(stage).await["ip_address"]["id"].clone();
    Some(match route.operation {
        "purchaseFloatingIps" => send(json!({"billing_cycle": 1, "ipv4": 1, "ipv4_ddos": 1, "ipv6": 1})),
        "attachFloatingIps" => {
            let list = stage.get("/floating-ips?filter[status]=active").await.1;
            let rows = list["data"].as_array().unwrap();
            let free = rows.iter().find(|row| row["server_id"].is_null()).unwrap();
            send(json!({"ids": [free["id"]], "server_id": stage.server("db-1").await}))
        }
        "detachFloatingIps" => send(json!({"ids": [floating().await]})),
        "cancelFloatingIps" => send(json!({"ids": [floating().await], "now": true, "reason": "Not needed"})),
        "undoCancelFloatingIps" => {
            let ids = json!([floating().await]);
            let body = json!({"ids": ids, "now": false});
            assert_eq!(stage.post("/floating-ips/cancel", body).await.0, 200);
            send(json!({ "ids": ids }))
        }
        "updateIpAddress" => {
            at(stage, route, &[&address().await]).json(&json!({"ptr": "web-01.example.org"}))
        }
        "setGeoFilter" => {
            at(stage, route, &[&address().await]).json(&json!({"action": "allow", "countries": ["BG", "RO"]}))
        }
        "updateGeoFilter" => at(stage, route, &[&address().await]).json(&json!({"active": false})),
        "setWhitelist" | "setBlacklist" => at(stage, route, &[&address().await])
            .json(&json!({"networks": ["203.0.113.9", "198.51.100.0/24"]})),
        "updateWhitelist" | "updateBlacklist" => at(stage, route, &[&address().await])
            .json(&json!({"add": ["192.0.2.10"], "remove": ["203.0.113.9/32"]})),
        "getAttack" | "getAttackBandwidth" => {
            let address = address().await;
            let attack = first(stage, &format!("/network-protection/{address}/attacks")).await["id"].clone();
            at(stage, route, &[&address, &attack])
        }
        _ if route.path.starts_with("/network-protection/") && route.method != Method::POST => {
            at(stage, route, &[&address().await])
        }
        _ => return None,
    })
}

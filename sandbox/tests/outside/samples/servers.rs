//! Servers, plans, add-ons, snapshots, backups, ISOs, measured boot.

use super::{at, first};
use crate::stage::Stage;
use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use vpsbg_sandbox::Route;

/// The id of an add-on of a server.
async fn addon(stage: &Stage, server: &Value, name: &str) -> Value {
    let (_, server) = stage.get(&format!("/servers/{server}")).await;
    let addons = server["addons"].as_array().unwrap();
    addons.iter().find(|addon| addon["name"] == name).unwrap()["id"].clone()
}

/// The first row of a list for which something is so.
async fn row(stage: &Stage, path: &str, field: &str, value: Value) -> Value {
    let (_, list) = stage.get(path).await;
    list["data"].as_array().unwrap().iter().find(|row| row[field] == value).unwrap()["id"].clone()
}

pub async fn request(stage: &Stage, route: &Route) -> Option<RequestBuilder> {
    let named = async |hostname: &str| json!(stage.server(hostname).await);
    let with = |place: &Value, body: Value| at(stage, route, &[place]).json(&body);
    let web = named("web-1").await;
    Some(match route.operation {
        "getIso" | "deleteIso" => at(stage, route, &[&first(stage, "/isos").await["id"]]),
        "createIso" => at(stage, route, &[]).json(&json!({"url": "https://mirror.example.org/new.iso"})),
        "calculateServersRenew" | "renewServers" => at(stage, route, &[])
            .json(&json!({"server_ids": [web], "billing_cycle": 3, "promo_code": "spring2603"})),
        "deployServer" => at(stage, route, &[]).json(&json!({
            "name": ["web-8", "web-9"], "plan": "cloud-vps-2gb", "billing_cycle": 3, "image_id": 73,
            "extra_ipv4": 1, "backups": true, "promo_code": "spring2603",
        })),
        "cancelServer" => with(&web, json!({"reason": "Replaced", "now": false})),
        "undoCancelServer" => at(stage, route, &[&named("build-1").await]),
        "changeServerPassword" => with(&web, json!({"password": "correct-horse", "reboot": true})),
        "updateServerHostname" => with(&web, json!({"hostname": "web-7.example.org"})),
        "updateServerSshKeys" => {
            with(&web, json!({"ssh_keys": [first(stage, "/ssh-keys").await["id"]], "reboot": true}))
        }
        "setServerIsos" => {
            with(&web, json!({"primary_iso_id": row(stage, "/isos", "status", json!("downloaded")).await}))
        }
        "restoreServer" => {
            with(&web, json!({"snapshot_id": row(stage, "/snapshots", "server_id", web.clone()).await}))
        }
        "reinstallServer" => with(&web, json!({"image_id": 73, "password": "correct-horse"})),
        "changePrimaryIp" => {
            let (_, server) = stage.get(&format!("/servers/{web}")).await;
            let other = |address: &&Value| address["version"] == 4 && address["main"] == false;
            let address = server["ip_addresses"].as_array().unwrap().iter().find(other).unwrap();
            with(&web, json!({"ip_id": address["id"]}))
        }
        "calculateScale" | "scaleServer" => with(&web, json!({"plan": "cloud-vps-4gb", "scale_disk": false})),
        "purchaseServerAddons" => with(&named("web-2").await, json!({"backups": true, "bandwidth": null})),
        "calculateServerAddonScale" | "scaleServerAddons" => {
            with(&named("win-terminal").await, json!({"microsoft_rds_sal": 5}))
        }
        "cancelServerAddon" => at(stage, route, &[&web, &addon(stage, &web, "backups").await])
            .json(&json!({"reason": "Not needed", "now": false})),
        "undoCancelServerAddon" => {
            let cache = named("cache-1").await;
            at(stage, route, &[&cache, &addon(stage, &cache, "backups").await])
        }
        "enableRescue" => with(&web, json!({"password": "temporary-rescue"})),
        "disableRescue" => at(stage, route, &[&named("mail-1").await]),
        "listPlanAddons" | "listPlanPromoCodes" => at(stage, route, &[&json!(104)]),
        "deleteSnapshot" => at(stage, route, &[&first(stage, "/snapshots").await["id"]]),
        "deleteBackup" => at(stage, route, &[&first(stage, "/backups").await["id"]]),
        "deleteMeasuredBootImage" => {
            at(stage, route, &[&row(stage, "/measured-boot-images", "in_use", json!(false)).await])
        }
        "uploadMeasuredBootImage" => {
            let part = Part::bytes(vec![7_u8; 4096]).file_name("kernel.efi");
            at(stage, route, &[]).multipart(Form::new().part("file", part))
        }
        "attachMeasuredBoot" => {
            let image = row(stage, "/measured-boot-images", "in_use", json!(false)).await;
            with(&named("vault.sev.example.org").await, json!({"kernel_image_id": image}))
        }
        _ if route.path.matches('{').count() == 1 => at(stage, route, &[&web]),
        _ => return None,
    })
}

//! Reverse names of addresses.

use crate::stage::{Stage, Told, told};
use reqwest::Method;
use serde_json::{Value, json};

async fn name(stage: &Stage, address: &Value, ptr: Value) -> Told {
    let request =
        stage.request(Method::PATCH, &format!("/ip-addresses/{address}")).json(&json!({ "ptr": ptr }));
    told(request.send().await.unwrap()).await
}

/// The addresses of `web-1`: its own IPv4 and IPv6, and a floating one.
async fn addresses(stage: &Stage) -> [Value; 3] {
    let server = stage.server("web-1").await;
    let (_, row) = stage.get(&format!("/servers/{server}")).await;
    let rows = row["ip_addresses"].as_array().unwrap();
    let find = |version: u8, floating: bool| {
        rows.iter().find(|row| row["version"] == version && row["floating_ip"] == floating).unwrap().clone()
    };
    [find(4, false), find(6, false), find(4, true)]
}

#[tokio::test]
async fn a_text_for_ipv4() {
    let stage = Stage::set("typical").await;
    let [own, _, floating] = addresses(&stage).await;
    let (status, shown) = name(&stage, &own["id"], json!("Mail.Example.org.")).await;
    assert_eq!(status, 200, "{shown}");
    let ip = own["ip_address"].as_str().unwrap();
    assert_eq!(shown["ptr"], json!({ ip: "mail.example.org" }));
    assert_eq!(shown["floating_ip"], Value::Null);
    assert_eq!(addresses(&stage).await[0]["ptr"], shown["ptr"], "the server shows it too");
    for ptr in [
        json!({ip: "a.example.org"}),
        json!(5),
        json!("no spaces.org"),
        json!("-a.org"),
        json!("nodot"),
        json!("a..b"),
    ] {
        assert_eq!(name(&stage, &own["id"], ptr.clone()).await.0, 422, "{ptr}");
    }
    assert_eq!(name(&stage, &own["id"], json!("")).await.1["ptr"], Value::Null);
    let (_, shown) = name(&stage, &floating["id"], json!("www.example.org")).await;
    assert_eq!(shown["floating_ip"]["ip"], floating["ip_address"]);
    assert_eq!(shown["floating_ip"]["status"], "active");
}

#[tokio::test]
async fn a_map_for_ipv6() {
    let stage = Stage::set("typical").await;
    let [_, block, _] = addresses(&stage).await;
    let ip = block["ip_address"].as_str().unwrap();
    let prefix = ip.strip_suffix("::1").unwrap();
    let (status, shown) = name(
        &stage,
        &block["id"],
        json!({ip: "a.example.org", format!("{prefix}:0:0::BEEF"): "b.example.org"}),
    )
    .await;
    assert_eq!(status, 200, "{shown}");
    assert_eq!(shown["ptr"], json!({ip: "a.example.org", format!("{prefix}::beef"): "b.example.org"}));
    let (status, refusal) = name(&stage, &block["id"], json!({"2001:db8:ffff::1": "a.example.org"})).await;
    assert_eq!((status, refusal["errors"]["ptr.2001:db8:ffff::1"].is_array()), (422, true));
    assert_eq!(name(&stage, &block["id"], json!("a.example.org")).await.0, 422);
    assert_eq!(name(&stage, &block["id"], json!({ip: 5})).await.0, 422);
    assert_eq!(name(&stage, &block["id"], json!({})).await.1["ptr"], Value::Null);
}

#[tokio::test]
async fn of_what_is_there() {
    let stage = Stage::set("typical").await;
    assert_eq!(name(&stage, &json!(1), json!("a.example.org")).await.0, 404);
    let (_, list) = stage.get("/servers?filter[status]=terminated").await;
    let gone = &list["data"][0]["ip_addresses"][0]["id"];
    assert_eq!(name(&stage, gone, json!("a.example.org")).await.0, 404);
    let own = addresses(&stage).await[0]["id"].clone();
    let request = stage.request(Method::PATCH, &format!("/ip-addresses/{own}")).json(&json!({}));
    let (status, refusal) = told(request.send().await.unwrap()).await;
    assert_eq!((status, &refusal["message"]), (422, &json!("The ptr field is required.")));
}

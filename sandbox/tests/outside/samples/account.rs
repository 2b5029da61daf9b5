//! The account: its owner, balance, orders, keys, referrals, support level.

use super::{at, first};
use crate::code::code;
use crate::stage::Stage;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use vpsbg_sandbox::Route;

/// A renewal that waits to be paid.
async fn open_renewal(stage: &Stage) -> Value {
    let list = stage.get("/orders?filter[status]=awaiting_payment").await.1;
    let rows = list["data"].as_array().unwrap();
    rows.iter().find(|row| row["type"] == "renew-service").unwrap()["id"].clone()
}

pub async fn request(stage: &Stage, route: &Route) -> Option<RequestBuilder> {
    let send = |body: Value| at(stage, route, &[]).json(&body);
    Some(match route.operation {
        "updateUser" => send(json!({"city": "Plovdiv", "postal_code": "4000"})),
        "enableTwoFactor" | "disableTwoFactor" => {
            let secret = stage.get("/user/2fa").await.1["secret_key"].as_str().unwrap().to_owned();
            let otp = code(&secret, stage.now().await);
            let body = json!({"otp": otp, "secret_key": secret});
            if route.operation == "disableTwoFactor" {
                assert_eq!(stage.post("/user/2fa", body.clone()).await.0, 204);
            }
            send(body)
        }
        "depositFunds" => send(json!({"amount": 50, "payment_method": "bank"})),
        "activateAffiliate" => {
            let stage = stage.another(json!({"seed": "small", "freeze": true})).await;
            at(&stage, route, &[])
        }
        "updateAffiliate" => send(json!({"referral_code": "another-code"})),
        "createSshKey" => send(json!({"name": "New key", "key": crate::ssh_keys::ED25519})),
        "getSshKey" | "deleteSshKey" => at(stage, route, &[&first(stage, "/ssh-keys").await["id"]]),
        "updateSshKey" => {
            at(stage, route, &[&first(stage, "/ssh-keys").await["id"]]).json(&json!({"name": "Renamed"}))
        }
        "getOrder" | "deleteOrder" => at(stage, route, &[&open_renewal(stage).await]),
        "updateOrder" => {
            at(stage, route, &[&open_renewal(stage).await]).json(&json!({"promo_code": "spring2601"}))
        }
        "payOrders" => send(json!({"order_ids": [open_renewal(stage).await], "payment_method": "card"})),
        "changeOrderRenewalPeriod" => {
            let id = open_renewal(stage).await;
            let (_, order) = stage.get(&format!("/orders/{id}")).await;
            let service = &order["services"][0];
            at(stage, route, &[&id, &service["service_type"], &service["service_id"]])
                .json(&json!({"billing_cycle": 12, "promo_code": null}))
        }
        "purchaseSupportPlan" => {
            let stage = stage.another(json!({"seed": "small", "freeze": true})).await;
            at(&stage, route, &[]).json(&json!({"billing_cycle": 3, "plan": "professional"}))
        }
        "renewSupportPlan" => send(json!({"billing_cycle": 1})),
        "cancelSupportPlan" => send(json!({"reason": "Too quiet", "now": false})),
        "undoCancelSupportPlan" => {
            assert_eq!(stage.send(Method::POST, "/support/cancel").await.0, 204);
            at(stage, route, &[])
        }
        _ => return None,
    })
}

//! Two-factor login with real codes, by the world's clock.

use crate::code::code;
use crate::stage::{Stage, told};
use reqwest::Method;
use serde_json::{Value, json};

async fn disable(stage: &Stage, otp: Value) -> u16 {
    let request = stage.request(Method::DELETE, "/user/2fa").json(&json!({ "otp": otp }));
    told(request.send().await.unwrap()).await.0
}

async fn is_on(stage: &Stage) -> bool {
    stage.get("/user").await.1["2fa_enabled"].as_bool().unwrap()
}

#[tokio::test]
async fn on_and_off() {
    let stage = Stage::set("small").await;
    let (_, offered) = stage.get("/user/2fa").await;
    let secret = offered["secret_key"].as_str().unwrap();
    assert_eq!(secret.len(), 32);
    let address = offered["otp_auth_url"].as_str().unwrap();
    assert!(address.starts_with("otpauth://totp/VPSBG:dev") && address.contains(secret), "{address}");
    assert_ne!(stage.get("/user/2fa").await.1["secret_key"], offered["secret_key"]);

    let now = stage.now().await;
    let old = json!({"otp": code(secret, now - 90), "secret_key": secret});
    let (status, refusal) = stage.post("/user/2fa", old).await;
    assert_eq!((status, &refusal["message"]), (422, &json!("The one-time code is not correct.")));
    assert!(!is_on(&stage).await);
    let right = json!({"otp": code(secret, now), "secret_key": secret});
    assert_eq!(stage.post("/user/2fa", right.clone()).await.0, 204);
    assert!(is_on(&stage).await);
    assert_eq!(stage.post("/user/2fa", right).await.0, 422);

    let later = code(secret, now + 3600);
    assert_eq!(disable(&stage, json!(later)).await, 422);
    stage.advance(3600.0).await;
    assert_eq!(disable(&stage, json!(later)).await, 204);
    assert!(!is_on(&stage).await);
    assert_eq!(disable(&stage, json!(later)).await, 422);
}

#[tokio::test]
async fn a_number_has_lost_its_leading_zeros() {
    let stage = Stage::set("empty").await;
    let (_, offered) = stage.get("/user/2fa").await;
    let secret = offered["secret_key"].as_str().unwrap();
    let now = stage.now().await;
    // On average one code in ten begins with a zero.
    let zero = (0..1000).find(|step| code(secret, now + step * 30).starts_with('0')).unwrap();
    stage.advance(zero as f64 * 30.0).await;
    let text = code(secret, now + zero * 30);
    let number: i64 = text.parse().unwrap();
    let (status, refusal) = stage.post("/user/2fa", json!({"otp": number, "secret_key": secret})).await;
    assert_eq!((status, &refusal["errors"]["otp"][0]), (422, &json!("The otp field must be 6 digits.")));
    assert_eq!(stage.post("/user/2fa", json!({"otp": text, "secret_key": secret})).await.0, 204);
    let whole = (1..1000).find(|step| !code(secret, now + (zero + step) * 30).starts_with('0')).unwrap();
    stage.advance(whole as f64 * 30.0).await;
    let number: i64 = code(secret, now + (zero + whole) * 30).parse().unwrap();
    assert_eq!(disable(&stage, json!(number)).await, 204, "six digits may come as a number");
}

#[tokio::test]
async fn a_secret_must_come_from_here() {
    let stage = Stage::set("empty").await;
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let otp = code(secret, stage.now().await);
    let (status, refusal) = stage.post("/user/2fa", json!({"otp": otp, "secret_key": secret})).await;
    assert_eq!((status, &refusal["message"]), (422, &json!("The selected secret key is invalid.")));
    let (_, refusal) = stage.post("/user/2fa", json!({})).await;
    assert_eq!(refusal["message"], "The otp field is required. (and 1 more error)");
}

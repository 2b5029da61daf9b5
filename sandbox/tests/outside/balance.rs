//! Top-ups and movements of the balance, and invoices taken home.

use crate::stage::Stage;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_deposit_is_paid_with_vat_and_credited_without() {
    let stage = Stage::set("small").await;
    let (status, order) =
        stage.post("/balance/deposit", json!({"amount": 50, "payment_method": "card"})).await;
    assert_eq!(status, 201, "{order}");
    assert_eq!((&order["type"], &order["status"]), (&json!("deposit"), &json!("paid")));
    assert_eq!((&order["amount"], &order["amount_with_vat"]), (&json!(41.67), &json!(50)));
    let (_, balance) = stage.get("/balance").await;
    assert_eq!(balance["balance"], 184.17);
    let last = &balance["last_deposit"];
    assert_eq!(
        (&last["amount"], &last["amount_with_vat"], &last["payment_method"]),
        (&json!(41.67), &json!(50), &json!("card"))
    );
    let (_, moves) = stage.get("/balance/transactions").await;
    assert_eq!(moves["data"][0]["type"], "deposit");
    assert_eq!(moves["data"][0]["balance_after"], 184.17);
}

#[tokio::test]
async fn bitcoin_on_its_way_is_shown() {
    let stage = Stage::set("empty").await;
    let body = json!({"amount": 25, "payment_method": "bitcoin"});
    let (_, order) = stage.post("/balance/deposit", body).await;
    assert_eq!(order["status"], "processing");
    let (_, balance) = stage.get("/balance").await;
    let waiting = &balance["unconfirmed_bitcoin_deposits"][0];
    assert_eq!((&balance["balance"], &waiting["amount"]), (&json!(0), &json!(20.83)));
    assert_eq!((&waiting["amount_with_vat"], &waiting["tx_amount"]), (&json!(25), &json!("0.00041250")));
    assert_eq!(waiting["tx_hash"].as_str().unwrap().len(), 64);
    stage.advance(600.0).await;
    let (_, balance) = stage.get("/balance").await;
    assert_eq!(balance["balance"], 20.83);
    assert_eq!(balance["unconfirmed_bitcoin_deposits"], json!([]));
    let lightning = json!({"amount": "10.50", "payment_method": "bitcoin-ln"});
    assert_eq!(stage.post("/balance/deposit", lightning).await.1["status"], "paid");
}

#[tokio::test]
async fn deposits_that_make_no_sense() {
    let stage = Stage::set("empty").await;
    for (body, field) in [
        (json!({"payment_method": "card"}), "amount"),
        (json!({"amount": 0, "payment_method": "card"}), "amount"),
        (json!({"amount": -5, "payment_method": "card"}), "amount"),
        (json!({"amount": 1.005, "payment_method": "card"}), "amount"),
        (json!({"amount": 1e300, "payment_method": "card"}), "amount"),
        (json!({"amount": "much", "payment_method": "card"}), "amount"),
        (json!({"amount": 5}), "payment_method"),
        (json!({"amount": 5, "payment_method": "balance"}), "payment_method"),
    ] {
        let (status, refusal) = stage.post("/balance/deposit", body.clone()).await;
        assert_eq!(status, 422, "{body}");
        assert!(refusal["errors"][field].is_array(), "{body}: {refusal}");
    }
    // A deposit is not paid with what is there already, neither by hand nor by itself.
    stage.order("faults", json!({"card_declined": true})).await;
    let (_, order) = stage.post("/balance/deposit", json!({"amount": 5, "payment_method": "card"})).await;
    assert_eq!((&order["status"], &order["auto_pay"]), (&json!("awaiting_payment"), &json!(false)));
    let body = json!({"order_ids": [order["id"]], "payment_method": "balance"});
    assert_eq!(stage.post("/orders/pay", body).await.0, 422);
}

#[tokio::test]
async fn movements_add_up() {
    for seed in ["small", "typical", "large"] {
        let stage = Stage::set(seed).await;
        let (_, balance) = stage.get("/balance").await;
        let mut rows = Vec::new();
        for page in 1.. {
            let (_, list) = stage.get(&format!("/balance/transactions?per_page=50&page={page}")).await;
            let more = list["data"].as_array().unwrap().clone();
            if more.is_empty() {
                break;
            }
            rows.extend(more);
        }
        let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round() as i64;
        assert_eq!(cents(&rows[0]["balance_after"]), cents(&balance["balance"]), "{seed}");
        rows.reverse();
        let mut left = 0;
        for row in &rows {
            left += cents(&row["amount"]);
            assert_eq!(left, cents(&row["balance_after"]), "{seed}: {row}");
            assert!(left >= 0, "{seed}: {row}");
        }
    }
}

#[tokio::test]
async fn invoices_tell_the_orders_that_exist() {
    let stage = Stage::set("typical").await;
    for page in 1..=2 {
        let (_, list) = stage.get(&format!("/invoices?page={page}")).await;
        for invoice in list["data"].as_array().unwrap() {
            let mut sum = 0.0;
            for id in invoice["order_ids"].as_array().unwrap() {
                let (status, order) = stage.get(&format!("/orders/{id}")).await;
                assert_eq!(status, 200);
                assert_eq!(order["status"] == "paid", invoice["type"] == "original", "{invoice}");
                sum += order["amount"].as_f64().unwrap() + order["amount_from_balance"].as_f64().unwrap();
            }
            assert!((sum - invoice["amount"].as_f64().unwrap()).abs() < 0.005, "{invoice} {sum}");
        }
    }
}

/// Name and content of every file of an archive without compression, by its directory.
fn unpack(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let word = |at: usize, size: usize| {
        archive[at..at + size].iter().rev().fold(0_usize, |word, byte| word << 8 | usize::from(*byte))
    };
    let end = archive.len() - 22;
    assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
    let (count, mut at) = (word(end + 10, 2), word(end + 16, 4));
    let mut files = Vec::new();
    for _ in 0..count {
        assert_eq!(&archive[at..at + 4], b"PK\x01\x02");
        let (checksum, size, name) = (word(at + 16, 4), word(at + 24, 4), word(at + 28, 2));
        let begin = word(at + 42, 4);
        assert_eq!(&archive[begin..begin + 4], b"PK\x03\x04");
        assert_eq!((word(begin + 14, 4), word(begin + 22, 4)), (checksum, size));
        let content = begin + 30 + name;
        let text = String::from_utf8(archive[begin + 30..content].to_vec()).unwrap();
        let bytes = archive[content..content + size].to_vec();
        assert_eq!(crc(&bytes) as usize, checksum);
        files.push((text, bytes));
        at += 46 + name;
    }
    files
}

fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

#[tokio::test]
async fn several_invoices_come_in_one_archive() {
    let stage = Stage::set("small").await;
    let (_, list) = stage.get("/invoices").await;
    let ids: Vec<&Value> = list["data"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    let request = stage.request(Method::POST, "/invoices/download").json(&json!({ "ids": ids }));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/zip");
    let files = unpack(&response.bytes().await.unwrap());
    assert_eq!(files.len(), 3);
    for ((name, content), row) in files.iter().zip(list["data"].as_array().unwrap()) {
        let expected =
            format!("{}-{}.pdf", row["type"].as_str().unwrap(), row["invoice_number"].as_str().unwrap());
        assert_eq!(*name, expected);
        assert!(content.starts_with(b"%PDF-"));
        let single = stage.request(Method::POST, &format!("/invoices/{}/download", row["id"]));
        assert_eq!(single.send().await.unwrap().bytes().await.unwrap(), content.as_slice());
    }
    for body in [json!({}), json!({"ids": []}), json!({"ids": [1]}), json!({"ids": "all"})] {
        assert_eq!(stage.post("/invoices/download", body.clone()).await.0, 422, "{body}");
    }
}

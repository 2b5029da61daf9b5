//! What a change is answered with is told by few pages: a done change must not look like a failed one because
//! its answer is another than the one that was guessed.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use vpsbg_api::{
    AddonScaleQuote, AppGuide, Decode, Deployed, Encode, Notes, Operation, RenewQuote, Server, ServerState,
    Told,
};

fn read<T: Decode>(value: &Value) -> (T, Notes) {
    let mut notes = Notes::default();
    (T::decode(value, &mut notes).unwrap(), notes)
}

/// How many servers the answer of an order told, and whether something was noted.
fn deployed(answer: &Value) -> (Vec<u64>, bool) {
    let (Deployed(servers), notes) = read(answer);
    (servers.iter().map(|server| server.id.get()).collect(), !notes.is_empty())
}

#[test]
fn an_order_for_servers_may_be_answered_in_any_way() {
    let (one, other) = (json!({ "id": 7, "hostname": "web-02" }), json!({ "id": 8, "hostname": "web-03" }));
    assert_eq!(deployed(&one), (vec![7], false));
    assert_eq!(deployed(&json!({ "data": one })), (vec![7], false));
    assert_eq!(deployed(&json!([one, other])), (vec![7, 8], false));
    assert_eq!(deployed(&json!({ "data": [one, other] })), (vec![7, 8], false));
    // An order has an id too, but it is not that of a server.
    let order = json!({ "id": 900, "amount": 22.33, "status": "awaiting_payment" });
    for strange in [order, json!({}), json!([]), json!("ok"), json!([{ "hostname": "web-02" }]), Value::Null]
    {
        let empty = strange.as_array().is_some_and(Vec::is_empty);
        assert_eq!(deployed(&strange), (Vec::new(), !empty), "{strange}");
    }
    assert!(Deployed::expects_nothing() && Deployed::missing() == Some(Deployed(Vec::new())));
}

/// What the client needs to take an empty answer, or one that is not JSON, as a success.
fn can_do_without<O: Operation>() -> bool {
    O::Answer::expects_nothing() && O::Answer::missing().is_some()
}

#[test]
fn a_change_that_answers_with_nothing_is_still_done() {
    let all = [
        can_do_without::<vpsbg_api::UpdateServerHostname>(),
        can_do_without::<vpsbg_api::UpdateServerSshKeys>(),
        can_do_without::<vpsbg_api::SetServerIsos>(),
        can_do_without::<vpsbg_api::RestoreServer>(),
        can_do_without::<vpsbg_api::ReinstallServer>(),
        can_do_without::<vpsbg_api::ChangePrimaryIp>(),
        can_do_without::<vpsbg_api::RenewServers>(),
        can_do_without::<vpsbg_api::ScaleServer>(),
        can_do_without::<vpsbg_api::PurchaseServerAddons>(),
        can_do_without::<vpsbg_api::ScaleServerAddons>(),
        can_do_without::<vpsbg_api::AttachMeasuredBoot>(),
        can_do_without::<vpsbg_api::UploadMeasuredBootImage>(),
        can_do_without::<vpsbg_api::CreateSshKey>(),
        can_do_without::<vpsbg_api::UpdateSshKey>(),
    ];
    assert_eq!(all, [true; 14]);
    // A read that answers with nothing has failed.
    assert!(!can_do_without::<vpsbg_api::GetServer>() && !can_do_without::<vpsbg_api::QuoteRenewal>());
    let (server, notes) = read::<Option<Server>>(&json!({ "message": "Accepted" }));
    assert!(server.is_none() && !notes.is_empty());
}

#[test]
fn null_and_missing_are_two_things() {
    let told = |state: Value| read::<ServerState>(&state).0.measured_boot;
    assert_eq!(told(json!({})), Told::Unknown);
    assert_eq!(told(json!({ "measured_boot": null })), Told::Nothing);
    let attached = told(json!({ "measured_boot": { "kernel_image": { "id": 412, "type": null } } }));
    assert_eq!(attached.as_ref().unwrap().kernel_image.as_ref().unwrap().id.get(), 412);
    let (state, notes) = read::<ServerState>(&json!({ "measured_boot": 3 }));
    assert!(state.measured_boot == Told::Unknown && !notes.is_empty());
}

#[test]
fn the_guide_of_an_app_is_kept_whatever_it_is() {
    let guide = |value: Value| read::<Server>(&json!({ "id": 7, "app_getting_started": value })).0;
    assert_eq!(guide(json!("Open port 80")).app_getting_started.unwrap().text(), Some("Open port 80"));
    let parts = json!({ "url": "https://example.org", "steps": [1, 2] });
    assert_eq!(guide(parts.clone()).app_getting_started, Some(AppGuide(parts.clone())));
    assert_eq!(guide(parts.clone()).encode()["app_getting_started"], parts);
    assert_eq!(guide(Value::Null).app_getting_started, None);
}

#[test]
fn amounts_are_as_sent() {
    let (quote, _) = read::<AddonScaleQuote>(&json!({ "amount": "9.17", "amount_with_vat": 11.00 }));
    assert_eq!(quote.amount.unwrap().0.to_string(), "9.17");
    let refund = json!({ "amount": "-9.10", "amount_with_vat": "-10.92" });
    assert_eq!(read::<AddonScaleQuote>(&refund).0.encode(), refund);
    // The parts of a renewal need not add up, and are not made to.
    let (quote, _) = read::<RenewQuote>(
        &json!({ "amount": 10, "discount": 1, "due_today_amount": 8.99, "promo_amount": 2 }),
    );
    let net = [quote.full_price(), quote.discount_price(), quote.due_today()].map(|price| price.net.unwrap());
    assert_eq!(net.map(|money| money.0.to_string()), ["10", "1", "8.99"]);
    assert_eq!(quote.due_today().with_vat, None);
}

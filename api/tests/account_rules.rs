//! The tables of what may be done to the objects of the account now: each rule in every state.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use vpsbg_api::{
    Decode, FloatingIp, GeoFilter, Invoice, IpAddress, Network, NetworkList, Notes, Order, PaymentMethod,
    Reason, SupportPlan, User,
};

fn read<T: Decode>(value: &Value) -> T {
    T::decode(value, &mut Notes::default()).unwrap()
}

fn may<const N: usize>(rules: [Result<(), Reason>; N]) -> [bool; N] {
    rules.map(|rule| rule.is_ok())
}

/// With fields of `more` over an object with an id.
fn with(more: &Value) -> Value {
    let mut object = json!({ "id": 1 });
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

#[test]
fn an_order_is_paid_and_changed_while_it_is_open() {
    let table = [
        // Pay, cancel, change, promo code, period.
        (json!("awaiting_payment"), [true, true, true, true, true]),
        // The payment is on its way: paying again would pay twice.
        (json!("processing"), [false, true, false, false, false]),
        (json!("paid"), [false; 5]),
        (json!("cancelled"), [false; 5]),
        // The name that the list's default filter has, and no order.
        (json!("pending_payment"), [true; 5]),
        (Value::Null, [true; 5]),
    ];
    for (status, expected) in table {
        let order: Order = read(&with(&json!({ "status": status, "type": "renew-service" })));
        let rules = [
            order.can_pay(),
            order.can_cancel(),
            order.can_change(),
            order.can_take_promo(),
            order.can_change_period(),
        ];
        assert_eq!(may(rules), expected, "{status}");
    }
}

#[test]
fn a_deposit_is_not_paid_from_the_balance_nor_renewed() {
    let order = |kind: &str| read::<Order>(&with(&json!({ "status": "awaiting_payment", "type": kind })));
    let methods = [PaymentMethod::Balance, PaymentMethod::Card, PaymentMethod::Other("cash".to_owned())];
    let by = |order: &Order| methods.clone().map(|method| order.can_pay_by(&method).is_ok());
    assert_eq!(by(&order("deposit")), [false, true, true]);
    assert_eq!(by(&order("renew-service")), [true; 3]);
    assert_eq!(by(&order("something-new")), [true; 3]);
    assert!(order("deposit").can_change_period().is_err());
    let paid: Order = read(&with(&json!({ "status": "paid" })));
    assert_eq!(by(&paid), [false; 3]);
}

#[test]
fn a_promo_code_goes_where_it_applies() {
    for (applicable, expected) in [(json!(true), true), (json!(false), false), (Value::Null, true)] {
        let order: Order =
            read(&with(&json!({ "status": "awaiting_payment", "promo_applicable": applicable })));
        assert_eq!(order.can_take_promo().is_ok(), expected, "{applicable}");
    }
}

#[test]
fn a_proforma_can_be_paid() {
    let table = [
        (json!({ "type": "proform", "order_ids": [7] }), true),
        (json!({ "type": "original", "order_ids": [7] }), false),
        (json!({ "type": "proform", "order_ids": [] }), false),
        (json!({ "type": "credit-note", "order_ids": [7] }), true),
        (json!({ "order_ids": [7] }), true),
    ];
    for (invoice, expected) in table {
        assert_eq!(read::<Invoice>(&with(&invoice)).can_pay().is_ok(), expected, "{invoice}");
    }
}

fn floating_ip(more: &Value) -> [bool; 4] {
    let ip: FloatingIp = read(&with(more));
    may([ip.can_attach(), ip.can_detach(), ip.can_cancel(), ip.can_undo_cancel()])
}

#[test]
fn a_floating_ip_is_moved_while_it_is_active() {
    let table = [
        // Attach, detach, cancel, withdraw: detached and attached.
        (json!("active"), [true, false, true, false], [false, true, true, false]),
        (json!("processing"), [false, false, true, false], [false, false, true, false]),
        (json!("suspended"), [false, false, true, false], [false, false, true, false]),
        (json!("terminated"), [false; 4], [false; 4]),
        (json!("moving"), [true, false, true, false], [false, true, true, false]),
        (Value::Null, [true, false, true, false], [false, true, true, false]),
    ];
    for (status, detached, attached) in table {
        let of = |server: Value| {
            floating_ip(&json!({ "status": status, "server_id": server, "cancel_request": null }))
        };
        assert_eq!((of(Value::Null), of(json!(7))), (detached, attached), "{status}");
    }
}

#[test]
fn a_cancellation_can_be_asked_for_once_and_withdrawn() {
    let request = json!({ "id": 4, "type": 1, "reason": null, "created_at": null });
    for (status, undo) in [("active", true), ("suspended", true), ("terminated", false)] {
        let [.., cancel, withdraw] =
            floating_ip(&json!({ "status": status, "server_id": null, "cancel_request": request }));
        assert_eq!((cancel, withdraw), (false, undo), "{status}");
    }
}

#[test]
fn what_is_not_told_forbids_nothing() {
    assert_eq!(floating_ip(&json!({ "status": "active" })), [true; 4]);
    assert_eq!(floating_ip(&json!({ "status": "active", "locked": true })), [true; 4], "a lock answers 423");
    // What cannot be read is not told.
    assert_eq!(floating_ip(&json!({ "server_id": "web", "cancel_request": "yes" })), [true; 4]);
    let plan: SupportPlan = read(&json!({}));
    let rules = [plan.can_buy(), plan.can_renew(), plan.can_cancel(), plan.can_undo_cancel()];
    assert_eq!(may(rules), [true; 4]);
    let user: User = read(&json!({}));
    let rules = [
        user.can_enable_two_factor(),
        user.can_disable_two_factor(),
        user.can_set_referral_code(),
        user.can_change_country(),
    ];
    assert_eq!(may(rules), [true; 4]);
    assert!(read::<IpAddress>(&json!({ "id": 1 })).can_be_protected().is_ok());
}

#[test]
fn a_support_plan_is_bought_once_and_renewed_then() {
    let request = json!({ "id": 4, "type": 1 });
    let table = [
        // Buy, renew, cancel, withdraw.
        (json!({ "active": false, "cancel_request": null }), [true, false, false, false]),
        (json!({ "active": true, "cancel_request": null }), [false, true, true, false]),
        (json!({ "active": true, "cancel_request": request }), [false, true, false, true]),
    ];
    for (plan, expected) in table {
        let told: SupportPlan = read(&plan);
        let rules = [told.can_buy(), told.can_renew(), told.can_cancel(), told.can_undo_cancel()];
        assert_eq!(may(rules), expected, "{plan}");
    }
}

#[test]
fn only_a_protected_address_is_filtered() {
    for (protected, expected) in [(json!(true), true), (json!(false), false), (json!("1"), true)] {
        let address: IpAddress = read(&with(&json!({ "ddos_protected": protected })));
        assert_eq!(address.can_be_protected().is_ok(), expected, "{protected}");
    }
}

#[test]
fn a_floating_address_is_told_in_three_ways() {
    let table = [
        (json!(true), Some(true)),
        (json!(false), Some(false)),
        (json!({ "id": 918, "server_id": null }), Some(true)),
        (Value::Null, None),
        (json!("918"), None),
    ];
    for (sent, expected) in table {
        let address: IpAddress = read(&with(&json!({ "floating_ip": sent })));
        assert_eq!(address.is_floating(), expected, "{sent}");
    }
}

#[test]
fn two_factor_login_is_switched_from_what_it_is() {
    for (on, expected) in [(true, [false, true]), (false, [true, false])] {
        let user: User = read(&json!({ "2fa_enabled": on }));
        assert_eq!(may([user.can_enable_two_factor(), user.can_disable_two_factor()]), expected, "{on}");
    }
}

#[test]
fn some_user_data_can_be_set_once_or_not_at_all() {
    let given: User = read(&json!({ "aff_hash": "a1b2c3", "company": true }));
    assert_eq!(may([given.can_set_referral_code(), given.can_change_country()]), [false, false]);
    let empty: User = read(&json!({ "aff_hash": "", "company": false }));
    assert_eq!(may([empty.can_set_referral_code(), empty.can_change_country()]), [true, true]);
}

#[test]
fn filters_and_lists_are_switched_from_what_they_are() {
    for (active, expected) in
        [(json!(true), [false, true]), (json!(false), [true, false]), (Value::Null, [true; 2])]
    {
        let filter: GeoFilter = read(&json!({ "active": active, "countries": ["BG"] }));
        let list: NetworkList = read(&json!({ "active": active }));
        assert_eq!(may([filter.can_switch_on(), filter.can_switch_off()]), expected, "{active}");
        assert_eq!(may([list.can_switch_on(), list.can_switch_off()]), expected, "{active}");
    }
    let empty: GeoFilter = read(&json!({ "active": false, "countries": [] }));
    assert!(empty.can_switch_on().is_err());
}

fn networks(texts: &[&str]) -> Vec<Network> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn a_new_list_is_compared_with_what_is_there() {
    let list: NetworkList =
        read(&json!({ "networks": ["198.51.100.0/24", "203.0.113.9/32", "AS64500", "2001:db8::/32"] }));
    let (added, removed) =
        list.difference(&networks(&["203.0.113.9", "192.0.2.10", "192.0.2.10/32", "2001:db8::/32"]));
    assert_eq!(added, networks(&["192.0.2.10"]));
    // What nobody can read is not lost without being shown.
    let shown: Vec<_> = removed.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["198.51.100.0/24", "AS64500"]);
    for (count, fits) in [(0, false), (1, true), (1000, true), (1001, false)] {
        let new = vec![networks(&["192.0.2.10"])[0].clone(); count];
        assert_eq!(NetworkList::can_be_set_to(&new).is_ok(), fits, "{count}");
    }
}

#[test]
fn a_network_is_an_address_or_the_whole_of_a_block() {
    for (typed, shown) in [
        ("203.0.113.9", "203.0.113.9/32"),
        (" 198.51.100.0/24 ", "198.51.100.0/24"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("::/0", "::/0"),
        ("2001:db8::1", "2001:db8::1/128"),
    ] {
        assert_eq!(typed.parse::<Network>().unwrap().to_string(), shown);
    }
    for wrong in
        ["", "198.51.100.7/24", "203.0.113.9/33", "203.0.113.9/", "203.0.113.9/+8", "203.0.113", "BG"]
    {
        assert!(wrong.parse::<Network>().is_err(), "{wrong}");
    }
}

#[test]
fn every_reason_is_a_sentence_for_people() {
    let order = |status: &str, kind: &str| read::<Order>(&with(&json!({ "status": status, "type": kind })));
    let open = |kind: &str| order("awaiting_payment", kind);
    let no_promo: Order = read(&with(&json!({ "promo_applicable": false })));
    let invoice = |kind: &str| read::<Invoice>(&with(&json!({ "type": kind })));
    let ip = |status: &str, server: Value| {
        read::<FloatingIp>(&with(&json!({ "status": status, "server_id": server, "cancel_request": null })))
    };
    let cancelled: FloatingIp = read(&with(&json!({ "cancel_request": { "id": 4 } })));
    let plan = |active: bool| read::<SupportPlan>(&json!({ "active": active, "cancel_request": null }));
    let cancelled_plan: SupportPlan = read(&json!({ "active": true, "cancel_request": { "id": 4 } }));
    let filter = |active: bool| read::<GeoFilter>(&json!({ "active": active }));
    let list = |active: bool| read::<NetworkList>(&json!({ "active": active }));
    let user = |on: bool| read::<User>(&json!({ "2fa_enabled": on, "aff_hash": "a1b2c3", "company": true }));
    let many = vec![networks(&["192.0.2.10"])[0].clone(); 1001];
    let reasons = [
        order("paid", "deposit").can_pay(),
        order("cancelled", "deposit").can_pay(),
        order("processing", "deposit").can_pay(),
        open("deposit").can_pay_by(&PaymentMethod::Balance),
        open("deposit").can_change_period(),
        no_promo.can_take_promo(),
        invoice("original").can_pay(),
        invoice("proform").can_pay(),
        ip("processing", Value::Null).can_attach(),
        ip("suspended", Value::Null).can_attach(),
        ip("terminated", Value::Null).can_attach(),
        ip("terminated", Value::Null).can_cancel(),
        ip("active", json!(7)).can_attach(),
        ip("active", Value::Null).can_detach(),
        ip("active", Value::Null).can_undo_cancel(),
        cancelled.can_cancel(),
        plan(true).can_buy(),
        plan(false).can_renew(),
        plan(true).can_undo_cancel(),
        cancelled_plan.can_cancel(),
        filter(true).can_switch_on(),
        filter(false).can_switch_on(),
        filter(false).can_switch_off(),
        list(true).can_switch_on(),
        list(false).can_switch_off(),
        NetworkList::can_be_set_to(&[]),
        NetworkList::can_be_set_to(&many),
        user(true).can_enable_two_factor(),
        user(false).can_disable_two_factor(),
        user(true).can_set_referral_code(),
        user(true).can_change_country(),
        read::<IpAddress>(&with(&json!({ "ddos_protected": false }))).can_be_protected(),
    ];
    for reason in reasons {
        let Reason(text) = reason.unwrap_err();
        assert!(text.starts_with("It ") && text.ends_with('.') && !text.contains('!'), "{text}");
    }
}

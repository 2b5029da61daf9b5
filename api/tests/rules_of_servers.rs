//! The table of what may be done to a server and what belongs to it: each rule in every state.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use vpsbg_api::{
    Addon, Backup, Decode, Iso, MeasuredBootImage, Notes, Plan, PromoCode, Reason, Server, Snapshot,
};

fn read<T: Decode>(value: &Value) -> T {
    T::decode(value, &mut Notes::default()).unwrap()
}

type Rule = (&'static str, fn(&Server) -> Result<(), Reason>);

/// Where only the end forbids.
const WHILE_IT_EXISTS: [Rule; 4] = [
    ("cancel", Server::can_cancel),
    ("undo cancel", Server::can_undo_cancel),
    ("renew", Server::can_renew),
    ("rename", Server::can_rename),
];

/// Where there must be a machine, also one that is switched off by the provider.
const WITH_A_MACHINE: [Rule; 5] = [
    ("password", Server::can_change_password),
    ("keys", Server::can_set_ssh_keys),
    ("isos", Server::can_mount_isos),
    ("buy add-ons", Server::can_buy_addons),
    ("scale add-ons", Server::can_scale_addons),
];

/// Where the machine is switched off and on.
const WITH_A_REBOOT: [Rule; 8] = [
    ("reinstall", Server::can_reinstall),
    ("restore", Server::can_restore),
    ("scale", Server::can_scale),
    ("rescue", Server::can_enable_rescue),
    ("leave rescue", Server::can_disable_rescue),
    ("attach", Server::can_attach_measured_boot),
    ("detach", Server::can_detach_measured_boot),
    ("primary", Server::can_change_primary_ip),
];

#[test]
fn each_rule_in_each_billing_state() {
    let table = [
        // What the provider says: while it exists, with a machine, with a reboot.
        (json!("active"), [true, true, true]),
        (json!("processing"), [true, false, false]),
        (json!("suspended"), [true, true, false]),
        (json!("terminated"), [false, false, false]),
        // With a word nobody knows, or none, the provider decides.
        (json!("migrating"), [true, true, true]),
        (Value::Null, [true, true, true]),
    ];
    for (status, expected) in table {
        // A list row, a lock: neither forbids.
        for server in [
            json!({ "id": 7, "status": status }),
            json!({ "id": 7, "status": status, "locked": true, "lock_reason": "snapshot" }),
            json!({ "id": 7, "status": status, "state": { "running": false } }),
        ] {
            let server: Server = read(&server);
            let groups: [&[Rule]; 3] = [&WHILE_IT_EXISTS, &WITH_A_MACHINE, &WITH_A_REBOOT];
            for (rules, expected) in groups.into_iter().zip(expected) {
                for (name, rule) in rules {
                    assert_eq!(rule(&server).is_ok(), expected, "{name} {status}");
                }
            }
        }
    }
}

#[test]
fn a_cancellation_can_be_withdrawn_unless_it_is_told_that_there_is_none() {
    let request = json!({ "id": 409, "type": 1, "reason": null, "created_at": "2026-03-07T10:00:00Z" });
    let table = [
        // Cancel, undo.
        (json!({ "id": 7 }), [true, true]),
        (json!({ "id": 7, "cancel_request": null }), [true, false]),
        (json!({ "id": 7, "cancel_request": request }), [true, true]),
        (json!({ "id": 7, "cancel_request": "soon" }), [true, true]),
        (json!({ "id": 7, "cancel_request": request, "status": "suspended" }), [true, true]),
        (json!({ "id": 7, "cancel_request": request, "status": "terminated" }), [false, false]),
    ];
    for (server, expected) in table {
        let row: Server = read(&server);
        assert_eq!([row.can_cancel(), row.can_undo_cancel()].map(|rule| rule.is_ok()), expected, "{server}");
    }
    let table = [
        (json!({ "id": 771 }), [true, true]),
        (json!({ "id": 771, "cancel_request": null }), [true, false]),
        (json!({ "id": 771, "cancel_request": request }), [true, true]),
        // Without its id no call can name it.
        (json!({ "name": "backups" }), [false, false]),
        (json!({ "name": "backups", "cancel_request": request }), [false, false]),
    ];
    for (addon, expected) in table {
        let row: Addon = read(&addon);
        assert_eq!([row.can_cancel(), row.can_undo_cancel()].map(|rule| rule.is_ok()), expected, "{addon}");
    }
}

#[test]
fn rescue_and_measured_boot_are_left_by_what_is_in_them() {
    let table = [
        // Enable rescue, disable rescue, attach a kernel, detach it.
        (json!({}), [true, true, true, true]),
        (json!({ "rescue_mode": null, "measured_boot": "?" }), [true, true, true, true]),
        (json!({ "rescue_mode": false }), [true, false, true, true]),
        (json!({ "rescue_mode": true }), [false, true, true, true]),
        (json!({ "measured_boot": null }), [true, true, true, false]),
        (json!({ "measured_boot": { "kernel_image": { "id": 412 } } }), [true, true, true, true]),
    ];
    for (state, expected) in table {
        let server: Server = read(&json!({ "id": 7, "status": "active", "state": state }));
        let rules = [
            server.can_enable_rescue(),
            server.can_disable_rescue(),
            server.can_attach_measured_boot(),
            server.can_detach_measured_boot(),
        ];
        assert_eq!(rules.map(|rule| rule.is_ok()), expected, "{state}");
    }
}

#[test]
fn the_primary_address_can_be_another_if_there_is_one() {
    let with = |addresses: Value| -> Server { read(&json!({ "id": 7, "ip_addresses": addresses })) };
    assert!(with(json!([])).can_change_primary_ip().is_ok());
    assert!(with(json!([{ "id": 1, "main": true }])).can_change_primary_ip().is_err());
    let two = with(json!([{ "id": 1, "main": true }, { "id": 2, "main": false }, { "id": 3 }]));
    assert!(two.can_change_primary_ip().is_ok());
    let each: Vec<_> = two.addresses.iter().map(|address| two.can_make_primary(address).is_ok()).collect();
    assert_eq!(each, [false, true, true]);
    let suspended: Server = read(&json!({ "id": 7, "status": "suspended" }));
    assert!(suspended.can_make_primary(&two.addresses[1]).is_err());
}

#[test]
fn a_copy_goes_onto_a_disk_that_is_large_enough() {
    let server = |plan: Value, limit: Value| -> Server {
        read(&json!({ "id": 7, "plan": { "disk": plan }, "state": { "disk": { "limit": limit } } }))
    };
    let table = [
        // Size of the copy, disk of the plan, disk of the state.
        (json!(50), json!(50), Value::Null, true),
        (json!(51), json!(50), Value::Null, false),
        (json!(51), Value::Null, json!(50), false),
        (json!(51), json!(50), json!(60), true),
        (json!(51), json!(60), json!(50), true),
        (json!(51), json!(50), json!(50), false),
        (json!(51), Value::Null, Value::Null, true),
        (Value::Null, json!(50), json!(50), true),
    ];
    for (size, plan, limit, expected) in table {
        let server = server(plan.clone(), limit.clone());
        let snapshot: Snapshot = read(&json!({ "id": 244, "size": size }));
        let backup: Backup = read(&json!({ "id": 5203, "size": size }));
        let rules = [snapshot.can_be_restored_over(&server), backup.can_be_restored_over(&server)];
        assert_eq!(rules.map(|rule| rule.is_ok()), [expected; 2], "{size} onto {plan} {limit}");
    }
    let suspended: Server = read(&json!({ "id": 7, "status": "suspended" }));
    let snapshot: Snapshot = read(&json!({ "id": 244, "size": 50 }));
    assert_eq!(snapshot.can_be_restored_over(&suspended), suspended.can_restore());
    assert!(suspended.can_restore().is_err());
}

#[test]
fn only_a_whole_iso_can_be_mounted() {
    for (status, expected) in [
        (json!("downloading"), false),
        (json!("downloaded"), true),
        (json!("deleted"), false),
        (json!("verifying"), true),
        (Value::Null, true),
    ] {
        let iso: Iso = read(&json!({ "id": 12, "status": status }));
        assert_eq!(iso.can_mount().is_ok(), expected, "{status}");
    }
}

#[test]
fn five_boot_images_are_the_most() {
    let images: Vec<MeasuredBootImage> = (1..=6).map(|id| read(&json!({ "id": id }))).collect();
    for count in 0..=6 {
        let rule = MeasuredBootImage::can_upload_beside(&images[..count]);
        assert_eq!(rule.is_ok(), count < 5, "{count}");
    }
}

#[test]
fn plans_and_codes_say_what_they_are_for() {
    for (available, expected) in [(json!(true), true), (json!(false), false), (Value::Null, true)] {
        let plan: Plan = read(&json!({ "id": 104, "available": available }));
        assert_eq!(plan.can_order().is_ok(), expected, "{available}");
    }
    for (least, months, expected) in
        [(json!(3), 1, false), (json!(3), 3, true), (json!(3), 6, true), (Value::Null, 1, true)]
    {
        let plan: Plan = read(&json!({ "minimum_billing_cycle": least }));
        let code: PromoCode = read(&json!({ "minimum_billing_cycle": least }));
        let rules = [plan.can_be_paid_for(months), code.can_be_used_for(months)];
        assert_eq!(rules.map(|rule| rule.is_ok()), [expected; 2], "{least} {months}");
    }
}

#[test]
fn every_reason_is_a_sentence_for_people() {
    let server = |value: Value| -> Server { read(&value) };
    let ended = server(json!({ "id": 7, "status": "terminated" }));
    let made = server(json!({ "id": 7, "status": "processing" }));
    let off = server(json!({ "id": 7, "status": "suspended", "cancel_request": null }));
    let on = server(json!({
        "id": 7, "status": "active", "plan": { "disk": 1 }, "ip_addresses": [{ "id": 1, "main": true }],
        "state": { "rescue_mode": true, "measured_boot": null },
    }));
    let plain = server(json!({ "id": 7, "state": { "rescue_mode": false } }));
    let two = server(json!({ "id": 7, "ip_addresses": [{ "id": 1, "main": true }, { "id": 2 }] }));
    let images: Vec<MeasuredBootImage> = (1..=5).map(|id| read(&json!({ "id": id }))).collect();
    let reasons = [
        ended.can_cancel(),
        made.can_mount_isos(),
        off.can_undo_cancel(),
        off.can_reinstall(),
        on.can_enable_rescue(),
        on.can_detach_measured_boot(),
        on.can_change_primary_ip(),
        plain.can_disable_rescue(),
        two.can_make_primary(&two.addresses[0]),
        read::<Snapshot>(&json!({ "id": 244, "size": 2 })).can_be_restored_over(&on),
        read::<Addon>(&json!({})).can_cancel(),
        read::<Addon>(&json!({ "id": 1, "cancel_request": null })).can_undo_cancel(),
        read::<Iso>(&json!({ "id": 1, "status": "downloading" })).can_mount(),
        read::<Iso>(&json!({ "id": 1, "status": "deleted" })).can_mount(),
        read::<Plan>(&json!({ "available": false })).can_order(),
        read::<Plan>(&json!({ "minimum_billing_cycle": 3 })).can_be_paid_for(1),
        read::<PromoCode>(&json!({ "minimum_billing_cycle": 3 })).can_be_used_for(1),
        MeasuredBootImage::can_upload_beside(&images),
    ];
    for reason in reasons {
        let Reason(text) = reason.unwrap_err();
        assert!(text.starts_with("It ") && text.ends_with('.') && !text.contains('!'), "{text}");
    }
}

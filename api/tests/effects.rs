//! What calls about servers and what belongs to them do, and what audit records say they are about.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/asked.rs"]
mod asked;
#[path = "support/servers_side.rs"]
mod servers_side;

use std::collections::BTreeMap;

use asked::asked;
use servers_side::{calls, id, secret};
use vpsbg_api::{ChangeServerPassword, Effects, UpdateServerSshKeys};

/// What a change is said to do, in the words of `Effects`.
#[test]
fn effects_are_what_the_call_does() {
    let table = [
        ("restartServer", "interrupts"),
        ("stopServer", "interrupts"),
        ("powerOffServer", "interrupts"),
        ("startServer", ""),
        ("cancelServer", "interrupts destroys|"),
        ("undoCancelServer", ""),
        ("cancelServerAddon", "destroys|"),
        ("undoCancelServerAddon", ""),
        ("changeServerPassword", "interrupts"),
        ("updateServerHostname", ""),
        ("updateServerSshKeys", ""),
        ("changePrimaryIp", "interrupts"),
        ("setServerIsos", ""),
        ("restoreServer", "interrupts destroys|interrupts destroys"),
        ("reinstallServer", "interrupts destroys"),
        ("enableRescue", "interrupts"),
        ("disableRescue", "interrupts"),
        ("attachMeasuredBoot", "interrupts"),
        ("deployServer", "spends|spends|spends"),
        ("renewServers", "spends"),
        ("scaleServer", "interrupts spends"),
        ("purchaseServerAddons", "spends"),
        ("scaleServerAddons", "spends"),
        ("deleteSnapshot", "destroys"),
        ("deleteBackup", "destroys"),
        ("createIso", ""),
        ("deleteIso", "destroys"),
        ("createSshKey", ""),
        ("updateSshKey", ""),
        ("deleteSshKey", "destroys"),
        ("uploadMeasuredBootImage", ""),
        ("deleteMeasuredBootImage", "destroys"),
    ];
    let mut ours: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for call in calls().into_iter().filter(|call| !call.effects.only_read()) {
        let words = format!("{:?}", call.effects).replace(['{', '}', '"', ','], "");
        let words: Vec<_> = words.split_whitespace().filter(|word| *word != "changes").collect();
        ours.entry(call.id).or_default().push(words.join(" "));
    }
    let ours: BTreeMap<_, _> = ours.into_iter().map(|(id, words)| (id, words.join("|"))).collect();
    let table: BTreeMap<_, _> = table.into_iter().map(|(id, words)| (id, words.to_owned())).collect();
    assert_eq!(ours, table, "left: ours");
    let boots = |reboot| {
        let keys = UpdateServerSshKeys { id: id("7"), ssh_keys: Vec::new(), reboot };
        let password = ChangeServerPassword { id: id("7"), password: secret(), reboot };
        [asked(&keys).effects, asked(&password).effects]
    };
    assert_eq!(boots(true), [Effects::INTERRUPTS; 2]);
    assert_eq!(boots(false), [Effects::CHANGES; 2]);
}

#[test]
fn records_name_the_object() {
    // They make something that has no id yet.
    let nameless = ["createIso", "createSshKey", "uploadMeasuredBootImage"];
    let calls = calls();
    for call in calls.iter().filter(|call| !call.effects.only_read()) {
        assert_eq!(call.object.is_none(), nameless.contains(&call.id), "{}", call.id);
    }
    let object = |id: &str| calls.iter().find(|call| call.id == id).unwrap().object.clone().unwrap();
    assert_eq!(object("cancelServerAddon"), "server 7, addon 771");
    assert_eq!(object("renewServers"), "servers 7, 8");
    assert_eq!(object("deployServer"), "plan cloud-vps-2gb");
    // Whatever has an id in its path is about one object, also when it only reads.
    for call in calls.iter().filter(|call| !call.arguments.is_empty()) {
        assert!(call.object.is_some(), "{}", call.id);
    }
}

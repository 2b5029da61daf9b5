//! The palette, open, with what it answers to what was typed. Scripts fill it here as they do everywhere: without them
//! it does not open, and stands here empty.

use gateway::Error;

use leptos::prelude::*;

use super::specimen::{Group, Specimen};
use crate::{
    components::palette::standing,
    find::{self, Item, Sought, not_searched, nothing, old_ones},
    routes,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "palette",
    title: "Palette",
    specimens: &[
        Specimen::new("palette-opened", "Opened on the page of a server", opened),
        Specimen::new("palette-cannot", "What cannot be done now, for one reason or another", cannot),
        Specimen::new("palette-waiting", "Nothing has come yet", || standing("web", Some(&[]))),
        Specimen::new("palette-found", "Something was found", found),
        Specimen::new("palette-part", "Not everything could be searched", part),
        Specimen::new("palette-none", "Nothing was found", none),
        Specimen::new("palette-nobody", "Nobody answers", || standing("web", None)),
    ],
};

fn group(name: &'static str, items: Vec<Item>) -> find::Group {
    find::Group { name, items, ..find::Group::default() }
}

fn note(name: &'static str, items: Vec<Item>, note: String) -> find::Group {
    find::Group { note: Some(note), ..group(name, items) }
}

fn item(name: &str, hint: &str) -> Item {
    Item::new(name, hint, routes::GALLERY.to_owned())
}

fn not_now(name: &str, why: &str) -> Item {
    Item { why_not: Some(why.to_owned()), ..item(name, "") }
}

fn cannot() -> AnyView {
    let long = "It is moving to another plan, which began 3 minutes ago: it can be renamed, restarted and cancelled again \
                when the provider says that the move is over.";
    let actions = vec![
        not_now("Rename web-1", long),
        not_now("Restart web-1", &Error::Forbidden.to_string()),
        item("Open web-1", ""),
    ];
    standing("web-1", Some(&[group("Actions", actions)]))
}

fn opened() -> AnyView {
    let actions = vec![
        not_now("Start web-1", "It is already running."),
        item("Stop web-1", ""),
        item("Restart web-1", ""),
        not_now("Buy add-ons: web-1", "It is cancelled and ends in 4 days: keep it first."),
        Item { copies: true, ..item("Copy link", "To this page") },
    ];
    let recent = vec![item("debian-13.1.0-amd64-netinst.iso", "ISO"), item("Disk is slow on db-1", "Ticket")];
    let places = vec![item("Overview", "Compute"), item("Servers", "Compute"), item("New ticket", "Support")];
    standing("", Some(&[group("Actions", actions), group("Recent", recent), group("Places", places)]))
}

fn found() -> AnyView {
    let servers = vec![
        item("web-1", "203.0.113.4, Cloud VPS 4 GB, active"),
        item("web-2.a-rather-long-name-of-a-server.example.org", "2001:db8::7, VDS 8 GB, suspended"),
    ];
    let isos = vec![item("webmin-live.iso", "Finished")];
    let old = old_ones("Servers", &Error::TimedOut);
    standing("web", Some(&[note("Servers", servers, old), group("ISOs", isos)]))
}

fn part() -> AnyView {
    let orders = vec![item("Order 5120", "Awaiting payment, €26.80")];
    let groups = [
        note("Servers", Vec::new(), not_searched("Servers", &Error::StillWaiting)),
        group("Orders", orders),
        note("Invoices", Vec::new(), not_searched("Invoices", &Error::Forbidden)),
    ];
    standing("51", Some(&groups))
}

fn none() -> AnyView {
    let searched = ["all 14 servers by name and address", "all 3 ISOs by name", "the newest 30 invoices"];
    let typed = "nothing-of-the-kind";
    let words = nothing(&Sought::of(typed), &searched.map(str::to_owned), false);
    standing(typed, Some(&[note("", Vec::new(), words)]))
}

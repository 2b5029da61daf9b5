//! What is filled in, field by field: empty, filled, and refused.

use gateway::Draft;
use leptos::prelude::*;

use super::specimen::{Group, Specimen};
use crate::{
    components::{
        form::{Choice, Choosable, Field, OneOf, SomeOf, Tick},
        upload::FileField,
    },
    forms::{Kind, Rule},
};

/// The kind.
pub const GROUP: Group = Group {
    id: "fields",
    title: "Fields",
    specimens: &[
        Specimen::new("field-empty", "A field, empty", || field(NAME, None, None)),
        Specimen::new("field-hint", "A field with a hint", || {
            field(ADDRESS, Some("Where the provider downloads the image from."), None)
        }),
        Specimen::new("field-error", "A field with an error", || field(ADDRESS, None, Some(refused()))),
        Specimen::new("field-secret", "A secret", || {
            field(Rule::new(Kind::Secret, "token", "API token").required("Paste it."), None, None)
        }),
        Specimen::new("field-text", "Long text", || field(MESSAGE, None, Some(refused()))),
        Specimen::new("number", "A number, out of its bounds", || {
            field(SEATS, None, Some(typed("seats", "1000", "A whole number from 0 to 100.")))
        }),
        Specimen::new("choice", "A choice", || choice(None)),
        Specimen::new("choice-error", "The same, nothing chosen", || choice(Some(refused()))),
        Specimen::new("one-of", "One of a few, all in sight", || one_of(chosen("size", "cloud-vps-4gb"))),
        Specimen::new("one-of-error", "The same, nothing chosen", || one_of(wrong("size", "Choose a plan."))),
        Specimen::new("some-of", "Some of several", || some_of(chosen("key-9", "on"))),
        Specimen::new("some-of-error", "The same, refused", || {
            some_of(typed("key-9", "on", "The provider says: the key is too weak."))
        }),
        Specimen::new("tick", "A box to tick", || tick(chosen("reboot", "on"))),
        Specimen::new("tick-error", "The same, refused", || {
            tick(wrong("reboot", "It cannot reboot now: it is stopped."))
        }),
        Specimen::new("file", "A file", || file(None)),
        Specimen::new("file-error", "The same, none chosen", || file(Some(wrong("file", "Choose a file.")))),
    ],
};

const NAME: Rule = Rule::new(Kind::Line, "host", "Name");
const REBOOT: Rule = Rule::new(Kind::Tick, "reboot", "Reboot now");
const SIZE: Rule = Rule::new(Kind::Choice, "size", "Plan").required("Choose a plan.");
const KEYS: Rule = Rule::new(Kind::Choice, "key", "SSH keys");

/// An address.
pub const ADDRESS: Rule = Rule::new(Kind::Url, "url", "Address").required("Enter the address of the image.");
/// Long text.
pub const MESSAGE: Rule =
    Rule::new(Kind::Text, "message", "Message").required("Write something.").longest(5000);
/// A choice.
pub const PRIORITY: Rule = Rule::new(Kind::Choice, "priority", "Priority").required("Choose one.");
/// A number.
pub const SEATS: Rule = Rule::new(Kind::Number, "seats", "Seats").between(0, 100);
/// A file.
pub const FILE: Rule = Rule::new(Kind::Line, "file", "Image").required("Choose a file.");

/// What was typed into address and message, and not chosen as priority.
pub fn refused() -> Draft {
    let value = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Draft {
        values: vec![
            value("url", "ftp://mirror.example.org/a.iso"),
            value("message", "The server does not answer since this morning.\n\nIt was restarted twice."),
        ],
        errors: vec![
            value("url", "Only http and https addresses can be downloaded."),
            value("priority", "Choose one."),
        ],
    }
}

/// Something that is well.
pub fn chosen(name: &str, value: &str) -> Draft {
    Draft { values: vec![(name.to_owned(), value.to_owned())], errors: Vec::new() }
}

/// Something that is not. The error of one of several stands at all of them.
pub fn typed(name: &str, value: &str, error: &str) -> Draft {
    let whole = name.split('-').next().unwrap_or_default();
    Draft { errors: vec![(whole.to_owned(), error.to_owned())], ..chosen(name, value) }
}

fn wrong(name: &str, error: &str) -> Draft {
    typed(name, "", error)
}

fn field(rule: Rule, hint: Option<&'static str>, draft: Option<Draft>) -> AnyView {
    match hint {
        Some(hint) => view! { <Field rule=rule hint=hint draft=draft /> }.into_any(),
        None => view! { <Field rule=rule draft=draft /> }.into_any(),
    }
}

/// Words to choose from.
pub fn options() -> Vec<(String, String)> {
    ["Low", "Normal", "Urgent"].map(|word| (word.to_lowercase(), word.to_owned())).to_vec()
}

fn choice(draft: Option<Draft>) -> AnyView {
    view! { <Choice rule=PRIORITY options=options() hint="Urgent is for what is down." draft=draft /> }
        .into_any()
}

fn one_of(draft: Draft) -> AnyView {
    let options = vec![
        Choosable::new("cloud-vps-2gb", "Cloud VPS 2 GB")
            .hint("2 cores, 2 GB memory, 50 GB disk, €22.33 a month."),
        Choosable::new("cloud-vps-4gb", "Cloud VPS 4 GB")
            .hint("2 cores, 4 GB memory, 60 GB disk, €39.00 a month."),
        Choosable::new("vds-8gb", "VDS 8 GB").unless(Some("It is out of stock.".to_owned())),
    ];
    view! { <OneOf rule=SIZE options=options hint="All prices are without VAT." draft=draft /> }.into_any()
}

fn some_of(draft: Draft) -> AnyView {
    let options = vec![Choosable::new(4, "Ada, laptop"), Choosable::new(9, "Build machine").hint("Ed25519")];
    view! { <SomeOf rule=KEYS options=options draft=draft /> }.into_any()
}

fn tick(draft: Draft) -> AnyView {
    let hint = "It is offline for about a minute. Without it the password counts from the next start on.";
    view! { <Tick rule=REBOOT hint=hint draft=draft /> }.into_any()
}

/// A file to choose.
pub fn file(draft: Option<Draft>) -> AnyView {
    view! {
        <FileField rule=FILE hint="Less than 1 GB." draft=draft largest=1_000_000_000
            too_large="It is too large.".to_owned() />
    }
    .into_any()
}

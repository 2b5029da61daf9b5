//! What is filled in.

use gateway::Draft;
use leptos::prelude::*;

use super::{
    specimen::{Group, Specimen},
    states::shown,
};
use crate::{
    components::{
        asking::Asking,
        filters::{FilterChoice, FilterDay, FilterForm, FilterText},
        form::{Choice, Choosable, Field, Form, OneOf, Search, SomeOf, Tick},
        upload::{FileField, UploadForm},
    },
    forms::{Kind, Rule},
    routes,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "forms",
    title: "Forms",
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
        Specimen::new("choice", "A choice", choice),
        Specimen::new("number", "A number, out of its bounds", || {
            let error = ("seats".to_owned(), "A whole number from 0 to 100.".to_owned());
            let values = vec![("seats".to_owned(), "1000".to_owned())];
            field(SEATS, None, Some(Draft { values, errors: vec![error] }))
        }),
        Specimen::new("upload", "A file to send", upload),
        Specimen::new("upload-going", "The same under way, and broken off", || shown(upload())),
        Specimen::new("tick", "A box to tick", tick),
        Specimen::new("one-of", "One of a few, all in sight", || one_of(Draft::default())),
        Specimen::new("one-of-error", "The same, nothing chosen", || {
            let error = ("size".to_owned(), "Choose a plan.".to_owned());
            one_of(Draft { values: Vec::new(), errors: vec![error] })
        }),
        Specimen::new("some-of", "Some of several", some_of),
        Specimen::new("error-summary", "A form that was refused, with the summary of its errors", form),
        Specimen::new("asking", "A form that only asks", asking),
        Specimen::new("search", "A search", search),
        Specimen::new("filters", "Filters", filters),
    ],
};

const NAME: Rule = Rule::new(Kind::Line, "host", "Name");
const ADDRESS: Rule = Rule::new(Kind::Url, "url", "Address").required("Enter the address of the image.");
const MESSAGE: Rule = Rule::new(Kind::Text, "message", "Message").required("Write something.").longest(5000);
const PRIORITY: Rule = Rule::new(Kind::Choice, "priority", "Priority").required("Choose one.");
const SEATS: Rule = Rule::new(Kind::Number, "seats", "Seats").between(0, 100);
const FILE: Rule = Rule::new(Kind::Line, "file", "Image").required("Choose a file.");
const REBOOT: Rule = Rule::new(Kind::Tick, "reboot", "Reboot now");
const SIZE: Rule = Rule::new(Kind::Choice, "size", "Plan").required("Choose a plan.");
const KEYS: Rule = Rule::new(Kind::Choice, "key", "SSH keys");
const FIELDS: &[Rule] = &[ADDRESS, MESSAGE, PRIORITY];

fn refused() -> Draft {
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

fn field(rule: Rule, hint: Option<&'static str>, draft: Option<Draft>) -> AnyView {
    match hint {
        Some(hint) => view! { <Field rule=rule hint=hint draft=draft /> }.into_any(),
        None => view! { <Field rule=rule draft=draft /> }.into_any(),
    }
}

fn options() -> Vec<(String, String)> {
    ["Low", "Normal", "Urgent"].map(|word| (word.to_lowercase(), word.to_owned())).to_vec()
}

fn choice() -> AnyView {
    view! { <Choice rule=PRIORITY options=options() hint="Urgent is for what is down." draft=None /> }
        .into_any()
}

fn chosen(name: &str, value: &str) -> Draft {
    Draft { values: vec![(name.to_owned(), value.to_owned())], errors: Vec::new() }
}

fn tick() -> AnyView {
    let hint = "It is offline for about a minute. Without it the password counts from the next start on.";
    view! { <Tick rule=REBOOT hint=hint draft=chosen("reboot", "on") /> }.into_any()
}

fn upload() -> AnyView {
    let largest = 1_000_000_000;
    view! {
        <UploadForm action=routes::GALLERY fields=&[FILE] draft=Draft::default() cancelled=routes::GALLERY.to_owned()>
            <FileField rule=FILE hint="Less than 1 GB." draft=None largest=largest too_large="It is too large.".to_owned() />
            <div class="actions"><button class="button" type="submit">"Upload"</button></div>
        </UploadForm>
    }
    .into_any()
}

fn one_of(draft: Draft) -> AnyView {
    let draft = if draft.errors.is_empty() { chosen("size", "cloud-vps-4gb") } else { draft };
    let options = vec![
        Choosable::new("cloud-vps-2gb", "Cloud VPS 2 GB")
            .hint("2 cores, 2 GB memory, 50 GB disk, €22.33 a month."),
        Choosable::new("cloud-vps-4gb", "Cloud VPS 4 GB")
            .hint("2 cores, 4 GB memory, 60 GB disk, €39.00 a month."),
        Choosable::new("vds-8gb", "VDS 8 GB").unless(Some("It is out of stock.".to_owned())),
    ];
    view! { <OneOf rule=SIZE options=options hint="All prices are without VAT." draft=draft /> }.into_any()
}

fn asking() -> AnyView {
    let draft = chosen("seats", "5");
    view! {
        <Asking action=routes::GALLERY label="Seats" fields=&[SEATS] draft=draft.clone() keep=Vec::new()
            verb="Show the price">
            <Field rule=SEATS draft=Some(draft.clone()) />
        </Asking>
    }
    .into_any()
}

fn some_of() -> AnyView {
    let options = vec![Choosable::new(4, "Ada, laptop"), Choosable::new(9, "Build machine").hint("Ed25519")];
    view! { <SomeOf rule=KEYS options=options draft=chosen("key-9", "on") /> }.into_any()
}

fn form() -> AnyView {
    let draft = refused();
    view! {
        <Form action=routes::GALLERY fields=FIELDS draft=draft.clone()>
            <Field rule=ADDRESS draft=Some(draft.clone()) />
            <Field rule=MESSAGE draft=Some(draft.clone()) />
            <Choice rule=PRIORITY options=options() draft=Some(draft) />
            <div class="actions">
                <button class="button" data-tone="accent" type="submit">"Send"</button>
                <button class="button" type="reset">"Cancel"</button>
            </div>
        </Form>
    }
    .into_any()
}

fn search() -> AnyView {
    view! { <Search action=routes::GALLERY value="web".to_owned() label="Name or address" /> }.into_any()
}

fn filters() -> AnyView {
    let all = vec![(String::new(), "Everybody".to_owned()), ("ada".to_owned(), "Ada".to_owned())];
    view! {
        <FilterForm action=routes::GALLERY clear=Some(routes::GALLERY.to_owned())>
            <FilterChoice name="who" label="Who" options=all value="ada".to_owned() />
            <FilterText name="object" label="Object" placeholder="server 7" value=String::new() />
            <FilterDay name="from" label="From" value="2026-03-04".to_owned() />
        </FilterForm>
    }
    .into_any()
}

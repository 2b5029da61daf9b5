//! What is filled in.

use gateway::Draft;
use leptos::prelude::*;

use super::specimen::{Group, Specimen};
use crate::{
    components::{
        filters::{FilterChoice, FilterDay, FilterForm, FilterText},
        form::{Choice, Field, Form, Search},
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
        Specimen::new("error-summary", "A form that was refused, with the summary of its errors", form),
        Specimen::new("search", "A search", search),
        Specimen::new("filters", "Filters", filters),
    ],
};

const NAME: Rule = Rule::new(Kind::Line, "host", "Name");
const ADDRESS: Rule = Rule::new(Kind::Url, "url", "Address").required("Enter the address of the image.");
const MESSAGE: Rule = Rule::new(Kind::Text, "message", "Message").required("Write something.").longest(5000);
const PRIORITY: Rule = Rule::new(Kind::Choice, "priority", "Priority").required("Choose one.");
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

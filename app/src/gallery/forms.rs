//! Forms whole: those that change something, those that only ask, and what narrows a list.

use gateway::Draft;
use leptos::prelude::*;

use super::{
    fields::{ADDRESS, FILE, MESSAGE, PRIORITY, SEATS, chosen, file, options, refused, typed},
    specimen::{Group, Specimen, shown},
};
use crate::{
    components::{
        asking::Asking,
        filters::{FilterChoice, FilterDay, FilterForm, FilterText},
        form::{Choice, Field, Form, PlainForm, Search},
        get_form::GetForm,
        notice::read_only_notice,
        upload::UploadForm,
    },
    forms::Rule,
    routes,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "forms",
    title: "Forms",
    specimens: &[
        Specimen::new("error-summary", "A form that was refused, with the summary of its errors", || {
            form(refused(), None)
        }),
        Specimen::new("refused-whole", "A form that was refused as a whole", || {
            let problem = (String::new(), gateway::Error::Locked.to_string());
            form(Draft { values: Vec::new(), errors: vec![problem] }, None)
        }),
        // As `Form` itself has it for such a token; nobody needs one to look at it.
        Specimen::new("read-only", "A form for a token that can probably only read", || {
            form(Draft::default(), Some(read_only_notice()))
        }),
        Specimen::new("plain-form", "A form of a single button", plain),
        Specimen::new("upload", "A file to send", upload),
        Specimen::new("upload-going", "The same under way, all sent, and broken off", || shown(upload())),
        Specimen::new("asking", "A form that only asks", || asking(chosen("seats", "5"))),
        Specimen::new("asking-error", "The same, when it cannot be meant", || {
            asking(typed("seats", "1000", "A whole number from 0 to 100."))
        }),
        Specimen::new("get-form", "A form that a link fills in", get_form),
        Specimen::new("search", "A search", search),
        Specimen::new("filters", "Filters", filters),
    ],
};

const FIELDS: &[Rule] = &[ADDRESS, MESSAGE, PRIORITY];

fn form(draft: Draft, above: Option<AnyView>) -> AnyView {
    view! {
        <Form action=routes::GALLERY fields=FIELDS draft=draft.clone()>
            {above}
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

fn plain() -> AnyView {
    view! {
        <PlainForm action=routes::GALLERY>
            <button class="button" type="submit">"Turn keys off"</button>
        </PlainForm>
    }
    .into_any()
}

fn upload() -> AnyView {
    view! {
        <UploadForm action=routes::GALLERY fields=&[FILE] draft=Draft::default() cancelled=routes::GALLERY.to_owned()>
            {file(None)}
            <div class="actions"><button class="button" type="submit">"Upload"</button></div>
        </UploadForm>
    }
    .into_any()
}

fn asking(draft: Draft) -> AnyView {
    view! {
        <Asking action=routes::GALLERY label="Seats" fields=&[SEATS] draft=draft.clone() keep=Vec::new()
            verb="Show the price">
            <Field rule=SEATS draft=Some(draft.clone()) />
        </Asking>
    }
    .into_any()
}

fn get_form() -> AnyView {
    view! {
        <GetForm action=routes::GALLERY label="New server">
            <Choice rule=PRIORITY options=options() draft=Some(chosen("priority", "normal")) />
            <div class="actions"><button class="button" type="submit">"Show the price"</button></div>
        </GetForm>
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

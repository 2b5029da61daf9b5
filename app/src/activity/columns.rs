//! A record as a row: its columns.

use gateway::AuditRecord;
use leptos::prelude::*;

use super::words;
use crate::{
    components::{badge::Badge, list::ListColumn, time::Ago},
    words::{operations, or_dash, time},
};

/// The columns.
pub fn columns() -> Vec<ListColumn<AuditRecord>> {
    vec![
        ListColumn::<AuditRecord>::new(
            "when",
            "When",
            |record| view! { <Ago at=Some(record.at) /> }.into_any(),
            |record| time::for_files(record.at),
        ),
        ListColumn::<AuditRecord>::new(
            "utc",
            "UTC",
            |record| record.at.to_string().into_any(),
            |record| record.at.to_string(),
        )
        .on_demand(),
        ListColumn::<AuditRecord>::new(
            "what",
            "What",
            |record| action(record).into_any(),
            |record| action(record).to_owned(),
        )
        .naming(),
        ListColumn::<AuditRecord>::new(
            "operation",
            "Operation",
            |record| view! { <code>{record.operation.clone()}</code> }.into_any(),
            |record| record.operation.clone(),
        )
        .on_demand(),
        ListColumn::<AuditRecord>::new("object", "Object", objects, |record| {
            record.object.clone().unwrap_or_default()
        }),
        ListColumn::<AuditRecord>::new(
            "outcome",
            "Outcome",
            |record| {
                let (word, tone) = words::outcome(&record.outcome);
                view! { <Badge tone=tone word=word /> }.into_any()
            },
            |record| words::outcome(&record.outcome).0.to_owned(),
        ),
        ListColumn::<AuditRecord>::new(
            "code",
            "Code",
            |record| view! { <code>{record.outcome.clone()}</code> }.into_any(),
            |record| record.outcome.clone(),
        )
        .on_demand(),
        ListColumn::<AuditRecord>::new("who", "Who", who, |record| record.person.clone().unwrap_or_default()),
        ListColumn::<AuditRecord>::new(
            "session",
            "Session",
            |record| view! { <code>{record.session.clone()}</code> }.into_any(),
            |record| record.session.clone(),
        )
        .on_demand(),
        ListColumn::<AuditRecord>::new(
            "address",
            "Address",
            |record| view! { <code>{or_dash(record.address.clone())}</code> }.into_any(),
            |record| record.address.clone().unwrap_or_default(),
        ),
        ListColumn::<AuditRecord>::new(
            "request",
            "Request",
            |record| view! { <code>{record.request_id.clone()}</code> }.into_any(),
            |record| record.request_id.clone(),
        ),
    ]
}

fn action(record: &AuditRecord) -> &str {
    operations::of(&record.operation).1
}

fn who(record: &AuditRecord) -> AnyView {
    let who = match &record.person {
        Some(name) => name.clone().into_any(),
        None => view! { <span class="nothing">"No name"</span> }.into_any(),
    };
    view! { {who} <p class="hint">"session " <code>{record.session.clone()}</code></p> }.into_any()
}

fn objects(record: &AuditRecord) -> AnyView {
    let objects = record.object.as_deref().map(words::objects).unwrap_or_default();
    let objects: Vec<AnyView> = objects
        .into_iter()
        .enumerate()
        .map(|(place, (words, address))| {
            let joint = (place > 0).then_some(", ");
            match address {
                Some(address) => view! { {joint} <a href=address>{words}</a> }.into_any(),
                None => view! { {joint} {words} }.into_any(),
            }
        })
        .collect();
    if objects.is_empty() { "Account".into_any() } else { objects.into_any() }
}

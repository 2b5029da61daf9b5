//! What was changed on one object, or by one request: the newest records, on the object's own page.

use gateway::{Account, AuditFilter, AuditRecord};
use jiff::Timestamp;
use leptos::prelude::*;

use super::words;
use crate::{
    components::{
        badge::Badge,
        notice::trouble,
        table::{Column, Table},
        time::Ago,
    },
    routes,
    words::operations,
};

/// Records that are shown.
const SHOWN: usize = 10;

/// The newest records of an object (`server 7`, as in the audit), and the way to all of them.
pub async fn of_object(account: &Account, object: &str) -> AnyView {
    let filter = AuditFilter { object: Some(object.to_owned()), ..AuditFilter::default() };
    let nothing = "Nothing was changed through Vitosha yet.";
    section(account, filter, nothing, Some(routes::activity_of(object))).await
}

/// The records of one request that came at this moment or after: what has no number at the provider yet is known by
/// it.
pub async fn of_request(account: &Account, request: &str, from: Timestamp) -> AnyView {
    let filter =
        AuditFilter { request: Some(request.to_owned()), from: Some(from), ..AuditFilter::default() };
    section(account, filter, "It is written down when its sending has ended.", None).await
}

async fn section(
    account: &Account,
    filter: AuditFilter,
    nothing: &'static str,
    all: Option<String>,
) -> AnyView {
    let body = match account.audit(&filter, 1).await {
        Ok(page) if page.rows.is_empty() => view! { <p class="nothing">{nothing}</p> }.into_any(),
        Ok(page) => {
            let rows = page.rows.iter().take(SHOWN).map(row).collect_view();
            let columns = vec![
                Column::text("When"),
                Column::text("What"),
                Column::text("Outcome"),
                Column::text("Who"),
            ];
            let more = all.filter(|_| page.total > SHOWN as u64).map(|to| {
                let words = format!("All {} records", page.total);
                view! { <p><a href=to>{words}</a></p> }
            });
            view! { <Table caption="Activity" columns=columns>{rows}</Table> {more} }.into_any()
        }
        Err(error) => trouble(&error, "the activity"),
    };
    view! {
        <section aria-labelledby="activity-title" data-region="activity">
            <h2 id="activity-title">"Activity"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(record: &AuditRecord) -> AnyView {
    let (_, action) = operations::of(&record.operation);
    let (outcome, tone) = words::outcome(&record.outcome);
    let who = record.person.clone().unwrap_or_else(|| "No name".to_owned());
    view! {
        <tr>
            <td><Ago at=Some(record.at) /></td>
            <th scope="row">{action.to_owned()}</th>
            <td><Badge tone=tone word=outcome /></td>
            <td>{who}</td>
        </tr>
    }
    .into_any()
}

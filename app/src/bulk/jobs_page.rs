//! `/bulk`: the newest bulk jobs.

use gateway::BulkSummary;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::words;
use crate::{
    components::{
        badge::Badge,
        frame::{Frame, Section},
        notice::{Empty, main_trouble},
        table::{Column, Table},
        time::Ago,
    },
    forms::said_of_form,
    routes,
    visitor::Visitor,
    words::or_dash,
};

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let said = said_of_form(&account, draft).await;
        let body = match account.bulks().await {
            Ok(jobs) if jobs.is_empty() => nothing(),
            Ok(jobs) => table(&jobs),
            Err(error) => main_trouble(&error, "bulk jobs"),
        };
        Some(view! {
            <Frame title="Bulk jobs" section=Section::Bulk>
                <p class="hint lead">
                    "One action on many rows, worked off by the server. Jobs that ended are kept for 30 days; everybody \
                     who is signed in to this account sees them."
                </p>
                {said}
                {body}
            </Frame>
        })
    })
}

fn nothing() -> AnyView {
    view! {
        <Empty title="No bulk jobs yet">
            <p>"Choose rows in a list, then what should be done with them."</p>
            <p><a class="button" href=routes::SERVERS>"Servers"</a></p>
        </Empty>
    }
    .into_any()
}

fn table(jobs: &[BulkSummary]) -> AnyView {
    let rows = jobs
        .iter()
        .map(|job| {
            let title = words::title(job.action, job.counts.total() as u64);
            let (word, tone) = words::state(job.state, job.queued);
            view! {
                <tr>
                    <th scope="row"><a href=routes::bulk(job.id)>{title}</a></th>
                    <td><Badge tone=tone word=word /></td>
                    <td>{words::progress(&job.counts)}</td>
                    <td><Ago at=Some(job.started_at) /></td>
                    <td>{or_dash(job.person.clone())}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text("Job"),
        Column::text("State"),
        Column::text("Results"),
        Column::text("Started"),
        Column::text("By"),
    ];
    view! { <Table caption="Bulk jobs" columns=columns>{rows}</Table> }.into_any()
}

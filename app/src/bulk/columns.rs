//! A job as a row of the list: its columns.

use gateway::BulkSummary;
use leptos::prelude::*;

use super::{became::Became, words};
use crate::{
    components::{badge::Badge, list::ListColumn, time::Ago},
    routes,
    words::{or_dash, time},
};

/// The columns.
pub fn columns() -> Vec<ListColumn<BulkSummary>> {
    vec![
        ListColumn::<BulkSummary>::new(
            "job",
            "Job",
            |job| view! { <a href=routes::bulk(job.id)>{title(job)}</a> }.into_any(),
            title,
        )
        .naming(),
        ListColumn::<BulkSummary>::new(
            "state",
            "State",
            |job| {
                let (word, tone) = words::state(job.state, job.queued);
                view! { <Badge tone=tone word=word /> }.into_any()
            },
            |job| words::state(job.state, job.queued).0.to_owned(),
        ),
        ListColumn::<BulkSummary>::new(
            "results",
            "Results",
            |job| words::progress(&job.counts).into_any(),
            |job| words::progress(&job.counts),
        ),
        numbers::<0>(),
        numbers::<1>(),
        numbers::<2>(),
        numbers::<3>(),
        ListColumn::<BulkSummary>::new(
            "started",
            "Started",
            |job| view! { <Ago at=Some(job.started_at) /> }.into_any(),
            |job| time::for_files(job.started_at),
        )
        .ordered(|one, other| one.started_at.cmp(&other.started_at)),
        ListColumn::<BulkSummary>::new(
            "ended",
            "Ended",
            |job| view! { <Ago at=job.ended_at /> }.into_any(),
            |job| job.ended_at.map(time::for_files).unwrap_or_default(),
        )
        .ordered(|one, other| one.ended_at.cmp(&other.ended_at))
        .on_demand(),
        ListColumn::<BulkSummary>::new(
            "by",
            "By",
            |job| or_dash(job.person.clone()).into_any(),
            |job| job.person.clone().unwrap_or_default(),
        ),
        ListColumn::<BulkSummary>::new(
            "id",
            "Id",
            |job| view! { <code>{job.id.to_string()}</code> }.into_any(),
            |job| job.id.to_string(),
        )
        .on_demand(),
    ]
}

fn title(job: &BulkSummary) -> String {
    words::title(job.action, job.counts.total() as u64)
}

/// How many of its rows became one of [`Became::ALL`]: for who adds them up.
fn numbers<const WHICH: usize>() -> ListColumn<BulkSummary> {
    let became = Became::ALL[WHICH];
    let cell = |job: &BulkSummary| number::<WHICH>(job).into_any();
    ListColumn::<BulkSummary>::new(became.word(), became.text(), cell, number::<WHICH>).numbers().on_demand()
}

fn number<const WHICH: usize>(job: &BulkSummary) -> String {
    Became::ALL[WHICH].number(&job.counts).to_string()
}

//! A row of a job: its columns, in the table of the job's page and in a file, and where it leads.

use gateway::{BulkAction, BulkId, BulkJob, BulkRow, RowOutcome};
use leptos::prelude::*;

use super::words::{outcome, reason, row_key};
use crate::{
    components::{
        badge::Badge,
        list::ListColumn,
        table::{Column, Table},
        time::Ago,
    },
    routes,
    words::time,
};

/// A row, and whose it is.
#[derive(Debug, Clone)]
pub struct JobRow {
    job: BulkId,
    action: BulkAction,
    /// The row itself.
    pub row: BulkRow,
}

/// The rows of a job.
pub fn rows_of(job: &BulkJob) -> impl Iterator<Item = JobRow> {
    let (id, action) = (job.id, job.action);
    job.rows.iter().map(move |row| JobRow { job: id, action, row: row.clone() })
}

/// Where an object of a job is.
pub fn address(action: BulkAction, id: u64) -> Option<String> {
    let text = id.to_string();
    match action {
        BulkAction::StartServers | BulkAction::StopServers | BulkAction::RestartServers => {
            text.parse().ok().map(routes::server)
        }
        BulkAction::DeleteIsos => text.parse().ok().map(routes::iso),
        BulkAction::ResolveTickets => text.parse().ok().map(routes::ticket),
    }
}

/// The list from which an action's objects are chosen: its word and its address.
pub fn list_of(action: BulkAction) -> (&'static str, &'static str) {
    match action {
        BulkAction::StartServers | BulkAction::StopServers | BulkAction::RestartServers => {
            ("servers", routes::SERVERS)
        }
        BulkAction::DeleteIsos => ("isos", routes::ISOS),
        BulkAction::ResolveTickets => ("tickets", routes::TICKETS),
    }
}

/// The columns. What may change by itself has its key in the live values.
pub fn columns() -> Vec<ListColumn<JobRow>> {
    vec![
        ListColumn::<JobRow>::new("name", "Name", name, |row| row.row.name.clone()).naming(),
        ListColumn::<JobRow>::new(
            "id",
            "Id",
            |row| row.row.id.to_string().into_any(),
            |row| row.row.id.to_string(),
        )
        .numbers()
        .on_demand(),
        ListColumn::<JobRow>::new(
            "outcome",
            "Outcome",
            |row| {
                let (word, tone) = outcome(&row.row.outcome);
                view! { <Badge tone=tone word=word live=row_key(row.job, &row.row, "outcome") /> }.into_any()
            },
            |row| outcome(&row.row.outcome).0.to_owned(),
        ),
        ListColumn::<JobRow>::new("code", "Code", |row| code(row).into_any(), code).on_demand(),
        ListColumn::<JobRow>::new(
            "reason",
            "Reason",
            |row| {
                let key = row_key(row.job, &row.row, "reason");
                view! { <span data-live=key>{reason(&row.row.outcome)}</span> }.into_any()
            },
            |row| reason(&row.row.outcome),
        )
        .wide(),
        ListColumn::<JobRow>::new(
            "when",
            "When",
            |row| view! { <Ago at=row.row.at /> }.into_any(),
            |row| row.row.at.map(time::for_files).unwrap_or_default(),
        ),
    ]
}

fn name(row: &JobRow) -> AnyView {
    let name = row.row.name.clone();
    match address(row.action, row.row.id) {
        Some(to) => view! { <a href=to>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

fn code(row: &JobRow) -> String {
    match &row.row.outcome {
        RowOutcome::Failed { code, .. } => code.clone(),
        other => other.word().to_owned(),
    }
}

/// The rows as a table, in the usual columns.
pub fn table(rows: &[JobRow]) -> AnyView {
    let mut columns = columns();
    columns.retain(ListColumn::is_usual);
    let heads = columns.iter().map(|column| Column::text(column.head)).collect();
    let of_row = |row: &JobRow| {
        let cells = columns.iter().map(|column| {
            let (cell, wide) = ((column.cell)(row), column.wide);
            if column.is_naming() {
                view! { <th scope="row">{cell}</th> }.into_any()
            } else {
                view! { <td class:wide=wide>{cell}</td> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }.into_any()
    };
    let rows = rows.iter().map(of_row).collect_view();
    view! { <Table caption="Results" columns=heads>{rows}</Table> }.into_any()
}

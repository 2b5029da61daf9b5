//! A job as a page shows it: its rows, and where each leads.

use gateway::{BulkAction, BulkId, BulkRow};
use leptos::prelude::*;

use super::words::{outcome, reason, row_key};
use crate::{
    components::{
        badge::Badge,
        table::{Column, Table},
        time::Ago,
    },
    routes,
};

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

/// The rows as a table.
pub fn table(id: BulkId, action: BulkAction, rows: &[BulkRow]) -> AnyView {
    let rows = rows
        .iter()
        .map(|row| {
            let name = match address(action, row.id) {
                Some(to) => view! { <a href=to>{row.name.clone()}</a> }.into_any(),
                None => row.name.clone().into_any(),
            };
            let (word, tone) = outcome(&row.outcome);
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td><Badge tone=tone word=word live=row_key(id, row, "outcome") /></td>
                    <td class="wide"><span data-live=row_key(id, row, "reason")>{reason(&row.outcome)}</span></td>
                    <td><Ago at=row.at /></td>
                </tr>
            }
        })
        .collect_view();
    let columns =
        vec![Column::text("Name"), Column::text("Outcome"), Column::text("Reason"), Column::text("When")];
    view! { <Table caption="Results" columns=columns>{rows}</Table> }.into_any()
}

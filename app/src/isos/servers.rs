//! The servers that an ISO is or can be put into, on its own page.

use gateway::{Error, IsoProgress, Reading};
use leptos::prelude::*;
use vpsbg_api::{Iso, ListServers, Page, Server, ServerFilter, Told};

use super::words::name;
use crate::{
    components::{
        notice::{broken_rows, staleness_of, trouble},
        table::{Column, Table},
    },
    routes,
    servers::{mount, name as server_name},
    words::NOTHING,
};

/// Servers that are shown: the most that the provider gives at once.
const SHOWN: u64 = 50;

/// What is asked for this.
pub fn asked() -> ListServers {
    let filter = ServerFilter { address: None, search: None, status: Vec::new() };
    ListServers { page: 1, per_page: Some(SHOWN), filter, sort: None }
}

/// The section.
pub fn servers(progress: &IsoProgress, read: Result<&Reading<Page<Server>>, &Error>) -> AnyView {
    let body = match (read, progress.iso.can_mount()) {
        (Err(error), _) => trouble(error, "your servers"),
        (Ok(_), Err(reason)) => view! {
            <p class="nothing">{format!("{reason} When it is ready, it can be mounted on a server from here.")}</p>
        }
        .into_any(),
        (Ok(reading), Ok(())) => view! { {staleness_of(reading, "your servers")} {listed(progress, &reading.value)} }
            .into_any(),
    };
    view! {
        <section aria-labelledby="servers" data-region="iso-servers">
            <h2 id="servers">"Servers"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn listed(progress: &IsoProgress, page: &Page<Server>) -> AnyView {
    if page.rows.is_empty() && page.broken == 0 {
        return view! { <p class="nothing">"There is no server yet that it could be mounted on."</p> }
            .into_any();
    }
    let rows = page.rows.iter().map(|server| row(progress, server)).collect_view();
    let columns = vec![Column::text("Server"), Column::text("In its drives"), Column::text("Mount")];
    let more = (!page.is_last()).then(|| {
        view! {
            <p class="hint">
                "There are more servers than stand here. On the page of each, under Images, it can be mounted too: "
                <a href=routes::SERVERS>"all servers"</a> "."
            </p>
        }
    });
    view! {
        <p class="hint">
            "A server boots from its first drive before its own disk when it is started the next time. What is in the drives is shown as far as the provider's list tells it: a dash means that they are empty, or that it does not say."
        </p>
        {broken_rows(page.broken)}
        <Table caption="Servers for this ISO" columns=columns compact=true>{rows}</Table>
        {more}
    }
    .into_any()
}

fn row(progress: &IsoProgress, server: &Server) -> AnyView {
    let (id, named) = (progress.iso.id, server_name(server));
    let in_drive = |(drive, iso): (&str, &Told<Box<Iso>>)| {
        let iso = iso.as_ref()?;
        let what = if iso.id == id { "this ISO".to_owned() } else { iso.name.clone().unwrap_or_default() };
        Some(format!("{drive}: {what}"))
    };
    let told: Vec<_> = ["first", "second"].into_iter().zip(server.drives()).filter_map(in_drive).collect();
    let is_in = server.drives().into_iter().filter_map(Told::as_ref).any(|iso| iso.id == id);
    let verb = if is_in { "Change" } else { "Mount" };
    let label = if is_in {
        format!("Change the drives of {named}")
    } else {
        format!("Mount {} on {named}", name(progress))
    };
    let mount = match mount(server, id) {
        Ok(to) => view! { <a href=to aria-label=label>{verb}</a> }.into_any(),
        Err(reason) => view! { <span class="hint">{reason}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a href=routes::server(server.id)>{named}</a></th>
            <td>{if told.is_empty() { NOTHING.to_owned() } else { told.join(", ") }}</td>
            <td>{mount}</td>
        </tr>
    }
    .into_any()
}

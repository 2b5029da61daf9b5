//! `/isos`: all ISOs with their bars.

use gateway::{Feed, IsoProgress, IsosSeen, Reading};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    shape,
    words::{Words, key, name},
};
use crate::{
    components::{
        badge::Badge,
        frame::{Frame, Section},
        notice::{Empty, broken_rows, main_trouble, staleness},
        progress::Progress,
        table::{Column, Table},
        time::{Ago, Countdown},
    },
    forms::said_of_form,
    live::Sources,
    routes,
    visitor::Visitor,
    words::{self, NOTHING},
};

/// The page.
#[component]
pub fn IsosPage() -> impl IntoView {
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let said = said_of_form(&account, draft).await;
        let read = account.isos().await;
        let moving = read.as_ref().is_ok_and(|reading| reading.value.is_active());
        let live = Sources::default()
            .follow(Feed::Isos, shape(read.as_ref()))
            .waiting_for(read.as_ref())
            .moving(moving);
        let body = match &read {
            Ok(reading) => view! { {staleness(reading)} <List reading=reading.clone() /> }.into_any(),
            Err(error) => main_trouble(error, "the list of ISOs"),
        };
        Some(view! {
            <Frame title="ISOs" section=Section::Isos live=live
                actions=|| view! { <a class="button" data-tone="accent" href=routes::NEW_ISO>"Add ISO"</a> }>
                {said}
                <div data-region="isos">{body}</div>
            </Frame>
        })
    })
}

#[component]
fn List(reading: Reading<IsosSeen>) -> impl IntoView {
    let seen = &reading.value;
    if seen.isos.is_empty() && seen.broken == 0 {
        return view! {
            <Empty title="No ISOs yet">
                <p>
                    "Give the address of an installation image: the provider downloads it and keeps it for 48 hours."
                </p>
                <p><a class="button" data-tone="accent" href=routes::NEW_ISO>"Add ISO"</a></p>
            </Empty>
        }
        .into_any();
    }
    let columns = vec![
        Column::text("Name"),
        Column::text("Progress"),
        Column::number("Rate"),
        Column::number("Time left"),
        Column::text("State"),
        Column::text("Added"),
        Column::text("Removed in"),
    ];
    let rows = seen.isos.iter().map(row).collect_view();
    let count = words::count(seen.isos.len() as u64, "ISO");
    view! {
        {broken_rows(seen.broken)}
        <Table caption="ISOs" columns=columns>{rows}</Table>
        <div class="paging"><p>{count} {seen.more.then_some(", and more that are not shown")}</p></div>
    }
    .into_any()
}

fn row(progress: &IsoProgress) -> AnyView {
    let (id, words) = (progress.iso.id, Words::of(progress));
    let removal = match progress.iso.deletion_at {
        Some(at) if progress.iso.can_delete().is_ok() => view! { <Countdown until=at.0 /> }.into_any(),
        _ => NOTHING.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a href=routes::iso(id)>{name(progress)}</a></th>
            <td>
                <div class="bar">
                    <Progress value=words.bar label=format!("Download of {}", name(progress)) live=key(id, "bar") />
                    <span class="number" data-live=key(id, "bytes")>{words.bytes}</span>
                </div>
            </td>
            <td class="number" data-live=key(id, "rate")>{words.rate}</td>
            <td class="number" data-live=key(id, "left")>{words.left}</td>
            <td><Badge tone=words.tone word=words.state live=key(id, "state") /></td>
            <td><Ago at=progress.iso.created_at.map(|at| at.0) /></td>
            <td>{removal}</td>
        </tr>
    }
    .into_any()
}

//! `/isos`: the list of ISOs with live progress bars.

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use gateway::{Account, BulkAction, Error, Feed, IsoProgress, IsosSeen, Phase, Reading};
use leptos::prelude::*;

use super::words::{how_far, name, shape};
use crate::{
    components::{
        badge::Badge,
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListColumn, ListPage, ListQuery, Listing, Search, Selection,
            Shown, in_one, narrowed, page_of, whole,
        },
        menu::{MenuItem, RowMenu},
        notice::Empty,
        progress::{Pace, Progress},
        time::{Ago, Countdown},
    },
    live::Sources,
    routes,
    words::{NOTHING, or_dash, time},
};

/// Which states are shown.
const STATES: [(&str, &str); 4] =
    [("", "All"), ("downloading", "Downloading"), ("ready", "Ready"), ("removed", "Removed")];

/// The page.
#[component]
pub fn IsosPage() -> impl IntoView {
    view! { <ListPage listing=Isos /> }
}

/// The list of ISOs: all of them are read at once, because all are followed.
pub struct Isos;

impl Listing for Isos {
    type Row = IsoProgress;

    fn list(_: &Account) -> BoxFuture<'_, List<IsoProgress>> {
        let list = List {
            name: "isos",
            path: routes::ISOS,
            section: Section::Isos,
            title: "ISOs",
            unit: "ISO",
            search: Some(Search::Ours("Name")),
            columns: columns(),
            filters: vec![Filter::chips("state", "State", &STATES).by(is_in)],
            sizes: &[],
            selection: Some(Selection {
                of: |progress| (progress.iso.id.get(), name(progress)),
                actions: &[BulkAction::DeleteIsos],
                pages: &[],
                allows: |progress, _| progress.iso.can_delete().map_err(|reason| reason.to_string()),
            }),
            menu: Some(menu),
            id_of_row: |progress| format!("iso-{}", progress.iso.id),
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<IsoProgress>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<IsoProgress>> {
        async move {
            let read = account.isos().await;
            let moving = read.as_ref().is_ok_and(|reading| reading.value.is_active());
            let live = Sources::default()
                .follow(Feed::Isos, shape(read.as_ref()))
                .waiting_for(read.as_ref())
                .moving(moving);
            let read = read.map(|reading| page_of(passing(list, query, &reading), query));
            Contents { read, live, above: None, fixed: None }
        }
        .boxed()
    }

    fn every(account: &Account, list: List<IsoProgress>, query: ListQuery) -> Batches<IsoProgress> {
        let account = account.clone();
        let all = async move { in_one(&Self::all(&account, &list, &query).await?) };
        stream::once(all).boxed()
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<IsoProgress>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<IsoProgress>, Error>> {
        async move { account.isos().await.map(|reading| passing(list, query, &reading)) }.boxed()
    }

    fn actions() -> Option<AnyView> {
        Some(view! { <a class="button" data-tone="accent" href=routes::NEW_ISO>"Add ISO"</a> }.into_any())
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No ISOs yet">
                <p>
                    "Give the address of an installation image: the provider downloads it and keeps it for 48 hours."
                </p>
                <p><a class="button" data-tone="accent" href=routes::NEW_ISO>"Add ISO"</a></p>
            </Empty>
        }
        .into_any()
    }
}

fn passing(list: &List<IsoProgress>, query: &ListQuery, reading: &Reading<IsosSeen>) -> Shown<IsoProgress> {
    let seen = reading.value.as_ref();
    let mut rows = whole(narrowed(list, query, seen.isos.clone()), seen.broken);
    rows.remark = seen.more.then(|| "and more that are not shown".to_owned());
    Shown::Rows(reading.with(rows))
}

fn is_in(progress: &IsoProgress, word: &str) -> bool {
    match word {
        "downloading" => matches!(progress.phase, Phase::Waiting | Phase::Downloading | Phase::Stalled),
        "ready" => progress.phase == Phase::Finished,
        "removed" => progress.phase == Phase::Removed,
        _ => true,
    }
}

fn columns() -> Vec<ListColumn<IsoProgress>> {
    vec![
        ListColumn::<IsoProgress>::new(
            "name",
            "Name",
            |progress| view! { <a href=routes::iso(progress.iso.id)>{name(progress)}</a> }.into_any(),
            name,
        )
        .naming()
        .ordered(|one, other| name(one).to_lowercase().cmp(&name(other).to_lowercase())),
        ListColumn::<IsoProgress>::new(
            "progress",
            "Progress",
            |progress| view! { <Progress how_far=how_far(progress) /> }.into_any(),
            |progress| how_far(progress).done.unwrap_or_default(),
        ),
        // The words of the progress as columns, for files and for whoever wants them so.
        ListColumn::<IsoProgress>::new(
            "rate",
            "Rate",
            |progress| followed(progress, "rate", |pace| pace.rate),
            |progress| progress.rate.map(|rate| rate.to_string()).unwrap_or_default(),
        )
        .numbers()
        .on_demand(),
        ListColumn::<IsoProgress>::new(
            "left",
            "Time left",
            |progress| followed(progress, "left", |pace| pace.left),
            |progress| progress.left.map(|left| left.as_secs().to_string()).unwrap_or_default(),
        )
        .numbers()
        .on_demand(),
        ListColumn::<IsoProgress>::new(
            "state",
            "State",
            |progress| {
                let how_far = how_far(progress);
                let live = how_far.key("state");
                how_far.state.map(|(tone, word)| view! { <Badge tone=tone word=word live=live /> }).into_any()
            },
            |progress| how_far(progress).state.map(|(_, word)| word).unwrap_or_default(),
        )
        .on_demand(),
        ListColumn::<IsoProgress>::new(
            "size",
            "Size, bytes",
            |progress| size(progress).map_or(NOTHING.to_owned(), |size| size.to_string()).into_any(),
            |progress| size(progress).map(|size| size.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| size(one).cmp(&size(other)))
        .on_demand(),
        ListColumn::<IsoProgress>::new(
            "added",
            "Added",
            |progress| view! { <Ago at=progress.iso.created_at.map(|at| at.0) /> }.into_any(),
            |progress| progress.iso.created_at.map(|at| time::for_files(at.0)).unwrap_or_default(),
        )
        .ordered(|one, other| one.iso.created_at.cmp(&other.iso.created_at)),
        ListColumn::<IsoProgress>::new("removal", "Removed in", removal, |progress| {
            progress.iso.deletion_at.map(|at| time::for_files(at.0)).unwrap_or_default()
        }),
    ]
}

/// A word of the pace that changes while one looks.
fn followed(progress: &IsoProgress, part: &str, word: fn(Pace) -> String) -> AnyView {
    let how_far = how_far(progress);
    let live = how_far.key(part);
    view! { <span data-live=live>{or_dash(how_far.pace.map(word))}</span> }.into_any()
}

fn size(progress: &IsoProgress) -> Option<u64> {
    progress.iso.size.map(|size| size.0).filter(|size| *size > 0)
}

fn removal(progress: &IsoProgress) -> AnyView {
    match progress.iso.deletion_at {
        Some(at) if progress.iso.can_delete().is_ok() => view! { <Countdown until=at.0 /> }.into_any(),
        _ => NOTHING.into_any(),
    }
}

fn menu(progress: &IsoProgress) -> RowMenu {
    let id = progress.iso.id;
    let delete = progress.iso.can_delete().map(|()| routes::iso_confirm_delete(id));
    let mount = progress.iso.can_mount().map(|()| routes::iso_servers(id));
    let items = vec![
        MenuItem::new("Open", Ok(routes::iso(id))),
        MenuItem::new("Mount on a server…", mount.map_err(|reason| reason.to_string())),
        MenuItem::new("Delete", delete.map_err(|reason| reason.to_string())),
    ];
    (name(progress), items)
}

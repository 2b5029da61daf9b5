//! What is on the disk and in the drives of a server, and what can be put there.

use gateway::{Account, Error, Feed, IsoProgress, IsosSeen, Reading, ServerSeen};
use leptos::prelude::*;
use vpsbg_api::{
    Backup, ByDate, Gigabytes, Iso, ListBackups, ListSnapshots, Page, Reason, Server, Snapshot, Timestamp,
    Told,
};

use crate::{
    components::{
        notice::{broken_rows, staleness_of, trouble},
        properties::property,
        table::{Column, Table},
        time::{Ago, Countdown},
    },
    isos,
    live::Sources,
    routes,
    servers::{
        action::Offer,
        actions::{Reinstall, Restore, SetIsos, mount},
    },
    words::{NOTHING, or_dash, sizes},
};

/// The part of the page, and what it follows.
pub async fn images(account: &Account, seen: &ServerSeen, live: Sources) -> (Sources, AnyView) {
    let (server, sort) = (&seen.server, Some(ByDate::Newest));
    let of = Some(server.id);
    let snapshots = ListSnapshots { page: 1, server: of, date: None, sort };
    let backups = ListBackups { page: 1, server: of, date: None, size: None, sort };
    let (isos, snapshots, backups) =
        futures::join!(account.isos(), account.read(&snapshots), account.read(&backups));
    let mut live =
        live.waiting_for(isos.as_ref()).waiting_for(snapshots.as_ref()).waiting_for(backups.as_ref());
    if !matches!(isos, Err(Error::NotOffered)) {
        live = live.follow(Feed::Isos, isos::shape(isos.as_ref()));
    }
    let part = view! {
        <div data-region="images">
            {installed(server)}
            {drives(server, isos.as_ref())}
            {snapshot_section(server, snapshots.as_ref())}
            {backup_section(server, backups.as_ref())}
        </div>
    };
    (live, part.into_any())
}

fn installed(server: &Server) -> AnyView {
    let image = server.image.as_ref();
    let family = image.and_then(|image| image.group.as_ref()?.name.clone());
    view! {
        <section aria-labelledby="installed">
            <h2 id="installed">"Installed"</h2>
            <dl class="properties">
                {property("Image", view! { {or_dash(image.and_then(|image| image.name.clone()))} })}
                {property("Family", view! { {or_dash(family)} })}
            </dl>
            <div class="actions">{Offer::of::<Reinstall>().button(server)}</div>
        </section>
    }
    .into_any()
}

fn drives(server: &Server, isos: Result<&Reading<IsosSeen>, &Error>) -> AnyView {
    let in_drives = server.drives();
    let [first, second] = in_drives.map(mounted);
    let choice = match isos {
        Ok(reading) => {
            let seen = &reading.value;
            let rest = |progress: &&IsoProgress| {
                let is_in =
                    in_drives.into_iter().filter_map(Told::as_ref).any(|iso| iso.id == progress.iso.id);
                !is_in && progress.iso.can_mount().is_ok()
            };
            let fit: Vec<_> = seen.isos.iter().filter(rest).cloned().collect();
            view! { {staleness_of(reading, "the ISOs")} {broken_rows(seen.broken)} {mountable(server, &fit)} }
                .into_any()
        }
        Err(error) => trouble(error, "the ISOs"),
    };
    view! {
        <section aria-labelledby="drives">
            <h2 id="drives">"Drives"</h2>
            <p class="hint">
                "When the server starts, it boots from the first drive before its own disk, as long as something is in there that can be booted."
            </p>
            <dl class="properties">
                {property("First drive", first)}
                {property("Second drive", second)}
            </dl>
            <div class="actions">{Offer::of::<SetIsos>().button(server)}</div>
            <h3>"ISOs to mount"</h3>
            {choice}
        </section>
    }
    .into_any()
}

fn mounted(drive: &Told<Box<Iso>>) -> AnyView {
    let iso = match drive {
        Told::Is(iso) => iso,
        Told::Nothing => return "Empty".into_any(),
        Told::Unknown => return "Not told by the provider".into_any(),
    };
    let name = iso.name.clone().unwrap_or_else(|| format!("ISO {}", iso.id));
    let removal = iso.deletion_at.filter(|_| iso.can_delete().is_ok());
    let removal = removal.map(|at| {
        view! { <span class="hint">" removed by the provider in " <Countdown until=at.0 /></span> }
    });
    view! { <a href=routes::iso(iso.id)>{name}</a> {removal} }.into_any()
}

fn mountable(server: &Server, isos: &[IsoProgress]) -> AnyView {
    if isos.is_empty() {
        return view! {
            <p class="nothing">
                "There is none beside what is in the drives. " <a href=routes::NEW_ISO>"Add an ISO"</a>
            </p>
        }
        .into_any();
    }
    let rows = isos
        .iter()
        .map(|progress| {
            let name = isos::name(progress);
            let mount = match mount(server, progress.iso.id) {
                Ok(to) => view! { <a href=to aria-label=format!("Mount {name}")>"Mount"</a> }.into_any(),
                Err(reason) => view! { <span class="hint">{reason}</span> }.into_any(),
            };
            let removal = match progress.iso.deletion_at {
                Some(at) => view! { <Countdown until=at.0 /> }.into_any(),
                None => NOTHING.into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><a href=routes::iso(progress.iso.id)>{name}</a></th>
                    <td class="number">{or_dash(progress.iso.size.map(|size| sizes::bytes(size.0)))}</td>
                    <td>{removal}</td>
                    <td>{mount}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text("Name"),
        Column::number("Size"),
        Column::text("Removed in"),
        Column::text("To the server"),
    ];
    view! { <Table caption="ISOs to mount" columns=columns>{rows}</Table> }.into_any()
}

/// A copy of the disk, as a row.
struct Copied {
    name: String,
    taken: Option<Timestamp>,
    size: Option<Gigabytes>,
    /// What the address of its restore says.
    about: (&'static str, String),
    fits: Result<(), Reason>,
}

fn snapshot_section(server: &Server, read: Result<&Reading<Page<Snapshot>>, &Error>) -> AnyView {
    let copied = |snapshot: &Snapshot| Copied {
        name: snapshot.name.clone().unwrap_or_else(|| format!("Snapshot {}", snapshot.id)),
        taken: snapshot.created_at,
        size: snapshot.size,
        about: ("snapshot", snapshot.id.to_string()),
        fits: snapshot.can_be_restored_over(server),
    };
    copies(server, ("snapshots", "Snapshots", "snapshot"), read, copied)
}

fn backup_section(server: &Server, read: Result<&Reading<Page<Backup>>, &Error>) -> AnyView {
    let copied = |backup: &Backup| Copied {
        name: backup.name.clone().unwrap_or_else(|| format!("Backup {}", backup.id)),
        taken: backup.created_at,
        size: backup.size,
        about: ("backup", backup.id.to_string()),
        fits: backup.can_be_restored_over(server),
    };
    copies(server, ("backups", "Backups", "backup"), read, copied)
}

fn copies<T>(
    server: &Server,
    (id, title, unit): (&'static str, &'static str, &'static str),
    read: Result<&Reading<Page<T>>, &Error>,
    copied: impl Fn(&T) -> Copied,
) -> AnyView {
    let body = match read {
        Ok(reading) if reading.value.rows.is_empty() && reading.value.broken == 0 => {
            view! { {staleness_of(reading, title)} <p class="nothing">{format!("This server has no {unit}.")}</p> }
                .into_any()
        }
        Ok(reading) => {
            let page = &reading.value;
            let rows = page.rows.iter().map(|row| copy_row(server, copied(row))).collect_view();
            let columns =
                vec![Column::text("Name"), Column::text("Taken"), Column::number("Disk"), Column::text("Restore")];
            let more = (!page.is_last()).then(|| {
                let shown = crate::words::count(page.rows.len() as u64, unit);
                view! { <p class="hint">{format!("Shown are the newest {shown}; there are more.")}</p> }
            });
            view! {
                {staleness_of(reading, title)}
                {broken_rows(page.broken)}
                <Table caption=title columns=columns>{rows}</Table>
                {more}
            }
            .into_any()
        }
        Err(error) => trouble(error, &format!("the {id}")),
    };
    view! { <section aria-labelledby=id><h2 id=id>{title}</h2> {body}</section> }.into_any()
}

fn copy_row(server: &Server, copy: Copied) -> AnyView {
    let (word, id) = &copy.about;
    let restore = match &copy.fits {
        Ok(()) => {
            let to = Offer::of::<Restore>().asked_with(server.id, &[(word, id)]);
            view! { <a href=to aria-label=format!("Restore {}", copy.name)>"Restore"</a> }.into_any()
        }
        Err(reason) => view! { <span class="hint">{reason.to_string()}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{copy.name}</th>
            <td><Ago at=copy.taken.map(|at| at.0) /></td>
            <td class="number">{or_dash(copy.size.map(sizes::gigabytes))}</td>
            <td>{restore}</td>
        </tr>
    }
    .into_any()
}

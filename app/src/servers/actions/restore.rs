//! Restoring a server: its disk becomes what a snapshot or backup holds.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error, Gathering};
use leptos::prelude::*;
use vpsbg_api::{
    Backup, BackupId, ByDate, Encode, Gigabytes, ListBackups, ListSnapshots, Operation, Page, Reason,
    RestoreServer, RestoreSource, Server, ServerId, Snapshot, SnapshotId, Timestamp,
};

use crate::{
    components::{notice::trouble, properties::property, time::Ago},
    forms::{Refusal, Typed, refused},
    routes,
    servers::{
        action::{ServerAction, act},
        tab::ServerTab,
        words::name,
    },
    words::{or_dash, sizes},
};

/// Overwrites a server with a snapshot or backup.
pub struct Restore;

impl ServerAction for Restore {
    type Operation = RestoreServer;
    const WORD: &'static str = "restore";
    const VERB: &'static str = "Restore";
    const NAME: &'static str = "Restore";
    const TO: &'static str = routes::DO_RESTORE_SERVER;
    const TAB: ServerTab = ServerTab::Images;
    const ABOUT: &'static [&'static str] = &["snapshot", "backup"];
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_restore()
    }

    fn consequence(server: &Server, typed: &Typed) -> String {
        let (name, what) = (name(server), what(typed));
        format!(
            "All that is on the disk of {name} now is lost: it becomes what this {what} holds. {name} is offline and \
             locked until that is done, which may take from a minute to an hour."
        )
    }

    fn fields<'a>(
        account: &'a Account,
        server: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(async move {
            let typed = Typed::of(&draft.values);
            Ok(match found(account, server, &typed).await {
                Ok(Found::Is(copy)) => copy.shown(server),
                Ok(Found::Gone) => gone(&typed),
                Ok(Found::Unknown) => ().into_any(),
                Err(error) => trouble(&error, "what is restored"),
            })
        })
    }

    fn check<'a>(
        account: &'a Account,
        server: &'a Server,
        typed: &'a Typed,
    ) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            // What cannot be looked up does not forbid: the provider decides.
            match found(account, server, typed).await {
                Ok(Found::Gone) => Err(Refusal::whole(gone_words(typed))),
                Ok(Found::Is(copy)) => copy.fits.map_err(|reason| Refusal::whole(reason.to_string())),
                Ok(Found::Unknown) | Err(_) => Ok(()),
            }
        })
    }

    fn refused(error: &Error) -> Refusal {
        let named = |field: &str| ["snapshot_id", "backup_id"].contains(&field);
        match error {
            Error::Invalid(fields) if fields.iter().any(|(field, _)| named(field)) => {
                let said: Vec<_> =
                    fields.iter().flat_map(|(_, said)| said.iter().map(String::as_str)).collect();
                Refusal::whole(format!(
                    "The provider does not restore from this, and changed nothing. Perhaps it was deleted meanwhile. It \
                     says: {}",
                    said.join(" ")
                ))
            }
            error => refused(error, Self::NAMES),
        }
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<RestoreServer> {
        let snapshot = typed.get("snapshot").parse::<SnapshotId>().map(RestoreSource::Snapshot);
        let source = snapshot.or_else(|_| typed.get("backup").parse::<BackupId>().map(RestoreSource::Backup));
        let Ok(source) = source else {
            refusal.add("", "Which snapshot or backup? Choose it among the images of the server.");
            return None;
        };
        Some(RestoreServer { id: server.id, source })
    }
}

/// Restores a server.
#[server(prefix = "/do", endpoint = "servers/restore")]
pub async fn restore_disk() -> Result<(), ServerFnError> {
    act::<Restore>().await
}

/// What is known of the snapshot or backup that was chosen.
enum Found {
    Is(Copied),
    /// It is in no list, and the lists are whole.
    Gone,
    /// There are too many to look through.
    Unknown,
}

/// A copy of a disk, of whichever kind.
struct Copied {
    name: Option<String>,
    taken: Option<Timestamp>,
    size: Option<Gigabytes>,
    fits: Result<(), Reason>,
}

impl Copied {
    fn of_snapshot(snapshot: &Snapshot, server: &Server) -> Self {
        let fits = snapshot.can_be_restored_over(server);
        Self { name: snapshot.name.clone(), taken: snapshot.created_at, size: snapshot.size, fits }
    }

    fn of_backup(backup: &Backup, server: &Server) -> Self {
        let fits = backup.can_be_restored_over(server);
        Self { name: backup.name.clone(), taken: backup.created_at, size: backup.size, fits }
    }

    fn shown(self, server: &Server) -> AnyView {
        let why_not = self.fits.err().map(|reason| {
            let words = format!("It cannot be restored over {}: {reason}", name(server));
            crate::components::notice::notice("warning", view! { <p>{words}</p> })
        });
        view! {
            <dl class="properties">
                {property("From", view! { {or_dash(self.name)} })}
                {property("Taken", view! { <Ago at=self.taken.map(|at| at.0) /> })}
                {property("Size of the disk", view! { {or_dash(self.size.map(sizes::gigabytes))} })}
            </dl>
            {why_not}
        }
        .into_any()
    }
}

fn what(typed: &Typed) -> &'static str {
    if typed.get("snapshot").is_empty() { "backup" } else { "snapshot" }
}

fn gone_words(typed: &Typed) -> String {
    format!("This {} is no longer there: it was deleted. The server was left as it is.", what(typed))
}

fn gone(typed: &Typed) -> AnyView {
    let words = gone_words(typed);
    crate::components::notice::notice("warning", view! { <p>{words}</p> })
}

/// Looks the copy up that the form names.
async fn found(account: &Account, server: &Server, typed: &Typed) -> Result<Found, Error> {
    let sort = Some(ByDate::Newest);
    if let Ok(id) = typed.get("snapshot").parse::<SnapshotId>() {
        let list = |of, page| ListSnapshots { page, server: of, date: None, sort };
        let is = |snapshot: &Snapshot| snapshot.id == id;
        return looked_up(account, server, list, is, Copied::of_snapshot).await;
    }
    let Ok(id) = typed.get("backup").parse::<BackupId>() else { return Ok(Found::Unknown) };
    let list = |of, page| ListBackups { page, server: of, date: None, size: None, sort };
    looked_up(account, server, list, |backup: &Backup| backup.id == id, Copied::of_backup).await
}

/// Looks for it among those of the server, then among all.
async fn looked_up<O, T>(
    account: &Account,
    server: &Server,
    list: impl Fn(Option<ServerId>, u64) -> O,
    is: impl Fn(&T) -> bool,
    copied: impl Fn(&T, &Server) -> Copied,
) -> Result<Found, Error>
where
    O: Operation<Answer = Page<T>>,
    T: Clone + Encode + Send + Sync + 'static,
{
    for of in [Some(server.id), None] {
        let Gathering::All(all) = account.gather(|page| list(of, page)).await? else {
            return Ok(Found::Unknown);
        };
        if let Some(it) = all.value.rows.iter().find(|row| is(row)) {
            return Ok(Found::Is(copied(it, server)));
        }
        if all.value.broken > 0 || all.stale().is_some() {
            return Ok(Found::Unknown);
        }
    }
    Ok(Found::Gone)
}

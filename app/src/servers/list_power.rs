//! Power of the rows of the list. The provider's list may not tell it: all servers' live state does, if it is offered,
//! else each server's own, one after the other.

use gateway::{Account, Error, Gathering, OneByOne, Reading, StatusesSeen};
use leptos::prelude::*;
use vpsbg_api::{ListServers, StatusEntry};

use super::{row::ServerRow, words::statuses_shape};
use crate::{
    components::{
        list::{ListQuery, Rows, Shown},
        notice::{notice, staleness_of},
        time::Ago,
    },
    live::Sources,
    words::count,
};

/// While servers are still read one by one, the page looks again after so many seconds.
const LOOK: u64 = 15;

/// Name of the filter.
pub const POWER: &str = "power";

/// Why the list cannot be narrowed by power, if it is to be and cannot: leaving out rows of which nothing is known would
/// look like an answer.
pub async fn unknown(
    account: &Account,
    query: &ListQuery,
    of_page: impl Fn(u64) -> ListServers,
) -> Option<Result<Shown<ServerRow>, Error>> {
    if query.filter(POWER).is_empty() {
        return None;
    }
    let error = account.statuses().await.err()?;
    match account.gather(of_page).await {
        // The list itself tells it.
        Ok(Gathering::All(all)) if all.value.rows.iter().all(|server| server.running().is_some()) => None,
        // Said for itself.
        Ok(Gathering::TooMany(_)) => None,
        Err(error) => Some(Err(error)),
        Ok(Gathering::All(_)) => Some(match error {
            Error::NotOffered => Ok(Shown::NotOffered(
                "The provider does not tell the power of all servers at once, so they cannot be sorted out by it."
                    .to_owned(),
            )),
            error => Err(error),
        }),
    }
}

/// The rows with their power, what the page follows for it, and what there is to say of it.
pub async fn with_power(
    account: &Account,
    shown: Shown<ServerRow>,
    statuses: Result<Reading<StatusesSeen>, Error>,
    live: Sources,
) -> (Shown<ServerRow>, Sources, Option<AnyView>) {
    if matches!(shown, Shown::NotOffered(_)) {
        return (shown, live, None);
    }
    let statuses = match statuses {
        Err(Error::NotOffered) => return one_by_one(account, shown, live).await,
        statuses => statuses,
    };
    let live = live.follow(gateway::Feed::Statuses, statuses_shape(statuses.as_ref()));
    let seen = statuses.as_ref().ok().map(|reading| reading.value.as_ref());
    let above = match &statuses {
        Ok(reading) => staleness_of(reading, "power"),
        Err(Error::TokenRefused) => None,
        Err(error) => Some(not_shown(error)),
    };
    (with(shown, seen), live, above)
}

/// The rows with the live state of each that is known.
pub fn with(shown: Shown<ServerRow>, seen: Option<&StatusesSeen>) -> Shown<ServerRow> {
    let Shown::Rows(reading) = &shown else { return shown };
    let rows = reading.value.rows.iter().cloned().map(|row| row.with(seen)).collect();
    Shown::Rows(reading.with(Rows { rows, ..reading.value.as_ref().clone() }))
}

async fn one_by_one(
    account: &Account,
    shown: Shown<ServerRow>,
    live: Sources,
) -> (Shown<ServerRow>, Sources, Option<AnyView>) {
    let ids: Vec<_> = match &shown {
        Shown::Rows(reading) => {
            let untold = reading.value.rows.iter().filter(|row| row.server.running().is_none());
            untold.map(|row| row.server.id).collect()
        }
        Shown::NotOffered(_) => Vec::new(),
    };
    let known = match account.statuses_one_by_one(&ids).await {
        Ok(known) => known,
        Err(error) => return (with(shown, None), live, Some(not_shown(&error))),
    };
    let above = said(&known);
    let waits = known.to_come > 0 || known.settling;
    let seen = asked_of(account, &shown, known).await;
    let live = live.looking_again(waits.then_some(LOOK)).completing(seen.is_active().then_some(LOOK));
    (with(shown, Some(&seen)), live, above)
}

/// With what was asked of power and is not shown yet, by the rows themselves where they tell it.
async fn asked_of(account: &Account, shown: &Shown<ServerRow>, known: OneByOne<StatusEntry>) -> StatusesSeen {
    let Shown::Rows(reading) = shown else { return StatusesSeen::default() };
    let running = |id| match known.seen.get(&id) {
        Some(entry) => entry.running,
        None => reading.value.rows.iter().find(|row| row.server.id == id)?.server.running(),
    };
    // What was read at different times is taken to be as old as the oldest: then it is said longer, never too early.
    let read_at = known.oldest.map_or(reading.read_at, |oldest| oldest.min(reading.read_at));
    // Our storage in trouble is logged there; what the provider tells is shown all the same.
    let asked = account.power_asked(running, read_at).await.unwrap_or_default();
    StatusesSeen { entries: known.seen, asked }
}

fn said(known: &OneByOne<StatusEntry>) -> Option<AnyView> {
    // Nobody misses what there never is: the column just has dashes.
    let failed =
        known.failed.as_ref().filter(|error| !matches!(error, Error::TokenRefused | Error::NotOffered));
    let failed = failed.map(|error| {
        let words =
            if known.seen.is_empty() { "Power is not shown. " } else { "Not all of it could be read anew. " };
        notice("warning", view! { <p>{words} {error.to_string()}</p> })
    });
    let come = (known.to_come > 0).then(|| {
        format!(" {} still to come; this page completes itself.", count(known.to_come as u64, "server"))
    });
    let asked = known.oldest.is_some() || come.is_some();
    let how = asked.then(|| {
        let oldest = known.oldest.map(|at| view! { " What is shown was read " <Ago at=Some(at) /> " at the earliest." });
        notice(
            "info",
            view! { <p>
                "The provider does not tell the power of all servers at once: Vitosha reads one after the other."
                {oldest} {come}
            </p> },
        )
    });
    (failed.is_some() || how.is_some()).then(|| view! { {failed} {how} }.into_any())
}

fn not_shown(error: &Error) -> AnyView {
    notice("warning", view! { <p>"Power is not shown. " {error.to_string()}</p> })
}

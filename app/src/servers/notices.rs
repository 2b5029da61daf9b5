//! What stands out about a server, above every part of its page.

use gateway::{Account, AuditFilter, PowerState, ServerSeen};
use jiff::Timestamp;
use leptos::prelude::*;
use vpsbg_api::Server;

use super::words::{self, key};
use crate::{
    components::{notice::notice, time::Ago},
    words::operations,
};

/// What somebody did is news for this long, in seconds.
const NEWS: i64 = 10 * 60;

/// What was done to it last, by whom, if it was not long ago: two people act on the same server, and the second sees
/// what the first did. Power has words of its own.
pub async fn latest(account: &Account, seen: &ServerSeen) -> Option<AnyView> {
    let filter = AuditFilter { object: Some(format!("server {}", seen.server.id)), ..AuditFilter::default() };
    let page = account.audit(&filter, 1).await.ok()?;
    let power = ["startServer", "stopServer", "restartServer", "powerOffServer"];
    let record = page.rows.first().filter(|record| !power.contains(&record.operation.as_str()))?;
    if Timestamp::now().as_second() - record.at.as_second() > NEWS {
        return None;
    }
    let (_, what) = operations::of(&record.operation);
    let (outcome, tone) = crate::activity::outcome(&record.outcome);
    let who = record.person.clone().map(|person| format!(" by {person}")).unwrap_or_default();
    let tone = if tone == crate::components::badge::Tone::Bad { "warning" } else { "info" };
    Some(notice(
        tone,
        view! { <p>{format!("{what}: {}{who} ", outcome.to_lowercase())} <Ago at=Some(record.at) /> "."</p> },
    ))
}

/// What was asked of the power, and what became of it.
pub fn power_notice(seen: &ServerSeen) -> Option<AnyView> {
    let id = seen.server.id;
    Some(match seen.power {
        PowerState::Steady => return None,
        PowerState::Following { action, since } => {
            let asked = crate::words::time::relative(since, jiff::Timestamp::now());
            notice(
                "info",
                view! { <p>
                    <strong>{words::going_on(action)}</strong> " Asked "
                    <span data-live=key(id, "asked")>{asked}</span>
                    ". The provider shows it with a delay of up to a minute."
                </p> },
            )
        }
        PowerState::Settled { action, at } => {
            let done = words::done(action);
            view! { {notice("good", view! { <p>{format!("It was {done} ")} <Ago at=Some(at) /> "."</p> })} }
                .into_any()
        }
        PowerState::Unsettled { action, since } => {
            let done = words::done(action);
            notice(
                "warning",
                view! { <p>
                    "It should have been " {done} " " <Ago at=Some(since) />
                    ", but the provider does not show it. It may come late; look before you repeat it."
                </p> },
            )
        }
        PowerState::Undone { action, at } => {
            let (done, now) = (words::done(action), words::power(seen.server.running()).0.to_lowercase());
            view! {
                {notice("warning", view! { <p>
                        {format!("It was {done} ")} <Ago at=Some(at) />
                        {format!(", but now it is {now}: something else switched it, for example an earlier action that took effect late.")}
                    </p> })}
            }
            .into_any()
        }
    })
}

/// What stands out about the server itself.
pub fn state_notices(server: &Server) -> AnyView {
    let state = server.state.as_ref();
    let locked = (server.locked == Some(true)).then(|| {
        let why = server.lock_reason.clone().map(|why| format!(" ({why})"));
        view! {
            {notice("warning", view! { <p>
                    "A task of the provider is running on it" {why}
                    {server.locked_at.map(|at| view! { " since " <Ago at=Some(at.0) /> })}
                    ". Until it ends, changes are refused."
                </p> })}
        }
    });
    let unreachable = (state.and_then(|state| state.node_reachable) == Some(false)).then(|| view! {
        {notice("bad", view! { <p>"The machine it runs on does not answer the provider. What is shown may be old."</p> })}
    });
    let network = (state.and_then(|state| state.network_suspended) == Some(true)).then(|| view! {
        {notice("bad", view! { <p>"It runs, but its network is cut, for example past the traffic limit."</p> })}
    });
    let rescue = (state.and_then(|state| state.rescue_mode) == Some(true)).then(|| {
        view! {
            {notice("warning", view! { <p>"It runs the rescue system, not its own."</p> })}
        }
    });
    let cancelled = server.cancel_request.as_ref().map(|request| {
        let reason = request.reason.clone().map(|reason| format!(": “{reason}”"));
        view! {
            {notice("warning", view! { <p>"It is cancelled" {reason} {request.created_at.map(|at| view! { ", asked " <Ago at=Some(at.0) /> })} "."</p> })}
        }
    });
    view! { {locked} {unreachable} {network} {rescue} {cancelled} }.into_any()
}

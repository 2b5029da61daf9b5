//! What stands out about a server, above every part of its page.

use gateway::{Account, AuditFilter, AuditRecord, PowerAction, PowerState, ServerSeen};
use jiff::Timestamp;
use leptos::prelude::*;
use vpsbg_api::{BillingState, Operation, PowerOffServer, RestartServer, Server, StartServer, StopServer};

use super::{
    action::Offer,
    actions::{RescueOff, UndoCancel},
    lock_words::locked_by,
    news_words,
    words::{self, key},
};
use crate::{
    components::{
        badge::Tone,
        notice::notice,
        time::{Ago, Day},
    },
    words::operations,
};

/// What somebody did is news for this long, in seconds.
const NEWS: i64 = 10 * 60;

/// What was done to a server lately, and by whom: two people act on the same one, and the second sees what the first
/// did.
pub struct Lately {
    /// The last change that is no matter of power, if it is news.
    pub news: Option<AnyView>,
    /// Who switched it last in which way, each with the operation.
    switched: Vec<(String, String)>,
}

/// Looks it up in the audit records.
pub async fn lately(account: &Account, seen: &ServerSeen) -> Lately {
    let filter = AuditFilter { object: Some(format!("server {}", seen.server.id)), ..AuditFilter::default() };
    let records = account.audit(&filter, 1).await.map(|page| page.rows).unwrap_or_default();
    let (power, others): (Vec<_>, Vec<_>) = records
        .into_iter()
        .partition(|record| PowerAction::ALL.iter().any(|action| operation(*action) == record.operation));
    let news = others.first().and_then(|record| {
        let nameless = if account.did(record) { "You" } else { "Somebody" };
        news(record, record.person.as_deref().unwrap_or(nameless))
    });
    let sent =
        power.into_iter().filter(|record| ["done", "outcome-unknown"].contains(&record.outcome.as_str()));
    let switched = sent.map(|record| {
        let nameless = if account.did(&record) { "you" } else { "somebody" };
        (record.operation, record.person.unwrap_or_else(|| nameless.to_owned()))
    });
    Lately { news, switched: switched.collect() }
}

impl Lately {
    /// `by Ada `, if it is known who did it.
    fn by(&self, action: PowerAction) -> String {
        let found = self.switched.iter().find(|(id, _)| *id == operation(action));
        found.map(|(_, who)| format!("by {who} ")).unwrap_or_default()
    }
}

/// The operation of an action, as the audit names it.
fn operation(action: PowerAction) -> &'static str {
    match action {
        PowerAction::Start => StartServer::INFO.id,
        PowerAction::Stop => StopServer::INFO.id,
        PowerAction::Restart => RestartServer::INFO.id,
        PowerAction::PowerOff => PowerOffServer::INFO.id,
    }
}

fn news(record: &AuditRecord, who: &str) -> Option<AnyView> {
    if Timestamp::now().as_second() - record.at.as_second() > NEWS {
        return None;
    }
    let (outcome, tone) = crate::activity::outcome(&record.outcome);
    let tone = match tone {
        Tone::Bad | Tone::Warning => "warning",
        _ => "info",
    };
    let (before, after) = news_words::told(record, who).unwrap_or_else(|| {
        let (_, what) = operations::of(&record.operation);
        let who = record.person.as_ref().map(|person| format!(" by {person}")).unwrap_or_default();
        (format!("{what}: {}{who} ", outcome.to_lowercase()), ".".to_owned())
    });
    Some(notice(tone, view! { <p>{before} <Ago at=Some(record.at) /> {after}</p> }))
}

/// What was asked of the power, and what became of it.
pub fn power_notice(seen: &ServerSeen, lately: &Lately) -> Option<AnyView> {
    let id = seen.server.id;
    Some(match seen.power {
        PowerState::Steady => return None,
        PowerState::Following { action, since } => {
            let by = lately.by(action);
            let asked = crate::words::time::relative(since, jiff::Timestamp::now());
            notice(
                "info",
                view! { <p>
                    <strong>{words::going_on(action)}</strong> " Asked " {by}
                    <span data-live=key(id, "asked")>{asked}</span>
                    ". The provider shows it with a delay of up to a minute."
                </p> },
            )
        }
        PowerState::Settled { action, at } => {
            let (done, by) = (words::done(action), lately.by(action));
            view! { {notice("good", view! { <p>{format!("It was {done} {by}")} <Ago at=Some(at) /> "."</p> })} }
                .into_any()
        }
        PowerState::Unsettled { action, since } => {
            let (done, by) = (words::done(action), lately.by(action));
            notice(
                "warning",
                view! { <p>
                    {format!("It should have been {done} {by}")} <Ago at=Some(since) />
                    ", but the provider does not show it. It may come late; look before you repeat it."
                </p> },
            )
        }
        PowerState::Undone { action, at } => {
            let by = lately.by(action);
            let (done, now) = (words::done(action), words::power(seen.server.running()).0.to_lowercase());
            view! {
                {notice("warning", view! { <p>
                        {format!("It was {done} {by}")} <Ago at=Some(at) />
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
        let words = locked_by(server.lock_reason.as_deref());
        let begun = server.locked_at.map(|at| view! { ", begun " <Ago at=Some(at.0) /> });
        notice("warning", view! { <p>{words} {begun} ". Until it ends, changes are refused."</p> })
    });
    let unreachable = (state.and_then(|state| state.node_reachable) == Some(false)).then(|| view! {
        {notice("bad", view! { <p>"The machine it runs on does not answer the provider. What is shown may be old."</p> })}
    });
    let network = (state.and_then(|state| state.network_suspended) == Some(true)).then(|| view! {
        {notice("bad", view! { <p>"It runs, but its network is cut, for example past the traffic limit."</p> })}
    });
    let rescue = (state.and_then(|state| state.rescue_mode) == Some(true)).then(|| {
        let leave = way_to(&Offer::of::<RescueOff>(), server, "Leave it");
        notice("warning", view! { <p>"It runs the rescue system, not its own." {leave}</p> })
    });
    let cancelled = server.cancel_request.as_ref().map(|request| {
        let reason = request.reason.clone().map(|reason| format!(": “{reason}”"));
        let asked = request.created_at.map(|at| view! { ", asked " <Ago at=Some(at.0) /> });
        let ends = match server.status {
            Some(BillingState::Active) => {
                server.expiry_at.map(|at| view! { " It runs until " <Day at=Some(at.0) /> "." }.into_any())
            }
            Some(BillingState::Suspended) => Some(" It will be terminated.".into_any()),
            _ => None,
        };
        let undo = way_to(&Offer::of::<UndoCancel>(), server, "Keep it after all");
        notice("warning", view! { <p>"It is cancelled" {reason} {asked} "." {ends} {undo}</p> })
    });
    view! { {locked} {unreachable} {network} {rescue} {cancelled} }.into_any()
}

/// A link to what can be done about it, if it can be.
fn way_to(offer: &Offer, server: &Server, words: &'static str) -> Option<AnyView> {
    let to = offer.to(server).ok()?;
    Some(view! { " " <a href=to>{words}</a> "." }.into_any())
}

//! The words of a server: used by the pages and by the live stream.

use std::hash::Hash;

use gateway::{Error, PowerAction, PowerState, Reading, ServerSeen, StatusesSeen};
use vpsbg_api::{BillingState, Server, ServerId, ServerStatus, StatusEntry};

use crate::{
    components::badge::Tone,
    live::{Values, shape_of},
    words::{NOTHING, sizes, time},
};

/// The name, or what to call it without one.
pub fn name(server: &Server) -> String {
    server
        .hostname
        .clone()
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| format!("server {}", server.id))
}

/// Billing state in a word.
pub fn billing(status: Option<&BillingState>) -> (String, Tone) {
    match status {
        Some(BillingState::Active) => ("Active".to_owned(), Tone::Good),
        Some(BillingState::Processing) => ("Being made".to_owned(), Tone::Busy),
        Some(BillingState::Suspended) => ("Suspended".to_owned(), Tone::Bad),
        Some(BillingState::Terminated) => ("Terminated".to_owned(), Tone::Quiet),
        Some(BillingState::Other(word)) => (word.clone(), Tone::Quiet),
        None => ("Unknown".to_owned(), Tone::Quiet),
    }
}

/// Power in a word, as far as the provider tells.
pub fn power(running: Option<bool>) -> (String, Tone) {
    match running {
        Some(true) => ("Running".to_owned(), Tone::Good),
        Some(false) => ("Stopped".to_owned(), Tone::Quiet),
        None => ("Unknown".to_owned(), Tone::Quiet),
    }
}

/// Power in a word, with what was asked of it.
pub fn followed(seen: &ServerSeen) -> (String, Tone) {
    match seen.power {
        PowerState::Following { action, .. } => asked(action),
        _ => power(seen.server.running()),
    }
}

/// What was asked of power and is not shown yet, as its state.
pub fn asked(action: PowerAction) -> (String, Tone) {
    (going_on(action).to_owned(), Tone::Busy)
}

/// `Starting…`.
pub fn going_on(action: PowerAction) -> &'static str {
    match action {
        PowerAction::Start => "Starting…",
        PowerAction::Stop => "Stopping…",
        PowerAction::Restart => "Restarting…",
        PowerAction::PowerOff => "Cutting the power…",
    }
}

/// `started`.
pub fn done(action: PowerAction) -> &'static str {
    match action {
        PowerAction::Start => "started",
        PowerAction::Stop => "stopped",
        PowerAction::Restart => "restarted",
        PowerAction::PowerOff => "powered off",
    }
}

/// The main address, or the first.
pub fn main_address(server: &Server) -> Option<String> {
    let main = server.addresses.iter().find(|address| address.main == Some(true));
    main.or(server.addresses.first()).and_then(|address| address.address.clone())
}

/// Processor in percent.
pub fn cpu(used: Option<f64>) -> String {
    used.map_or(NOTHING.to_owned(), |used| format!("{} %", sizes::short(used)))
}

/// The key of one part of a server in live values.
pub fn key(id: ServerId, part: &str) -> String {
    format!("server-{id}-{part}")
}

/// The words of one server for the stream.
pub fn live_values(reading: &Reading<ServerSeen>, values: &mut Values) {
    let seen = &reading.value;
    let id = seen.server.id;
    let (word, tone) = followed(seen);
    values.put(&key(id, "power"), "data-tone", tone.name());
    values.text(&key(id, "power.word"), &word);
    let used = seen.server.state.as_ref().and_then(|state| state.cpu.as_ref()?.used);
    values.text(&key(id, "cpu"), &cpu(used.map(|used| used.0)));
    if let PowerState::Following { since, .. } = seen.power {
        values.text(&key(id, "asked"), &time::relative(since, jiff::Timestamp::now()));
    }
}

/// What is new since the look before, for whoever looks: what its power came to. While something is asked of it that
/// is no news yet.
pub fn news(before: &ServerSeen, now: &ServerSeen) -> Option<(Tone, String)> {
    let name = name(&now.server);
    let asked = matches!(before.power, PowerState::Following { .. });
    match (now.power, now.server.running()) {
        (PowerState::Following { .. }, _) => None,
        (PowerState::Unsettled { action, .. }, _) if asked => {
            let done = done(action);
            Some((
                Tone::Warning,
                format!("{name} should have been {done}, but the provider does not show it."),
            ))
        }
        (_, running) if !asked && running == before.server.running() => None,
        (_, Some(true)) => Some((Tone::Good, format!("{name} is running."))),
        (_, Some(false)) => Some((Tone::Quiet, format!("{name} is stopped."))),
        (_, None) => None,
    }
}

/// The shape of a server's page: all that its parts show, but for what moves by itself and has a place in the stream.
pub fn shape(read: Result<&Reading<ServerSeen>, &Error>) -> String {
    shape_of(read, |seen, hasher| {
        let mut still = seen.server.clone();
        if let Some(state) = still.state.as_mut() {
            (state.cpu, state.disk, state.bandwidth) = (None, None, None);
        }
        format!("{still:?}").hash(hasher);
        match seen.power {
            PowerState::Steady => (0, ""),
            PowerState::Following { action, .. } => (1, action.word()),
            PowerState::Settled { action, .. } => (2, action.word()),
            PowerState::Unsettled { action, .. } => (3, action.word()),
            PowerState::Undone { action, .. } => (4, action.word()),
        }
        .hash(hasher);
    })
}

/// Power of a row.
pub fn entry_power(entry: &StatusEntry) -> (String, Tone) {
    power_of(entry.running, entry.suspended, entry.network_suspended, entry.rescue_mode)
}

/// Power by the live state of one server.
pub fn status_power(status: &ServerStatus) -> (String, Tone) {
    power_of(status.running, status.suspended, status.network_suspended, status.rescue_mode)
}

fn power_of(
    running: Option<bool>,
    suspended: Option<bool>,
    network_suspended: Option<bool>,
    rescue: Option<bool>,
) -> (String, Tone) {
    match (suspended, network_suspended, rescue) {
        (Some(true), ..) => ("Suspended".to_owned(), Tone::Bad),
        (_, Some(true), _) => ("Network cut".to_owned(), Tone::Bad),
        (_, _, Some(true)) => ("Rescue".to_owned(), Tone::Warning),
        _ => power(running),
    }
}

/// The words of all servers' power for the stream.
pub fn live_statuses(reading: &Reading<StatusesSeen>, values: &mut Values) {
    for entry in reading.value.entries.values() {
        let (word, tone) =
            reading.value.asked.get(&entry.id).map_or_else(|| entry_power(entry), |action| asked(*action));
        values.put(&key(entry.id, "power"), "data-tone", tone.name());
        values.text(&key(entry.id, "power.word"), &word);
        let used = entry.cpu.as_ref().and_then(|cpu| cpu.used);
        values.text(&key(entry.id, "cpu"), &cpu(used.map(|used| used.0)));
    }
}

/// The shape of the list as far as power goes: only whether it is to be had.
pub fn statuses_shape(read: Result<&Reading<StatusesSeen>, &Error>) -> String {
    shape_of(read, |_, _| {})
}

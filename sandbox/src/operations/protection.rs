//! The filter in front of a protected address: how it is doing, what it passes, drops and blocks.

use super::envelope;
use super::moments;
use crate::door::call::Call;
use crate::reply::{Answer, Reply};
use crate::stamp;
use crate::things::attack::Source;
use crate::world::World;
use serde_json::json;
use std::collections::HashSet;
use std::net::IpAddr;

/// Longest stretch of traffic, days (design).
const MOST_DAYS: i64 = 31;
/// How long a blocked source can outlast its attack, seconds.
const MEMORY: i64 = 1800;

/// `getProtection`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let found = world.holdings.protected(id, call.now)?;
    let target = world.holdings.target(id, call.now, &world.faults)?;
    let expiry = match (found.floating, found.server) {
        (Some(floating), _) => floating.expiry(call.now),
        (None, Some(server)) => server.expiry(call.now),
        (None, None) => call.now,
    };
    let service = found.server.map_or_else(
        || json!({"id": null, "type": null, "label": null}),
        |server| json!({"id": server.id, "type": "server", "label": server.hostname}),
    );
    Ok(Reply::json(json!({
        "under_attack": target.is_under_attack(call.now),
        "ip_address": found.address.json(),
        "floating_ip_id": found.floating.map(|floating| floating.id),
        "expiry_at": stamp::iso(expiry),
        "protected_service": service,
    })))
}

/// `getProtectionBandwidth`: the last day unless asked otherwise.
pub(crate) fn bandwidth(world: &mut World, call: &Call) -> Answer {
    let target = world.holdings.target(call.id()?, call.now, &world.faults)?;
    let range = moments::range(call, 1, Some(MOST_DAYS))?;
    envelope::bare(target.traffic(range, call.now))
}

/// `listBlockedIps`: those of running attacks and of the last half hour, the latest first.
/// What the whitelist names is never blocked.
pub(crate) fn blocked(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let target = world.holdings.target(id, call.now, &world.faults)?;
    let recent = target.attacks((stamp::later(call.now, -MEMORY), call.now), call.now);
    let white = world.holdings.protection.get(&id).map(|settings| &settings.white);
    let mut seen = HashSet::new();
    let sources: Vec<Source> = recent
        .iter()
        .flat_map(|attack| attack.blocked(call.now))
        .filter(|source| white.is_none_or(|white| !white.covers(IpAddr::V4(source.ip))))
        .filter(|source| seen.insert(source.ip))
        .collect();
    envelope::page(call, &sources, Source::json)
}

//! Whitelist and blacklist of a protected address. Both work alike.

use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::networks::{MOST, Network, NetworkList};
use crate::things::protection::Protection;
use crate::world::World;

type Side = fn(&mut Protection) -> &mut NetworkList;

const WHITE: Side = |protection| &mut protection.white;
const BLACK: Side = |protection| &mut protection.black;

/// `getWhitelist`
pub(crate) fn show_white(world: &mut World, call: &Call) -> Answer {
    show(world, call, WHITE)
}

/// `setWhitelist`
pub(crate) fn set_white(world: &mut World, call: &Call) -> Answer {
    set(world, call, WHITE)
}

/// `updateWhitelist`
pub(crate) fn update_white(world: &mut World, call: &Call) -> Answer {
    update(world, call, WHITE)
}

/// `deleteWhitelist`
pub(crate) fn delete_white(world: &mut World, call: &Call) -> Answer {
    delete(world, call, WHITE)
}

/// `getBlacklist`
pub(crate) fn show_black(world: &mut World, call: &Call) -> Answer {
    show(world, call, BLACK)
}

/// `setBlacklist`
pub(crate) fn set_black(world: &mut World, call: &Call) -> Answer {
    set(world, call, BLACK)
}

/// `updateBlacklist`
pub(crate) fn update_black(world: &mut World, call: &Call) -> Answer {
    update(world, call, BLACK)
}

/// `deleteBlacklist`
pub(crate) fn delete_black(world: &mut World, call: &Call) -> Answer {
    delete(world, call, BLACK)
}

fn show(world: &mut World, call: &Call, side: Side) -> Answer {
    Ok(Reply::json(list(world, call, side)?.json()))
}

/// Replaces the whole list and activates it (FACTS §2, Blacklist).
fn set(world: &mut World, call: &Call, side: Side) -> Answer {
    let list = list(world, call, side)?;
    let mut fields = Fields::of(&call.body);
    fields.required("networks");
    let networks = networks(&mut fields, "networks", 1);
    fields.finish()?;
    *list = NetworkList::of(networks);
    Ok(Reply::json(list.json()))
}

/// Adds, removes, switches; what is not named stays.
fn update(world: &mut World, call: &Call, side: Side) -> Answer {
    let list = list(world, call, side)?;
    let mut fields = Fields::of(&call.body);
    let active = fields.boolean("active");
    let add = networks(&mut fields, "add", 0);
    let remove = networks(&mut fields, "remove", 0);
    fields.finish()?;
    let mut changed = list.clone();
    changed.remove(&remove);
    changed.add(&add);
    if changed.len() > MOST {
        return Err(Complaints::only("add", format!("The list must not have more than {MOST} items.")));
    }
    match active {
        Some(true) if changed.is_empty() => {
            return Err(Complaints::only("active", "An empty list cannot be active."));
        }
        Some(active) => changed.switch(active),
        None => {}
    }
    *list = changed;
    Ok(Reply::json(list.json()))
}

fn delete(world: &mut World, call: &Call, side: Side) -> Answer {
    *list(world, call, side)? = NetworkList::default();
    Ok(Reply::nothing())
}

fn list<'world>(
    world: &'world mut World,
    call: &Call,
    side: Side,
) -> Result<&'world mut NetworkList, Refusal> {
    let id = call.id()?;
    world.holdings.protected(id, call.now)?;
    Ok(side(world.holdings.protection.entry(id).or_default()))
}

/// Addresses and blocks. Only IPv4 is sold with protection, so only IPv4 can be a source.
fn networks(fields: &mut Fields<'_>, field: &str, least: usize) -> Vec<Network> {
    let mut networks = Vec::new();
    for (place, value) in fields.list(field, least..=MOST).unwrap_or_default().iter().enumerate() {
        let read = value.as_str().and_then(Network::read);
        match read {
            Some(network) if network.is_v4() => networks.push(network),
            _ => {
                let name = format!("{field}.{place}");
                let sentence =
                    format!("The {name} field must be an IPv4 address or a block in CIDR notation.");
                fields.complaints.add(&name, sentence);
            }
        }
    }
    networks
}

//! Reverse names: a text for IPv4, a map from address to name for IPv6 (FACTS §2, Address).

use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::address::Address;
use crate::things::networks::Network;
use crate::world::World;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Most names of one IPv6 block (design).
const MOST_NAMES: usize = 256;

/// `updateIpAddress`: the names sent replace those before. An empty text or map takes them away.
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let now = call.now;
    let address = world.holdings.whereabouts(id, now)?.address;
    let names = names(address, &call.body)?;
    world.holdings.address_mut(id)?.names = names;
    let found = world.holdings.whereabouts(id, now)?;
    let mut shown = found.address.json();
    // This page is the newer one: it shows the floating IP itself.
    shown["floating_ip"] =
        found.floating.map_or(Value::Null, |floating| floating.reference(&world.holdings.servers, now));
    Ok(Reply::json(shown))
}

fn names(address: &Address, body: &Value) -> Result<BTreeMap<String, String>, Refusal> {
    let mut fields = Fields::of(body);
    let mut names = BTreeMap::new();
    match body.get("ptr") {
        None => fields.complaints.missing("ptr"),
        Some(Value::String(name)) if address.version == 4 => {
            let name = name.trim().trim_end_matches('.');
            if is_host_name(name) {
                names.insert(address.ip.clone(), name.to_ascii_lowercase());
            } else if !name.is_empty() {
                fields.complaints.add("ptr", "The ptr field must be a valid host name.");
            }
        }
        Some(_) if address.version == 4 => fields.complaints.add("ptr", "The ptr field must be a string."),
        Some(Value::Object(map)) if map.len() > MOST_NAMES => {
            let sentence = format!("The ptr field must not have more than {MOST_NAMES} items.");
            fields.complaints.add("ptr", sentence);
        }
        Some(Value::Object(map)) => {
            for (ip, name) in map {
                match one_name(address, ip, name) {
                    Ok((ip, name)) => drop(names.insert(ip, name)),
                    Err(sentence) => fields.complaints.add(&format!("ptr.{ip}"), sentence),
                }
            }
        }
        Some(_) => fields.complaints.add("ptr", "The ptr field must be an array."),
    }
    fields.finish()?;
    Ok(names)
}

/// One entry of the map: an address of the block, in its shortest form, and its name.
fn one_name(block: &Address, ip: &str, name: &Value) -> Result<(String, String), &'static str> {
    let inside = Network::read(&format!("{}/64", block.ip));
    let ip: IpAddr = ip.trim().parse().map_err(|_| "The key must be an IPv6 address.")?;
    if !inside.is_some_and(|block| block.holds(ip)) {
        return Err("The address is not in this block.");
    }
    let name = name.as_str().map(|name| name.trim().trim_end_matches('.')).filter(|name| is_host_name(name));
    let name = name.ok_or("The name must be a valid host name.")?;
    Ok((ip.to_string(), name.to_ascii_lowercase()))
}

/// Labels of letters, digits and inner hyphens, at least two of them (RFC 1123).
fn is_host_name(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.len() <= 253 && name.contains('.') && name.split('.').all(label)
}

//! Stored public keys.

use super::envelope;
use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Reply};
use crate::things::holdings::{Holdings, take};
use crate::things::ssh_key::{SshKey, fingerprint};
use crate::world::World;

/// Longest line, characters.
const LINE: usize = 16_384;

/// `listSshKeys`: newest first.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let mut keys: Vec<&SshKey> = world.holdings.ssh_keys.iter().collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.id));
    envelope::page(call, &keys, |key| key.json(&world.holdings))
}

/// `getSshKey`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::json(world.holdings.ssh_key(call.id()?)?.json(&world.holdings)))
}

/// `createSshKey`
pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    fields.required("name");
    let name = name(&mut fields).unwrap_or_default();
    fields.required("key");
    let (line, fingerprint) = key(&mut fields, &world.holdings, None).unwrap_or_default();
    fields.finish()?;
    let id = take(&mut world.holdings.next.ssh_key);
    let key = SshKey { id, name, line, fingerprint };
    let shown = key.json(&world.holdings);
    world.holdings.ssh_keys.push(key);
    Ok(Reply::created(shown))
}

/// `updateSshKey`: servers keep the key they were installed with (design), the list of their keys follows.
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    world.holdings.ssh_key(id)?;
    let mut fields = Fields::of(&call.body);
    let name = name(&mut fields);
    let replaced = key(&mut fields, &world.holdings, Some(id));
    fields.finish()?;
    if let Some(key) = world.holdings.ssh_keys.iter_mut().find(|key| key.id == id) {
        if let Some(name) = name {
            key.name = name;
        }
        if let Some((line, fingerprint)) = replaced {
            (key.line, key.fingerprint) = (line, fingerprint);
        }
    }
    Ok(Reply::json(world.holdings.ssh_key(id)?.json(&world.holdings)))
}

/// `deleteSshKey`: the servers no longer list it.
pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    world.holdings.ssh_key(id)?;
    world.holdings.ssh_keys.retain(|key| key.id != id);
    for server in &mut world.holdings.servers {
        server.ssh_keys.retain(|carried| *carried != id);
    }
    Ok(Reply::nothing())
}

/// 3 to 100 characters.
fn name(fields: &mut Fields<'_>) -> Option<String> {
    let name = fields.text("name", 100)?;
    if name.chars().count() < 3 {
        fields.complaints.add("name", "The name field must be at least 3 characters.");
    }
    Some(name.to_owned())
}

/// The line and its fingerprint; a key is stored only once.
fn key(fields: &mut Fields<'_>, holdings: &Holdings, own: Option<i64>) -> Option<(String, String)> {
    let line = fields.text("key", LINE)?;
    let Some(fingerprint) = fingerprint(line) else {
        fields.complaints.add("key", "The key field format is invalid.");
        return None;
    };
    let taken = |key: &SshKey| key.fingerprint == fingerprint && Some(key.id) != own;
    if holdings.ssh_keys.iter().any(taken) {
        fields.complaints.add("key", "The key has already been taken.");
        return None;
    }
    Some((line.to_owned(), fingerprint))
}

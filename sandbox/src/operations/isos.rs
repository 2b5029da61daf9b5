//! ISOs: fetched on demand, listed, taken away.

use super::envelope;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::holdings::take;
use crate::things::iso::Iso;
use crate::world::World;
use serde_json::Value;

/// Longest address, characters.
const URL_LIMIT: usize = 2048;

/// `listIsos`: newest first.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let mut isos: Vec<&Iso> = world.holdings.isos.iter().collect();
    isos.sort_by_key(|iso| std::cmp::Reverse((iso.created_at, iso.id)));
    envelope::page(call, &isos, |iso| iso.json(call.now))
}

/// `getIso`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let iso = world.holdings.isos.iter().find(|iso| iso.id == id).ok_or(Refusal::NotFound)?;
    Ok(Reply::json(iso.json(call.now)))
}

/// `createIso`
pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let url = match call.body.get("url") {
        None | Some(Value::Null) => return Err(Complaints::only("url", "The url field is required.")),
        Some(Value::String(url)) if url.trim().is_empty() => {
            return Err(Complaints::only("url", "The url field is required."));
        }
        Some(Value::String(url)) => url.trim(),
        Some(_) => return Err(Complaints::only("url", "The url field must be a string.")),
    };
    if !is_web_address(url) {
        return Err(Complaints::only("url", "The url field must be a valid URL."));
    }
    if url.chars().count() > URL_LIMIT {
        let sentence = format!("The url field must not be greater than {URL_LIMIT} characters.");
        return Err(Complaints::only("url", sentence));
    }
    if world.holdings.isos.iter().any(|iso| iso.url == url && !iso.is_deleted(call.now)) {
        return Err(Complaints::only("url", "The url has already been taken."));
    }
    let id = take(&mut world.holdings.next.iso);
    let iso = Iso::new(id, url, call.now, world.faults.iso_bytes_per_second);
    let shown = iso.json(call.now);
    world.holdings.isos.push(iso);
    Ok(Reply::created(shown))
}

/// `deleteIso`: gone at once.
pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let isos = &mut world.holdings.isos;
    let at = isos.iter().position(|iso| iso.id == id).ok_or(Refusal::NotFound)?;
    isos.remove(at);
    Ok(Reply::nothing())
}

/// http or https, a host, no spaces.
fn is_web_address(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    http && !host.is_empty() && !host.starts_with(':') && !url.contains(char::is_whitespace)
}

//! Servers, read. What changes them is next door.

use super::envelope::{self, listed};
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::server::Server;
use crate::things::traffic::Days;
use crate::world::World;
use serde_json::json;

/// Shown unless asked otherwise: terminated and processing ones are hidden (FACTS §5.10).
const USUAL_STATES: &str = "active,suspended";

/// `listServers`
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let now = call.now;
    let states = call.query.get("filter[status]").unwrap_or(USUAL_STATES);
    let ip = call.query.get("filter[ip]");
    let search = call.query.get("filter[search]").map(str::to_lowercase);
    let wanted = |server: &&Server| {
        let has_ip = |wanted: &str| server.addresses.iter().any(|address| address.ip == wanted);
        let has_text = |text: &str| {
            server.hostname.to_lowercase().contains(text)
                || server.addresses.iter().any(|address| address.ip.contains(text))
        };
        listed(states, server.status(now)) && ip.is_none_or(has_ip) && search.as_deref().is_none_or(has_text)
    };
    let mut servers: Vec<&Server> = world.holdings.servers.iter().filter(wanted).collect();
    // Newest first unless asked otherwise (design).
    servers.sort_by_key(|server| std::cmp::Reverse((server.created_at, server.id)));
    if let Some(ascending) = direction(call, "sort[created_at]")? {
        servers.sort_by_key(|server| (server.created_at, server.id));
        turn(&mut servers, ascending);
    }
    if let Some(ascending) = direction(call, "sort[expiry_at]")? {
        servers.sort_by_cached_key(|server| (server.expiry(now), server.id));
        turn(&mut servers, ascending);
    }
    let with_state = world.faults.list_state;
    let around = &world.holdings;
    envelope::page(call, &servers, |server| {
        if with_state { server.whole(now, around) } else { server.row(now, around) }
    })
}

fn turn(servers: &mut [&Server], ascending: bool) {
    if !ascending {
        servers.reverse();
    }
}

/// `asc` is true, `desc` false; anything else is refused.
fn direction(call: &Call, field: &str) -> Result<Option<bool>, Refusal> {
    match call.query.get(field) {
        None => Ok(None),
        Some("asc") => Ok(Some(true)),
        Some("desc") => Ok(Some(false)),
        Some(_) => {
            // Laravel names nested fields with dots.
            let field = field.replace('[', ".").replace(']', "");
            Err(Complaints::only(&field, format!("The selected {field} is invalid.")))
        }
    }
}

/// `getServer`: terminated ones can still be read.
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    let mut shown = server.whole(call.now, &world.holdings);
    if call.query.lists("include", "app_getting_started") {
        shown["app_getting_started"] =
            json!(server.image.and_then(|image| image.first_steps(server.main_ip())));
    }
    Ok(Reply::json(shown))
}

/// `getServerStatus`
pub(crate) fn status(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    Ok(Reply::json(server.live(call.now, &Days::of_this_month(call.now))))
}

/// `listServerStatuses`: of all servers the account can see by default.
pub(crate) fn statuses(world: &mut World, call: &Call) -> Answer {
    let seen = world.holdings.servers.iter().filter(|server| listed(USUAL_STATES, server.status(call.now)));
    let month = Days::of_this_month(call.now);
    let rows = seen.map(|server| {
        let mut entry = server.live(call.now, &month);
        entry["id"] = json!(server.id);
        entry
    });
    envelope::bare(rows.collect())
}

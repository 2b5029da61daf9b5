//! Floating IPs attached, detached, cancelled. All four calls name several, and all or none are moved.

use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::cancellation::CancelRequest;
use crate::things::floating_ip::FloatingIp;
use crate::things::holdings::{Holdings, take};
use crate::things::moving;
use crate::world::World;
use serde_json::json;

/// Longest reason, characters (design).
const REASON_LIMIT: usize = 1000;

/// `attachFloatingIps`: the server reboots; until that is done the addresses are locked.
pub(crate) fn attach(world: &mut World, call: &Call) -> Answer {
    let now = call.now;
    let mut fields = Fields::of(&call.body);
    let chosen = chosen(&world.holdings, call, &mut fields, |floating| {
        floating.status(now) == "active" && floating.server_id().is_none()
    })?;
    fields.required("server_id");
    let target = fields.integer("server_id", 1..=i64::MAX);
    if let Some(id) = target
        && !world.holdings.server(id).is_ok_and(|server| server.status(now) == "active")
    {
        fields.complaints.unknown("server_id");
    }
    fields.finish()?;
    refuse_if_locked(&world.holdings, &chosen, target)?;
    send(world, call, &chosen, target)
}

/// `detachFloatingIps`: the servers reboot.
pub(crate) fn detach(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    // One that is locked on its way to a server is refused as locked, not as unknown.
    let chosen = chosen(&world.holdings, call, &mut fields, |floating| {
        floating.server_id().is_some() || floating.task.is_some()
    })?;
    fields.finish()?;
    refuse_if_locked(&world.holdings, &chosen, None)?;
    send(world, call, &chosen, None)
}

/// `cancelFloatingIps`: at once or at the end of what is paid. Taken off their servers then, which reboot.
pub(crate) fn cancel(world: &mut World, call: &Call) -> Answer {
    let now = call.now;
    let mut fields = Fields::of(&call.body);
    let chosen = chosen(&world.holdings, call, &mut fields, |floating| {
        floating.status(now) == "active" && floating.cancel.is_none()
    })?;
    fields.required("now");
    let at_once = fields.boolean("now");
    let reason = fields.text("reason", REASON_LIMIT).map(str::to_owned);
    fields.finish()?;
    let at_once = at_once.unwrap_or(false);
    let Holdings { floating_ips, next, .. } = &mut world.holdings;
    for floating in floating_ips.iter_mut().filter(|floating| chosen.contains(&floating.id)) {
        // Anchors the period that runs now, for an end that lies there.
        floating.paid_until = floating.expiry(now);
        floating.cancel = Some(CancelRequest {
            id: take(&mut next.cancellation),
            now: at_once,
            reason: reason.clone(),
            created_at: now,
        });
    }
    world.settle();
    Ok(Reply::json(json!({})))
}

/// `undoCancelFloatingIps`: also of a suspended one, until it is terminated. What was taken off its server
/// stays off.
pub(crate) fn undo_cancel(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let chosen = chosen(&world.holdings, call, &mut fields, |floating| {
        floating.cancel.is_some() && floating.status(call.now) != "terminated"
    })?;
    fields.finish()?;
    let known = world.holdings.floating_ips.iter_mut();
    known.filter(|floating| chosen.contains(&floating.id)).for_each(|floating| floating.cancel = None);
    Ok(Reply::json(json!({})))
}

/// The ids of the body, or the one of the path in the alternative spellings. Each must be there and fit.
fn chosen(
    holdings: &Holdings,
    call: &Call,
    fields: &mut Fields<'_>,
    fits: impl Fn(&FloatingIp) -> bool,
) -> Result<Vec<i64>, Refusal> {
    let ids = if call.places.is_empty() {
        fields.ids("ids")
    } else {
        let id = call.id()?;
        let known = holdings.floating_ips.iter().find(|floating| floating.id == id);
        vec![known.map(|floating| floating.id).ok_or(Refusal::NotFound)?]
    };
    for (place, id) in ids.iter().enumerate() {
        if !holdings.floating_ips.iter().any(|floating| floating.id == *id && fits(floating)) {
            fields.complaints.unknown(&format!("ids.{place}"));
        }
    }
    Ok(ids)
}

/// Neither an address on its way nor a server with a task can be moved.
fn refuse_if_locked(holdings: &Holdings, chosen: &[i64], target: Option<i64>) -> Result<(), Refusal> {
    let mut servers: Vec<i64> = target.into_iter().collect();
    for floating in holdings.floating_ips.iter().filter(|floating| chosen.contains(&floating.id)) {
        if floating.task.is_some() {
            return Err(Refusal::Locked("The floating IP is locked.".to_owned()));
        }
        servers.extend(floating.server_id());
    }
    if servers.iter().any(|id| holdings.server(*id).is_ok_and(|server| server.lock.is_some())) {
        return Err(Refusal::Locked("The server is locked.".to_owned()));
    }
    Ok(())
}

fn send(world: &mut World, call: &Call, chosen: &[i64], target: Option<i64>) -> Answer {
    let lag = world.faults.power_lag_seconds;
    let Holdings { floating_ips, servers, .. } = &mut world.holdings;
    let mut shown = Vec::new();
    for floating in floating_ips.iter_mut().filter(|floating| chosen.contains(&floating.id)) {
        moving::send(floating, servers, target, call.now, lag);
        shown.push(floating.json(servers, call.now));
    }
    super::envelope::bare(shown)
}

//! A server is never deleted, only cancelled: at once or at its expiry, and that can be withdrawn (FACTS §3).

use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::cancellation::CancelRequest;
use crate::things::holdings::take;
use crate::world::World;

/// Longest reason, characters.
pub(super) const REASON: usize = 1000;

/// `cancelServer`: the contract has no 423, so a locked server can be cancelled too.
pub(crate) fn cancel(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let server = world.holdings.servers.iter_mut().find(|server| server.id == id);
    let server = server.ok_or(Refusal::NotFound)?;
    let mut fields = Fields::of(&call.body);
    let reason = fields.text("reason", REASON);
    let now = fields.boolean("now").unwrap_or(false);
    fields.finish()?;
    match server.status(call.now) {
        "active" | "suspended" if server.cancel.is_none() => {}
        "active" | "suspended" => {
            return Err(Complaints::only(
                "now",
                "The cancellation of the server has already been requested.",
            ));
        }
        "processing" => return Err(Complaints::only("now", "The server is still being prepared.")),
        _ => return Err(Complaints::only("now", "The server is already terminated.")),
    }
    // What was renewed until now stays paid.
    server.paid_until = server.expiry(call.now);
    server.cancel = Some(CancelRequest {
        id: take(&mut world.holdings.next.cancellation),
        now,
        reason: reason.map(str::to_owned),
        created_at: call.now,
    });
    Ok(Reply::nothing())
}

/// `undoCancelServer`: back to active, as long as it is not terminated.
pub(crate) fn undo(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server_mut(call.id()?)?;
    if server.status(call.now) == "terminated" {
        return Err(Refusal::NotFound);
    }
    server.cancel.take().ok_or(Refusal::NotFound)?;
    Ok(Reply::nothing())
}

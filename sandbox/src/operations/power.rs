//! Start, stop, restart, power off. The answer comes at once, the effect later (FACTS §3).

use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::server::Server;
use crate::world::World;
use jiff::Timestamp;

type Change = fn(&mut Server, Timestamp, f64);

/// `startServer`
pub(crate) fn start(world: &mut World, call: &Call) -> Answer {
    change(world, call, |server, now, lag| server.power.start(now, lag))
}

/// `stopServer`
pub(crate) fn stop(world: &mut World, call: &Call) -> Answer {
    change(world, call, |server, now, lag| server.power.stop(now, lag))
}

/// `restartServer`
pub(crate) fn restart(world: &mut World, call: &Call) -> Answer {
    change(world, call, |server, now, lag| server.power.restart(now, lag))
}

/// `powerOffServer`
pub(crate) fn power_off(world: &mut World, call: &Call) -> Answer {
    change(world, call, |server, now, lag| server.power.power_off(now, lag))
}

fn change(world: &mut World, call: &Call, change: Change) -> Answer {
    let lag = world.faults.power_lag_seconds;
    let server = world.holdings.server_mut(call.id()?)?;
    refuse_if_busy(server, call.now)?;
    // A node that does not answer takes the order and never carries it out.
    if server.node_reachable {
        change(server, call.now, lag);
    }
    Ok(Reply::nothing())
}

/// The contract gives these calls 423 and no 422, so 423 it is for every state that forbids them.
pub(super) fn refuse_if_busy(server: &Server, now: Timestamp) -> Result<(), Refusal> {
    if server.lock.is_some() {
        return Err(Refusal::Locked("The server is locked.".to_owned()));
    }
    match server.status(now) {
        "active" => Ok(()),
        "processing" => Err(Refusal::Locked("The server is still being prepared.".to_owned())),
        word => Err(Refusal::Locked(format!("The server is {word}."))),
    }
}

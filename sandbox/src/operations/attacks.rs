//! Attacks on a protected address.

use super::envelope;
use super::moments;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::attack::Attack;
use crate::world::World;

/// Days that are listed unless asked otherwise (d).
const USUAL_DAYS: i64 = 7;

/// `listAttacks`: newest first, running ones included.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let target = world.holdings.target(call.id()?, call.now, &world.faults)?;
    let attacks = target.attacks(moments::range(call, USUAL_DAYS, None)?, call.now);
    envelope::page(call, &attacks, |attack| attack.row(call.now))
}

/// `getAttack`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::json(found(world, call)?.json(call.now)))
}

/// `getAttackBandwidth`: oldest first, up to now for a running one.
pub(crate) fn bandwidth(world: &mut World, call: &Call) -> Answer {
    envelope::bare(found(world, call)?.curve(call.now))
}

fn found(world: &World, call: &Call) -> Result<Attack, Refusal> {
    let target = world.holdings.target(call.id_at(0)?, call.now, &world.faults)?;
    call.places.get(1).and_then(|id| target.attack(id, call.now)).ok_or(Refusal::NotFound)
}

//! The account: its owner and its funds.

use crate::door::call::Call;
use crate::reply::{Answer, Reply};
use crate::world::World;

/// `getUser`
pub(crate) fn show(world: &mut World, _call: &Call) -> Answer {
    Ok(Reply::json(world.holdings.user.json()))
}

/// `getBalance`
pub(crate) fn balance(world: &mut World, call: &Call) -> Answer {
    let expenses = world.holdings.expected_expenses(call.now);
    Ok(Reply::json(world.holdings.funds.json(expenses, &world.holdings.orders)))
}

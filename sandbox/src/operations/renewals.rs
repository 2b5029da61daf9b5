//! What renewing costs. Paying for it is not here yet.

use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Reply};
use crate::things::money::Cents;
use crate::world::World;
use serde_json::{Value, json};

/// `calculateServersRenew`: a quote for several servers together; changes nothing.
pub(crate) fn calculate(world: &mut World, call: &Call) -> Answer {
    let mut complaints = Complaints::default();
    let ids: Vec<i64> = match call.body.get("server_ids") {
        Some(Value::Array(ids)) if !ids.is_empty() => ids.iter().filter_map(Value::as_i64).collect(),
        _ => {
            complaints.missing("server_ids");
            Vec::new()
        }
    };
    let cycle = call.body.get("billing_cycle").and_then(Value::as_i64);
    match cycle {
        None => complaints.missing("billing_cycle"),
        Some(1..=24) => {}
        Some(_) => complaints.unknown("billing_cycle"),
    }
    let mut cents = 0;
    for (place, id) in ids.iter().enumerate() {
        match world.holdings.server_mut(*id) {
            Ok(server) => cents += server.plan.price.0 * cycle.unwrap_or(1),
            Err(_) => complaints.unknown(&format!("server_ids.{place}")),
        }
    }
    complaints.finish()?;
    let (amount, nothing) = (Cents(cents), Cents(0));
    Ok(Reply::json(json!({
        "amount": amount.json(),
        "amount_with_vat": amount.with_vat().json(),
        "discount": nothing.json(),
        "discount_with_vat": nothing.json(),
        "due_today_amount": amount.json(),
        "due_today_amount_with_vat": amount.with_vat().json(),
    })))
}

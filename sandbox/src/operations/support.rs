//! The paid support level: bought, prolonged, cancelled.

use super::fields::Fields;
use super::{envelope, orders};
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::cancellation::CancelRequest;
use crate::things::deliver::Delivery;
use crate::things::holdings::take;
use crate::things::order::{Item, Kind, OrderDraft, Service};
use crate::things::support::{KEY, LEVEL, PRICE};
use crate::world::World;

/// Longest reason, characters.
const REASON: usize = 1000;

/// `listSupportPlans`
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    envelope::bare(vec![world.holdings.support.json(call.now)])
}

/// `purchaseSupportPlan`: answers with the order to pay.
pub(crate) fn purchase(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let months = cycle(&mut fields);
    fields.required("plan");
    fields.word("plan", &[KEY]);
    if world.holdings.support.is_active(call.now) {
        fields.complaints.add("plan", "The account has this support plan already; it can be renewed.");
    }
    fields.finish()?;
    order(world, call, months, Kind::NewService, Delivery::SupportPlan)
}

/// `renewSupportPlan`
pub(crate) fn renew(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let months = cycle(&mut fields);
    let support = &world.holdings.support;
    if !support.is_active(call.now) {
        fields.complaints.add("billing_cycle", "The account has no support plan.");
    } else if support.cancellation.is_some() {
        fields
            .complaints
            .add("billing_cycle", "The support plan is cancelled; withdraw the cancellation first.");
    }
    fields.finish()?;
    order(world, call, months, Kind::RenewService, Delivery::Renewal)
}

fn cycle(fields: &mut Fields<'_>) -> u32 {
    fields.required("billing_cycle");
    fields.integer("billing_cycle", 1..=24).and_then(|months| u32::try_from(months).ok()).unwrap_or(1)
}

fn order(world: &mut World, call: &Call, months: u32, kind: Kind, delivery: Delivery) -> Answer {
    let item = Item::period(Service::Support, LEVEL, PRICE, months);
    let draft = OrderDraft::new(kind, vec![item], delivery);
    let id = world.holdings.place(draft, call.now, &world.faults);
    orders::placed(world, id)
}

/// `cancelSupportPlan`: at once, or when what is paid runs out.
pub(crate) fn cancel(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let reason = fields.text("reason", REASON).map(str::to_owned);
    let at_once = fields.boolean("now").unwrap_or(false);
    fields.finish()?;
    let support = &mut world.holdings.support;
    if !support.is_active(call.now) {
        return Err(Complaints::only("support", "The account has no support plan."));
    }
    if support.cancellation.is_some() {
        return Err(Complaints::only("support", "The support plan is cancelled already."));
    }
    let id = take(&mut world.holdings.next.cancellation);
    if at_once {
        support.end(call.now);
    } else {
        support.cancellation = Some(CancelRequest { id, now: false, reason, created_at: call.now });
    }
    Ok(Reply::nothing())
}

/// `undoCancelSupportPlan`
pub(crate) fn undo_cancel(world: &mut World, call: &Call) -> Answer {
    let support = &mut world.holdings.support;
    let pending = support.is_active(call.now) && support.cancellation.take().is_some();
    if pending { Ok(Reply::nothing()) } else { Err(Refusal::NotFound) }
}

//! Moving a server to another plan. The disk can stay behind, so that a later downgrade remains possible (FACTS §3).

use super::envelope;
use super::fields::Fields;
use super::power::refuse_if_busy;
use super::settings::shown;
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::catalogue::{PLANS, Plan};
use crate::things::deliver::Delivery;
use crate::things::funds::Movement;
use crate::things::money::Cents;
use crate::things::order::{Item, Kind, OrderDraft, Paying, Service};
use crate::things::server::Server;
use crate::world::World;
use serde_json::json;

/// A move that is possible.
struct Move {
    plan: &'static Plan,
    scale_disk: bool,
    /// More than a reboot: to another kind of plan, or with a growing disk (design).
    extended: bool,
    /// For the rest of the paid period; negative is a refund.
    amount: Cents,
}

/// `listScalePlans`: other plans whose disk is not smaller than the server's.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    let others = PLANS.iter().filter(|plan| plan.id != server.plan.id && plan.disk >= server.disk);
    envelope::bare(others.map(Plan::json).collect())
}

/// `calculateScale`
pub(crate) fn calculate(world: &mut World, call: &Call) -> Answer {
    let planned = planned(world.holdings.server(call.id()?)?, call)?;
    Ok(Reply::json(json!({
        "amount": planned.amount.json(),
        "amount_with_vat": planned.amount.with_vat().json(),
        "estimated_downtime": if planned.extended { "extended" } else { "short" },
    })))
}

/// `scaleServer`: an order that tries to pay itself; once it is paid, the server moves. A refund goes to the balance.
pub(crate) fn scale(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let server = world.holdings.server(id)?;
    let Move { plan, scale_disk, extended, amount } = planned(server, call)?;
    refuse_if_busy(server, call.now)?;
    let item =
        Item::once(Service::Server(id), &server.hostname, Cents(amount.0.max(0)), server.billing_cycle);
    let refund = Cents((-amount.0).max(0));
    let description = format!("Refund for scaling {}", server.hostname);
    let delivery = Delivery::ScaleServer { id, plan, scale_disk, extended };
    let draft = OrderDraft::new(Kind::ScaleService, vec![item], delivery).paid(Paying::AtOnce);
    let order = world.holdings.place(draft, call.now, &world.faults);
    if refund.0 > 0 {
        world.holdings.book(Movement::Refund, &description, refund, Some(order), call.now);
    }
    shown(world, id, call)
}

fn planned(server: &Server, call: &Call) -> Result<Move, Refusal> {
    let mut fields = Fields::of(&call.body);
    fields.required("plan");
    let plan = plan(&mut fields);
    fields.required("scale_disk");
    let scale_disk = fields.boolean("scale_disk").unwrap_or(false);
    if let Some(plan) = plan {
        if plan.id == server.plan.id {
            fields.complaints.add("plan", "The server has this plan already.");
        } else if plan.disk < server.disk {
            let sentence = format!("The disk of the server has {} GB and cannot shrink.", server.disk);
            fields.complaints.add("plan", sentence);
        }
    }
    fields.finish()?;
    let plan = plan.ok_or(Refusal::NotFound)?;
    let difference = Cents(server.monthly_as(plan).0 - server.monthly().0);
    Ok(Move {
        plan,
        scale_disk,
        extended: plan.kind != server.plan.kind || (scale_disk && plan.disk > server.disk),
        amount: server.rest(difference, call.now),
    })
}

/// A plan that can be had, if one was named.
pub(super) fn plan(fields: &mut Fields<'_>) -> Option<&'static Plan> {
    let key = fields.text("plan", 64)?;
    let plan = Plan::find(key);
    match plan {
        None => fields.complaints.unknown("plan"),
        Some(plan) if !plan.available => fields.complaints.add("plan", "The plan is sold out."),
        Some(_) => {}
    }
    plan
}

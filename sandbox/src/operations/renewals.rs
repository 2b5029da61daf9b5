//! Servers are prolonged, one or several together: what it costs, and the order for it.

use super::fields::{Fields, whole};
use crate::door::call::Call;
use crate::reply::{Answer, Refusal, Reply};
use crate::things::deliver::Delivery;
use crate::things::money::Cents;
use crate::things::order::{Item, Kind, OrderDraft, Promo, Service};
use crate::world::World;
use serde_json::{Value, json};

/// Longest cycle, months.
pub(super) const LONGEST: i64 = 24;

/// What was asked for, all of it checked.
struct Wish {
    ids: Vec<i64>,
    months: u32,
    promo: Option<&'static Promo>,
}

/// `calculateServersRenew`: a quote for several servers together; changes nothing.
pub(crate) fn calculate(world: &mut World, call: &Call) -> Answer {
    let wish = wish(world, call)?;
    let amount: i64 = items(world, &wish).iter().map(|item| item.amount.0).sum();
    let amount = Cents(amount);
    let discount = wish.promo.map_or(Cents(0), |promo| promo.off(amount));
    let due = Cents(amount.0 - discount.0);
    let mut quote = json!({
        "amount": amount.json(),
        "amount_with_vat": amount.with_vat().json(),
        "discount": discount.json(),
        "discount_with_vat": discount.with_vat().json(),
        "due_today_amount": due.json(),
        "due_today_amount_with_vat": due.with_vat().json(),
    });
    if let Some(promo) = wish.promo {
        quote["promo_code"] = promo.json();
    }
    Ok(Reply::json(quote))
}

/// `renewServers`: an order that waits to be paid.
pub(crate) fn renew(world: &mut World, call: &Call) -> Answer {
    let wish = wish(world, call)?;
    let items = items(world, &wish);
    let draft = OrderDraft::new(Kind::RenewService, items, Delivery::Renewal).with_promo(wish.promo);
    for id in &wish.ids {
        world.holdings.server_mut(*id)?.pending_renew_order = true;
    }
    let order = world.holdings.place(draft, call.now, &world.faults);
    Ok(Reply::created(world.holdings.order(order)?.json()))
}

fn items(world: &World, wish: &Wish) -> Vec<Item> {
    let servers = world.holdings.servers.iter().filter(|server| wish.ids.contains(&server.id));
    servers
        .map(|server| {
            Item::period(Service::Server(server.id), &server.hostname, server.monthly(), wish.months)
        })
        .collect()
}

fn wish(world: &World, call: &Call) -> Result<Wish, Refusal> {
    let mut fields = Fields::of(&call.body);
    // One of the alternative spellings names a single server in the path.
    let ids = match call.places.first() {
        Some(_) => vec![call.id()?],
        None => fields.ids("server_ids"),
    };
    let sent = call.body.get("server_ids").and_then(Value::as_array);
    for id in &ids {
        let status = world.holdings.server(*id).map_or("unknown", |server| server.status(call.now));
        if !matches!(status, "active" | "suspended") {
            let place = sent.and_then(|sent| sent.iter().position(|value| whole(value) == Some(*id)));
            fields.complaints.unknown(&format!("server_ids.{}", place.unwrap_or(0)));
        }
    }
    fields.required("billing_cycle");
    let months = fields.integer("billing_cycle", 1..=LONGEST).unwrap_or(1) as u32;
    let promo = promo(&mut fields, months);
    fields.finish()?;
    Ok(Wish { ids, months, promo })
}

/// The promo code, if one was sent and fits the cycle.
pub(super) fn promo(fields: &mut Fields<'_>, months: u32) -> Option<&'static Promo> {
    let code = fields.text("promo_code", 64)?;
    Promo::find(code, months).map_err(|sentence| fields.complaints.add("promo_code", sentence)).ok()
}

//! Orders: listed, changed while they are open, paid, dropped.

use super::envelope::{self, listed};
use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::money::Cents;
use crate::things::order::method::METHODS;
use crate::things::order::paying::Unpaid;
use crate::things::order::{Kind, Method, Order, Promo};
use crate::world::World;
use serde_json::{Value, json};

/// The documented default, with a word that no order has (FACTS §5.12): transfers on their way and cancelled
/// orders are hidden unless asked for.
const USUAL_STATES: &str = "pending_payment,paid";
/// Longest promo code, characters.
const CODE: usize = 50;

/// `listOrders`: newest first. `pending_payment` stands for `awaiting_payment`, unless the world takes it
/// literally.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let states = call.query.get("filter[status]").unwrap_or(USUAL_STATES);
    let literal = world.faults.literal_order_filter;
    let wanted = |order: &&Order| {
        let status = order.status();
        let other_name = !literal && status == "awaiting_payment" && listed(states, "pending_payment");
        listed(states, status) || other_name
    };
    let mut orders: Vec<&Order> = world.holdings.orders.iter().filter(wanted).collect();
    orders.sort_by_key(|order| std::cmp::Reverse((order.created_at, order.id)));
    envelope::page(call, &orders, |order| order.json())
}

/// `getOrder`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    Ok(Reply::json(world.holdings.order(call.id()?)?.detail()))
}

/// `updateOrder`: promo code (null takes it away), whether it pays itself, and how it is going to be paid.
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let order = world.holdings.order(id)?;
    let mut fields = Fields::of(&call.body);
    let promo = promo(&mut fields, &call.body, order, None);
    let auto_pay = fields.boolean("auto_pay");
    let words = METHODS.map(Method::word);
    let method = fields.word("payment_method", &words).and_then(Method::named);
    if method == Some(Method::Balance) && order.kind == Kind::Deposit {
        fields.complaints.add("payment_method", "A deposit cannot be paid from the balance.");
    }
    fields.finish()?;
    refuse_unless_open(order)?;
    let order = world.holdings.order_mut(id)?;
    order.promo = promo.applied(order);
    if let Some(auto_pay) = auto_pay {
        order.auto_pay = auto_pay;
        order.tried = false;
    }
    if let Some(method) = method {
        order.method = method;
    }
    world.holdings.reprice(id);
    Ok(Reply::json(world.holdings.order(id)?.detail()))
}

/// `deleteOrder`: it stays in the list as cancelled.
pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    refuse_unless_open(world.holdings.order(id)?)?;
    world.holdings.cancel_order(id, call.now).map_err(|_| closed())?;
    Ok(Reply::nothing())
}

/// `payOrders`: all of them or none.
pub(crate) fn pay(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let ids = fields.ids("order_ids");
    fields.required("payment_method");
    let words = METHODS.map(Method::word);
    let method = fields.word("payment_method", &words).and_then(Method::named);
    let mut total = 0;
    for (place, id) in ids.iter().enumerate() {
        let name = format!("order_ids.{place}");
        match world.holdings.order(*id) {
            Err(_) => fields.complaints.unknown(&name),
            Ok(order) if !order.is_open() => {
                fields.complaints.add(&name, format!("The order {id} is not awaiting payment."));
            }
            Ok(order) if order.kind == Kind::Deposit && method == Some(Method::Balance) => {
                fields.complaints.add(&name, "A deposit cannot be paid from the balance.");
            }
            Ok(order) => total += order.total().0,
        }
    }
    let missing = Cents(total - world.holdings.funds.balance.0);
    if method == Some(Method::Balance) && missing.0 > 0 {
        let sentence = format!("The balance is not enough: EUR {} are missing.", missing.text());
        fields.complaints.add("payment_method", sentence);
    }
    fields.finish()?;
    let Some(method) = method else { return Err(Refusal::NotFound) };
    for id in &ids {
        world.holdings.pay(*id, method, call.now, &world.faults).map_err(|unpaid| match unpaid {
            Unpaid::NotOpen => closed(),
            Unpaid::NoFunds => Complaints::only("payment_method", "The balance is not enough."),
            Unpaid::Declined => Complaints::only("payment_method", "The card was declined."),
        })?;
    }
    let rows = ids.iter().filter_map(|id| world.holdings.order(*id).ok()).map(Order::json);
    envelope::bare(rows.collect())
}

/// `changeOrderRenewalPeriod`: of one service of an open renewal.
pub(crate) fn change_period(world: &mut World, call: &Call) -> Answer {
    let (id, service) = (call.id_at(0)?, call.id()?);
    let kind = call.places.get(1).map(String::as_str).unwrap_or_default();
    let order = world.holdings.order(id)?;
    let place = order.items.iter().position(|item| item.service.name() == Some((kind, service)));
    let place = place.ok_or(Refusal::NotFound)?;
    let mut fields = Fields::of(&call.body);
    fields.required("billing_cycle");
    let months = fields.integer("billing_cycle", 1..=24).and_then(|months| u32::try_from(months).ok());
    // With the other services of the order as they are.
    let others = order.items.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, item)| item.months);
    let shortest = months.into_iter().chain(others).min();
    let promo = promo(&mut fields, &call.body, order, shortest);
    fields.finish()?;
    refuse_unless_open(order)?;
    if order.items[place].monthly.is_none() || !matches!(order.kind, Kind::RenewService | Kind::Combined) {
        return Err(Complaints::only("billing_cycle", "The period of this order cannot be changed."));
    }
    let Some(months) = months else { return Err(Refusal::NotFound) };
    let order = world.holdings.order_mut(id)?;
    order.items[place].lasting(months);
    // A code that wants more months than are left falls away.
    order.promo = promo.applied(order).filter(|promo| order.shortest() >= promo.minimum);
    world.holdings.reprice(id);
    Ok(Reply::nothing())
}

/// What a body wants with the promo code.
enum PromoWish {
    Keep,
    Remove,
    Take(&'static Promo),
}

impl PromoWish {
    /// The code an order has then.
    const fn applied(&self, order: &Order) -> Option<&'static Promo> {
        match self {
            Self::Keep => order.promo,
            Self::Remove => None,
            Self::Take(promo) => Some(promo),
        }
    }
}

/// Reads the promo code: null takes it away. `months`: the shortest period to come.
fn promo(fields: &mut Fields<'_>, body: &Value, order: &Order, months: Option<u32>) -> PromoWish {
    if body.get("promo_code") == Some(&Value::Null) {
        return PromoWish::Remove;
    }
    let Some(code) = fields.text("promo_code", CODE) else { return PromoWish::Keep };
    if !order.kind.takes_promo() {
        fields.complaints.add("promo_code", "This order does not take promo codes.");
        return PromoWish::Keep;
    }
    match Promo::find(code, months.unwrap_or_else(|| order.shortest())) {
        Ok(promo) => PromoWish::Take(promo),
        Err(sentence) => {
            fields.complaints.add("promo_code", sentence);
            PromoWish::Keep
        }
    }
}

fn refuse_unless_open(order: &Order) -> Result<(), Refusal> {
    if order.is_open() { Ok(()) } else { Err(closed()) }
}

fn closed() -> Refusal {
    Complaints::only("order", "Only an order that is awaiting payment can be changed.")
}

/// `Order` as purchases answer with it.
pub(super) fn placed(world: &World, id: i64) -> Answer {
    Ok(Reply::created(world.holdings.order(id).map_or(json!({}), Order::json)))
}

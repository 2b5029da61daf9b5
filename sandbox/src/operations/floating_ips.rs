//! Floating IPs: listed, priced, bought. Where they are and how they end is next door.

use super::envelope::{self, listed};
use super::fields::Fields;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints};
use crate::stamp;
use crate::things::deliver::Delivery;
use crate::things::floating_ip::{FLOATING_PLANS, FloatingIp, FloatingPlan, Place};
use crate::things::holdings::take;
use crate::things::order::{Item, Kind, OrderDraft, Paying, Service};
use crate::world::World;

/// Shown unless asked otherwise, as for servers.
const USUAL_STATES: &str = "active,suspended";
/// Most of one kind in an account: the provider has limits, their numbers are unknown (design).
const LIMIT: i64 = 16;

/// `listFloatingIps`: newest first.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let now = call.now;
    let states = call.query.get("filter[status]").unwrap_or(USUAL_STATES);
    let ip = call.query.get("filter[ip]");
    let search = call.query.get("filter[search]").map(str::to_lowercase);
    let ddos = match call.query.get("filter[ddos]") {
        None => None,
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        Some(_) => {
            return Err(Complaints::only("filter.ddos", "The filter.ddos field must be true or false."));
        }
    };
    let servers = &world.holdings.servers;
    let wanted = |floating: &&FloatingIp| {
        let Some(address) = floating.address(servers) else { return false };
        let has_text = |text: &str| {
            let hostname = floating.server_id().and_then(|id| servers.iter().find(|server| server.id == id));
            address.ip.contains(text)
                || hostname.is_some_and(|server| server.hostname.to_lowercase().contains(text))
        };
        listed(states, floating.status(now))
            && ip.is_none_or(|ip| address.ip == ip)
            && ddos.is_none_or(|ddos| address.ddos_protected == ddos)
            && search.as_deref().is_none_or(has_text)
    };
    let mut rows: Vec<&FloatingIp> = world.holdings.floating_ips.iter().filter(wanted).collect();
    rows.sort_by_key(|floating| std::cmp::Reverse(floating.id));
    envelope::page(call, &rows, |floating| floating.json(servers, now))
}

/// `listFloatingIpPlans`
pub(crate) fn plans(_world: &mut World, _call: &Call) -> Answer {
    envelope::bare(FLOATING_PLANS.iter().map(FloatingPlan::json).collect())
}

/// `purchaseFloatingIps`: so many of each kind, on a server at once if one is named. Answers with the
/// addresses, which are processing until their order is paid.
pub(crate) fn purchase(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let months = fields.integer("billing_cycle", 1..=24);
    let counts: Vec<i64> = FLOATING_PLANS
        .iter()
        .map(|plan| {
            let room = room(world, plan, call);
            fields.integer(plan.field, 0..=room).unwrap_or(0)
        })
        .collect();
    let server = fields.integer("server_id", 1..=i64::MAX);
    if let Some(id) = server {
        let usable = world
            .holdings
            .server(id)
            .is_ok_and(|server| server.status(call.now) == "active" && server.lock.is_none());
        if !usable {
            fields.complaints.unknown("server_id");
        }
    }
    let nothing_wanted = counts.iter().sum::<i64>() == 0;
    if nothing_wanted && FLOATING_PLANS.iter().all(|plan| fields.sent(plan.field).is_none()) {
        fields
            .complaints
            .add("ipv4", "The ipv4 field is required when none of ipv4 ddos / ipv6 are present.");
    } else if nothing_wanted {
        fields.complaints.add("ipv4", "At least one address must be ordered.");
    }
    fields.finish()?;

    let months = months.and_then(|months| u32::try_from(months).ok()).unwrap_or(1);
    let mut ids = Vec::new();
    let mut items = Vec::new();
    for (plan, count) in FLOATING_PLANS.iter().zip(counts) {
        for _ in 0..count {
            let floating = prepare(world, plan, months, call);
            let label = floating.address(&[]).map_or_else(String::new, |address| address.ip.clone());
            items.push(Item::period(Service::FloatingIp(floating.id), &label, plan.price, months));
            ids.push(floating.id);
            world.holdings.floating_ips.push(floating);
        }
    }
    let delivery = Delivery::FloatingIps { ids: ids.clone(), server };
    let draft = OrderDraft::new(Kind::NewFloatingIp, items, delivery).paid(Paying::AtOnce);
    world.holdings.place(draft, call.now, &world.faults);
    let holdings = &world.holdings;
    let bought = holdings.floating_ips.iter().filter(|floating| ids.contains(&floating.id));
    envelope::bare(bought.map(|floating| floating.json(&holdings.servers, call.now)).collect())
}

/// How many more of a kind the account may have.
fn room(world: &World, plan: &FloatingPlan, call: &Call) -> i64 {
    let owned = world.holdings.floating_ips.iter();
    let of_kind =
        owned.filter(|floating| floating.plan.id == plan.id && floating.status(call.now) != "terminated");
    of_kind.fold(LIMIT, |room, _| room - 1).max(0)
}

/// A new one that is not paid yet.
fn prepare(world: &mut World, plan: &'static FloatingPlan, months: u32, call: &Call) -> FloatingIp {
    let id = take(&mut world.holdings.next.floating_ip);
    let mut address = world.holdings.new_address(plan.version, plan.ddos_protected, call.now);
    address.floating = Some(id);
    FloatingIp {
        id,
        plan,
        place: Place::Waiting(address),
        billing_cycle: months,
        processing: true,
        paid_until: stamp::sofia_midnight(stamp::later_months(call.now, months)),
        renews: true,
        cancel: None,
        task: None,
    }
}

//! Add-ons of a server: what they cost, bought, changed, cancelled. Prices are for the rest of the paid period.

use super::cancellations::REASON;
use super::envelope;
use super::fields::Fields;
use super::power::refuse_if_busy;
use super::settings::shown;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::cancellation::CancelRequest;
use crate::things::deliver::{AddonChange, Delivery};
use crate::things::extras::{Addon, EXTRAS, Extra, Family};
use crate::things::funds::Movement;
use crate::things::holdings::take;
use crate::things::money::Cents;
use crate::things::order::{Item, Kind, OrderDraft, Paying, Service};
use crate::things::server::Server;
use crate::world::World;
use serde_json::json;

/// Most seats (design).
const SEATS: i64 = 100;

/// Fields of a request by family, in the order of the contract.
pub(super) const FIELDS: [(&str, Family); 5] = [
    ("backups", Family::Backups),
    ("cpanel", Family::Cpanel),
    ("bandwidth", Family::Bandwidth),
    ("microsoft_rds_sal", Family::RdsSeats),
    ("microsoft_office_sal", Family::OfficeSeats),
];

/// `listServerAddonPrices`: those that make sense on its system.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    let sensible = EXTRAS.iter().filter(|extra| fits(extra, server.is_windows()));
    envelope::bare(sensible.map(|extra| extra.json(server.plan)).collect())
}

/// `purchaseServerAddons`: an order that tries to pay itself; once it is paid, they show.
pub(crate) fn purchase(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let server = world.holdings.servers.iter_mut().find(|server| server.id == id);
    let server = server.ok_or(Refusal::NotFound)?;
    let mut fields = Fields::of(&call.body);
    let wished = wished(&mut fields, server.is_windows(), 0);
    for (field, extra, _) in &wished {
        // One whose order still waits counts too: paying that brings it.
        if server.addons.iter().any(|addon| addon.kind.family == extra.family) {
            fields.complaints.add(field, "The server has such an add-on already.");
        }
    }
    if wished.is_empty() {
        fields.complaints.add("backups", "At least one add-on must be chosen.");
    }
    fields.finish()?;
    refuse_if_busy(server, call.now)?;
    let mut items = Vec::new();
    let mut ids = Vec::new();
    for (_, extra, quantity) in wished {
        let addon = Addon::ordered(take(&mut world.holdings.next.addon), extra, quantity);
        let label = format!("{} of {}", extra.key, server.hostname);
        let amount = server.rest(addon.monthly(server.plan), call.now);
        items.push(Item::once(Service::Addon(addon.id), &label, amount, server.billing_cycle));
        ids.push(addon.id);
        server.addons.push(addon);
    }
    let draft = OrderDraft::new(Kind::NewAddon, items, Delivery::Addons { server: id, ids });
    world.holdings.place(draft.paid(Paying::AtOnce), call.now, &world.faults);
    shown(world, id, call)
}

/// `calculateServerAddonScale`: amounts are texts here.
pub(crate) fn calculate(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    let (_, amount) = changes(server, call)?;
    Ok(Reply::json(json!({"amount": amount.text(), "amount_with_vat": amount.with_vat().text()})))
}

/// `scaleServerAddons`: a refund goes to the balance.
pub(crate) fn scale(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let server = world.holdings.server(id)?;
    let (changes, amount) = changes(server, call)?;
    refuse_if_busy(server, call.now)?;
    let service = changes.first().map_or(Service::None, |change| Service::Addon(change.id));
    let label = format!("add-ons of {}", server.hostname);
    let description = format!("Refund for {label}");
    let item = Item::once(service, &label, Cents(amount.0.max(0)), server.billing_cycle);
    let delivery = Delivery::ScaleAddons { server: id, changes };
    let draft = OrderDraft::new(Kind::ScaleAddon, vec![item], delivery).paid(Paying::AtOnce);
    let order = world.holdings.place(draft, call.now, &world.faults);
    if amount.0 < 0 {
        world.holdings.book(Movement::Refund, &description, Cents(-amount.0), Some(order), call.now);
    }
    shown(world, id, call)
}

/// `cancelServerAddon`: with now it is gone at once, else at the end of the paid period.
pub(crate) fn cancel(world: &mut World, call: &Call) -> Answer {
    let (server, addon) = (call.id_at(0)?, call.id()?);
    let server = world.holdings.servers.iter_mut().find(|known| known.id == server);
    let server = server.ok_or(Refusal::NotFound)?;
    let at = position(server, addon)?;
    let mut fields = Fields::of(&call.body);
    fields.required("reason");
    let reason = fields.text("reason", REASON);
    fields.required("now");
    let now = fields.boolean("now").unwrap_or(false);
    fields.finish()?;
    if server.addons[at].cancel.is_some() {
        return Err(Complaints::only("now", "The cancellation of the add-on has already been requested."));
    }
    if now {
        server.addons.remove(at);
    } else {
        server.addons[at].cancel = Some(CancelRequest {
            id: take(&mut world.holdings.next.cancellation),
            now,
            reason: reason.map(str::to_owned),
            created_at: call.now,
        });
    }
    Ok(Reply::nothing())
}

/// `undoCancelServerAddon`
pub(crate) fn undo(world: &mut World, call: &Call) -> Answer {
    let (server, addon) = (call.id_at(0)?, call.id()?);
    let server = world.holdings.server_mut(server)?;
    let at = position(server, addon)?;
    server.addons[at].cancel.take().ok_or(Refusal::NotFound)?;
    Ok(Reply::nothing())
}

fn position(server: &Server, addon: i64) -> Result<usize, Refusal> {
    server.addons.iter().position(|known| known.id == addon && known.paid).ok_or(Refusal::NotFound)
}

/// Whether an add-on makes sense on a system.
fn fits(extra: &Extra, windows: bool) -> bool {
    extra.wants_windows().is_none_or(|wants| wants == windows)
}

/// What was asked for: field, add-on, quantity. False and fewer seats than one are no wish.
pub(super) fn wished(
    fields: &mut Fields<'_>,
    windows: bool,
    fewest_seats: i64,
) -> Vec<(&'static str, &'static Extra, i64)> {
    let mut found = Vec::new();
    for (field, family) in FIELDS {
        let wish = match family {
            Family::Backups => {
                fields.boolean(field).filter(|yes| *yes).and(Extra::of(family)).map(|kind| (kind, 1))
            }
            Family::Cpanel | Family::Bandwidth => one_of(fields, field, family).map(|kind| (kind, 1)),
            _ => {
                let seats = fields.integer(field, fewest_seats..=SEATS).filter(|seats| *seats > 0);
                seats.and_then(|seats| Some((Extra::of(family)?, seats)))
            }
        };
        let Some((kind, quantity)) = wish else { continue };
        if fits(kind, windows) {
            found.push((field, kind, quantity));
        } else {
            let system = if windows { "Windows" } else { "the system of this server" };
            fields.complaints.add(field, format!("The add-on {} is not sold for {system}.", kind.key));
        }
    }
    found
}

fn one_of(fields: &mut Fields<'_>, field: &str, family: Family) -> Option<&'static Extra> {
    let key = fields.text(field, 64)?;
    let found = Extra::named(key).filter(|extra| extra.family == family);
    if found.is_none() {
        fields.complaints.unknown(field);
    }
    found
}

/// What the add-ons become, and what the difference costs.
fn changes(server: &Server, call: &Call) -> Result<(Vec<AddonChange>, Cents), Refusal> {
    let mut fields = Fields::of(&call.body);
    let wished = wished(&mut fields, server.is_windows(), 1);
    let mut changes = Vec::new();
    let mut monthly = 0;
    for (field, kind, quantity) in wished {
        let scalable = matches!(kind.family, Family::Cpanel | Family::RdsSeats | Family::OfficeSeats);
        let Some(addon) = server.addon(kind.family).filter(|_| scalable) else {
            fields.complaints.add(field, "The server has no such add-on to change.");
            continue;
        };
        monthly += kind.price(server.plan).0 * quantity - addon.monthly(server.plan).0;
        changes.push(AddonChange { id: addon.id, kind, quantity });
    }
    if changes.is_empty() {
        fields.complaints.missing("microsoft_rds_sal");
    }
    fields.finish()?;
    Ok((changes, server.rest(Cents(monthly), call.now)))
}

//! New servers: ordered here, made once they are paid (FACTS §3, Order and Server).

use super::addons;
use super::fields::Fields;
use super::installs::{image, put_aside};
use super::renewals::{LONGEST, promo};
use super::scale::plan;
use super::wishes;
use crate::door::call::Call;
use crate::noise;
use crate::reply::{Answer, Refusal, Reply};
use crate::stamp;
use crate::things::catalogue::Plan;
use crate::things::deliver::Delivery;
use crate::things::extras::{Addon, Extra, Family};
use crate::things::holdings::take;
use crate::things::images::Image;
use crate::things::order::{Item, Kind, OrderDraft, Paying, Promo, Service};
use crate::things::pool::ExtraAddresses;
use crate::things::power::Power;
use crate::things::server::{Billing, Server};
use crate::world::World;
use serde_json::Value;

/// Most servers of one order, and most further addresses of a kind (design).
const SERVERS: usize = 10;
const ADDRESSES: i64 = 16;

/// What was asked for, all of it checked.
struct Wish {
    names: Vec<String>,
    plan: &'static Plan,
    months: u32,
    image: Option<&'static Image>,
    drives: [Option<i64>; 2],
    ssh_keys: Vec<i64>,
    extra_addresses: ExtraAddresses,
    addons: Vec<(&'static Extra, i64)>,
    promo: Option<&'static Promo>,
}

/// `deployServer`: one order for all of them, which tries to pay itself. The answer is the first server.
pub(crate) fn deploy(world: &mut World, call: &Call) -> Answer {
    let wish = wish(world, call)?;
    let (mut items, mut ids) = (Vec::new(), Vec::new());
    for name in &wish.names {
        let server = prepared(world, &wish, name, call);
        items.push(Item::period(Service::Server(server.id), name, server.monthly(), wish.months));
        ids.push(server.id);
        world.holdings.servers.push(server);
    }
    let first = ids.first().copied().ok_or(Refusal::NotFound)?;
    let draft = OrderDraft::new(Kind::NewService, items, Delivery::NewServers { ids });
    world.holdings.place(draft.with_promo(wish.promo).paid(Paying::AtOnce), call.now, &world.faults);
    Ok(Reply::created(world.holdings.server(first)?.whole(call.now, &world.holdings)))
}

/// A server that exists only on paper.
fn prepared(world: &mut World, wish: &Wish, name: &str, call: &Call) -> Server {
    let id = take(&mut world.holdings.next.server);
    let mut addons = Vec::new();
    for (kind, quantity) in &wish.addons {
        addons.push(Addon::new(take(&mut world.holdings.next.addon), kind, *quantity));
    }
    Server {
        id,
        hostname: name.to_owned(),
        plan: wish.plan,
        disk: wish.plan.disk,
        billing_cycle: wish.months,
        billing: Billing::Processing,
        created_at: call.now,
        paid_until: stamp::sofia_midnight(stamp::later_months(call.now, wish.months)),
        auto_renew: true,
        pending_renew_order: false,
        image: wish.image,
        addresses: Vec::new(),
        extra_addresses: wish.extra_addresses,
        addons,
        cancel: None,
        ssh_keys: wish.ssh_keys.clone(),
        drives: wish.drives,
        boot: None,
        backed_up_at: call.now,
        promo_code: wish.promo.map(|promo| promo.code),
        lock: None,
        power: Power::new(false),
        rescue: false,
        network_suspended: false,
        node_reachable: true,
        sev_level: Some(0),
        // Nobody knows of it yet.
        load: 0.02 + 0.08 * noise::fraction(id.unsigned_abs(), 23),
    }
}

fn wish(world: &World, call: &Call) -> Result<Wish, Refusal> {
    let mut fields = Fields::of(&call.body);
    let names = names(&mut fields);
    fields.required("plan");
    let plan = plan(&mut fields);
    fields.required("billing_cycle");
    let months = fields.integer("billing_cycle", 1..=LONGEST).unwrap_or(1) as u32;
    let (image, drives) = source(&mut fields, world, call, plan);
    wishes::password(&mut fields);
    let ssh_keys = wishes::ssh_keys(&mut fields, &world.holdings).unwrap_or_default();
    let mut count = |field: &str| fields.integer(field, 0..=ADDRESSES).unwrap_or(0);
    let extra_addresses = ExtraAddresses {
        ipv4: count("extra_ipv4"),
        ipv4_ddos: count("extra_ipv4_ddos"),
        ipv6: count("extra_ipv6"),
    };
    let windows = image.is_some_and(Image::is_windows);
    let wished = addons::wished(&mut fields, windows, 0);
    let licence = Extra::of(Family::WindowsLicence).filter(|_| windows).map(|licence| (licence, 1));
    let addons = wished.into_iter().map(|(_, kind, quantity)| (kind, quantity)).chain(licence).collect();
    let promo = promo(&mut fields, months);
    fields.finish()?;
    let plan = plan.ok_or(Refusal::NotFound)?;
    Ok(Wish { names, plan, months, image, drives, ssh_keys, extra_addresses, addons, promo })
}

/// One hostname, or several.
fn names(fields: &mut Fields<'_>) -> Vec<String> {
    match fields.required("name") {
        Some(Value::Array(_)) => {
            let mut names = Vec::new();
            for (place, value) in fields.list("name", 1..=SERVERS).unwrap_or_default().iter().enumerate() {
                let field = format!("name.{place}");
                match value.as_str().map(str::trim) {
                    None => fields.complaints.add(&field, format!("The {field} field must be a string.")),
                    Some(name) if !wishes::is_hostname(name) => {
                        fields.complaints.add(&field, format!("The {field} field format is invalid."));
                    }
                    Some(name) if names.iter().any(|known| known == name) => {
                        fields.complaints.add(&field, format!("The {field} field has a duplicate value."));
                    }
                    Some(name) => names.push(name.to_owned()),
                }
            }
            names
        }
        _ => wishes::hostname(fields, "name").map(str::to_owned).into_iter().collect(),
    }
}

/// Exactly one of image, snapshot and backup, or an ISO to install from; and the drives.
fn source(
    fields: &mut Fields<'_>,
    world: &World,
    call: &Call,
    plan: Option<&'static Plan>,
) -> (Option<&'static Image>, [Option<i64>; 2]) {
    let image = image(fields);
    let kept = put_aside(fields, world, call);
    let isos = &world.holdings.isos;
    let mut drive = |field: &str| wishes::drive(fields, &call.body, field, isos, call.now).after(None);
    let drives = [drive("primary_iso_id"), drive("secondary_iso_id")];
    let sent: Vec<&str> = ["image_id", "snapshot_id", "backup_id"]
        .into_iter()
        .filter(|field| fields.sent(field).is_some())
        .collect();
    match sent[..] {
        [] if fields.sent("primary_iso_id").is_none() => fields.complaints.missing("image_id"),
        [] => {}
        [field] => {
            let disk = plan.map_or(u32::MAX, |plan| plan.disk);
            if let Some((size, _)) = kept.filter(|(size, _)| *size > disk) {
                let sentence = format!("The disk of the plan has {disk} GB, the restore needs {size} GB.");
                fields.complaints.add(field, sentence);
            }
        }
        [first, second, ..] => {
            let shown = |field: &str| field.replace('_', " ");
            let sentence =
                format!("The {} field is prohibited when {} is present.", shown(second), shown(first));
            fields.complaints.add(second, sentence);
        }
    }
    (image.or(kept.and_then(|(_, image)| image)), drives)
}

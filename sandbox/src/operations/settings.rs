//! What is set on a server without touching its disk: password, name, keys, drives, primary address.
//! Checks go in the order of the framework: 404, 422, then 423.

use super::fields::Fields;
use super::power::refuse_if_busy;
use super::wishes::{self, Drive};
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::task::Work;
use crate::world::World;

/// `changeServerPassword`: takes effect with the next reboot, which can be asked for.
pub(crate) fn password(world: &mut World, call: &Call) -> Answer {
    let lag = world.faults.power_lag_seconds;
    let server = world.holdings.server_mut(call.id()?)?;
    let mut fields = Fields::of(&call.body);
    if fields.required("password").is_some() {
        wishes::password(&mut fields);
    }
    let reboot = fields.boolean("reboot").unwrap_or(false);
    fields.finish()?;
    refuse_if_busy(server, call.now)?;
    if reboot {
        server.reboot(call.now, lag, "change-password", Work::Hold);
    }
    Ok(Reply::nothing())
}

/// `updateServerHostname`
pub(crate) fn hostname(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let server = world.holdings.server_mut(id)?;
    let mut fields = Fields::of(&call.body);
    fields.required("hostname");
    let name = wishes::hostname(&mut fields, "hostname");
    fields.finish()?;
    refuse_if_busy(server, call.now)?;
    if let Some(name) = name {
        name.clone_into(&mut server.hostname);
    }
    shown(world, id, call)
}

/// `updateServerSshKeys`: the list replaces the present one.
pub(crate) fn ssh_keys(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    world.holdings.server(id)?;
    let mut fields = Fields::of(&call.body);
    let keys = wishes::ssh_keys(&mut fields, &world.holdings);
    if keys.is_none() {
        fields.required("ssh_keys");
    }
    let reboot = fields.boolean("reboot").unwrap_or(false);
    fields.finish()?;
    let lag = world.faults.power_lag_seconds;
    let server = world.holdings.server_mut(id)?;
    refuse_if_busy(server, call.now)?;
    server.ssh_keys = keys.unwrap_or_default();
    if reboot {
        server.reboot(call.now, lag, "update-ssh-keys", Work::Hold);
    }
    shown(world, id, call)
}

/// `setServerIsos`: null ejects, an absent field leaves its drive alone.
pub(crate) fn isos(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let server = world.holdings.servers.iter_mut().find(|server| server.id == id);
    let server = server.ok_or(Refusal::NotFound)?;
    let mut fields = Fields::of(&call.body);
    let isos = &world.holdings.isos;
    let primary = wishes::drive(&mut fields, &call.body, "primary_iso_id", isos, call.now);
    let secondary = wishes::drive(&mut fields, &call.body, "secondary_iso_id", isos, call.now);
    let wished = [primary.after(server.drives[0]), secondary.after(server.drives[1])];
    if primary == Drive::AsItIs && secondary == Drive::AsItIs {
        let sentence = "The primary iso id field is required when secondary iso id is not present.";
        fields.complaints.add("primary_iso_id", sentence);
    } else if wished[0].is_some() && wished[0] == wished[1] {
        let sentence = "The secondary iso id field and primary iso id must be different.";
        fields.complaints.add("secondary_iso_id", sentence);
    }
    fields.finish()?;
    refuse_if_busy(server, call.now)?;
    server.drives = wished;
    shown(world, id, call)
}

/// `changePrimaryIp`: reboots at once.
pub(crate) fn primary_ip(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let lag = world.faults.power_lag_seconds;
    let server = world.holdings.server_mut(id)?;
    let mut fields = Fields::of(&call.body);
    fields.required("ip_id");
    let wished = fields.integer("ip_id", 1..=i64::MAX);
    fields.finish()?;
    let address = server.addresses.iter().find(|address| Some(address.id) == wished);
    let Some((wished, version)) = address.map(|address| (address.id, address.version)) else {
        return Err(Complaints::only("ip_id", "The selected ip id is invalid."));
    };
    if version != 4 {
        return Err(Complaints::only("ip_id", "The primary address must be an IPv4 address."));
    }
    if server.addresses.iter().any(|address| address.main && address.id == wished) {
        return Err(Complaints::only("ip_id", "The address is the primary one already."));
    }
    refuse_if_busy(server, call.now)?;
    for address in &mut server.addresses {
        address.main = address.id == wished;
    }
    server.reboot(call.now, lag, "change-primary-ip", Work::Hold);
    shown(world, id, call)
}

/// The server as it is now.
pub(super) fn shown(world: &World, id: i64, call: &Call) -> Answer {
    Ok(Reply::json(world.holdings.server(id)?.whole(call.now, &world.holdings)))
}

//! Floating IPs on the move: on a server, off it again, and what the server feels of it.

use super::address::Address;
use super::floating_ip::{FloatingIp, Place, Task};
use super::server::Server;
use crate::stamp;
use jiff::Timestamp;

/// How long an address is on its way, in lags of power: the server reboots meanwhile.
const LAGS: f64 = 2.0;

/// Sends a floating IP to a server, or away from its present one. The server reboots.
pub(crate) fn send(
    floating: &mut FloatingIp,
    servers: &mut [Server],
    target: Option<i64>,
    now: Timestamp,
    lag: f64,
) {
    let Some(server) = target.or(floating.server_id()) else { return };
    let Some(server) = servers.iter_mut().find(|known| known.id == server) else { return };
    let until = server.node_reachable.then(|| {
        reboot(server, now, lag);
        stamp::later_millis(now, (lag * LAGS * 1000.0) as i64)
    });
    floating.task = Some(Task { since: now, until, target });
}

/// Lets everything happen that has become due.
pub(crate) fn settle(floating: &mut FloatingIp, servers: &mut [Server], now: Timestamp, lag: f64) {
    if let Some(task) = floating.task.take_if(|task| task.until.is_some_and(|until| until <= now)) {
        match task.target {
            Some(server) => put(floating, servers, server),
            None => take_away(floating, servers),
        }
    }
    let Some(server) = floating.server_id() else { return };
    let gone =
        servers.iter().find(|known| known.id == server).is_none_or(|known| known.status(now) == "terminated");
    match floating.ends_at(now).filter(|end| *end <= now) {
        Some(end) => {
            floating.task = None;
            if let Some(server) = servers.iter_mut().find(|known| known.id == server) {
                reboot(server, end, lag);
            }
            take_away(floating, servers);
        }
        None if gone => {
            floating.task = None;
            take_away(floating, servers);
        }
        None => {}
    }
}

/// Puts it on a server at once.
pub(crate) fn put(floating: &mut FloatingIp, servers: &mut [Server], server: i64) {
    let Some(server) = servers.iter_mut().find(|known| known.id == server) else { return };
    if let Place::Waiting(address) = std::mem::replace(&mut floating.place, Place::On(server.id)) {
        server.addresses.push(address);
    }
}

/// Takes it off its server at once. If it was the primary address, the server's own one is again.
fn take_away(floating: &mut FloatingIp, servers: &mut [Server]) {
    let Place::On(server) = floating.place else { return };
    let Some(server) = servers.iter_mut().find(|known| known.id == server) else { return };
    let is_its = |address: &Address| address.floating == Some(floating.id);
    let Some(at) = server.addresses.iter().position(is_its) else { return };
    let mut address = server.addresses.remove(at);
    if std::mem::take(&mut address.main)
        && let Some(own) = server.addresses.iter_mut().find(|own| own.version == address.version)
    {
        own.main = true;
    }
    floating.place = Place::Waiting(address);
}

fn reboot(server: &mut Server, now: Timestamp, lag: f64) {
    if server.is_running(now) {
        server.power.restart(now, lag);
    }
}

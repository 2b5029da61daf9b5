//! An address of the account by its id: where it is, and whose it is.

use super::address::Address;
use super::attack::Pressure;
use super::floating_ip::{FloatingIp, Place};
use super::holdings::Holdings;
use super::protection::Target;
use super::server::Server;
use crate::reply::Refusal;
use crate::world::faults::{Attacks, Faults};
use jiff::Timestamp;

/// What stands around an address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whereabouts<'all> {
    pub address: &'all Address,
    /// The server it is on.
    pub server: Option<&'all Server>,
    /// What it was sold as, if it floats.
    pub floating: Option<&'all FloatingIp>,
}

impl Holdings {
    /// Any address that can be used: not one of a terminated service, not one that is not paid yet.
    pub fn whereabouts(&self, id: i64, now: Timestamp) -> Result<Whereabouts<'_>, Refusal> {
        let usable = |word: &str| matches!(word, "active" | "suspended");
        for server in self.servers.iter().filter(|server| usable(server.status(now))) {
            if let Some(address) = server.addresses.iter().find(|address| address.id == id) {
                let floating =
                    self.floating_ips.iter().find(|floating| address.floating == Some(floating.id));
                return Ok(Whereabouts { address, server: Some(server), floating });
            }
        }
        let waiting = self.floating_ips.iter().filter(|floating| usable(floating.status(now)));
        for floating in waiting {
            if let Place::Waiting(address) = &floating.place
                && address.id == id
            {
                return Ok(Whereabouts { address, server: None, floating: Some(floating) });
            }
        }
        Err(Refusal::NotFound)
    }

    /// The same, to be changed. Looks without regard to the state of the service.
    pub fn address_mut(&mut self, id: i64) -> Result<&mut Address, Refusal> {
        let on_servers = self.servers.iter_mut().flat_map(|server| &mut server.addresses);
        let waiting = self.floating_ips.iter_mut().filter_map(|floating| match &mut floating.place {
            Place::Waiting(address) => Some(address),
            Place::On(_) => None,
        });
        on_servers.chain(waiting).find(|address| address.id == id).ok_or(Refusal::NotFound)
    }

    /// An address behind the filter. For all others protection does not exist (FACTS §5.13).
    pub fn protected(&self, id: i64, now: Timestamp) -> Result<Whereabouts<'_>, Refusal> {
        self.whereabouts(id, now)
            .and_then(|found| if found.address.ddos_protected { Ok(found) } else { Err(Refusal::NotFound) })
    }

    /// A protected address as its attackers see it.
    pub fn target(&self, id: i64, now: Timestamp, faults: &Faults) -> Result<Target, Refusal> {
        let found = self.protected(id, now)?;
        let own = || self.protection.get(&id).map(|known| known.pressure).unwrap_or_default();
        Ok(Target {
            address: id,
            pressure: match faults.attacks {
                Attacks::Usual => own(),
                Attacks::Always => Pressure::Always,
                Attacks::Never => Pressure::Never,
            },
            since: found.address.assigned_on,
            load: found.server.map(|server| server.load),
        })
    }
}

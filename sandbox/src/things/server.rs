//! A server: what it is, and what it shows at a moment. Power has a room of its own.

use super::address::Address;
use super::catalogue::{Image, Plan};
use super::power::Power;
use crate::noise;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Days between suspension and termination (design; FACTS §3 only says later).
const DAYS_SUSPENDED: i64 = 14;

/// One rented machine.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub id: i64,
    pub hostname: String,
    pub plan: &'static Plan,
    /// Months per payment.
    pub billing_cycle: u32,
    pub billing: Billing,
    pub created_at: Timestamp,
    /// End of the period paid at first; see [`Server::expiry`].
    pub paid_until: Timestamp,
    pub auto_renew: bool,
    pub pending_renew_order: bool,
    pub image: Option<&'static Image>,
    pub addresses: Vec<Address>,
    pub addons: Vec<Addon>,
    pub promo_code: Option<&'static str>,
    pub lock: Option<Lock>,
    pub power: Power,
    pub rescue: bool,
    pub network_suspended: bool,
    pub node_reachable: bool,
    /// 0 off to 3 SEV-SNP.
    pub sev_level: Option<u8>,
    /// How busy it is on the whole, 0 to 1.
    pub load: f64,
}

/// How far the contract is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Billing {
    /// Ordered, not yet delivered.
    Processing,
    /// Paid until its expiry.
    Paid,
    /// Gone for good.
    Terminated,
}

/// A task holds the server.
#[derive(Debug, Clone)]
pub(crate) struct Lock {
    pub since: Timestamp,
    pub reason: &'static str,
}

/// An extra of a server.
#[derive(Debug, Clone)]
pub(crate) struct Addon {
    pub id: i64,
    pub name: &'static str,
}

impl Server {
    /// End of the paid period: a server that renews itself moves on by its cycle.
    pub fn expiry(&self, now: Timestamp) -> Timestamp {
        let mut expiry = self.paid_until;
        // 600 periods are fifty years of months; the clock cannot be moved further.
        for _ in 0..600 {
            if !self.auto_renew || self.billing != Billing::Paid || expiry > now {
                break;
            }
            expiry = stamp::later_months(expiry, self.billing_cycle);
        }
        expiry
    }

    /// Billing state: processing, active, suspended or terminated.
    pub fn status(&self, now: Timestamp) -> &'static str {
        match self.billing {
            Billing::Processing => "processing",
            Billing::Paid if self.expiry(now) > now => "active",
            Billing::Paid if stamp::later_days(self.paid_until, DAYS_SUSPENDED) > now => "suspended",
            Billing::Terminated | Billing::Paid => "terminated",
        }
    }

    pub fn is_running(&self, now: Timestamp) -> bool {
        self.status(now) == "active" && self.power.running_at(now)
    }

    pub fn main_ip(&self) -> &str {
        self.addresses.iter().find(|address| address.main).map_or("", |address| address.ip.as_str())
    }

    /// How tickets and their service list name it.
    pub fn label(&self) -> String {
        format!("{} - {}", self.hostname, self.main_ip())
    }

    /// A row of the list: everything but `state` (FACTS §2, Server).
    pub fn row(&self, now: Timestamp) -> Value {
        let expiry = stamp::iso(self.expiry(now));
        let addons = self.addons.iter().map(|addon| {
            json!({
                "id": addon.id, "name": addon.name, "quantity": 1, "expiry_at": expiry, "cancel_request": null,
            })
        });
        json!({
            "id": self.id,
            "hostname": self.hostname,
            "billing_cycle": self.billing_cycle,
            "plan": self.plan.json(),
            "status": self.status(now),
            "virtualization": "kvm",
            "promo_code": self.promo_code,
            "locked": self.lock.is_some(),
            "locked_at": self.lock.as_ref().map(|lock| stamp::iso(lock.since)),
            "lock_reason": self.lock.as_ref().map(|lock| lock.reason),
            "created_at": stamp::iso(self.created_at),
            "expiry_at": expiry,
            "auto_renew": self.auto_renew,
            "pending_renew_order": self.pending_renew_order,
            "server_image": self.image.map(Image::json),
            "ip_addresses": self.addresses.iter().map(Address::json).collect::<Vec<_>>(),
            "addons": addons.collect::<Vec<_>>(),
            "cancel_request": null,
            "ssh_keys": [],
            "primary_iso": null,
            "secondary_iso": null,
        })
    }

    /// `ServerStatus`: the live part.
    pub fn live(&self, now: Timestamp) -> Value {
        let running = self.is_running(now);
        let (cpu, disk, bandwidth) = self.usage(now, running);
        json!({
            "running": running,
            "suspended": self.status(now) == "suspended",
            "network_suspended": self.network_suspended,
            "rescue_mode": self.rescue,
            "dns_resolvers": ["9.9.9.9", "208.67.222.222"],
            "cpu": {"used": cpu, "free": tenths(100.0 - cpu)},
            "disk": {"used": disk, "limit": self.plan.disk},
            "bandwidth": {"used": bandwidth, "limit": self.plan.bandwidth * 1000},
        })
    }

    /// `ServerState`: the live part and what only the single server tells. `measured_boot` is always there.
    pub fn state(&self, now: Timestamp) -> Value {
        let mut state = self.live(now);
        state["node_reachable"] = json!(self.node_reachable);
        state["amd_sev_level"] = json!(self.sev_level);
        state["measured_boot"] = Value::Null;
        state
    }

    /// Percent of the machine, GB of disk, GB of traffic this period.
    fn usage(&self, now: Timestamp, running: bool) -> (f64, f64, f64) {
        let seed = self.id.unsigned_abs();
        // A new value every ten seconds, the same for everybody who looks meanwhile.
        let slot = now.as_second().unsigned_abs() / 10;
        let cpu = if running {
            self.load * 60.0 + noise::fraction(seed, slot) * (3.0 + 15.0 * self.load)
        } else {
            0.0
        };
        let disk = f64::from(self.plan.disk) * (0.12 + 0.7 * noise::fraction(seed, 1));
        let day = f64::from(i32::from(stamp::in_sofia(now).day()));
        let bandwidth = (2.0 + self.load * 40.0 * (0.5 + noise::fraction(seed, 2))) * day;
        (tenths(cpu.min(100.0)), hundredths(disk), tenths(bandwidth))
    }
}

pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

//! Floating IPs: addresses sold on their own, which wait or sit on a server (FACTS §3, Floating IP).
//! While one sits on a server, its address is among the server's.

use super::address::Address;
use super::cancellation::CancelRequest;
use super::money::Cents;
use super::server::Server;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Days between suspension and termination, as for servers (design).
const DAYS_SUSPENDED: i64 = 14;

/// A kind of floating IP.
#[derive(Debug)]
pub(crate) struct FloatingPlan {
    pub id: i64,
    pub name: &'static str,
    /// How a purchase counts it.
    pub field: &'static str,
    pub version: u8,
    pub ddos_protected: bool,
    /// Per month, before VAT.
    pub price: Cents,
}

const fn plan(id: i64, name: &'static str, field: &'static str, cents: i64) -> FloatingPlan {
    let version = if cents == 0 { 6 } else { 4 };
    FloatingPlan { id, name, field, version, ddos_protected: id == 33, price: Cents(cents) }
}

pub(crate) static FLOATING_PLANS: [FloatingPlan; 3] = [
    plan(32, "floating-ipv4", "ipv4", 250),
    plan(33, "floating-ipv4-ddos", "ipv4_ddos", 1200), // filler: id and price
    plan(34, "floating-ipv6", "ipv6", 0),              // filler: id and price
];

impl FloatingPlan {
    /// `FloatingIpPlan`
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "available": true,
            "price": self.price.json(),
            "price_with_vat": self.price.with_vat().json(),
        })
    }
}

/// One floating IP.
#[derive(Debug, Clone)]
pub(crate) struct FloatingIp {
    pub id: i64,
    pub plan: &'static FloatingPlan,
    pub place: Place,
    /// Months per payment.
    pub billing_cycle: u32,
    /// Its order is not paid yet.
    pub processing: bool,
    /// End of the period paid at first; see [`FloatingIp::expiry`].
    pub paid_until: Timestamp,
    /// It renews itself, unless it is cancelled.
    pub renews: bool,
    pub cancel: Option<CancelRequest>,
    pub task: Option<Task>,
}

/// Where it is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// On no server.
    Waiting(Address),
    /// On the server with that id, which holds the address.
    On(i64),
}

/// It is on its way to a server or back.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub since: Timestamp,
    /// When it is done; none: never, because the server's node does not answer.
    pub until: Option<Timestamp>,
    /// The server it is to sit on; none if it is taken away.
    pub target: Option<i64>,
}

impl Task {
    /// Only the word for attaching is documented.
    pub const fn reason(&self) -> &'static str {
        if self.target.is_some() { "floating-ip-attach" } else { "floating-ip-detach" }
    }
}

impl FloatingIp {
    /// End of the paid period. It moves on by itself until the floating IP is cancelled.
    pub fn expiry(&self, now: Timestamp) -> Timestamp {
        let known = self.cancel.as_ref().map_or(now, |request| request.created_at);
        let mut expiry = self.paid_until;
        // 600 periods are fifty years of months; the clock cannot be moved further.
        for _ in 0..600 {
            if self.processing || !self.renews || expiry > known {
                break;
            }
            expiry = stamp::later_months(expiry, self.billing_cycle);
        }
        expiry
    }

    /// When it stops working, if it is known.
    pub fn ends_at(&self, now: Timestamp) -> Option<Timestamp> {
        match &self.cancel {
            _ if self.processing => None,
            Some(request) if request.now => Some(request.created_at),
            None if self.renews => None,
            _ => Some(self.expiry(now)),
        }
    }

    /// The same words as for servers.
    pub fn status(&self, now: Timestamp) -> &'static str {
        match self.ends_at(now) {
            _ if self.processing => "processing",
            Some(end) if stamp::later_days(end, DAYS_SUSPENDED) <= now => "terminated",
            Some(end) if end <= now => "suspended",
            _ => "active",
        }
    }

    /// Whether it will be prolonged at the end of the period that runs now.
    pub fn will_renew(&self, now: Timestamp) -> bool {
        self.renews && self.cancel.is_none() && self.status(now) == "active"
    }

    /// The id of the server it sits on.
    pub const fn server_id(&self) -> Option<i64> {
        match self.place {
            Place::Waiting(_) => None,
            Place::On(server) => Some(server),
        }
    }

    /// Its address, wherever it is.
    pub fn address<'all>(&'all self, servers: &'all [Server]) -> Option<&'all Address> {
        match &self.place {
            Place::Waiting(address) => Some(address),
            Place::On(server) => servers
                .iter()
                .find(|known| known.id == *server)?
                .addresses
                .iter()
                .find(|address| address.floating == Some(self.id)),
        }
    }

    /// `FloatingIp`
    pub fn json(&self, servers: &[Server], now: Timestamp) -> Value {
        let server = self.server_id().and_then(|id| servers.iter().find(|server| server.id == id));
        json!({
            "id": self.id,
            "status": self.status(now),
            "server_id": server.map(|server| server.id),
            "server_hostname": server.map(|server| server.hostname.as_str()),
            "server_main_ip": server.map(Server::main_ip),
            "locked": self.task.is_some(),
            "locked_at": self.task.as_ref().map(|task| stamp::iso(task.since)),
            "lock_reason": self.task.as_ref().map(Task::reason),
            "billing_cycle": self.billing_cycle,
            "expiry_at": stamp::iso(self.expiry(now)),
            "plan": self.plan.json(),
            "ip_address": self.address(servers).map(Address::json),
            "cancel_request": self.cancel.as_ref().map(CancelRequest::json),
        })
    }

    /// `FloatingIpReference`: how an address tells of it on the newer page.
    pub fn reference(&self, servers: &[Server], now: Timestamp) -> Value {
        json!({
            "id": self.id,
            "status": self.status(now),
            "ip": self.address(servers).map(|address| address.ip.as_str()),
            "server_id": self.server_id(),
            "expiry": stamp::iso(self.expiry(now)),
        })
    }
}

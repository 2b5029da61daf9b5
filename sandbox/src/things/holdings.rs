//! Everything one account holds, and the counters for what it will hold next.

use super::affiliate::Affiliate;
use super::archive::{Backup, Snapshot};
use super::boot_image::BootImage;
use super::floating_ip::FloatingIp;
use super::funds::Funds;
use super::invoice::Invoice;
use super::iso::Iso;
use super::money::Cents;
use super::moving;
use super::order::Order;
use super::protection::Protection;
use super::server::Server;
use super::ssh_key::SshKey;
use super::support::Support;
use super::ticket::Ticket;
use super::user::User;
use crate::reply::Refusal;
use crate::world::faults::Faults;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The belongings of a world.
#[derive(Debug)]
pub(crate) struct Holdings {
    pub user: User,
    pub funds: Funds,
    pub servers: Vec<Server>,
    pub floating_ips: Vec<FloatingIp>,
    /// Settings of protected addresses, by the address's id.
    pub protection: BTreeMap<i64, Protection>,
    pub isos: Vec<Iso>,
    pub snapshots: Vec<Snapshot>,
    pub backups: Vec<Backup>,
    pub boot_images: Vec<BootImage>,
    pub orders: Vec<Order>,
    pub invoices: Vec<Invoice>,
    pub support: Support,
    pub affiliate: Option<Affiliate>,
    pub ssh_keys: Vec<SshKey>,
    pub tickets: Vec<Ticket>,
    pub next: NextIds,
}

/// The ids that come next. Each world counts from its own beginning, so that no id is known twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NextIds {
    pub server: i64,
    pub address: i64,
    pub addon: i64,
    pub floating_ip: i64,
    pub iso: i64,
    pub order: i64,
    pub invoice: i64,
    pub transaction: i64,
    pub conversion: i64,
    pub payout: i64,
    pub ssh_key: i64,
    pub ticket: i64,
    pub message: i64,
    pub attachment: i64,
    pub cancellation: i64,
    pub snapshot: i64,
    pub backup: i64,
    pub boot_image: i64,
}

/// Ids of one world; the next world's begin after them.
const SPAN: i64 = 100_000;

impl NextIds {
    pub fn of_world(number: u32) -> Self {
        let base = i64::from(number) * SPAN;
        Self {
            server: base + 4801,
            address: base + 15_120,
            addon: base + 771,
            floating_ip: base + 640,
            iso: base + 12,
            order: base + 200_731,
            invoice: base + 8801,
            transaction: base + 90_121,
            conversion: base + 311,
            payout: base + 27,
            ssh_key: base + 61,
            ticket: base + 731,
            message: base + 1840,
            attachment: base + 377,
            cancellation: base + 409,
            snapshot: base + 244,
            backup: base + 5203,
            boot_image: base + 412,
        }
    }
}

/// Gives an id and moves the counter on.
pub(crate) fn take(counter: &mut i64) -> i64 {
    let id = *counter;
    *counter += 1;
    id
}

impl Holdings {
    pub fn server(&self, id: i64) -> Result<&Server, Refusal> {
        self.servers.iter().find(|server| server.id == id).ok_or(Refusal::NotFound)
    }

    pub fn server_mut(&mut self, id: i64) -> Result<&mut Server, Refusal> {
        self.servers.iter_mut().find(|server| server.id == id).ok_or(Refusal::NotFound)
    }

    pub fn ticket(&self, id: i64) -> Result<&Ticket, Refusal> {
        self.tickets.iter().find(|ticket| ticket.id == id).ok_or(Refusal::NotFound)
    }

    pub fn ticket_mut(&mut self, id: i64) -> Result<&mut Ticket, Refusal> {
        self.tickets.iter_mut().find(|ticket| ticket.id == id).ok_or(Refusal::NotFound)
    }

    /// Ten digits, counted without gaps per account (design).
    pub fn next_invoice_number(&self) -> String {
        let last = self.invoices.iter().filter_map(|invoice| invoice.number.parse::<i64>().ok()).max();
        format!("{:010}", last.unwrap_or(8213) + 1)
    }

    /// What the renewals of the coming period will take.
    pub fn expected_expenses(&self, now: Timestamp) -> Cents {
        let renews =
            |server: &&Server| server.auto_renew && server.cancel.is_none() && server.status(now) == "active";
        let servers = self.servers.iter().filter(renews);
        let floats = self.floating_ips.iter().filter(|floating| floating.will_renew(now));
        let servers = servers.map(|server| server.monthly().0 * i64::from(server.billing_cycle));
        let floats = floats.map(|floating| floating.plan.price.0 * i64::from(floating.billing_cycle));
        Cents(servers.chain(floats).sum())
    }

    /// Lets everything happen that has become due by now.
    pub fn settle(&mut self, now: Timestamp, faults: &Faults) {
        self.isos.retain(|iso| iso.exists(now));
        for floating in &mut self.floating_ips {
            moving::settle(floating, &mut self.servers, now, faults.power_lag_seconds);
        }
        self.settle_orders(now, faults);
        self.settle_affiliate(now);
        self.settle_servers(now, faults);
        for ticket in &mut self.tickets {
            if let Some(due) = ticket.answer_due(faults.support_answer_seconds).filter(|due| *due <= now) {
                ticket.answer(take(&mut self.next.message), due);
            }
        }
    }
}

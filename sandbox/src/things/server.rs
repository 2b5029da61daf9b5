//! A server: what it is, and how its contract stands. What it shows is in `face`, what tasks do to it in `work`.

mod face;
mod work;

use super::address::Address;
use super::boot_image::MeasuredBoot;
use super::cancellation::CancelRequest;
use super::catalogue::Plan;
use super::extras::{Addon, Family};
use super::images::Image;
use super::money::Cents;
use super::pool::ExtraAddresses;
use super::power::Power;
use super::task::Lock;
use crate::stamp;
use jiff::Timestamp;

/// Days between suspension and termination (design; FACTS §3 only says later).
const DAYS_SUSPENDED: i64 = 14;

/// One rented machine.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub id: i64,
    pub hostname: String,
    pub plan: &'static Plan,
    /// GB; less than the plan's if the server grew without its disk.
    pub disk: u32,
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
    /// Those it was sold with beyond its first.
    pub extra_addresses: ExtraAddresses,
    pub addons: Vec<Addon>,
    pub promo_code: Option<&'static str>,
    pub cancel: Option<CancelRequest>,
    /// Ids of the stored keys it carries.
    pub ssh_keys: Vec<i64>,
    /// Ids of the ISOs in its two drives.
    pub drives: [Option<i64>; 2],
    pub boot: Option<MeasuredBoot>,
    /// When the last weekly backup was begun; the next one follows seven days later.
    pub backed_up_at: Timestamp,
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

impl Server {
    /// End of the paid period: a server that renews itself moves on by its cycle until it is cancelled.
    pub fn expiry(&self, now: Timestamp) -> Timestamp {
        let until = self.cancel.as_ref().map_or(now, |request| request.created_at.min(now));
        let mut expiry = self.paid_until;
        // 600 periods are fifty years of months; the clock cannot be moved further.
        for _ in 0..600 {
            if !self.auto_renew || self.billing != Billing::Paid || expiry > until {
                break;
            }
            expiry = stamp::later_months(expiry, self.billing_cycle);
        }
        expiry
    }

    /// Since when it has not been active: cancelled at once, or not paid any longer.
    fn ended_at(&self, now: Timestamp) -> Option<Timestamp> {
        let cancelled = self.cancel.as_ref().filter(|request| request.now).map(|request| request.created_at);
        let expired = Some(self.expiry(now)).filter(|expiry| *expiry <= now);
        cancelled.into_iter().chain(expired).min()
    }

    /// Billing state: processing, active, suspended or terminated.
    pub fn status(&self, now: Timestamp) -> &'static str {
        match (self.billing, self.ended_at(now)) {
            (Billing::Processing, _) => "processing",
            (Billing::Paid, None) => "active",
            (Billing::Paid, Some(at)) if stamp::later_days(at, DAYS_SUSPENDED) > now => "suspended",
            (Billing::Paid | Billing::Terminated, _) => "terminated",
        }
    }

    /// Paid until so many months after what is paid now, or after now if that is over. A cancellation is void.
    pub fn renew(&mut self, now: Timestamp, months: u32) {
        let expiry = self.expiry(now);
        let begin = if expiry > now { expiry } else { stamp::sofia_midnight(now) };
        self.paid_until = stamp::later_months(begin, months);
        self.billing_cycle = months;
        self.pending_renew_order = false;
        self.cancel = None;
    }

    /// What it costs per month with its add-ons and further addresses, before VAT.
    pub fn monthly(&self) -> Cents {
        self.monthly_as(self.plan)
    }

    /// The same if it had another plan: backups cost by the disk.
    pub fn monthly_as(&self, plan: &Plan) -> Cents {
        let addons = self.extras().map(|addon| addon.monthly(plan).0);
        Cents(plan.price.0 + self.extra_addresses.monthly().0 + addons.sum::<i64>())
    }

    /// What an amount per month makes for the rest of the paid period; months are the average of a year.
    pub fn rest(&self, monthly: Cents, now: Timestamp) -> Cents {
        let months = stamp::seconds_between(now, self.expiry(now)).max(0.0) / (365.25 / 12.0 * 86_400.0);
        Cents((monthly.0 as f64 * months).round() as i64)
    }

    /// The add-ons that are paid.
    pub fn extras(&self) -> impl Iterator<Item = &Addon> {
        self.addons.iter().filter(|addon| addon.paid)
    }

    pub fn addon(&self, family: Family) -> Option<&Addon> {
        self.extras().find(|addon| addon.kind.family == family)
    }

    pub fn is_windows(&self) -> bool {
        self.image.is_some_and(Image::is_windows)
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
}

pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

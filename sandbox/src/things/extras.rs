//! Add-ons: what they cost, and those a server has (FACTS §4). Prices are per month and before VAT.

use super::cancellation::CancelRequest;
use super::catalogue::Plan;
use super::money::Cents;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// What is sold beside a server.
#[derive(Debug)]
pub(crate) struct Extra {
    pub key: &'static str,
    pub family: Family,
    /// For one piece; none: it depends on the disk.
    price: Option<Cents>,
}

/// Of one family a server has one add-on at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Backups,
    Cpanel,
    Bandwidth,
    WindowsLicence,
    RdsSeats,
    OfficeSeats,
}

const fn extra(key: &'static str, family: Family, cents: i64) -> Extra {
    Extra { key, family, price: Some(Cents(cents)) }
}

pub(crate) static EXTRAS: [Extra; 10] = [
    Extra { key: "backups", family: Family::Backups, price: None },
    extra("cpanel-admin-5", Family::Cpanel, 2500),
    extra("cpanel-pro-30", Family::Cpanel, 3500),
    extra("cpanel-plus-50", Family::Cpanel, 5000),
    extra("cpanel-premier-100", Family::Cpanel, 7000),
    extra("100mbps-unmetered", Family::Bandwidth, 5000),
    extra("1gbps-unmetered", Family::Bandwidth, 45_000),
    extra("windows-server-license", Family::WindowsLicence, 1000),
    extra("microsoft-office-sal", Family::OfficeSeats, 2000),
    extra("microsoft-rds-sal", Family::RdsSeats, 1200), // filler
];

impl Extra {
    pub fn named(key: &str) -> Option<&'static Self> {
        EXTRAS.iter().find(|extra| extra.key == key)
    }

    /// The add-on of a family that has only one.
    pub fn of(family: Family) -> Option<&'static Self> {
        EXTRAS.iter().find(|extra| extra.family == family)
    }

    /// One piece for one month. Backups cost a tenth of a euro per GB: 5 for the 50 GB of the sample.
    pub fn price(&self, plan: &Plan) -> Cents {
        self.price.unwrap_or(Cents(i64::from(plan.disk) * 10))
    }

    /// Whether it makes sense only on Windows, or only elsewhere; none if everywhere.
    pub fn wants_windows(&self) -> Option<bool> {
        match self.family {
            Family::WindowsLicence | Family::RdsSeats | Family::OfficeSeats => Some(true),
            Family::Cpanel => Some(false),
            Family::Backups | Family::Bandwidth => None,
        }
    }

    /// `AddonPrice`
    pub fn json(&self, plan: &Plan) -> Value {
        let price = self.price(plan);
        json!({"key": self.key, "price": price.json(), "price_with_vat": price.with_vat().json()})
    }
}

/// An extra of a server.
#[derive(Debug, Clone)]
pub(crate) struct Addon {
    pub id: i64,
    pub kind: &'static Extra,
    /// Seats, or 1.
    pub quantity: i64,
    /// Its order is paid; until then it does not show.
    pub paid: bool,
    pub cancel: Option<CancelRequest>,
}

impl Addon {
    pub fn new(id: i64, kind: &'static Extra, quantity: i64) -> Self {
        Self { id, kind, quantity, paid: true, cancel: None }
    }

    /// One whose order is still open.
    pub fn ordered(id: i64, kind: &'static Extra, quantity: i64) -> Self {
        Self { paid: false, ..Self::new(id, kind, quantity) }
    }

    /// All its pieces for one month.
    pub fn monthly(&self, plan: &Plan) -> Cents {
        Cents(self.kind.price(plan).0 * self.quantity)
    }

    /// `ServerAddon`; it is paid as long as its server.
    pub fn json(&self, expiry: Timestamp) -> Value {
        json!({
            "id": self.id,
            "name": self.kind.key,
            "quantity": self.quantity,
            "expiry_at": stamp::iso(expiry),
            "cancel_request": self.cancel.as_ref().map(CancelRequest::json),
        })
    }
}

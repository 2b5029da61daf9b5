//! A line of an order: which service, for how many months, at what price.

use crate::things::money::Cents;
use serde_json::{Value, json};

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub service: Service,
    /// What a person calls it: a hostname, an address.
    pub label: String,
    pub months: u32,
    /// Price of a month, for what is paid by months; none: the period cannot be changed.
    pub monthly: Option<Cents>,
    /// Price of the line without VAT.
    pub amount: Cents,
    pub with_vat: Cents,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Server(i64),
    FloatingIp(i64),
    Addon(i64),
    /// The support level; its id is always 1.
    Support,
    /// No service: a top-up, or something custom.
    None,
}

impl Service {
    /// `service_type` and `service_id` of an order.
    pub const fn name(self) -> Option<(&'static str, i64)> {
        match self {
            Self::Server(id) => Some(("server", id)),
            Self::FloatingIp(id) => Some(("floating-ip", id)),
            Self::Addon(id) => Some(("addon", id)),
            Self::Support => Some(("support", 1)),
            Self::None => None,
        }
    }
}

impl Item {
    /// Paid by months; the period can be changed while the order is open.
    pub fn period(service: Service, label: &str, monthly: Cents, months: u32) -> Self {
        let mut item = Self::once(service, label, Cents(0), months);
        item.monthly = Some(monthly);
        item.lasting(months);
        item
    }

    /// Paid once, for example the rest of a period after scaling; `months` is the cycle of the service.
    pub fn once(service: Service, label: &str, amount: Cents, months: u32) -> Self {
        Self { service, label: label.to_owned(), months, monthly: None, amount, with_vat: amount.with_vat() }
    }

    /// A top-up: paid with VAT, credited without it (FACTS §1, Money).
    pub fn deposit(with_vat: Cents) -> Self {
        let mut item = Self::once(Service::None, "Deposit", with_vat.without_vat(), 1);
        item.with_vat = with_vat;
        item
    }

    /// Changes the period, and the price with it.
    pub fn lasting(&mut self, months: u32) {
        let Some(monthly) = self.monthly else { return };
        self.months = months;
        self.amount = Cents(monthly.0 * i64::from(months));
        self.with_vat = self.amount.with_vat();
    }

    /// `OrderService`; none for what is no service.
    pub fn json(&self) -> Option<Value> {
        let (kind, id) = self.service.name()?;
        Some(json!({
            "service_type": kind,
            "service_id": id,
            "label": self.label,
            "billing_cycle": self.months,
            "amount": self.amount.json(),
            "amount_with_vat": self.with_vat.json(),
        }))
    }
}

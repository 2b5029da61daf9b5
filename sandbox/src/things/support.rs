//! The paid support level (FACTS §4: professional, perhaps 15 a month).

use super::cancellation::CancelRequest;
use super::money::Cents;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Key of the one level that is known.
pub(crate) const KEY: &str = "professional";
/// What orders call it.
pub(crate) const LEVEL: &str = "Professional support";
/// Per month, before VAT.
pub(crate) const PRICE: Cents = Cents(1500);

/// The level as the account has it, or not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Support {
    /// End of what is paid; none: never bought.
    pub paid_until: Option<Timestamp>,
    pub cancellation: Option<CancelRequest>,
}

impl Support {
    /// Had already.
    pub const fn until(end: Timestamp) -> Self {
        Self { paid_until: Some(end), cancellation: None }
    }

    pub fn is_active(&self, now: Timestamp) -> bool {
        self.paid_until.is_some_and(|end| end > now)
    }

    /// Longer by some months, from its end or from now.
    pub fn prolong(&mut self, now: Timestamp, months: u32) {
        let active = self.paid_until.filter(|end| *end > now);
        if active.is_none() {
            self.cancellation = None;
        }
        let begin = active.unwrap_or_else(|| stamp::sofia_midnight(now));
        self.paid_until = Some(stamp::later_months(begin, months));
    }

    /// Ends at once.
    pub fn end(&mut self, now: Timestamp) {
        self.paid_until = Some(now);
        self.cancellation = None;
    }

    /// `SupportPlan`
    pub fn json(&self, now: Timestamp) -> Value {
        let active = self.is_active(now);
        let end = self.paid_until.filter(|_| active);
        let cancellation = self.cancellation.as_ref().filter(|_| active);
        json!({
            "key": KEY,
            "name": "Professional",
            "price": PRICE.json(),
            "price_with_vat": PRICE.with_vat().json(),
            "active": active,
            "expiry_at": end.map(stamp::iso),
            "cancel_request": cancellation.map(CancelRequest::json),
        })
    }
}

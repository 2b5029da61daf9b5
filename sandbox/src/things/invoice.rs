//! An accounting document.

use super::money::Cents;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// One invoice.
#[derive(Debug, Clone)]
pub(crate) struct Invoice {
    pub id: i64,
    /// Ten digits with leading zeros.
    pub number: String,
    pub created_at: Timestamp,
    pub amount: Cents,
    pub amount_with_vat: Cents,
    /// Paid: `original`; still open: `proform`.
    pub paid: bool,
    pub order_ids: Vec<i64>,
}

impl Invoice {
    pub const fn kind(&self) -> &'static str {
        if self.paid { "original" } else { "proform" }
    }

    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "invoice_number": self.number,
            "created_at": stamp::iso(self.created_at),
            "amount": self.amount.json(),
            "amount_with_vat": self.amount_with_vat.json(),
            "type": self.kind(),
            "order_ids": self.order_ids,
        })
    }
}

//! The person or company behind the tokens, and their prepaid funds.

use super::money::Cents;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// The account's owner.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub name: String,
    pub email: String,
    pub tech_email: String,
    pub aff_hash: String,
}

impl User {
    pub fn json(&self) -> Value {
        json!({
            "name": self.name,
            "email": self.email,
            "tech_email": self.tech_email,
            "phone_number": "+359000000000",
            "country": {"code": "BG", "name": "Bulgaria", "name_bg": "България", "tax_rate": 1.2},
            "city": "Sofia",
            "address": "1 Example Street",
            "aff_hash": self.aff_hash,
            "company_name": "Example Works Ltd",
            "company_address": "1 Example Street",
            "company_number": "000000001",
            "vat_number": "BG000000001",
            "2fa_enabled": false,
            "email_otp_enabled": true,
            "newsletter": false,
            "company": true,
            "postal_code": "1000",
            "language": "en",
        })
    }
}

/// Prepaid funds.
#[derive(Debug, Clone)]
pub(crate) struct Funds {
    pub balance: Cents,
    /// When the last top-up of 100 was paid; none for a new account.
    pub last_deposit: Option<Timestamp>,
}

impl Funds {
    /// `Balance`; `expenses` is what the coming renewals will take.
    pub fn json(&self, expenses: Cents) -> Value {
        let shortfall = Cents((expenses.0 - self.balance.0).max(0));
        // Paid with VAT, credited without it (FACTS §1, Money).
        let last_deposit = self.last_deposit.map(|paid| {
            json!({
                "amount": 83.33,
                "amount_with_vat": 100,
                "payment_method": "card",
                "payment_date": stamp::iso(paid),
            })
        });
        json!({
            "balance": self.balance.json(),
            "balance_limit": 0,
            "estimated_expenses": expenses.json(),
            "shortfall": shortfall.json(),
            "currency": "EUR",
            "has_valid_card": self.last_deposit.is_some(),
            "last_deposit": last_deposit,
            "unconfirmed_bitcoin_deposits": [],
        })
    }
}

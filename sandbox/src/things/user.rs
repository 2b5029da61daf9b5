//! The person or company behind the tokens.

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

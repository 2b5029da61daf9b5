//! The person or company behind the tokens.

use super::two_factor::TwoFactor;
use jiff::Timestamp;
use serde_json::{Value, json};

/// The account's owner.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub name: String,
    pub email: String,
    pub tech_email: String,
    pub phone_number: String,
    pub country: &'static Country,
    pub city: String,
    pub address: String,
    pub postal_code: String,
    /// Code of whoever brought the account; empty: nobody yet.
    pub aff_hash: String,
    pub company: bool,
    pub company_name: String,
    pub company_address: String,
    pub company_number: String,
    pub vat_number: String,
    pub two_factor: TwoFactor,
    pub email_otp: bool,
    pub newsletter: bool,
    /// `en` or `bg`.
    pub language: &'static str,
    pub created_at: Timestamp,
}

/// Where the account is taxed. Ids are inferred: no page lists them.
#[derive(Debug)]
pub(crate) struct Country {
    pub id: i64,
    code: &'static str,
    name: &'static str,
    name_bg: &'static str,
}

pub(crate) static COUNTRIES: [Country; 8] = [
    Country { id: 1, code: "BG", name: "Bulgaria", name_bg: "България" },
    Country { id: 2, code: "AT", name: "Austria", name_bg: "Австрия" },
    Country { id: 3, code: "DE", name: "Germany", name_bg: "Германия" },
    Country { id: 4, code: "FR", name: "France", name_bg: "Франция" },
    Country { id: 5, code: "GR", name: "Greece", name_bg: "Гърция" },
    Country { id: 6, code: "IT", name: "Italy", name_bg: "Италия" },
    Country { id: 7, code: "NL", name: "Netherlands", name_bg: "Нидерландия" },
    Country { id: 8, code: "RO", name: "Romania", name_bg: "Румъния" },
];

/// Ids and codes of the languages of the client area (inferred).
pub(crate) const LANGUAGES: [(i64, &str); 2] = [(1, "en"), (2, "bg")];

impl User {
    /// `User`
    pub fn json(&self) -> Value {
        let country = self.country;
        json!({
            "name": self.name,
            "email": self.email,
            "tech_email": self.tech_email,
            "phone_number": self.phone_number,
            "country": {
                "code": country.code, "name": country.name, "name_bg": country.name_bg, "tax_rate": 1.2,
            },
            "city": self.city,
            "address": self.address,
            "aff_hash": self.aff_hash,
            "company_name": self.company_name,
            "company_address": self.company_address,
            "company_number": self.company_number,
            "vat_number": self.vat_number,
            "2fa_enabled": self.two_factor.is_on(),
            "email_otp_enabled": self.email_otp,
            "newsletter": self.newsletter,
            "company": self.company,
            "postal_code": self.postal_code,
            "language": self.language,
        })
    }
}

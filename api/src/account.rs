//! The account behind the token, and changing what is known of it.

use serde_json::json;

use crate::{
    ids::{CountryId, LanguageId},
    model::model,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    sizes::TaxRate,
};

model! {
    /// The account behind the token (`User`).
    pub struct User {
        /// Name of the person or company.
        pub name: Option<String>,
        /// Address for mail; identifies the account to people.
        pub email: Option<String>,
        /// Second address, for technical mail.
        pub technical_email: Option<String> = "tech_email",
        /// Telephone.
        pub phone_number: Option<String>,
        /// Country, with its VAT rule.
        pub country: Option<Country>,
        /// City.
        pub city: Option<String>,
        /// Street.
        pub address: Option<String>,
        /// Referral code of whoever brought the account.
        pub referral_code: Option<String> = "aff_hash",
        /// Company name.
        pub company_name: Option<String>,
        /// Company address.
        pub company_address: Option<String>,
        /// Company registration number.
        pub company_number: Option<String>,
        /// VAT number.
        pub vat_number: Option<String>,
        /// TOTP login is on.
        pub two_factor_enabled: Option<bool> = "2fa_enabled",
        /// A code is mailed at login.
        pub email_otp_enabled: Option<bool>,
        /// The newsletter is wanted.
        pub newsletter: Option<bool>,
        /// The account belongs to a company.
        pub company: Option<bool>,
        /// Postal code.
        pub postal_code: Option<String>,
        /// Language of the provider's own panel.
        pub language: Option<String>,
    }
}

model! {
    /// Country of the account (`Country`).
    pub struct Country {
        /// ISO 3166-1 alpha-2.
        pub code: Option<String>,
        /// English name.
        pub name: Option<String>,
        /// Bulgarian name.
        pub name_bg: Option<String>,
        /// VAT multiplier.
        pub tax_rate: Option<TaxRate>,
    }
}

impl User {
    /// Whether two-factor login can be switched on.
    ///
    /// # Errors
    /// The reason why not: it is on (contract, `2fa_enabled`).
    pub fn can_enable_two_factor(&self) -> Result<(), Reason> {
        match self.two_factor_enabled {
            Some(true) => Err(Reason("It is already on.")),
            _ => Ok(()),
        }
    }

    /// Whether two-factor login can be switched off.
    ///
    /// # Errors
    /// The reason why not: it is off (contract, `2fa_enabled`).
    pub fn can_disable_two_factor(&self) -> Result<(), Reason> {
        match self.two_factor_enabled {
            Some(false) => Err(Reason("It is already off.")),
            _ => Ok(()),
        }
    }

    /// Whether a referral code can be given.
    ///
    /// # Errors
    /// The reason why not: it can be set once (FACTS §2, user). Whether it is too late only the provider knows.
    pub fn can_set_referral_code(&self) -> Result<(), Reason> {
        match self.referral_code.as_deref() {
            Some(code) if !code.is_empty() => Err(Reason("It is already set, and can be set only once.")),
            _ => Ok(()),
        }
    }

    /// Whether the country can be changed.
    ///
    /// # Errors
    /// The reason why not: refused for a company (contract, `country_id`). Whether an order was paid only the
    /// provider knows.
    pub fn can_change_country(&self) -> Result<(), Reason> {
        match self.company {
            Some(true) => Err(Reason("It cannot be changed for a company. Ask support.")),
            _ => Ok(()),
        }
    }
}

/// `GET /user`: the account behind the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetUser;

impl Operation for GetUser {
    type Answer = User;
    const INFO: Info =
        Info::new("getUser", Method::Get, "/user", Evidence::Inferred, Permission::AccountRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `PATCH /user`: change user data. What is `None` stays as it is.
///
/// The page gives three fields in two spellings; those of its sample, which answers use too, are sent
/// (FACTS §2, user). The company fields freeze after five days or the first paid order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateUser {
    /// Street.
    pub address: Option<String>,
    /// Country, by its id.
    pub country: Option<CountryId>,
    /// City.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Telephone.
    pub phone_number: Option<String>,
    /// Second address, for technical mail.
    pub technical_email: Option<String>,
    /// Referral code of whoever brought the account; once.
    pub referral_code: Option<String>,
    /// Language of the provider's own panel, by its id.
    pub language: Option<LanguageId>,
    /// The newsletter is wanted.
    pub newsletter: Option<bool>,
    /// The account belongs to a company.
    pub company: Option<bool>,
    /// Company name.
    pub company_name: Option<String>,
    /// Company address.
    pub company_address: Option<String>,
    /// Company registration number.
    pub company_number: Option<String>,
    /// VAT number.
    pub vat_number: Option<String>,
    /// A code is mailed at login.
    pub email_otp_enabled: Option<bool>,
}

impl Operation for UpdateUser {
    type Answer = User;
    const INFO: Info =
        Info::new("updateUser", Method::Patch, "/user", Evidence::Documented, Permission::AccountManage);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::given(json!({
            "address": self.address,
            "country_id": self.country.map(CountryId::get),
            "city": self.city,
            "postal_code": self.postal_code,
            "phone_number": self.phone_number,
            "tech_email": self.technical_email,
            "aff_hash": self.referral_code,
            "language_id": self.language.map(LanguageId::get),
            "newsletter": self.newsletter,
            "company": self.company,
            "company_name": self.company_name,
            "company_address": self.company_address,
            "company_number": self.company_number,
            "vat_number": self.vat_number,
            "email_otp_enabled": self.email_otp_enabled,
        }))
    }
    fn object(&self) -> Option<String> {
        Some("user".to_owned())
    }
}

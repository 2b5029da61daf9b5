//! The account behind the token: user and balance.

use crate::{
    model::model,
    money::Money,
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    times::Timestamp,
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
        /// VAT multiplier: 1.2 for twenty percent (FACTS §1, money).
        pub tax_rate: Option<f64>,
    }
}

model! {
    /// Prepaid funds of the account (`Balance`), in `currency`.
    pub struct Balance {
        /// Funds available now.
        pub balance: Option<Money>,
        /// How far the balance may go.
        pub balance_limit: Option<Money>,
        /// Expected renewals of the coming period.
        pub estimated_expenses: Option<Money>,
        /// What is missing to cover them, 0 when covered.
        pub shortfall: Option<Money>,
        /// ISO 4217.
        pub currency: Option<String>,
        /// A usable card is saved.
        pub has_valid_card: Option<bool>,
        /// The last deposit.
        pub last_deposit: Option<LastDeposit>,
    }
}

model! {
    /// The last deposit (`LastDeposit`).
    pub struct LastDeposit {
        /// Credited, without VAT.
        pub amount: Option<Money>,
        /// Paid, with VAT.
        pub amount_with_vat: Option<Money>,
        /// How it was paid.
        pub payment_method: Option<String>,
        /// When.
        pub payment_date: Option<Timestamp>,
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

/// `GET /balance`: prepaid funds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetBalance;

impl Operation for GetBalance {
    type Answer = Balance;
    const INFO: Info =
        Info::new("getBalance", Method::Get, "/balance", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

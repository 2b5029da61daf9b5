//! Add-ons of a server: what there is and what can be chosen. Buying and cancelling is in `addons/operations.rs`.

mod operations;

pub use operations::{
    CancelServerAddon, ListServerAddonPrices, PurchaseServerAddons, QuoteServerAddonScale, ScaleServerAddons,
    UndoCancelServerAddon,
};

use serde_json::{Value, json};

use super::CancelRequest;
use crate::{
    decode::{Decode, Misfit, Notes},
    ids::AddonId,
    model::{self, Encode, model},
    money::{Money, Price},
    operation::Body,
    times::Timestamp,
    told::Told,
};

model! {
    /// An add-on of a server (`ServerAddon`).
    pub struct Addon {
        /// Needed to cancel; absent in an old sample.
        pub id: Option<AddonId>,
        /// Key of the add-on.
        pub name: Option<String>,
        /// Seats, or for backups a size.
        pub quantity: Option<u32>,
        /// End of the paid period.
        pub expiry_at: Option<Timestamp>,
        /// A pending cancellation. The field is a guess: it may be missing although there is one.
        pub cancel_request: Told<CancelRequest>,
    }
}

/// Add-ons to buy, with a new server or for one that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddonChoice {
    /// Weekly backups, kept three weeks.
    pub backups: bool,
    /// Key of a cPanel licence, for example `cpanel-admin-5`.
    pub cpanel: Option<String>,
    /// `100mbps-unmetered` or `1gbps-unmetered`.
    pub bandwidth: Option<String>,
    /// Seats for remote desktop; 0: none.
    pub microsoft_rds_sal: u32,
    /// Seats for Office; 0: none.
    pub microsoft_office_sal: u32,
}

impl AddonChoice {
    /// The fields of a request; null where nothing is bought.
    pub(super) fn fields(&self) -> Value {
        let seats = |count: u32| (count > 0).then_some(count);
        json!({
            "backups": self.backups.then_some(true),
            "cpanel": self.cpanel,
            "bandwidth": self.bandwidth,
            "microsoft_rds_sal": seats(self.microsoft_rds_sal),
            "microsoft_office_sal": seats(self.microsoft_office_sal),
        })
    }
}

/// New sizes of add-ons that a server has; what is not given stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddonSizes {
    /// Key of another cPanel licence.
    pub cpanel: Option<String>,
    /// Seats for remote desktop. One table calls it required (openapi, AddonScaleRequest).
    pub microsoft_rds_sal: Option<u32>,
    /// Seats for Office.
    pub microsoft_office_sal: Option<u32>,
}

impl AddonSizes {
    fn body(&self) -> Body {
        Body::given(json!({
            "cpanel": self.cpanel,
            "microsoft_rds_sal": self.microsoft_rds_sal,
            "microsoft_office_sal": self.microsoft_office_sal,
        }))
    }
}

/// What new sizes would cost or give back (`AddonScaleQuote`).
#[derive(Debug, Clone, PartialEq)]
pub struct AddonScaleQuote {
    /// Without VAT; the sign of a refund is not documented.
    pub amount: Option<Money>,
    /// With the VAT of the account.
    pub amount_with_vat: Option<Money>,
}

impl AddonScaleQuote {
    /// Both amounts, as sent.
    pub fn price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }
}

impl Decode for AddonScaleQuote {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        let object = model::object(value)?;
        Ok(Self {
            amount: model::field(object, "amount", notes)?,
            amount_with_vat: model::field(object, "amount_with_vat", notes)?,
        })
    }
}

/// The one place where amounts are text (FACTS §1, money).
impl Encode for AddonScaleQuote {
    fn encode(&self) -> Value {
        let text = |amount: Option<Money>| amount.map(|amount| amount.0.to_string());
        json!({ "amount": text(self.amount), "amount_with_vat": text(self.amount_with_vat) })
    }
}

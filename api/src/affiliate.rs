//! The affiliate programme: commission on what referred customers spend.

use serde_json::json;

use crate::{
    ids::{ConversionId, PayoutId},
    model::{Page, model, words},
    money::Money,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    sizes::Percent,
    times::Timestamp,
};

model! {
    /// State of the programme (`Affiliate`).
    pub struct Affiliate {
        /// The account's own code, 5 to 20 characters.
        pub referral_code: Option<String>,
        /// Link with the code.
        pub referral_url: Option<String>,
        /// What referred customers spent in the running period.
        pub referrals_turnover: Option<Money>,
        /// Percent of turnover.
        pub commission: Option<Percent>,
        /// Commission on the running period.
        pub estimated_earnings: Option<Money>,
        /// Commission so far.
        pub all_time_earnings: Option<Money>,
        /// Days until the next payout.
        pub next_payout_in_days: Option<u32>,
    }
}

words! {
    /// State of a referred purchase; the words are inferred.
    pub enum ConversionStatus {
        /// Not decided yet.
        Pending = "pending",
        /// Counts.
        Approved = "approved",
        /// Does not count.
        Rejected = "rejected",
    }
}

model! {
    /// A purchase of a referred customer (`AffiliateConversion`).
    pub struct AffiliateConversion {
        /// Id.
        pub id: ConversionId,
        /// What it came to.
        pub amount: Option<Money>,
        /// What the account earns of it: an amount.
        pub commission: Option<Money>,
        /// State.
        pub status: Option<ConversionStatus>,
        /// When.
        pub created_at: Option<Timestamp>,
    }
}

model! {
    /// Commission moved to the balance (`AffiliatePayout`).
    pub struct AffiliatePayout {
        /// Id.
        pub id: PayoutId,
        /// How much.
        pub amount: Option<Money>,
        /// When.
        pub created_at: Option<Timestamp>,
    }
}

/// `GET /affiliate`: state of the programme. For an account that takes no part presumably 404.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetAffiliate;

impl Operation for GetAffiliate {
    type Answer = Affiliate;
    const INFO: Info =
        Info::new("getAffiliate", Method::Get, "/affiliate", Evidence::Inferred, Permission::AffiliateRead)
            .may_be_absent();
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `POST /affiliate`: take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivateAffiliate {
    /// The code that is wished for, 5 to 20 characters; none: the provider makes one.
    pub referral_code: Option<String>,
}

impl Operation for ActivateAffiliate {
    type Answer = Option<Affiliate>;
    const INFO: Info = Info::new(
        "activateAffiliate",
        Method::Post,
        "/affiliate",
        Evidence::Inferred,
        Permission::AffiliateManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::given(json!({ "referral_code": self.referral_code }))
    }
    fn object(&self) -> Option<String> {
        Some("affiliate programme".to_owned())
    }
}

/// `PUT /affiliate`: another code. Links with the old one keep working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateAffiliate {
    /// The new code, 5 to 20 characters.
    pub referral_code: String,
}

impl Operation for UpdateAffiliate {
    type Answer = Affiliate;
    const INFO: Info = Info::new(
        "updateAffiliate",
        Method::Put,
        "/affiliate",
        Evidence::Documented,
        Permission::AffiliateManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "referral_code": self.referral_code }))
    }
    fn object(&self) -> Option<String> {
        Some("affiliate programme".to_owned())
    }
}

/// `GET /affiliate/conversions`: purchases of referred customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListAffiliateConversions {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListAffiliateConversions {
    type Answer = Page<AffiliateConversion>;
    const INFO: Info = Info::new(
        "listAffiliateConversions",
        Method::Get,
        "/affiliate/conversions",
        Evidence::Inferred,
        Permission::AffiliateRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

/// `GET /affiliate/payouts`: what was paid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListAffiliatePayouts {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListAffiliatePayouts {
    type Answer = Page<AffiliatePayout>;
    const INFO: Info = Info::new(
        "listAffiliatePayouts",
        Method::Get,
        "/affiliate/payouts",
        Evidence::Inferred,
        Permission::AffiliateRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

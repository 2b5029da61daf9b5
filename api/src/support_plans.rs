//! Support plans: paid levels of support. An account owns one at most.

use serde_json::json;

use crate::{
    model::{model, words},
    money::{Money, Price},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    orders::Order,
    reason::Reason,
    servers::CancelRequest,
    times::Timestamp,
    told::Told,
};

words! {
    /// A level of support (FACTS §4: one is known).
    pub enum SupportLevel {
        /// The paid one.
        Professional = "professional",
    }
}

model! {
    /// A level and, when owned, its state (`SupportPlan`).
    pub struct SupportPlan {
        /// Which one.
        pub level: Option<SupportLevel> = "key",
        /// Name for people.
        pub name: Option<String>,
        /// Per month without VAT.
        pub price: Option<Money>,
        /// Per month with the VAT of the account.
        pub price_with_vat: Option<Money>,
        /// The account owns it.
        pub active: Option<bool>,
        /// End of the paid period.
        pub expiry_at: Option<Timestamp>,
        /// A pending cancellation.
        pub cancel_request: Told<CancelRequest>,
    }
}

impl SupportPlan {
    /// Both prices per month, as sent.
    pub fn monthly_price(&self) -> Price {
        Price { net: self.price, with_vat: self.price_with_vat }
    }

    /// Whether it can be bought.
    ///
    /// # Errors
    /// The reason why not (contract, `active`).
    pub fn can_buy(&self) -> Result<(), Reason> {
        match self.active {
            Some(true) => Err(Reason("It is already active: renew it instead.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be renewed.
    ///
    /// # Errors
    /// The reason why not (contract, `active`).
    pub fn can_renew(&self) -> Result<(), Reason> {
        self.is_owned()
    }

    /// Whether it can be cancelled.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, cancellation).
    pub fn can_cancel(&self) -> Result<(), Reason> {
        self.is_owned()?;
        match self.cancel_request {
            Told::Is(_) => Err(Reason("It is already cancelled.")),
            Told::Unknown | Told::Nothing => Ok(()),
        }
    }

    /// Whether its cancellation can be withdrawn.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, cancellation).
    pub fn can_undo_cancel(&self) -> Result<(), Reason> {
        match self.cancel_request {
            Told::Nothing => Err(Reason("It is not cancelled.")),
            Told::Unknown | Told::Is(_) => Ok(()),
        }
    }

    fn is_owned(&self) -> Result<(), Reason> {
        match self.active {
            Some(false) => Err(Reason("It is not active: buy it first.")),
            _ => Ok(()),
        }
    }
}

/// `GET /support/plans`: all levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListSupportPlans;

impl Operation for ListSupportPlans {
    type Answer = Vec<SupportPlan>;
    const INFO: Info = Info::new(
        "listSupportPlans",
        Method::Get,
        "/support/plans",
        Evidence::Inferred,
        Permission::BillingRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/support" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `POST /support`: buy a level. Answers with the order to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseSupportPlan {
    /// Which one.
    pub level: SupportLevel,
    /// Months, 1 to 24; 1, 3, 6, 12 and 24 are offered.
    pub billing_cycle: u32,
}

impl Operation for PurchaseSupportPlan {
    type Answer = Order;
    const INFO: Info = Info::new(
        "purchaseSupportPlan",
        Method::Post,
        "/support",
        Evidence::Documented,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "billing_cycle": self.billing_cycle, "plan": self.level.word() }))
    }
    fn object(&self) -> Option<String> {
        Some("support plan".to_owned())
    }
}

/// `POST /support/renew`: prolong the level that is owned. Answers with the order to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenewSupportPlan {
    /// Months, 1 to 24; 1, 3, 6, 12 and 24 are offered.
    pub billing_cycle: u32,
}

impl Operation for RenewSupportPlan {
    type Answer = Option<Order>;
    const INFO: Info = Info::new(
        "renewSupportPlan",
        Method::Post,
        "/support/renew",
        Evidence::Inferred,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "billing_cycle": self.billing_cycle }))
    }
    fn object(&self) -> Option<String> {
        Some("support plan".to_owned())
    }
}

/// `POST /support/cancel`: give the level up, now or at its expiry. What is left of a paid period is lost now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelSupportPlan {
    /// Now, or when the paid period ends.
    pub now: bool,
    /// Why, for the provider.
    pub reason: Option<String>,
}

impl Operation for CancelSupportPlan {
    type Answer = ();
    const INFO: Info = Info::new(
        "cancelSupportPlan",
        Method::Post,
        "/support/cancel",
        Evidence::Inferred,
        Permission::BillingManage,
    );
    fn effects(&self) -> Effects {
        if self.now { Effects::DESTROYS } else { Effects::CHANGES }
    }
    fn body(&self) -> Body {
        Body::given(json!({ "now": self.now, "reason": self.reason }))
    }
    fn object(&self) -> Option<String> {
        Some("support plan".to_owned())
    }
}

/// `DELETE /support/cancel`: keep the level after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndoCancelSupportPlan;

impl Operation for UndoCancelSupportPlan {
    type Answer = ();
    const INFO: Info = Info::new(
        "undoCancelSupportPlan",
        Method::Delete,
        "/support/cancel",
        Evidence::Inferred,
        Permission::BillingManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn object(&self) -> Option<String> {
        Some("support plan".to_owned())
    }
}

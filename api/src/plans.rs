//! Plans: server sizes for sale, with what can be added to them and the codes that make them cheaper.

use crate::{
    ids::PlanId,
    model::{Page, model},
    money::{Money, Price},
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    sizes::{Gigabytes, Percent, Terabytes},
};

model! {
    /// A server size (`Plan`). No field is marked required in the documentation.
    pub struct Plan {
        /// Id; one sample uses an id for two sizes.
        pub id: Option<PlanId>,
        /// `cloud-vps` (shared cores) or `vds` (dedicated cores).
        pub kind: Option<String> = "type",
        /// Value for the plan field of requests.
        pub key: Option<String>,
        /// Name.
        pub name: Option<String>,
        /// Cores.
        pub vcpus: Option<u32>,
        /// Memory in GB.
        pub memory: Option<Gigabytes>,
        /// Disk in GB.
        pub disk: Option<Gigabytes>,
        /// Traffic a month in TB.
        pub bandwidth: Option<Terabytes>,
        /// Shortest purchase in months.
        pub minimum_billing_cycle: Option<u32>,
        /// Sibling with more disk.
        pub plan_with_more_disk: Option<PlanId>,
        /// Sibling with more memory.
        pub plan_with_more_memory: Option<PlanId>,
        /// In stock.
        pub available: Option<bool>,
        /// Per month without VAT.
        pub price: Option<Money>,
        /// Per month with the VAT of the account.
        pub price_with_vat: Option<Money>,
    }
}

impl Plan {
    /// Both prices per month, as sent.
    pub fn monthly_price(&self) -> Price {
        Price { net: self.price, with_vat: self.price_with_vat }
    }

    /// Whether a server of this size can be ordered now.
    ///
    /// # Errors
    /// The reason why not: `available` says whether it is in stock (openapi, Plan).
    pub fn can_order(&self) -> Result<(), Reason> {
        match self.available {
            Some(false) => Err(Reason("It is out of stock.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be paid for this many months at once.
    ///
    /// # Errors
    /// The reason why not: a plan may have a minimum (FACTS §1, money).
    pub fn can_be_paid_for(&self, billing_cycle: u32) -> Result<(), Reason> {
        match self.minimum_billing_cycle {
            Some(least) if billing_cycle < least => Err(Reason("It is only sold for more months at once.")),
            _ => Ok(()),
        }
    }
}

model! {
    /// Price of an add-on for a plan or a server (`AddonPrice`). Per month is assumed, no page says so.
    pub struct AddonPrice {
        /// Key, for example `backups`.
        pub key: Option<String>,
        /// Without VAT.
        pub price: Option<Money>,
        /// With the VAT of the account.
        pub price_with_vat: Option<Money>,
    }
}

impl AddonPrice {
    /// Both prices, as sent.
    pub fn monthly_price(&self) -> Price {
        Price { net: self.price, with_vat: self.price_with_vat }
    }
}

model! {
    /// A discount (`PromoCode`).
    pub struct PromoCode {
        /// The code, as requests want it.
        pub code: Option<String>,
        /// How much of the price it takes away.
        pub percentage: Option<Percent>,
        /// Fewest months paid at once that it is for.
        pub minimum_billing_cycle: Option<u32>,
    }
}

impl PromoCode {
    /// Whether it can be used when paying for this many months at once.
    ///
    /// # Errors
    /// The reason why not: a code has a shortest cycle (openapi, PromoCode).
    pub fn can_be_used_for(&self, billing_cycle: u32) -> Result<(), Reason> {
        match self.minimum_billing_cycle {
            Some(least) if billing_cycle < least => Err(Reason("It is for more months at once.")),
            _ => Ok(()),
        }
    }
}

/// `GET /plans`: a page of plans for new servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlans {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListPlans {
    type Answer = Page<Plan>;
    const INFO: Info =
        Info::new("listPlans", Method::Get, "/plans", Evidence::Documented, Permission::CatalogueRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

/// `GET /plans/{id}/addons`: what can be added to a plan, with prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlanAddons {
    /// Which plan.
    pub id: PlanId,
}

impl Operation for ListPlanAddons {
    type Answer = Vec<AddonPrice>;
    const INFO: Info = Info::new(
        "listPlanAddons",
        Method::Get,
        "/plans/{id}/addons",
        Evidence::Documented,
        Permission::CatalogueRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("plan {}", self.id))
    }
}

/// `GET /plans/{id}/promo-codes`: codes that can be used with a plan. Was marked as being developed (FACTS §5.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlanPromoCodes {
    /// Which plan.
    pub id: PlanId,
}

impl Operation for ListPlanPromoCodes {
    type Answer = Vec<PromoCode>;
    const INFO: Info = Info::new(
        "listPlanPromoCodes",
        Method::Get,
        "/plans/{id}/promo-codes",
        Evidence::Documented,
        Permission::CatalogueRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("plan {}", self.id))
    }
}

//! Moving a server to another plan.

use serde_json::json;

use super::{Server, one::about_one_server};
use crate::{
    ids::ServerId,
    model::{model, words},
    money::{Money, Price},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    plans::Plan,
};

words! {
    /// How long a server is down while it is moved (FACTS §3, scaling).
    pub enum Downtime {
        /// About a reboot.
        Short = "short",
        /// Longer.
        Extended = "extended",
    }
}

model! {
    /// What a move would cost or give back (`ScaleQuote`).
    pub struct ScaleQuote {
        /// Without VAT; the sign of a refund is not documented.
        pub amount: Option<Money>,
        /// With the VAT of the account.
        pub amount_with_vat: Option<Money>,
        /// How long the server will be down.
        pub estimated_downtime: Option<Downtime>,
    }
}

impl ScaleQuote {
    /// Both amounts, as sent.
    pub fn price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }
}

about_one_server! {
    /// `GET /servers/{id}/scale`: plans that a server can be moved to.
    ListScalePlans = "listScalePlans", Get "/servers/{id}/scale", Inferred, CatalogueRead, READS, Vec<Plan>,
        or "/servers/{id}/scale/plans";
}

/// `POST /servers/{id}/scale/calculate`: what a move would cost, and how long it takes. A POST that reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteScale {
    /// Which server.
    pub id: ServerId,
    /// Key of the plan to move to, not its id.
    pub plan: String,
    /// The disk grows too. False leaves it, which keeps a later move to a smaller plan possible.
    pub scale_disk: bool,
}

impl Operation for QuoteScale {
    type Answer = ScaleQuote;
    const INFO: Info = Info::new(
        "calculateScale",
        Method::Post,
        "/servers/{id}/scale/calculate",
        Evidence::Documented,
        Permission::BillingRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "plan": self.plan, "scale_disk": self.scale_disk }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

/// `POST /servers/{id}/scale`: move to another plan. Reboots (FACTS §5.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleServer {
    /// Which server.
    pub id: ServerId,
    /// Key of the plan to move to, not its id.
    pub plan: String,
    /// The disk grows too. False leaves it, which keeps a later move to a smaller plan possible.
    pub scale_disk: bool,
}

impl Operation for ScaleServer {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "scaleServer",
        Method::Post,
        "/servers/{id}/scale",
        Evidence::Inferred,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        Effects::SPENDS.and(Effects::INTERRUPTS)
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "plan": self.plan, "scale_disk": self.scale_disk }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

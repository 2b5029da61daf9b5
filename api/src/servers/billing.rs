//! Renewing servers and giving them up.

use serde_json::{Value, json};

use super::one::about_one_server;
use crate::{
    ids::{ServerId, several},
    model::model,
    money::{Money, Price},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    orders::Order,
    plans::PromoCode,
};

model! {
    /// What a renewal would cost (`RenewQuote`). Shown as sent: the samples do not add up (FACTS §1, money).
    pub struct RenewQuote {
        /// Before the discount, without VAT.
        pub amount: Option<Money>,
        /// Before the discount, with VAT.
        pub amount_with_vat: Option<Money>,
        /// Discount, without VAT.
        pub discount: Option<Money>,
        /// Discount, with VAT.
        pub discount_with_vat: Option<Money>,
        /// The code that was used.
        pub promo_code: Option<PromoCode>,
        /// To be paid today, without VAT.
        pub due_today_amount: Option<Money>,
        /// To be paid today, with VAT.
        pub due_today_amount_with_vat: Option<Money>,
        /// Part of the code in the discount, without VAT; only in newer samples.
        pub promo_amount: Option<Money>,
        /// Part of the code in the discount, with VAT; the name is inferred.
        pub promo_amount_with_vat: Option<Money>,
    }
}

impl RenewQuote {
    /// Before the discount, as sent.
    pub fn full_price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }

    /// The discount, as sent.
    pub fn discount_price(&self) -> Price {
        Price { net: self.discount, with_vat: self.discount_with_vat }
    }

    /// What is to be paid today, as sent.
    pub fn due_today(&self) -> Price {
        Price { net: self.due_today_amount, with_vat: self.due_today_amount_with_vat }
    }
}

/// `POST /servers/renew/calculate`: what renewing would cost. A POST that reads.
///
/// With no server it is refused as invalid, which tells a write token from a read token without any effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRenewal {
    /// Which servers.
    pub servers: Vec<ServerId>,
    /// For how many months, 1 to 24 (FACTS §1, money).
    pub billing_cycle: u32,
    /// A code that makes it cheaper.
    pub promo_code: Option<String>,
}

impl Operation for QuoteRenewal {
    type Answer = RenewQuote;
    const INFO: Info = Info::new(
        "calculateServersRenew",
        Method::Post,
        "/servers/renew/calculate",
        Evidence::Documented,
        Permission::BillingRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn body(&self) -> Body {
        Body::given(fields(&self.servers, self.billing_cycle, self.promo_code.as_deref()))
    }
}

/// `POST /servers/renew`: prolong servers. Makes an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewServers {
    /// Which servers.
    pub servers: Vec<ServerId>,
    /// For how many months, 1 to 24 (FACTS §1, money).
    pub billing_cycle: u32,
    /// A code that makes it cheaper.
    pub promo_code: Option<String>,
}

impl Operation for RenewServers {
    type Answer = Option<Order>;
    const INFO: Info = Info::new(
        "renewServers",
        Method::Post,
        "/servers/renew",
        Evidence::Inferred,
        Permission::BillingSpend,
    )
    .or(&[Spelling { method: Method::Post, path: "/servers/{id}/renew" }]);
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        // The other spelling names one server: it cannot stand for a renewal of several.
        match self.servers.as_slice() {
            [one] => vec![("id", one.to_string())],
            _ => Vec::new(),
        }
    }
    fn body(&self) -> Body {
        Body::given(fields(&self.servers, self.billing_cycle, self.promo_code.as_deref()))
    }
    fn object(&self) -> Option<String> {
        Some(several("server", &self.servers))
    }
}

fn fields(servers: &[ServerId], billing_cycle: u32, promo_code: Option<&str>) -> Value {
    let servers: Vec<_> = servers.iter().map(|id| id.get()).collect();
    json!({ "server_ids": servers, "billing_cycle": billing_cycle, "promo_code": promo_code })
}

/// `POST /servers/{id}/cancel`: give up a server. It is suspended at once or at the end of the paid period, and
/// terminated later in both cases (FACTS §3, cancellation).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelServer {
    /// Which server.
    pub id: ServerId,
    /// Why, for the provider.
    pub reason: Option<String>,
    /// At once, or else at the end of the paid period.
    pub now: bool,
}

impl Operation for CancelServer {
    type Answer = ();
    const INFO: Info = Info::new(
        "cancelServer",
        Method::Post,
        "/servers/{id}/cancel",
        Evidence::Documented,
        Permission::ServersDestroy,
    );
    fn effects(&self) -> Effects {
        if self.now { Effects::DESTROYS.and(Effects::INTERRUPTS) } else { Effects::CHANGES }
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::given(json!({ "reason": self.reason, "now": self.now }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

about_one_server! {
    /// `DELETE /servers/{id}/cancel`: withdraw the cancellation.
    UndoCancelServer = "undoCancelServer", Delete "/servers/{id}/cancel", Inferred, ServersDestroy, CHANGES, ();
}

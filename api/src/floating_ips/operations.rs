//! Buying floating IPs, moving them and giving them up. One call acts on several.
//!
//! Some other spellings of these routes act on one: they are used only when one is asked for.

use serde_json::{Value, json};

use super::{FloatingIp, FloatingIpPlan};
use crate::{
    ids::{FloatingIpId, ServerId, several},
    model::Page,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    servers::BillingState,
};

/// Which floating IPs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FloatingIpFilter {
    /// Only this address.
    pub address: Option<String>,
    /// Text in address or host name.
    pub search: Option<String>,
    /// Only these states; empty: the provider's default, active and suspended.
    pub status: Vec<BillingState>,
    /// Only protected ones, or only the others.
    pub ddos_protected: Option<bool>,
}

/// `GET /floating-ips`: a page of floating IPs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFloatingIps {
    /// Page, from 1.
    pub page: u64,
    /// Rows per page, 1 to 50; none: the provider's default.
    pub per_page: Option<u64>,
    /// Which ones.
    pub filter: FloatingIpFilter,
}

impl Operation for ListFloatingIps {
    type Answer = Page<FloatingIp>;
    const INFO: Info = Info::new(
        "listFloatingIps",
        Method::Get,
        "/floating-ips",
        Evidence::Documented,
        Permission::NetworkRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        if let Some(per_page) = self.per_page {
            query.push(("per_page", per_page.to_string()));
        }
        if let Some(address) = &self.filter.address {
            query.push(("filter[ip]", address.clone()));
        }
        if let Some(search) = &self.filter.search {
            query.push(("filter[search]", search.clone()));
        }
        if !self.filter.status.is_empty() {
            let words: Vec<_> = self.filter.status.iter().map(BillingState::word).collect();
            query.push(("filter[status]", words.join(",")));
        }
        if let Some(protected) = self.filter.ddos_protected {
            // Laravel's rule for booleans takes digits, and refuses the words.
            query.push(("filter[ddos]", u8::from(protected).to_string()));
        }
        query
    }
}

/// `GET /floating-ips/plans`: kinds of floating IPs with their prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFloatingIpPlans;

impl Operation for ListFloatingIpPlans {
    type Answer = Vec<FloatingIpPlan>;
    const INFO: Info = Info::new(
        "listFloatingIpPlans",
        Method::Get,
        "/floating-ips/plans",
        Evidence::Inferred,
        Permission::CatalogueRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `POST /floating-ips`: buy. Attached to a server at once, that server reboots (FACTS §5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PurchaseFloatingIps {
    /// Months, 1 to 24; 1, 3, 6, 12 and 24 are offered.
    pub billing_cycle: u32,
    /// How many IPv4 addresses.
    pub ipv4: u32,
    /// How many IPv4 addresses that are filtered against attacks.
    pub ipv4_protected: u32,
    /// How many IPv6 blocks.
    pub ipv6: u32,
    /// The server to attach them to; none: they stay detached.
    pub server: Option<ServerId>,
}

impl Operation for PurchaseFloatingIps {
    type Answer = Vec<FloatingIp>;
    const INFO: Info = Info::new(
        "purchaseFloatingIps",
        Method::Post,
        "/floating-ips",
        Evidence::Documented,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        match self.server {
            Some(_) => Effects::SPENDS.and(Effects::INTERRUPTS),
            None => Effects::SPENDS,
        }
    }
    fn body(&self) -> Body {
        Body::given(json!({
            "billing_cycle": self.billing_cycle,
            "ipv4": self.ipv4,
            "ipv4_ddos": self.ipv4_protected,
            "ipv6": self.ipv6,
            "server_id": self.server.map(ServerId::get),
        }))
    }
    fn object(&self) -> Option<String> {
        Some(self.server.map_or_else(|| "floating IPs".to_owned(), |server| format!("server {server}")))
    }
}

/// The ids as the body wants them.
fn numbers(ids: &[FloatingIpId]) -> Value {
    ids.iter().map(|id| id.get()).collect()
}

/// `{id}` of the spellings for one; nothing for several, so that those spellings are passed over.
fn the_only(ids: &[FloatingIpId]) -> Vec<(&'static str, String)> {
    match ids {
        [only] => vec![("id", only.to_string())],
        _ => Vec::new(),
    }
}

/// `POST /floating-ips/attach`: attach to a server, which reboots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachFloatingIps {
    /// Which ones, at least one.
    pub ids: Vec<FloatingIpId>,
    /// To which server.
    pub server: ServerId,
}

impl Operation for AttachFloatingIps {
    type Answer = Option<Vec<FloatingIp>>;
    const INFO: Info = Info::new(
        "attachFloatingIps",
        Method::Post,
        "/floating-ips/attach",
        Evidence::Inferred,
        Permission::NetworkManage,
    )
    .or(&[Spelling { method: Method::Post, path: "/floating-ips/{id}/attach" }]);
    fn effects(&self) -> Effects {
        Effects::INTERRUPTS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        the_only(&self.ids)
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "ids": numbers(&self.ids), "server_id": self.server.get() }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("{}, server {}", several("floating IP", &self.ids), self.server))
    }
}

/// `POST /floating-ips/detach`: take away from their servers, which are no longer reached there and presumably
/// reboot as when attaching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetachFloatingIps {
    /// Which ones, at least one.
    pub ids: Vec<FloatingIpId>,
}

impl Operation for DetachFloatingIps {
    type Answer = Option<Vec<FloatingIp>>;
    const INFO: Info = Info::new(
        "detachFloatingIps",
        Method::Post,
        "/floating-ips/detach",
        Evidence::Inferred,
        Permission::NetworkManage,
    )
    .or(&[Spelling { method: Method::Post, path: "/floating-ips/{id}/detach" }]);
    fn effects(&self) -> Effects {
        Effects::INTERRUPTS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        the_only(&self.ids)
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "ids": numbers(&self.ids) }))
    }
    fn object(&self) -> Option<String> {
        Some(several("floating IP", &self.ids))
    }
}

/// `POST /floating-ips/cancel`: give up, now or at expiry. Servers they are attached to reboot (FACTS §5.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelFloatingIps {
    /// Which ones, at least one.
    pub ids: Vec<FloatingIpId>,
    /// Now, or when the paid period ends.
    pub now: bool,
    /// Why, for the provider.
    pub reason: Option<String>,
    /// Some of them is attached to a server, as far as is known: not sent, it decides the effects. When in
    /// doubt true.
    pub attached: bool,
}

impl Operation for CancelFloatingIps {
    type Answer = ();
    const INFO: Info = Info::new(
        "cancelFloatingIps",
        Method::Post,
        "/floating-ips/cancel",
        Evidence::Documented,
        Permission::NetworkManage,
    );
    fn effects(&self) -> Effects {
        let effects = if self.now { Effects::DESTROYS } else { Effects::CHANGES };
        if self.attached { effects.and(Effects::INTERRUPTS) } else { effects }
    }
    fn body(&self) -> Body {
        Body::given(json!({ "ids": numbers(&self.ids), "now": self.now, "reason": self.reason }))
    }
    fn object(&self) -> Option<String> {
        Some(several("floating IP", &self.ids))
    }
}

/// `DELETE /floating-ips/cancel`: keep them after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoCancelFloatingIps {
    /// Which ones, at least one.
    pub ids: Vec<FloatingIpId>,
}

impl Operation for UndoCancelFloatingIps {
    type Answer = ();
    const INFO: Info = Info::new(
        "undoCancelFloatingIps",
        Method::Delete,
        "/floating-ips/cancel",
        Evidence::Inferred,
        Permission::NetworkManage,
    )
    .or(&[Spelling { method: Method::Delete, path: "/floating-ips/{id}/cancel" }]);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        the_only(&self.ids)
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "ids": numbers(&self.ids) }))
    }
    fn object(&self) -> Option<String> {
        Some(several("floating IP", &self.ids))
    }
}

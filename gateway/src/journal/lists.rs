//! What is read to find traces: only what the journal needs to know of an order.

use serde_json::Value;
use vpsbg_api::{Decode, Evidence, Info, Method, Misfit, Notes, Operation, Page, Permission};

/// All words of an order's state: the documented default hides some, under a name that no order has (FACTS §5.12).
const ANY_ORDER: &str = "awaiting_payment,processing,paid,cancelled";

/// An order, as far as it tells which purchase it belongs to.
#[derive(Debug, Clone)]
pub(super) struct SeenOrder {
    pub(super) id: u64,
    pub(super) kind: Option<String>,
    pub(super) status: Option<String>,
    pub(super) services: Vec<u64>,
}

impl Decode for SeenOrder {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = value.get("id").ok_or_else(|| Misfit::new("an order", value))?;
        let services = value.get("services").and_then(Value::as_array).into_iter().flatten();
        Ok(Self {
            id: u64::decode(id, notes)?,
            kind: text("type"),
            status: text("status"),
            services: services.filter_map(|service| service.get("service_id")?.as_u64()).collect(),
        })
    }
}

#[derive(Debug, Clone)]
pub(super) struct ListOrders {
    pub(super) page: u64,
}

impl Operation for ListOrders {
    type Answer = Page<SeenOrder>;
    const INFO: Info =
        Info::new("listOrders", Method::Get, "/orders", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> vpsbg_api::Effects {
        vpsbg_api::Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![
            ("page", self.page.to_string()),
            ("per_page", "50".to_owned()),
            ("filter[status]", ANY_ORDER.to_owned()),
        ]
    }
}

#[derive(Debug, Clone)]
pub(super) struct GetOrder {
    pub(super) id: u64,
}

impl Operation for GetOrder {
    type Answer = SeenOrder;
    const INFO: Info =
        Info::new("getOrder", Method::Get, "/orders/{id}", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> vpsbg_api::Effects {
        vpsbg_api::Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
}

/// A floating IP: only its id is needed.
#[derive(Debug, Clone)]
pub(super) struct SeenFloatingIp {
    pub(super) id: u64,
    pub(super) address: Option<String>,
}

impl Decode for SeenFloatingIp {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        let id = value.get("id").ok_or_else(|| Misfit::new("a floating IP", value))?;
        let address = value.get("ip_address").and_then(|address| address.get("ip_address"));
        Ok(Self { id: u64::decode(id, notes)?, address: address.and_then(Value::as_str).map(str::to_owned) })
    }
}

#[derive(Debug, Clone)]
pub(super) struct ListFloatingIps {
    pub(super) page: u64,
}

impl Operation for ListFloatingIps {
    type Answer = Page<SeenFloatingIp>;
    const INFO: Info = Info::new(
        "listFloatingIps",
        Method::Get,
        "/floating-ips",
        Evidence::Documented,
        Permission::NetworkRead,
    );
    fn effects(&self) -> vpsbg_api::Effects {
        vpsbg_api::Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![
            ("page", self.page.to_string()),
            ("per_page", "50".to_owned()),
            ("filter[status]", "processing,active,suspended,terminated".to_owned()),
        ]
    }
}

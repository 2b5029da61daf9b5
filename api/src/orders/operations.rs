//! Reading, changing and paying orders.

use serde_json::{Map, Value, json};

use super::{Order, OrderStatus, PaymentMethod, ServiceKind};
use crate::{
    ids::{OrderId, ServiceId},
    model::Page,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
};

/// `GET /orders`: a page of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOrders {
    /// Page, from 1.
    pub page: u64,
    /// Rows per page, 1 to 50; none: the provider's default.
    pub per_page: Option<u64>,
    /// Only those in these states. Empty: the provider's default, which leaves out cancelled ones and names a
    /// state that no order has (FACTS §5.12): to be sure of open ones, ask for them.
    pub status: Vec<OrderStatus>,
}

impl Operation for ListOrders {
    type Answer = Page<Order>;
    const INFO: Info =
        Info::new("listOrders", Method::Get, "/orders", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        if let Some(per_page) = self.per_page {
            query.push(("per_page", per_page.to_string()));
        }
        if !self.status.is_empty() {
            let words: Vec<_> = self.status.iter().map(OrderStatus::word).collect();
            query.push(("filter[status]", words.join(",")));
        }
        query
    }
}

/// `GET /orders/{id}`: an order with the services it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetOrder {
    /// Which one.
    pub id: OrderId,
}

impl Operation for GetOrder {
    type Answer = Order;
    const INFO: Info =
        Info::new("getOrder", Method::Get, "/orders/{id}", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("order {}", self.id))
    }
}

/// What happens to the promo code of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PromoChange {
    /// It stays as it is.
    #[default]
    Keep,
    /// This one is used.
    Use(String),
    /// None is used any longer.
    Remove,
}

impl PromoChange {
    fn write(&self, body: &mut Map<String, Value>) {
        match self {
            Self::Keep => {}
            Self::Use(code) => drop(body.insert("promo_code".to_owned(), Value::from(code.clone()))),
            Self::Remove => drop(body.insert("promo_code".to_owned(), Value::Null)),
        }
    }
}

/// `PATCH /orders/{id}`: change an open order. Nothing is paid by it, also when it is told to pay itself: that
/// happens later, when it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateOrder {
    /// Which one.
    pub id: OrderId,
    /// Promo code.
    pub promo_code: PromoChange,
    /// Whether it tries to pay itself.
    pub auto_pay: Option<bool>,
    /// How it will be paid.
    pub payment_method: Option<PaymentMethod>,
}

impl Operation for UpdateOrder {
    type Answer = Option<Order>;
    const INFO: Info = Info::new(
        "updateOrder",
        Method::Patch,
        "/orders/{id}",
        Evidence::Inferred,
        Permission::BillingManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        let mut body = Map::new();
        self.promo_code.write(&mut body);
        if let Some(auto_pay) = self.auto_pay {
            body.insert("auto_pay".to_owned(), Value::from(auto_pay));
        }
        if let Some(method) = &self.payment_method {
            body.insert("payment_method".to_owned(), Value::from(method.word()));
        }
        Body::Json(Value::Object(body))
    }
    fn object(&self) -> Option<String> {
        Some(format!("order {}", self.id))
    }
}

/// `DELETE /orders/{id}`: cancel an open order. It stays in the list as cancelled (FACTS §3, order), and the
/// same can be ordered anew: a change, nothing is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteOrder {
    /// Which one.
    pub id: OrderId,
}

impl Operation for DeleteOrder {
    type Answer = ();
    const INFO: Info = Info::new(
        "deleteOrder",
        Method::Delete,
        "/orders/{id}",
        Evidence::Inferred,
        Permission::BillingManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("order {}", self.id))
    }
}

/// `POST /orders/pay`: pay open orders together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayOrders {
    /// Which ones, at least one.
    pub ids: Vec<OrderId>,
    /// How.
    pub payment_method: PaymentMethod,
}

impl Operation for PayOrders {
    type Answer = Option<Vec<Order>>;
    const INFO: Info =
        Info::new("payOrders", Method::Post, "/orders/pay", Evidence::Inferred, Permission::BillingSpend)
            .or(&[Spelling { method: Method::Post, path: "/orders" }]);
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        let ids: Vec<_> = self.ids.iter().map(|id| id.get()).collect();
        Body::Json(json!({ "order_ids": ids, "payment_method": self.payment_method.word() }))
    }
    fn object(&self) -> Option<String> {
        Some(crate::ids::several("order", &self.ids))
    }
}

/// `PATCH /orders/{id}/{service_type}/{service_id}`: another length for the renewal of one service. Changes
/// what the open order costs; nothing is paid by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRenewalPeriod {
    /// Which order.
    pub id: OrderId,
    /// Kind of the service, as the order says it.
    pub service_type: ServiceKind,
    /// Which service of that kind.
    pub service_id: ServiceId,
    /// Months, 1 to 24; 1, 3, 6, 12 and 24 are offered.
    pub billing_cycle: u32,
    /// Promo code: discounts depend on the length.
    pub promo_code: PromoChange,
}

impl Operation for ChangeRenewalPeriod {
    type Answer = ();
    const INFO: Info = Info::new(
        "changeOrderRenewalPeriod",
        Method::Patch,
        "/orders/{id}/{service_type}/{service_id}",
        Evidence::Documented,
        Permission::BillingManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![
            ("id", self.id.to_string()),
            ("service_type", self.service_type.word().to_owned()),
            ("service_id", self.service_id.to_string()),
        ]
    }
    fn body(&self) -> Body {
        let mut body = Map::new();
        body.insert("billing_cycle".to_owned(), Value::from(self.billing_cycle));
        self.promo_code.write(&mut body);
        Body::Json(Value::Object(body))
    }
    fn object(&self) -> Option<String> {
        Some(format!("order {}", self.id))
    }
}

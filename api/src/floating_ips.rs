//! Floating IPs: addresses sold on their own, attached to a server or to none. Their operations are in
//! `floating_ips/operations.rs`.

mod operations;
mod rules;

pub use operations::{
    AttachFloatingIps, CancelFloatingIps, DetachFloatingIps, FloatingIpFilter, ListFloatingIpPlans,
    ListFloatingIps, PurchaseFloatingIps, UndoCancelFloatingIps,
};

use crate::{
    ids::{FloatingIpId, FloatingIpPlanId, ServerId},
    ip_addresses::IpAddress,
    model::model,
    money::{Money, Price},
    servers::{BillingState, CancelRequest},
    times::Timestamp,
    told::Told,
};

model! {
    /// A floating IP (`FloatingIp`).
    pub struct FloatingIp {
        /// Id; the address has another.
        pub id: FloatingIpId,
        /// Billing state; the words are those of servers.
        pub status: Option<BillingState>,
        /// The server it is attached to; none while detached.
        pub server_id: Told<ServerId>,
        /// Its host name.
        pub server_hostname: Option<String>,
        /// Its primary address.
        pub server_main_ip: Option<String>,
        /// A task holds it; changes answer 423.
        pub locked: Option<bool>,
        /// Since when.
        pub locked_at: Option<Timestamp>,
        /// Why: `floating-ip-attach` was seen.
        pub lock_reason: Option<String>,
        /// Months covered by one payment.
        pub billing_cycle: Option<u32>,
        /// End of the paid period.
        pub expiry_at: Option<Timestamp>,
        /// Kind.
        pub plan: Option<FloatingIpPlan>,
        /// The address itself.
        pub address: Option<IpAddress> = "ip_address",
        /// A pending cancellation.
        pub cancel_request: Told<CancelRequest>,
    }
}

model! {
    /// A kind of floating IP (`FloatingIpPlan`).
    pub struct FloatingIpPlan {
        /// Id.
        pub id: FloatingIpPlanId,
        /// `floating-ipv4` in samples.
        pub name: Option<String>,
        /// In stock.
        pub available: Option<bool>,
        /// Per month without VAT.
        pub price: Option<Money>,
        /// Per month with the VAT of the account.
        pub price_with_vat: Option<Money>,
    }
}

impl FloatingIpPlan {
    /// Both prices per month, as sent.
    pub fn monthly_price(&self) -> Price {
        Price { net: self.price, with_vat: self.price_with_vat }
    }
}

//! Orders: purchases and renewals, and paying them. Their operations are in `orders/operations.rs`.

mod operations;
mod rules;

pub use operations::{
    ChangeRenewalPeriod, DeleteOrder, GetOrder, ListOrders, PayOrders, PromoChange, UpdateOrder,
};

use crate::{
    ids::{OrderId, ServiceId},
    model::{model, words},
    money::{Money, Price},
    sizes::{Percent, TaxRate},
    times::Timestamp,
};

words! {
    /// State of an order (FACTS §3, order).
    pub enum OrderStatus {
        /// Open: nobody has paid.
        AwaitingPayment = "awaiting_payment",
        /// The payment is on its way: bank and on-chain wait for a confirmation.
        Processing = "processing",
        /// Paid; what was ordered is delivered.
        Paid = "paid",
        /// Deleted, or not paid in time.
        Cancelled = "cancelled",
    }
}

words! {
    /// What an order is for (FACTS §2, order).
    pub enum OrderKind {
        /// A new server or support plan.
        NewService = "new-service",
        /// A renewal.
        RenewService = "renew-service",
        /// Another plan for a server.
        ScaleService = "scale-service",
        /// An add-on.
        NewAddon = "new-addon",
        /// Several things together.
        Combined = "combined",
        /// Paying in to the balance.
        Deposit = "deposit",
        /// Made by the provider by hand.
        Custom = "custom",
        /// Floating IPs.
        NewFloatingIp = "new-floating-ip",
        /// More or less of an add-on.
        ScaleAddon = "scale-addon",
    }
}

words! {
    /// How something is paid (FACTS §2, order).
    pub enum PaymentMethod {
        /// From the prepaid balance, at once.
        Balance = "balance",
        /// By card, on the provider's page.
        Card = "card",
        /// By bank transfer.
        Bank = "bank",
        /// Bitcoin, on the chain.
        Bitcoin = "bitcoin",
        /// Bitcoin over Lightning.
        Lightning = "bitcoin-ln",
    }
}

words! {
    /// Kind of a service in an order; the words are inferred.
    pub enum ServiceKind {
        /// A server.
        Server = "server",
        /// A floating IP.
        FloatingIp = "floating-ip",
        /// A support plan.
        Support = "support",
        /// An add-on of a server.
        Addon = "addon",
    }
}

model! {
    /// A purchase or renewal (`Order`, `OrderDetail`). Amounts are what remains after `amount_from_balance`.
    pub struct Order {
        /// Id.
        pub id: OrderId,
        /// VAT multiplier in force.
        pub tax_rate: Option<TaxRate>,
        /// Without VAT.
        pub amount: Option<Money>,
        /// With VAT.
        pub amount_with_vat: Option<Money>,
        /// Taken from the balance once paid.
        pub amount_from_balance: Option<Money>,
        /// How it is, or will be, paid. Only in newer samples.
        pub payment_method: Option<PaymentMethod>,
        /// State.
        pub status: Option<OrderStatus>,
        /// What it is for.
        pub kind: Option<OrderKind> = "type",
        /// It will try to pay itself: first from the balance, then by card.
        pub auto_pay: Option<bool>,
        /// It takes a promo code.
        pub promo_applicable: Option<bool>,
        /// When it was made.
        pub created_at: Option<Timestamp>,
        /// When it is cancelled if not paid.
        pub due_at: Option<Timestamp>,
        /// When it was paid.
        pub payment_date: Option<Timestamp>,
        /// The discount on it.
        pub promo: Option<OrderPromo>,
        /// How to pay it.
        pub payment_information: Option<PaymentInformation>,
        /// What it covers; only on single orders.
        pub services: Vec<OrderService>,
    }
}

impl Order {
    /// What is to be paid, as sent.
    pub fn price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }
}

model! {
    /// A discount (`OrderPromo`). Its names are inferred.
    pub struct OrderPromo {
        /// The code.
        pub code: Option<String>,
        /// Percent of the price.
        pub percentage: Option<Percent>,
        /// What it saves, without VAT.
        pub amount: Option<Money>,
        /// What it saves, with VAT.
        pub amount_with_vat: Option<Money>,
    }
}

model! {
    /// How to pay an open order (`OrderPaymentInformation`). Its names are inferred; what is there depends on
    /// the payment method.
    pub struct PaymentInformation {
        /// The provider's page for cards. A link for a person, never followed by us.
        pub payment_url: Option<String>,
        /// Address in the chain.
        pub bitcoin_address: Option<String>,
        /// Bitcoin to send, as text.
        pub bitcoin_amount: Option<String>,
        /// Lightning invoice.
        pub lightning_invoice: Option<String>,
        /// What to write on a bank transfer.
        pub bank_reference: Option<String>,
        /// Until when these hold.
        pub expires_at: Option<Timestamp>,
    }
}

model! {
    /// A service that an order covers (`OrderService`). Its names are inferred.
    pub struct OrderService {
        /// Kind of service.
        pub service_type: Option<ServiceKind>,
        /// Id of the service among its kind.
        pub service_id: Option<ServiceId>,
        /// Name for people.
        pub label: Option<String>,
        /// Months covered by one payment.
        pub billing_cycle: Option<u32>,
        /// Without VAT.
        pub amount: Option<Money>,
        /// With VAT.
        pub amount_with_vat: Option<Money>,
    }
}

impl OrderService {
    /// Both amounts, as sent.
    pub fn price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }
}

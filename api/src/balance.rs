//! Prepaid funds: what is there, how it moved, and paying in.

use serde_json::json;

use crate::{
    ids::{OrderId, TransactionId},
    model::{Encode, Page, model, words},
    money::{Money, Price},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    orders::{Order, PaymentMethod},
    times::Timestamp,
};

model! {
    /// Prepaid funds of the account (`Balance`), in `currency`.
    pub struct Balance {
        /// Funds available now.
        pub balance: Option<Money>,
        /// How far the balance may go.
        pub balance_limit: Option<Money>,
        /// Expected renewals of the coming period.
        pub estimated_expenses: Option<Money>,
        /// What is missing to cover them, 0 when covered.
        pub shortfall: Option<Money>,
        /// ISO 4217.
        pub currency: Option<String>,
        /// A usable card is saved.
        pub has_valid_card: Option<bool>,
        /// The last deposit.
        pub last_deposit: Option<LastDeposit>,
        /// Deposits in Bitcoin that wait for confirmations: not in `balance` yet.
        pub unconfirmed_deposits: Vec<UnconfirmedDeposit> = "unconfirmed_bitcoin_deposits",
    }
}

model! {
    /// The last deposit (`LastDeposit`).
    pub struct LastDeposit {
        /// Credited, without VAT.
        pub amount: Option<Money>,
        /// Paid, with VAT.
        pub amount_with_vat: Option<Money>,
        /// How it was paid.
        pub payment_method: Option<PaymentMethod>,
        /// When.
        pub payment_date: Option<Timestamp>,
    }
}

model! {
    /// A deposit in Bitcoin on its way (`UnconfirmedBitcoinDeposit`).
    pub struct UnconfirmedDeposit {
        /// Transaction in the chain.
        pub transaction: Option<String> = "tx_hash",
        /// Bitcoin, as sent: text with eight decimals.
        pub bitcoin: Option<String> = "tx_amount",
        /// What will be credited, without VAT.
        pub amount: Option<Money>,
        /// What was paid, with VAT.
        pub amount_with_vat: Option<Money>,
        /// When the provider saw it.
        pub noticed_on: Option<Timestamp>,
    }
}

impl UnconfirmedDeposit {
    /// Both amounts, as sent.
    pub fn price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }
}

words! {
    /// Kind of a movement; the words are inferred.
    pub enum TransactionKind {
        /// Paid in.
        Deposit = "deposit",
        /// Paid for an order.
        Payment = "payment",
        /// Given back.
        Refund = "refund",
        /// Set right by the provider.
        Correction = "correction",
    }
}

model! {
    /// One movement of the balance (`BalanceTransaction`).
    pub struct Transaction {
        /// Id.
        pub id: TransactionId,
        /// Kind.
        pub kind: Option<TransactionKind> = "type",
        /// What for, in the provider's words.
        pub description: Option<String>,
        /// Below zero for money that left.
        pub amount: Option<Money>,
        /// Balance afterwards.
        pub balance_after: Option<Money>,
        /// The order it belongs to.
        pub order_id: Option<OrderId>,
        /// When.
        pub created_at: Option<Timestamp>,
    }
}

/// `GET /balance`: prepaid funds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetBalance;

impl Operation for GetBalance {
    type Answer = Balance;
    const INFO: Info =
        Info::new("getBalance", Method::Get, "/balance", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `POST /balance/deposit`: pay in. Answers with the order to pay, of kind deposit.
///
/// A deposit is paid with VAT and credited without it (FACTS §1, money): a paid 50 becomes 41.67.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositFunds {
    /// How much, above 0. Presumably what is credited, so without VAT: the order says what it comes to.
    pub amount: Money,
    /// How: any but the balance itself.
    pub payment_method: PaymentMethod,
}

impl Operation for DepositFunds {
    // Guessed: a success without it is still a success.
    type Answer = Option<Order>;
    const INFO: Info = Info::new(
        "depositFunds",
        Method::Post,
        "/balance/deposit",
        Evidence::Inferred,
        Permission::BillingSpend,
    )
    .or(&[Spelling { method: Method::Post, path: "/balance" }]);
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "amount": self.amount.encode(), "payment_method": self.payment_method.word() }))
    }
    fn object(&self) -> Option<String> {
        Some("balance".to_owned())
    }
}

/// `GET /balance/transactions`: movements of the balance, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListBalanceTransactions {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListBalanceTransactions {
    type Answer = Page<Transaction>;
    const INFO: Info = Info::new(
        "listBalanceTransactions",
        Method::Get,
        "/balance/transactions",
        Evidence::Inferred,
        Permission::BillingRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

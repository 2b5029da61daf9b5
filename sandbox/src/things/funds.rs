//! Prepaid funds and how they moved.

use super::holdings::{Holdings, take};
use super::money::Cents;
use super::order::method::{bitcoin, transaction_hash};
use super::order::{Kind, Method, Order, Standing};
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Money of the account. Without VAT, as it is credited.
#[derive(Debug, Clone)]
pub(crate) struct Funds {
    pub balance: Cents,
    /// A usable card is saved.
    pub card: bool,
    pub last_deposit: Option<LastDeposit>,
    /// Oldest first.
    pub transactions: Vec<Transaction>,
}

/// The newest top-up.
#[derive(Debug, Clone)]
pub(crate) struct LastDeposit {
    pub amount: Cents,
    pub with_vat: Cents,
    pub method: Method,
    pub paid_at: Timestamp,
}

/// One movement of the balance.
#[derive(Debug, Clone)]
pub(crate) struct Transaction {
    pub id: i64,
    pub kind: Movement,
    pub description: String,
    /// Negative for money that leaves.
    pub amount: Cents,
    pub balance_after: Cents,
    pub order_id: Option<i64>,
    pub created_at: Timestamp,
}

/// Why the balance moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Movement {
    Deposit,
    Payment,
    Refund,
    Correction,
}

impl Movement {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Correction => "correction",
        }
    }
}

impl Transaction {
    /// `BalanceTransaction`
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "type": self.kind.word(),
            "description": self.description,
            "amount": self.amount.json(),
            "balance_after": self.balance_after.json(),
            "order_id": self.order_id,
            "created_at": stamp::iso(self.created_at),
        })
    }
}

impl Funds {
    /// Keeps a paid top-up as the last one.
    pub fn remember(&mut self, order: &Order, paid_at: Timestamp) {
        self.last_deposit = Some(LastDeposit {
            amount: order.total(),
            with_vat: order.total_with_vat(),
            method: order.method,
            paid_at,
        });
    }

    /// `Balance`; `expenses` is what the coming renewals will take, `orders` tell of bitcoin on its way.
    pub fn json(&self, expenses: Cents, orders: &[Order]) -> Value {
        let shortfall = Cents((expenses.0 - self.balance.0).max(0));
        let last_deposit = self.last_deposit.as_ref().map(|deposit| {
            json!({
                "amount": deposit.amount.json(),
                "amount_with_vat": deposit.with_vat.json(),
                "payment_method": deposit.method.word(),
                "payment_date": stamp::iso(deposit.paid_at),
            })
        });
        json!({
            "balance": self.balance.json(),
            "balance_limit": 0,
            "estimated_expenses": expenses.json(),
            "shortfall": shortfall.json(),
            "currency": "EUR",
            "has_valid_card": self.card,
            "last_deposit": last_deposit,
            "unconfirmed_bitcoin_deposits": orders.iter().filter_map(unconfirmed).collect::<Vec<_>>(),
        })
    }
}

/// A top-up in bitcoin that waits for its confirmations.
fn unconfirmed(order: &Order) -> Option<Value> {
    let Standing::Processing { since } = order.standing else { return None };
    (order.kind == Kind::Deposit && order.method == Method::Bitcoin).then(|| {
        json!({
            "tx_hash": transaction_hash(order.id),
            "tx_amount": bitcoin(order.total_with_vat()),
            "amount": order.total().json(),
            "amount_with_vat": order.total_with_vat().json(),
            "noticed_on": stamp::iso(since),
        })
    })
}

impl Holdings {
    /// Moves the balance and writes it down.
    pub fn book(
        &mut self,
        kind: Movement,
        description: &str,
        amount: Cents,
        order_id: Option<i64>,
        now: Timestamp,
    ) {
        self.funds.balance.0 += amount.0;
        self.funds.transactions.push(Transaction {
            id: take(&mut self.next.transaction),
            kind,
            description: description.to_owned(),
            amount,
            balance_after: self.funds.balance,
            order_id,
            created_at: now,
        });
    }

    /// The balance pays its part of an order.
    pub fn spend(&mut self, order: &Order, now: Timestamp) {
        self.book(Movement::Payment, &order.purpose(), Cents(-order.from_balance.0), Some(order.id), now);
    }
}

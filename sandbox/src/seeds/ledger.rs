//! The balance of a seed: it moves with the paid orders and ends where the seed wants it.

use crate::stamp;
use crate::things::affiliate::COMMISSION_OF;
use crate::things::funds::{Funds, LastDeposit, Movement, Transaction};
use crate::things::holdings::{NextIds, take};
use crate::things::money::Cents;
use crate::things::order::Order;
use jiff::Timestamp;

/// Movements in the order of time. What each leaves is known only at the end.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    balance: i64,
    rows: Vec<(Movement, String, i64, Option<i64>, Timestamp)>,
    last_deposit: Option<LastDeposit>,
}

impl Ledger {
    pub fn reaches(&self, amount: Cents) -> bool {
        self.balance >= amount.0
    }

    pub fn deposit(&mut self, order: &Order, at: Timestamp) {
        self.last_deposit = Some(LastDeposit {
            amount: order.total(),
            with_vat: order.total_with_vat(),
            method: order.method,
            paid_at: at,
        });
        self.write(Movement::Deposit, "Deposit", order.total().0, Some(order.id), at);
    }

    pub fn payment(&mut self, order: &Order, at: Timestamp) {
        self.write(Movement::Payment, &order.purpose(), -order.from_balance.0, Some(order.id), at);
    }

    pub fn refund(&mut self, amount: Cents, at: Timestamp) {
        self.write(Movement::Refund, "Refund for a cancelled server", amount.0, None, at);
    }

    pub fn commission(&mut self, amount: Cents, at: Timestamp) {
        self.write(Movement::Correction, COMMISSION_OF, amount.0, None, at);
    }

    fn write(&mut self, kind: Movement, why: &str, amount: i64, order: Option<i64>, at: Timestamp) {
        self.balance += amount;
        self.rows.push((kind, why.to_owned(), amount, order, at));
    }

    /// Closes the books at a balance. A difference was carried over from before, or is corrected at the end.
    pub fn close(mut self, balance: Cents, card: bool, next: &mut NextIds, now: Timestamp) -> Funds {
        self.rows.sort_by_key(|row| row.4);
        let gap = balance.0 - self.balance;
        if gap < 0 {
            let at = stamp::later_days(now, -2);
            self.write(Movement::Correction, "Correction of a double booking", gap, None, at);
        } else if gap > 0 {
            let first = self.rows.first().map_or(now, |row| row.4);
            let row =
                (Movement::Correction, "Carried over".to_owned(), gap, None, stamp::later_days(first, -1));
            self.rows.insert(0, row);
        }
        let mut left = 0;
        let transactions = self.rows.into_iter().map(|(kind, description, amount, order_id, created_at)| {
            left += amount;
            Transaction {
                id: take(&mut next.transaction),
                kind,
                description,
                amount: Cents(amount),
                balance_after: Cents(left),
                order_id,
                created_at,
            }
        });
        let transactions = transactions.collect();
        Funds { balance, card, last_deposit: self.last_deposit, transactions }
    }
}

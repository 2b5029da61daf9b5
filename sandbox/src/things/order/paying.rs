//! Placing, paying and cancelling orders, and what they do by themselves as time goes by.

use super::{Kind, Method, Order, OrderDraft, Paying, Standing};
use crate::reply::Refusal;
use crate::stamp;
use crate::things::deliver;
use crate::things::holdings::{Holdings, take};
use crate::things::invoice::Invoice;
use crate::things::money::Cents;
use crate::world::faults::Faults;
use jiff::Timestamp;

/// Days from an order to its end if nobody pays (design; FACTS only has `due_at`).
const DAYS_OPEN: i64 = 7;

/// Why an order was not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unpaid {
    /// Paid, being paid, or cancelled.
    NotOpen,
    /// The balance does not reach.
    NoFunds,
    /// The bank behind the card says no (a fault that can be ordered).
    Declined,
}

/// What an order does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The money arrived.
    Confirmed,
    AutoPay,
    Overdue,
}

impl Holdings {
    /// Places an order with its proforma invoice, and pays it if the draft says so.
    pub fn place(&mut self, draft: OrderDraft, now: Timestamp, faults: &Faults) -> i64 {
        let id = take(&mut self.next.order);
        let order = Order {
            id,
            kind: draft.kind,
            items: draft.items,
            promo: draft.promo,
            method: if let Paying::By(method) = draft.paying { method } else { Method::Card },
            standing: Standing::AwaitingPayment { checkout: None },
            auto_pay: draft.kind != Kind::Deposit,
            from_balance: Cents(0),
            created_at: now,
            due_at: stamp::sofia_midnight(stamp::later_days(now, DAYS_OPEN + 1)),
            delivery: draft.delivery,
            tried: false,
        };
        let number = self.next_invoice_number();
        self.invoices.push(Invoice {
            id: take(&mut self.next.invoice),
            number,
            created_at: now,
            amount: order.total(),
            amount_with_vat: order.total_with_vat(),
            paid: false,
            order_ids: vec![id],
        });
        let free = order.total().0 <= 0;
        self.orders.push(order);
        // Whether it could be paid shows in its status.
        let _ = match draft.paying {
            _ if free => self.pay(id, Method::Balance, now, faults),
            Paying::AtOnce => self.pay_by_itself(id, now, faults),
            Paying::By(method) => self.pay(id, method, now, faults),
            Paying::Later => Ok(()),
        };
        id
    }

    pub fn order(&self, id: i64) -> Result<&Order, Refusal> {
        self.orders.iter().find(|order| order.id == id).ok_or(Refusal::NotFound)
    }

    pub fn order_mut(&mut self, id: i64) -> Result<&mut Order, Refusal> {
        self.orders.iter_mut().find(|order| order.id == id).ok_or(Refusal::NotFound)
    }

    /// Pays an open order. Bank and bitcoin take their time, and so does a card that is not saved yet.
    pub fn pay(&mut self, id: i64, method: Method, now: Timestamp, faults: &Faults) -> Result<(), Unpaid> {
        let card = self.funds.card;
        let funds = self.funds.balance;
        let order = self.order_mut(id).map_err(|_| Unpaid::NotOpen)?;
        if !order.is_open() {
            return Err(Unpaid::NotOpen);
        }
        let total = order.total().0.max(0);
        match method {
            // A top-up from the balance would be none.
            Method::Balance if funds.0 < total || order.kind == Kind::Deposit => return Err(Unpaid::NoFunds),
            Method::Card if faults.card_declined => return Err(Unpaid::Declined),
            _ => {}
        }
        order.method = method;
        match method {
            Method::Balance => order.from_balance = Cents(total),
            Method::Card if !card => {
                order.standing = Standing::AwaitingPayment { checkout: Some(now) };
                return Ok(());
            }
            Method::Bank | Method::Bitcoin => {
                order.standing = Standing::Processing { since: now };
                return Ok(());
            }
            Method::Card | Method::Lightning => {}
        }
        self.paid(id, now, faults);
        Ok(())
    }

    /// Balance, then card (FACTS §3, Order).
    fn pay_by_itself(&mut self, id: i64, now: Timestamp, faults: &Faults) -> Result<(), Unpaid> {
        match self.pay(id, Method::Balance, now, faults) {
            Err(Unpaid::NoFunds) if self.funds.card => self.pay(id, Method::Card, now, faults),
            outcome => outcome,
        }
    }

    /// The money is there: books it and brings the goods.
    fn paid(&mut self, id: i64, at: Timestamp, faults: &Faults) {
        let funds = self.funds.balance;
        let Ok(order) = self.order_mut(id) else { return };
        order.standing = Standing::Paid { at };
        // A planned part may be gone by now.
        order.from_balance = order.from_balance.min(funds).max(Cents(0));
        let order = order.clone();
        if order.from_balance.0 > 0 {
            self.spend(&order, at);
        }
        for at in 0..self.invoices.len() {
            let ids = &self.invoices[at].order_ids;
            let settled = ids.contains(&id)
                && ids.iter().all(|id| self.order(*id).is_ok_and(|order| order.paid_at().is_some()));
            self.invoices[at].paid |= settled;
        }
        deliver::paid(self, at, faults, &order);
    }

    /// Ends an open order without payment: the proforma goes and what was prepared is taken back.
    pub fn cancel_order(&mut self, id: i64, now: Timestamp) -> Result<(), Unpaid> {
        let order = self.order_mut(id).map_err(|_| Unpaid::NotOpen)?;
        if !order.is_open() {
            return Err(Unpaid::NotOpen);
        }
        order.standing = Standing::Cancelled;
        let order = order.clone();
        self.invoices.retain(|invoice| invoice.paid || invoice.order_ids != [id]);
        deliver::dropped(self, now, &order);
        Ok(())
    }

    /// An open order changed its price: its proforma follows.
    pub fn reprice(&mut self, id: i64) {
        let Ok(order) = self.order(id) else { return };
        let (total, with_vat) = (order.total(), order.total_with_vat());
        let proforma = self.invoices.iter_mut().find(|invoice| !invoice.paid && invoice.order_ids == [id]);
        if let Some(invoice) = proforma {
            (invoice.amount, invoice.amount_with_vat) = (total, with_vat);
        }
    }

    /// Lets orders do what has become due, one after the other in the order of time.
    pub fn settle_orders(&mut self, now: Timestamp, faults: &Faults) {
        // Every step ends or changes an order for good, so this ends.
        while let Some((at, id, step)) = self
            .orders
            .iter()
            .filter_map(|order| step(order, faults))
            .filter(|(at, _, _)| *at <= now)
            .min_by_key(|(at, id, _)| (*at, *id))
        {
            match step {
                Step::Confirmed => self.paid(id, at, faults),
                Step::AutoPay => {
                    if self.pay_by_itself(id, at, faults).is_err()
                        && let Ok(order) = self.order_mut(id)
                    {
                        order.tried = true;
                    }
                }
                Step::Overdue => {
                    // It is open, so this does not fail.
                    let _ = self.cancel_order(id, at);
                }
            }
        }
    }
}

/// What an order does next by itself, and when.
fn step(order: &Order, faults: &Faults) -> Option<(Timestamp, i64, Step)> {
    let arrives = |since| stamp::later_millis(since, (faults.payment_confirm_seconds * 1000.0) as i64);
    let (at, step) = match order.standing {
        Standing::Paid { .. } | Standing::Cancelled => return None,
        Standing::Processing { since } => (arrives(since), Step::Confirmed),
        Standing::AwaitingPayment { checkout: Some(since) } if arrives(since) < order.due_at => {
            (arrives(since), Step::Confirmed)
        }
        Standing::AwaitingPayment { checkout: None } if order.auto_pay && !order.tried => {
            (stamp::later_days(order.due_at, -1).max(order.created_at), Step::AutoPay)
        }
        Standing::AwaitingPayment { .. } => (order.due_at, Step::Overdue),
    };
    Some((at, order.id, step))
}

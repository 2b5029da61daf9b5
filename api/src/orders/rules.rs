//! What may be done to an order now, and why not: one table for pages and gateway. Each rule names its fact.
//!
//! With a state nobody knows everything is offered and the provider decides.

use super::{Order, OrderKind, OrderStatus, PaymentMethod};
use crate::reason::Reason;

impl Order {
    /// Whether it can be paid.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, order: bank and on-chain stay in processing until confirmed).
    pub fn can_pay(&self) -> Result<(), Reason> {
        self.is_open()?;
        match self.status {
            Some(OrderStatus::Processing) => {
                Err(Reason("It is being paid: the payment is not confirmed yet."))
            }
            _ => Ok(()),
        }
    }

    /// Whether it can be paid in this way.
    ///
    /// # Errors
    /// The reason why not: also that the balance cannot pay for itself (contract, `DepositRequest`).
    pub fn can_pay_by(&self, method: &PaymentMethod) -> Result<(), Reason> {
        self.can_pay()?;
        match (&self.kind, method) {
            (Some(OrderKind::Deposit), PaymentMethod::Balance) => {
                Err(Reason("It is a deposit: the balance cannot pay for itself."))
            }
            _ => Ok(()),
        }
    }

    /// Whether it can be cancelled. There is no way back, but the same can be ordered anew.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, order). While a payment is on its way the provider decides.
    pub fn can_cancel(&self) -> Result<(), Reason> {
        self.is_open()
    }

    /// Whether payment method, automatic payment and renewal period can be changed.
    ///
    /// # Errors
    /// The reason why not (contract: changes to an open order).
    pub fn can_change(&self) -> Result<(), Reason> {
        self.can_pay()
    }

    /// Whether it can take a promo code.
    ///
    /// # Errors
    /// The reason why not (contract, `promo_applicable`).
    pub fn can_take_promo(&self) -> Result<(), Reason> {
        self.can_change()?;
        match self.promo_applicable {
            Some(false) => Err(Reason("It takes no promo code.")),
            _ => Ok(()),
        }
    }

    /// Whether the length of its renewals can be changed.
    ///
    /// # Errors
    /// The reason why not: what is paid in is not renewed.
    pub fn can_change_period(&self) -> Result<(), Reason> {
        self.can_change()?;
        match self.kind {
            Some(OrderKind::Deposit) => Err(Reason("It is a deposit: nothing in it is renewed.")),
            _ => Ok(()),
        }
    }

    /// FACTS §3, order: paid and cancelled are ends.
    fn is_open(&self) -> Result<(), Reason> {
        match self.status {
            Some(OrderStatus::Paid) => Err(Reason("It is already paid.")),
            Some(OrderStatus::Cancelled) => Err(Reason("It is cancelled.")),
            _ => Ok(()),
        }
    }
}

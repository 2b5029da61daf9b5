//! What a handler wishes to sell.

use super::item::Item;
use super::method::Method;
use super::promo::Promo;
use super::{Delivery, Kind};

/// An order before it is placed.
#[derive(Debug)]
pub(crate) struct OrderDraft {
    pub kind: Kind,
    pub items: Vec<Item>,
    /// What being paid brings.
    pub delivery: Delivery,
    pub promo: Option<&'static Promo>,
    pub paying: Paying,
}

/// When a new order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paying {
    /// Tries balance, then card, before `place` returns; stays open if neither will do.
    /// For calls that answer with the thing bought.
    AtOnce,
    /// Stays open for `payOrders`. For calls that answer with the order to pay.
    Later,
    /// In this way, at once.
    By(Method),
}

impl OrderDraft {
    /// An order without a promo code that stays open.
    pub const fn new(kind: Kind, items: Vec<Item>, delivery: Delivery) -> Self {
        Self { kind, items, delivery, promo: None, paying: Paying::Later }
    }

    pub const fn with_promo(mut self, promo: Option<&'static Promo>) -> Self {
        self.promo = promo;
        self
    }

    pub const fn paid(mut self, paying: Paying) -> Self {
        self.paying = paying;
        self
    }
}

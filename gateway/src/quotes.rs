//! Quotes: what a purchase will cost, and whether that is more than the person was shown.

use vpsbg_api::{AddonScaleQuote, Decode, Money, Notes, Order, RenewQuote, ScaleQuote};

/// What a purchase will cost, as the provider says it. Never computed here.
pub trait Quote {
    /// What is to be paid now, with VAT, in EUR. None: the provider did not say.
    fn total(&self) -> Option<Money>;
}

impl Quote for Money {
    fn total(&self) -> Option<Money> {
        Some(*self)
    }
}

impl Quote for vpsbg_api::Price {
    fn total(&self) -> Option<Money> {
        self.with_vat
    }
}

impl Quote for RenewQuote {
    fn total(&self) -> Option<Money> {
        self.due_today().with_vat
    }
}

impl Quote for ScaleQuote {
    fn total(&self) -> Option<Money> {
        self.price().with_vat
    }
}

impl Quote for AddonScaleQuote {
    fn total(&self) -> Option<Money> {
        self.price().with_vat
    }
}

/// What is left to be paid of an open order.
impl Quote for Order {
    fn total(&self) -> Option<Money> {
        self.price().with_vat
    }
}

impl<Q: Quote> Quote for Option<Q> {
    fn total(&self) -> Option<Money> {
        self.as_ref().and_then(Quote::total)
    }
}

/// Whether a new quote is higher than what was shown: then the person must see the dialog again before anything is
/// bought. Also true when a total was shown and the new one is not known; without one shown it is false only if
/// there is still none.
pub fn quote_is_higher(shown: Option<Money>, now: &impl Quote) -> bool {
    match (shown, now.total()) {
        (Some(shown), Some(now)) => now > shown,
        (None, None) => false,
        _ => true,
    }
}

/// The total that a form carries, as it was shown: `26.80`. None: not an amount.
pub fn shown_total(text: &str) -> Option<Money> {
    Money::decode(&serde_json::Value::from(text), &mut Notes::default()).ok()
}

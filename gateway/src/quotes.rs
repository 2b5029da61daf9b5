//! Quotes: what a purchase will cost, and whether that is more than the person was shown.

use vpsbg_api::{AddonScaleQuote, Decode, Money, Notes, Order, Price, RenewQuote, ScaleQuote};

use crate::Error;

/// What a purchase will cost, as the provider says it. Never computed here.
pub trait Quote {
    /// What is to be paid now, in EUR, as far as the provider says it.
    fn total(&self) -> Price;

    /// Whether it can still be bought.
    ///
    /// # Errors
    /// Why not any more.
    fn holds(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl Quote for Money {
    fn total(&self) -> Price {
        Price { net: None, with_vat: Some(*self) }
    }
}

impl Quote for Price {
    fn total(&self) -> Price {
        *self
    }
}

impl Quote for RenewQuote {
    fn total(&self) -> Price {
        self.due_today()
    }
}

impl Quote for ScaleQuote {
    fn total(&self) -> Price {
        self.price()
    }
}

impl Quote for AddonScaleQuote {
    fn total(&self) -> Price {
        self.price()
    }
}

/// What is left to be paid of an open order.
impl Quote for Order {
    fn total(&self) -> Price {
        self.price()
    }

    fn holds(&self) -> Result<(), Error> {
        self.can_pay().map_err(|_| Error::AlreadyPaid)
    }
}

impl<Q: Quote> Quote for Option<Q> {
    fn total(&self) -> Price {
        self.as_ref().map_or(Price { net: None, with_vat: None }, Quote::total)
    }

    fn holds(&self) -> Result<(), Error> {
        self.as_ref().map_or(Ok(()), Quote::holds)
    }
}

/// What a person was shown and agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown(pub Price);

impl From<Price> for Shown {
    fn from(price: Price) -> Self {
        Self(price)
    }
}

impl From<Option<Money>> for Shown {
    /// A total with VAT.
    fn from(with_vat: Option<Money>) -> Self {
        Self(Price { net: None, with_vat })
    }
}

/// Whether a new quote is higher than what was shown: then the person must see the dialog again before anything is
/// bought. Each of the two amounts that was shown, with VAT and without, must be known and not higher; where none was
/// shown, there must still be none.
pub fn quote_is_higher(shown: impl Into<Shown>, now: &impl Quote) -> bool {
    let (Shown(shown), now) = (shown.into(), now.total());
    if shown.net.is_none() && shown.with_vat.is_none() {
        return now.net.is_some() || now.with_vat.is_some();
    }
    let risen = |shown: Option<Money>, now: Option<Money>| {
        shown.is_some_and(|shown| now.is_none_or(|now| now > shown))
    };
    risen(shown.with_vat, now.with_vat) || risen(shown.net, now.net)
}

/// The total that a form carries, as it was shown: `26.80`. None: not an amount.
pub fn shown_total(text: &str) -> Option<Money> {
    Money::decode(&serde_json::Value::from(text), &mut Notes::default()).ok()
}

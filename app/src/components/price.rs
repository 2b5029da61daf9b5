//! What something costs, before it is bought: as the provider quoted it, never computed by us, and what will be left.

use leptos::prelude::*;
use vpsbg_api::{Money, Price};

use super::properties::property;
use crate::words::money::euro;

/// What a price is the price of, as far as the balance is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charged {
    /// All that will be charged.
    #[default]
    Whole,
    /// All, beside an amount in EUR without VAT that the order takes from the balance anyway.
    Beside(Money),
    /// A month. How many are charged, the provider does not say beforehand.
    Monthly,
}

impl Charged {
    /// What would be left of the balance if it pays all of the price; None: that cannot be told. The balance is kept
    /// without VAT (FACTS §1, money: a deposit is paid with VAT and credited without it).
    pub fn left(self, price: Price, balance: Option<Money>) -> Option<Money> {
        let beside = match self {
            Self::Whole => Money::default(),
            Self::Beside(amount) => amount,
            Self::Monthly => return None,
        };
        Some(Money(balance?.0 - price.net?.0 - beside.0))
    }
}

/// The price of a purchase in EUR with and without VAT, and the balance before and after it.
#[component]
pub fn PriceTag(
    /// The quote of the provider.
    price: Price,
    /// The balance now, in EUR, if it could be read.
    balance: Option<Money>,
    /// What the price is the price of.
    #[prop(optional)]
    charged: Charged,
) -> impl IntoView {
    let monthly = charged == Charged::Monthly;
    let (net, with_vat) =
        if monthly { ("A month, without VAT", "A month, with VAT") } else { ("Without VAT", "With VAT") };
    // The only sum that is ours.
    let after = charged.left(price, balance);
    let short = after.is_some_and(|after| after.0.is_sign_negative());
    let hint = short.then(|| {
        view! { <p class="hint">"The balance does not cover it: the rest is paid another way."</p> }
    });
    let left = (!monthly).then(|| {
        property("If the balance pays it, left", view! { <span class="number">{euro(after)}</span> {hint} })
    });
    view! {
        <dl class="properties price">
            {property(net, view! { <span class="number">{euro(price.net)}</span> })}
            {property(with_vat, view! { <strong class="number">{euro(price.with_vat)}</strong> })}
            {property("Balance now, without VAT", view! { <span class="number">{euro(balance)}</span> })}
            {left}
        </dl>
    }
}

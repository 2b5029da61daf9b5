//! What something costs, before it is bought: as the provider quoted it, never computed by us, and what will be left.

use leptos::prelude::*;
use vpsbg_api::{Money, Price};

use super::properties::property;
use crate::words::money::euro;

/// The price of a purchase in EUR with and without VAT, and the balance before and after it.
#[component]
pub fn PriceTag(
    /// The quote of the provider.
    price: Price,
    /// The balance now, in EUR, if it could be read.
    balance: Option<Money>,
) -> impl IntoView {
    // The only sum that is ours: what would be left of the balance if it pays all of the price. The balance is kept
    // without VAT (FACTS §1, money: a deposit is paid with VAT and credited without it).
    let after = balance.zip(price.net).map(|(balance, price)| Money(balance.0 - price.0));
    let short = after.is_some_and(|after| after.0.is_sign_negative());
    let hint = short.then(|| {
        view! { <p class="hint">"The balance does not cover it: the rest is paid another way."</p> }
    });
    view! {
        <dl class="properties price">
            {property("Without VAT", view! { <span class="number">{euro(price.net)}</span> })}
            {property("With VAT", view! { <strong class="number">{euro(price.with_vat)}</strong> })}
            {property("Balance now, without VAT", view! { <span class="number">{euro(balance)}</span> })}
            {property("If the balance pays it, left", view! { <span class="number">{euro(after)}</span> {hint} })}
        </dl>
    }
}

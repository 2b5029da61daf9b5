//! The price of a renewal: the provider's quote as sent, line by line, and the form that orders it.

use gateway::{Account, Draft, Error, Reading};
use leptos::prelude::*;
use vpsbg_api::{Money, Price, RenewQuote, RenewServers};

use super::wish::{FIELDS, MONTHS, PROMO, Wish};
use crate::{
    components::{
        curl::Curl,
        form::Hidden,
        notice::{main_trouble, notice, read_only_notice, staleness_of},
        properties::property,
    },
    routes,
    spending::SpendForm,
    words::{count, money::euro},
};

/// What stands where the price is asked for.
pub struct Asked<'a> {
    /// What is renewed.
    pub wish: &'a Wish,
    /// The order that the form makes.
    pub renewal: &'a RenewServers,
    /// What they are called, for a sentence.
    pub whom: String,
    /// The balance now, in EUR, if it could be read.
    pub balance: Option<Money>,
    /// Where leaving leads.
    pub close: String,
    /// What was refused before.
    pub draft: Option<Draft>,
}

/// Quote and form; or why there is no quote. Without the provider offering quotes the order can be made all the same:
/// it shows its price before it is paid.
pub fn section(account: &Account, asked: Asked<'_>, quote: &Result<Reading<RenewQuote>, Error>) -> AnyView {
    let body = match quote {
        Ok(reading) => {
            let form = form(account, asked, reading.value.due_today());
            view! { {staleness_of(reading, "the price")} {lines(&reading.value)} {form} }.into_any()
        }
        Err(Error::NotOffered) => {
            let form = form(account, asked, Price { net: None, with_vat: None });
            view! {
                {notice("warning", view! { <p>"The provider quotes no price for this: it stands in the order."</p> })}
                {form}
            }
            .into_any()
        }
        Err(error) => {
            let reads = matches!(error, Error::Forbidden | Error::ReadOnly).then(read_only_notice);
            view! { {reads} {main_trouble(error, "the price of this renewal")} }.into_any()
        }
    };
    view! {
        <section aria-labelledby="price-title">
            <h2 id="price-title">"Price"</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What the provider says beside what is to be paid.
fn lines(quote: &RenewQuote) -> AnyView {
    let code = quote.promo_code.as_ref().map(|promo| {
        let percent = promo.percentage.map(|percent| format!(" ({} %)", percent.0));
        format!("{}{}", promo.code.clone().unwrap_or_default(), percent.unwrap_or_default())
    });
    view! {
        <dl class="properties">
            {property("Before the discount", view! { <span class="number">{both(quote.full_price())}</span> })}
            {property("Discount", view! { <span class="number">{both(quote.discount_price())}</span> })}
            {code.map(|code| property("With the code", view! { {code} }))}
        </dl>
        <h3>"To be paid today"</h3>
    }
    .into_any()
}

fn both(price: Price) -> String {
    format!("{} without VAT, {} with VAT", euro(price.net), euro(price.with_vat))
}

fn form(account: &Account, asked: Asked<'_>, price: Price) -> AnyView {
    let Asked { wish, renewal, whom, balance, close, draft } = asked;
    let months = count(u64::from(renewal.billing_cycle), "month");
    let consequence = format!("An order is made for {months} more of {whom}.");
    let (servers, length, promo) = (wish.listed(), wish.months.clone(), wish.promo.clone());
    let from = wish.from.clone();
    view! {
        <SpendForm price=price balance=balance consequence=consequence verb="Order renewal"
            action=routes::DO_RENEW close=close fields=FIELDS draft=draft>
            <Hidden name="servers" value=servers />
            <Hidden name=MONTHS.name value=length />
            <Hidden name=PROMO.name value=promo />
            <Hidden name="from" value=from />
        </SpendForm>
        <Curl command=account.as_curl(renewal) />
    }
    .into_any()
}

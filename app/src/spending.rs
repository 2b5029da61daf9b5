//! What has a price, the same way everywhere: the price is the provider's quote, shown with the balance after it; the
//! form carries the total that was shown; what the outcome was, or that it is being looked for, has a page.

use gateway::{Account, Draft, Error, PurchaseId, Quote, Spent, quote_is_higher, shown_total};
use leptos::prelude::*;
use vpsbg_api::{GetBalance, Money, Price};

use crate::{
    components::{
        form::{Form, Hidden},
        notice::notice,
        price::{Charged, PriceTag},
    },
    forms::{Refusal, Rule, Typed, refused},
    routes,
};

/// The field that carries the total that was shown, with VAT.
const TOTAL: &str = "total";
/// The same without VAT: the provider may tell only one of them.
const NET: &str = "net";

/// Why nothing was bought when there is no estimate any more.
pub const UNKNOWN_NOW: &str =
    "What it costs now could not be found out, so nothing was ordered. Try again in a moment.";

/// What an order does by itself once it is made (FACTS §3, order: `auto_pay`). Said beside every button that makes one.
const PAYS_ITSELF: &str = "The order may be paid at once: from the balance, and else by a saved card.";

/// The balance now, in EUR, if it can be read.
pub async fn balance(account: &Account) -> Option<Money> {
    account.read(&GetBalance).await.ok()?.value.balance
}

/// The price that the person was shown, in EUR, as far as one was.
pub fn price_shown(typed: &Typed) -> Price {
    Price { net: shown_total(typed.get(NET)), with_vat: shown_total(typed.get(TOTAL)) }
}

/// Holds an estimate of now against the total that was shown. What the provider quotes is held against it by the gateway
/// (`spend_quoted`).
///
/// # Errors
/// It is higher, or not known any more: the form must come back.
pub fn not_above(shown: Price, now: &impl Quote) -> Result<(), Refusal> {
    if !quote_is_higher(shown, now) {
        return Ok(());
    }
    let now = now.total();
    let lost = shown.with_vat.is_some() && now.with_vat.is_none() || shown.net.is_some() && now.net.is_none();
    Err(Refusal::whole(if lost { UNKNOWN_NOW.to_owned() } else { Error::PriceRisen.to_string() }))
}

/// Where a purchase leads. `names` pairs the provider's names of fields with ours.
///
/// # Errors
/// What is said at the form: it was certainly not bought.
pub fn led_by<A>(
    spent: Result<Spent<A>, Error>,
    done: impl FnOnce(PurchaseId, A) -> String,
    names: &[(&str, &str)],
) -> Result<String, Refusal> {
    match spent {
        Ok(Spent::Done { purchase, answer }) => Ok(done(purchase, answer)),
        Ok(Spent::Looking { purchase }) => Ok(routes::purchase(purchase)),
        Err(error) => Err(refused(&error, names)),
    }
}

/// The price and what the balance will be, with the field that carries the total that is shown: what the fields of
/// every form that buys begin with. When an earlier purchase must settle first, the way to it.
pub fn priced(price: Price, balance: Option<Money>, charged: Charged, draft: Option<&Draft>) -> AnyView {
    let text = |amount: Option<Money>| amount.map(|amount| amount.0.to_string()).unwrap_or_default();
    let (total, net) = (text(price.with_vat), text(price.net));
    view! {
        {draft.and_then(earlier_purchase)}
        <PriceTag price=price balance=balance charged=charged />
        <Hidden name=TOTAL value=total />
        <Hidden name=NET value=net />
    }
    .into_any()
}

/// The way to what is still being looked for, if that is what was in the way.
fn earlier_purchase(draft: &Draft) -> Option<AnyView> {
    let open = Error::PurchaseOpen.to_string();
    draft.errors.iter().any(|(_, problem)| *problem == open).then(|| {
        view! { <p><a href=routes::PURCHASES>"See what becomes of the earlier purchase"</a></p> }.into_any()
    })
}

/// A form that buys: the quote, what the balance will be, and the one button. What was chosen before stands in hidden
/// fields (`children`), so that what is bought is what was quoted.
#[component]
pub fn SpendForm(
    /// What the provider quotes, or what is estimated where it has no quote.
    price: Price,
    /// The balance now, in EUR, if it could be read.
    balance: Option<Money>,
    /// What the price is the price of.
    #[prop(optional)]
    charged: Charged,
    /// What will happen, in words.
    #[prop(into)]
    consequence: String,
    /// The verb on the button.
    verb: &'static str,
    /// Where it is sent.
    action: &'static str,
    /// Where leaving leads.
    close: String,
    /// The rules of its fields, if it has any.
    #[prop(optional)]
    fields: &'static [Rule],
    /// Somebody will miss something: the button says so by its colour, too.
    #[prop(optional)]
    hurts: bool,
    /// What was refused before.
    draft: Option<Draft>,
    children: Children,
) -> impl IntoView {
    let priced = priced(price, balance, charged, draft.as_ref());
    view! {
        <Form action=action fields=fields draft=draft.unwrap_or_default()>
            <p class="lead">{consequence} " " {PAYS_ITSELF}</p>
            {priced}
            {children()}
            // Scripts show it, and hold the button, once something else is chosen above (`frontend::outdated`).
            <div data-outdated="" hidden>
                {notice("warning", view! { <p>"Something else is chosen above by now. Ask for its price first."</p> })}
            </div>
            <div class="actions">
                <button class="button" data-tone=if hurts { "bad" } else { "accent" } type="submit"
                    data-needs-asked="">{verb}</button>
                <a class="button" href=close>"Cancel"</a>
            </div>
        </Form>
    }
}

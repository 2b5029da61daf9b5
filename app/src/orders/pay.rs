//! Paying an order: in which way, what that costs, and where the money goes if it goes through somebody else.

use gateway::{Account, Draft};
use leptos::prelude::*;
use url::Url;
use vpsbg_api::{DeleteOrder, Money, Order, OrderStatus, PayOrders, PaymentInformation, PaymentMethod};

use super::words;
use crate::{
    components::{
        dialog::Dialog,
        form::{Choosable, Hidden, OneOf},
        price::Charged,
        properties::{Copyable, property},
        time::Day,
    },
    forms::{Confirmation, Kind, Rule},
    routes, spending,
    words::money::euro,
};

/// How it is paid.
pub const METHOD: Rule = Rule::new(Kind::Choice, "method", "Pay by").required("Choose how to pay.");
/// The fields of the form.
pub const FIELDS: &[Rule] = &[METHOD];

/// Ways to pay (FACTS §2, order).
pub const METHODS: [PaymentMethod; 5] = [
    PaymentMethod::Balance,
    PaymentMethod::Card,
    PaymentMethod::Bank,
    PaymentMethod::Bitcoin,
    PaymentMethod::Lightning,
];

/// What an order is called.
pub fn name(order: &Order) -> String {
    format!("order {}", order.id)
}

/// Asks in which way an order is paid. None: it cannot be paid now.
pub async fn pay_dialog(account: &Account, order: &Order, draft: Option<Draft>) -> Option<AnyView> {
    order.can_pay().ok()?;
    let balance = spending::balance(account).await;
    let charged = Charged::Beside(order.amount_from_balance.unwrap_or_default());
    let left = charged.left(order.price(), balance);
    let draft = draft.unwrap_or_else(|| {
        let chosen = at_first(order, left);
        let values = chosen.map(|method| (METHOD.name.to_owned(), method.word().to_owned()));
        Draft { values: values.into_iter().collect(), errors: Vec::new() }
    });
    let options = METHODS.map(|method| {
        let not_now = order.can_pay_by(&method).err().map(|reason| reason.to_string());
        Choosable::new(method.word(), words::method(&method)).hint(hint(&method, left)).unless(not_now)
    });
    let chosen = draft.value(METHOD.name).map_or(PaymentMethod::Balance, PaymentMethod::from_word);
    let operation = PayOrders { ids: vec![order.id], payment_method: chosen };
    let asks = Confirmation::of(&operation, &name(order), "What it costs is what the provider says now.");
    let priced = spending::priced(order.price(), balance, charged, Some(&draft));
    let (title, id, curl) = (format!("Pay {}?", name(order)), order.id, account.as_curl(&operation));
    Some(
        view! {
            <Dialog title=title asks=asks verb="Pay" action=routes::DO_PAY_ORDER
                close=routes::order(id) fields=FIELDS draft=Some(draft.clone()) curl=curl>
                <Hidden name="id" value=id.to_string() />
                {priced}
                <OneOf rule=METHOD options=options.into() draft=draft />
            </Dialog>
        }
        .into_any(),
    )
}

/// What is chosen before anybody chose: the balance where it is enough, else the way that the order names.
fn at_first(order: &Order, left: Option<Money>) -> Option<PaymentMethod> {
    let enough = left.is_some_and(|left| !left.0.is_sign_negative());
    if enough && order.can_pay_by(&PaymentMethod::Balance).is_ok() {
        return Some(PaymentMethod::Balance);
    }
    order.payment_method.clone().filter(|method| *method != PaymentMethod::Balance)
}

fn hint(method: &PaymentMethod, left: Option<Money>) -> String {
    match (method, left) {
        (PaymentMethod::Balance, Some(left)) if left.0.is_sign_negative() => {
            format!("{} are missing.", euro(Some(Money(-left.0))))
        }
        (PaymentMethod::Balance, Some(left)) => format!("At once; {} are left.", euro(Some(left))),
        (PaymentMethod::Balance, None) => "At once.".to_owned(),
        (PaymentMethod::Card, _) => "At once with a saved card, else on a page of the provider.".to_owned(),
        (PaymentMethod::Lightning, _) => "With an invoice that the provider makes.".to_owned(),
        _ => "The provider says where to; it takes until the payment is confirmed.".to_owned(),
    }
}

/// Asks whether an order is dropped. None: it cannot be.
pub fn drop_dialog(account: &Account, order: &Order, draft: Option<Draft>) -> Option<AnyView> {
    order.can_cancel().ok()?;
    let operation = DeleteOrder { id: order.id };
    let consequence =
        "Nobody can pay it any more. What it was to bring is not made; the same can be ordered anew.";
    let asks = Confirmation::of(&operation, &order.id.to_string(), consequence);
    let (title, id, curl) = (format!("Drop {}?", name(order)), order.id, account.as_curl(&operation));
    Some(
        view! {
            <Dialog title=title asks=asks verb="Drop" action=routes::DO_DROP_ORDER
                close=routes::order(id) draft=draft curl=curl>
                <Hidden name="id" value=id.to_string() />
            </Dialog>
        }
        .into_any(),
    )
}

/// Where the money goes, while it is still to come. A page of somebody else is reached by a link, never by us.
pub fn where_to(order: &Order) -> Option<AnyView> {
    if matches!(order.status, Some(OrderStatus::Paid | OrderStatus::Cancelled)) {
        return None;
    }
    let told = order.payment_information.as_ref()?;
    let link = told.payment_url.as_deref().map(|address| match safe(address) {
        Some(host) => view! {
            <p>
                <a class="button" href=address.to_owned() rel="noreferrer noopener">"Pay on the provider's page"</a>
                <span class="hint">{format!(" This leads to {host}.")}</span>
            </p>
        }
        .into_any(),
        None => view! { <p>"The provider names a page to pay on, but its address is not a safe one."</p> }.into_any(),
    });
    let texts = texts(told);
    if link.is_none() && texts.is_empty() {
        return None;
    }
    let until = told.expires_at.map(|at| property("Holds until", view! { <Day at=Some(at.0) /> }));
    let list = (!texts.is_empty()).then(|| {
        let rows = texts
            .into_iter()
            .map(|(name, text)| property(name, view! { <Copyable text=text what="text" /> }))
            .collect_view();
        view! { <dl class="properties">{rows}{until}</dl> }
    });
    Some(
        view! {
            <section aria-labelledby="where-to">
                <h2 id="where-to">"How to pay it"</h2>
                {link}
                {list}
            </section>
        }
        .into_any(),
    )
}

/// The host of an address to which a person may be sent.
fn safe(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| url.scheme() == "https")?;
    url.host_str().map(str::to_owned)
}

fn texts(told: &PaymentInformation) -> Vec<(&'static str, String)> {
    let all = [
        ("Write on the transfer", &told.bank_reference),
        ("Bitcoin address", &told.bitcoin_address),
        ("Bitcoin to send", &told.bitcoin_amount),
        ("Lightning invoice", &told.lightning_invoice),
    ];
    let told = all.into_iter().filter_map(|(name, text)| Some((name, text.clone()?)));
    told.filter(|(_, text)| !text.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_only_sent_to_safe_pages() {
        assert_eq!(safe("https://secure.example.org/orders/7/pay").as_deref(), Some("secure.example.org"));
        for bad in [
            "http://secure.example.org/",
            "javascript:alert(1)",
            "//evil.example",
            "/orders/7",
            "",
            "data:,x",
        ] {
            assert_eq!(safe(bad), None, "{bad}");
        }
    }
}

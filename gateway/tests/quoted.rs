//! A purchase is made for what the person was shown or not at all, also when it had to wait for another.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "support/shop.rs"]
mod shop;

use gateway::{Account, AuditFilter, Error, Spent, quote_is_higher, shown_total};
use shop::{Deposit, Price, Shop};

/// Outcomes of the audit records, newest first.
async fn outcomes(account: &Account) -> Vec<String> {
    let page = account.audit(&AuditFilter::default(), 1).await.unwrap();
    page.rows.into_iter().map(|record| record.outcome).collect()
}

#[tokio::test]
async fn what_costs_no_more_than_was_shown_is_bought() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let account = shop.account(directory.path()).await;
    for shown in ["60.00", "60", "61"] {
        let spent = account.spend_quoted(&Deposit, &Price, shown_total(shown)).await.unwrap();
        let Spent::Done { purchase, .. } = spent else { panic!("{spent:?}") };
        assert_eq!(account.purchase(purchase).await.unwrap().shown.as_deref(), Some(shown));
    }
    assert_eq!((shop.sent(), shop.priced()), (3, 3));
}

#[tokio::test]
async fn what_became_dearer_while_it_waited_for_another_is_not_bought() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let account = shop.account(directory.path()).await;
    shop.counter.lock().unwrap().rise = 1;
    let shown = shown_total("60.00");
    let both = futures::join!(
        account.spend_quoted(&Deposit, &Price, shown),
        account.spend_quoted(&Deposit, &Price, shown),
    );
    assert!(matches!(both.0, Ok(Spent::Done { .. })), "{both:?}");
    assert_eq!(both.1.unwrap_err(), Error::PriceRisen);
    assert_eq!((shop.sent(), shop.orders()), (1, 1));
    assert_eq!(account.purchases().await.unwrap().len(), 1, "what was not sent is no purchase");
    assert_eq!(outcomes(&account).await, ["price-risen", "done"]);
    // Agreed to again, it goes.
    assert!(account.spend_quoted(&Deposit, &Price, shown_total("61")).await.is_ok());
}

#[tokio::test]
async fn without_a_quote_nothing_is_bought_for_which_there_was_one() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let account = shop.account(directory.path()).await;
    // The last: what is not offered is not asked for again.
    for (status, why) in [(500, Error::ProviderFault), (403, Error::Forbidden), (405, Error::PriceRisen)] {
        shop.counter.lock().unwrap().priced = Some(status);
        let refused = account.spend_quoted(&Deposit, &Price, shown_total("60")).await.unwrap_err();
        assert_eq!(refused, why, "{status}");
    }
    assert_eq!(shop.sent(), 0);
    assert_eq!(outcomes(&account).await.len(), 3);
}

#[tokio::test]
async fn what_never_had_a_quote_is_bought_without_one() {
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let account = shop.account(directory.path()).await;
    shop.counter.lock().unwrap().priced = Some(405);
    assert!(account.spend_quoted(&Deposit, &Price, None).await.is_ok());
    // Now there is one, that nobody was shown.
    let (shop, directory) = (Shop::open().await, tempfile::tempdir().unwrap());
    let account = shop.account(directory.path()).await;
    assert_eq!(account.spend_quoted(&Deposit, &Price, None).await.unwrap_err(), Error::PriceRisen);
    assert_eq!(shop.sent(), 0);
}

#[test]
fn each_amount_that_was_shown_is_held_against_the_quote() {
    let money = |text: &str| shown_total(text);
    let price = |net: &str, with_vat: &str| vpsbg_api::Price { net: money(net), with_vat: money(with_vat) };
    let shown = price("10", "12");
    for (now, higher) in [
        (price("10", "12"), false),
        (price("9", "11"), false),
        (price("10.01", "12"), true),
        (price("10", "12.01"), true),
        (price("10", ""), true),
        (price("", "12"), true),
    ] {
        assert_eq!(quote_is_higher(shown, &now), higher, "{now:?}");
    }
    // The provider may tell one of them only.
    let net_only = price("10", "");
    assert!(!quote_is_higher(net_only, &price("10", "")));
    assert!(!quote_is_higher(net_only, &price("10", "99")));
    assert!(quote_is_higher(net_only, &price("11", "")));
    assert!(!quote_is_higher(price("", ""), &price("", "")));
    assert!(quote_is_higher(price("", ""), &price("10", "")));
}

#[tokio::test]
async fn an_order_that_somebody_has_paid_meanwhile_is_not_paid_again() {
    let stage = sandbox::Stage::set(vpsbg_sandbox::Seed::Small).await;
    let account = stage.account(sandbox::quick()).await;
    let open = stage.tell("/orders?filter[status]=awaiting_payment").await["data"][0].clone();
    let id: vpsbg_api::OrderId = open["id"].to_string().parse().unwrap();
    let shown = shown_total(&open["amount_with_vat"].to_string());
    let pay = vpsbg_api::PayOrders { ids: vec![id], payment_method: vpsbg_api::PaymentMethod::Lightning };
    assert!(account.spend_quoted(&pay, &vpsbg_api::GetOrder { id }, shown).await.is_ok());
    let again = account.spend_quoted(&pay, &vpsbg_api::GetOrder { id }, shown).await;
    assert!(matches!(again, Err(Error::AlreadyPaid | Error::PriceRisen)), "{again:?}");
    assert_eq!(stage.asked("payOrders").await, 1);
}

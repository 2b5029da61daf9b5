//! A purchase is made for what the person was shown or not at all, also when it had to wait for another.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;
#[path = "support/sandbox.rs"]
mod sandbox;
#[path = "support/shop.rs"]
mod shop;

use gateway::{Account, AuditFilter, Error, Spent, shown_total};
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

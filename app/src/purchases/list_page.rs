//! `/purchases`: the lines of the journal, newest first.

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use gateway::{Account, Error, Purchase, PurchaseFilter, PurchaseState};
use leptos::prelude::*;

use super::{columns::columns, words};
use crate::{
    components::{
        frame::Section,
        list::{Batches, Contents, Filter, List, ListPage, ListQuery, Listing, Search, Shown},
        notice::Empty,
        stored,
    },
    routes,
    words::{count, days, operations},
};

/// While one is looked for the list looks again after so many seconds: our own journal is asked, nobody else.
const LOOK: u64 = 5;

/// The page.
#[component]
pub fn PurchasesPage() -> impl IntoView {
    view! { <ListPage listing=Purchases /> }
}

/// The purchases: rows of our own storage.
pub struct Purchases;

impl Listing for Purchases {
    type Row = Purchase;
    const IS_OURS: bool = true;

    fn list(account: &Account) -> BoxFuture<'_, List<Purchase>> {
        async move {
            // Without them the filter still works by the address; the list says what is wrong.
            let operations = account.purchase_operations().await.unwrap_or_default();
            List {
                name: "purchases",
                path: routes::PURCHASES,
                section: Section::Purchases,
                title: "Purchases",
                unit: "purchase",
                search: Some(Search::Ours("What, object or person")),
                columns: columns(),
                filters: vec![
                    Filter::chips("state", "State", &states()),
                    Filter::choice("what", "What", whats(&operations)).of_found(),
                    Filter::day("from", "From day"),
                    Filter::day("to", "To day"),
                ],
                sizes: &[],
                selection: None,
                menu: None,
                id_of_row: |purchase| format!("purchase-{}", purchase.id),
                check: |query| asked(query).map(|_| ()),
            }
        }
        .boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<Purchase>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<Purchase>> {
        async move {
            let filter = match asked(query) {
                Ok(filter) => filter,
                Err(why) => return stored::not_offered(why),
            };
            let page = account.purchases_page(&filter, query.page);
            let contents = stored::of_page(list, query, page, account.purchases_all(filter.clone())).await;
            let open = matches!(&contents.read, Ok(Shown::Rows(reading))
                if reading.value.rows.iter().any(|purchase| !purchase.state.is_settled()));
            Contents { live: contents.live.completing(open.then_some(LOOK)), ..contents }
        }
        .boxed()
    }

    fn every(account: &Account, list: List<Purchase>, query: ListQuery) -> Batches<Purchase> {
        match asked(&query) {
            Ok(filter) => stored::every_of(list, query, account.purchases_all(filter)),
            Err(_) => stream::once(async { Err(Error::NotOffered) }).boxed(),
        }
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<Purchase>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<Purchase>, Error>> {
        async move {
            match asked(query) {
                Ok(filter) => stored::all_of(list, query, account.purchases_all(filter)).await,
                Err(why) => Ok(Shown::NotOffered(why)),
            }
        }
        .boxed()
    }

    fn about(account: &Account) -> Option<AnyView> {
        let kept = count(account.audit_kept().as_secs() / 86_400, "day");
        Some(
            view! {
                <p class="hint lead">
                    "What was ordered or paid through Vitosha. When the provider's answer is lost, what became of it is
                    looked for; nothing is sent a second time. "
                    {format!("A purchase is kept for {kept} after its last change. Days are days in Sofia.")}
                </p>
            }
            .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No purchases yet">
                <p>"What is ordered or paid through Vitosha is written down here before it is sent."</p>
                <p>
                    <a class="button" href=routes::NEW_SERVER>"New server"</a> " "
                    <a class="button" href=routes::ORDERS>"Orders"</a>
                </p>
            </Empty>
        }
        .into_any()
    }
}

/// What the values of the filters ask for.
fn asked(query: &ListQuery) -> Result<PurchaseFilter, String> {
    let (from, before) = days::between(query.filter("from"), query.filter("to"))?;
    let operation = query.filter("what");
    Ok(PurchaseFilter {
        state: PurchaseState::from_word(query.filter("state")),
        operation: (!operation.is_empty()).then(|| operation.to_owned()),
        from,
        before,
    })
}

/// What became of purchases: the word in the address and the text.
fn states() -> [(&'static str, &'static str); 6] {
    let [sending, looking, done, not_done, unknown] =
        PurchaseState::ALL.map(|state| (state.word(), words::state(state).0));
    [("", "All"), sending, looking, done, not_done, unknown]
}

/// Only what was bought.
fn whats(bought: &[String]) -> Vec<(String, String)> {
    let each = bought.iter().map(|id| (id.clone(), operations::of(id).1.to_owned()));
    std::iter::once((String::new(), "Everything".to_owned())).chain(each).collect()
}

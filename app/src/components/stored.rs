//! Rows of a list that our own storage holds: it narrows them by filters and cuts the pages. What is sealed there it
//! cannot search or order: that is done here, over all rows that pass, and asks nobody else.

use std::pin::pin;

use futures::{Stream, StreamExt, TryStreamExt, stream};
use gateway::{Error, Reading, StoredPage, StoredRows};

use super::{
    list::{Batch, Batches, Contents, List, ListQuery, Rows, Shown, in_one, narrowed, page_of, whole},
    paging::Place,
};
use crate::live::Sources;

/// The rows of a page. `page` reads the page that the address asks for, `all` everything that passes the filters;
/// only one of them is asked.
pub async fn of_page<R: Clone>(
    list: &List<R>,
    query: &ListQuery,
    page: impl Future<Output = Result<StoredPage<R>, Error>>,
    all: impl Stream<Item = Result<StoredRows<R>, Error>>,
) -> Contents<R> {
    let read = if needs_all(query) {
        all_of(list, query, all).await.map(|shown| page_of(shown, query))
    } else {
        page.await.map(|page| shown(page, query.page))
    };
    Contents { read, live: Sources::default(), above: None, fixed: None }
}

/// What the address asks cannot be meant; the reason.
pub fn not_offered<R>(why: String) -> Contents<R> {
    Contents { read: Ok(Shown::NotOffered(why)), live: Sources::default(), above: None, fixed: None }
}

/// All rows that match, for somebody who waits.
pub async fn all_of<R>(
    list: &List<R>,
    query: &ListQuery,
    all: impl Stream<Item = Result<StoredRows<R>, Error>>,
) -> Result<Shown<R>, Error> {
    let (mut rows, mut broken, mut all) = (Vec::new(), 0, pin!(all));
    while let Some(some) = all.next().await {
        let some = some?;
        rows.extend(some.rows);
        broken += some.broken;
    }
    Ok(Shown::Rows(Reading::now(whole(narrowed(list, query, rows), broken))))
}

/// All rows that match, as they come, for a file.
pub fn every_of<R: Clone + Send + Sync + 'static>(
    list: List<R>,
    query: ListQuery,
    all: impl Stream<Item = Result<StoredRows<R>, Error>> + Send + 'static,
) -> Batches<R> {
    if needs_all(&query) {
        return stream::once(async move { in_one(&all_of(&list, &query, all).await?) }).boxed();
    }
    all.map_ok(|some| Batch::of(some.rows, some.broken)).boxed()
}

/// What our storage cannot do.
fn needs_all(query: &ListQuery) -> bool {
    !query.search.is_empty() || query.sort.is_some()
}

fn shown<R>(page: StoredPage<R>, number: u64) -> Shown<R> {
    // What does not open has its place, too.
    let here = (page.rows.len() + page.broken) as u64;
    let place = Place::counted(number, page.per_page, page.total, here);
    Shown::Rows(Reading::now(Rows { rows: page.rows, broken: page.broken, place, remark: None }))
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use leptos::prelude::IntoAny;

    use super::*;
    use crate::components::{
        frame::Section,
        list::{ListColumn, Search},
    };

    fn list() -> List<u64> {
        let text = |number: &u64| number.to_string();
        List {
            name: "numbers",
            path: "/numbers",
            section: Section::Elsewhere,
            title: "Numbers",
            unit: "number",
            search: Some(Search::Ours("Number")),
            columns: vec![
                ListColumn::<u64>::new("number", "Number", |number| number.to_string().into_any(), text)
                    .naming()
                    .ordered(u64::cmp),
            ],
            filters: Vec::new(),
            sizes: &[],
            selection: None,
            menu: None,
            id_of_row: text,
            check: |_| Ok(()),
        }
    }

    fn asked(address: &str) -> ListQuery {
        ListQuery::read(&list(), address).unwrap()
    }

    /// Two batches, with a row that does not open.
    fn all() -> impl Stream<Item = Result<StoredRows<u64>, Error>> + Send {
        let some = |rows: &[u64], broken| Ok(StoredRows { rows: rows.to_vec(), broken });
        stream::iter([some(&[30, 12, 1], 1), some(&[112, 2], 0)])
    }

    fn rows(shown: Shown<u64>) -> Rows<u64> {
        match shown {
            Shown::Rows(reading) => reading.value.as_ref().clone(),
            Shown::NotOffered(why) => panic!("{why}"),
        }
    }

    fn page(address: &str) -> Rows<u64> {
        let page = async { Ok(StoredPage { rows: vec![7, 12], broken: 1, total: 53, per_page: 50 }) };
        rows(block_on(of_page(&list(), &asked(address), page, all())).read.unwrap())
    }

    #[test]
    fn the_storage_cuts_the_pages() {
        let page = page("/numbers?page=2");
        assert_eq!((page.rows, page.broken), (vec![7, 12], 1));
        assert_eq!((page.place.shown, page.place.total, page.place.last), (3, Some(53), Some(2)));
    }

    #[test]
    fn search_and_orders_are_done_over_all_rows() {
        assert_eq!(page("/numbers?q=12").rows, [12, 112]);
        assert_eq!(page("/numbers?sort=number").rows, [1, 2, 12, 30, 112]);
        let descending = page("/numbers?sort=-number&q=2");
        assert_eq!((descending.rows, descending.broken), (vec![112, 12, 2], 1));
        assert_eq!(page("/numbers?q=nothing").place.total, Some(0));
    }

    #[test]
    fn a_file_holds_what_is_shown_and_says_what_is_missing() {
        let file = |address: &str| -> Vec<Batch<u64>> {
            block_on(every_of(list(), asked(address), all()).try_collect()).unwrap()
        };
        assert_eq!(file("/numbers"), [Batch::of(vec![30, 12, 1], 1), Batch::of(vec![112, 2], 0)]);
        assert_eq!(file("/numbers?q=1&sort=number"), [Batch::of(vec![1, 12, 112], 1)]);
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_for_nothing() {
        let failing = || stream::iter([Ok(Vec::new().into()), Err(Error::Internal)]);
        let page = async { Err(Error::Internal) };
        let read = block_on(of_page(&list(), &asked("/numbers"), page, failing())).read;
        assert!(matches!(read, Err(Error::Internal)));
        let read = block_on(all_of(&list(), &asked("/numbers?q=1"), failing()));
        assert!(matches!(read, Err(Error::Internal)));
    }

    #[test]
    fn the_lists_over_our_storage_name_their_columns_once() {
        for keys in [
            crate::bulk::columns().iter().map(|column| column.key).collect::<Vec<_>>(),
            crate::purchases::columns().iter().map(|column| column.key).collect(),
        ] {
            let once: std::collections::BTreeSet<_> = keys.iter().collect();
            assert_eq!(once.len(), keys.len(), "{keys:?}");
        }
    }
}

//! `/bulk/results.csv?job=…`: the results of a job as a file, with what narrows them on the page of the job.

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use gateway::{Account, BulkId, Error, Reading};
use leptos::prelude::*;

use super::{
    became::Became,
    row::{JobRow, columns, rows_of},
};
use crate::{
    components::{
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListQuery, Listing, Shown, in_one, narrowed, page_of, whole,
        },
    },
    live::Sources,
    routes,
};

/// What became of rows: the word in the address and the text.
const OUTCOMES: [(&str, &str); 5] = [
    ("", "All"),
    (Became::Done.word(), Became::Done.text()),
    (Became::NotDone.word(), Became::NotDone.text()),
    (Became::Unknown.word(), Became::Unknown.text()),
    (Became::Waiting.word(), Became::Waiting.text()),
];

/// The results of the job that the address names. Their page is the job's own.
pub struct Results;

impl Listing for Results {
    type Row = JobRow;
    const IS_OURS: bool = true;

    fn list(_: &Account) -> BoxFuture<'_, List<JobRow>> {
        let list = List {
            name: "bulk-results",
            path: routes::BULK_RESULTS,
            section: Section::Bulk,
            title: "Results",
            unit: "result",
            search: None,
            columns: columns(),
            filters: vec![
                Filter::text("job", "Job", ""),
                Filter::<JobRow>::chips("outcome", "Outcome", &OUTCOMES)
                    .by(|row, word| Became::of(&row.row.outcome).word() == word),
            ],
            sizes: &[],
            selection: None,
            menu: None,
            id_of_row: |row| format!("result-{}", row.row.id),
            check: |query| job_of(query).map(|_| ()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<JobRow>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<JobRow>> {
        async move {
            let read = results(account, list, query).await.map(|shown| page_of(shown, query));
            Contents { read, live: Sources::default(), above: None, fixed: None }
        }
        .boxed()
    }

    fn every(account: &Account, list: List<JobRow>, query: ListQuery) -> Batches<JobRow> {
        let account = account.clone();
        stream::once(async move { in_one(&results(&account, &list, &query).await?) }).boxed()
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<JobRow>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<JobRow>, Error>> {
        results(account, list, query).boxed()
    }

    fn empty() -> AnyView {
        ().into_any()
    }
}

async fn results(account: &Account, list: &List<JobRow>, query: &ListQuery) -> Result<Shown<JobRow>, Error> {
    let id = job_of(query).map_err(|_| Error::NotFound)?;
    let rows = rows_of(&account.bulk(&id).await?).collect();
    Ok(Shown::Rows(Reading::now(whole(narrowed(list, query, rows), 0))))
}

fn job_of(query: &ListQuery) -> Result<BulkId, String> {
    query.filter("job").parse().map_err(|_| "Which job? Choose it in the list of bulk jobs.".to_owned())
}

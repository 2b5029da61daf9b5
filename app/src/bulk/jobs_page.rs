//! `/bulk`: the list of bulk jobs, newest first.

use futures::{FutureExt, future::BoxFuture};
use gateway::{Account, BulkAction, BulkFilter, BulkPhase, BulkState, BulkSummary, Error};
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
    words::count,
};

/// Where jobs stand: the word in the address and the text.
const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("running", "At work"),
    ("paused", "Paused"),
    ("finished", "Finished"),
    ("stopped", "Stopped"),
];
/// While one is at work the list looks again after so many seconds: our own storage is asked, nobody else.
const LOOK: u64 = 5;

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    view! { <ListPage listing=Jobs /> }
}

/// The bulk jobs: rows of our own storage.
pub struct Jobs;

impl Listing for Jobs {
    type Row = BulkSummary;
    const IS_OURS: bool = true;

    fn list(_: &Account) -> BoxFuture<'_, List<BulkSummary>> {
        let list = List {
            name: "bulk",
            path: routes::BULK,
            section: Section::Bulk,
            title: "Bulk jobs",
            unit: "bulk job",
            search: Some(Search::Ours("Job or person")),
            columns: columns(),
            filters: vec![
                Filter::chips("state", "State", &STATES),
                Filter::choice("what", "What", actions()),
            ],
            sizes: &[],
            selection: None,
            menu: None,
            id_of_row: |job| format!("job-{}", job.id),
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<BulkSummary>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<BulkSummary>> {
        async move {
            let filter = asked(query);
            let (page, all) = (account.bulks(filter, query.page), account.bulks_all(filter));
            let contents = stored::of_page(list, query, page, all).await;
            let at_work = matches!(&contents.read, Ok(Shown::Rows(reading))
                if reading.value.rows.iter().any(|job| job.state == BulkState::Running));
            Contents { live: contents.live.completing(at_work.then_some(LOOK)), ..contents }
        }
        .boxed()
    }

    fn every(account: &Account, list: List<BulkSummary>, query: ListQuery) -> Batches<BulkSummary> {
        let all = account.bulks_all(asked(&query));
        stored::every_of(list, query, all)
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<BulkSummary>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<BulkSummary>, Error>> {
        stored::all_of(list, query, account.bulks_all(asked(query))).boxed()
    }

    fn about(account: &Account) -> Option<AnyView> {
        let kept = count(account.bulks_kept().as_secs() / 86_400, "day");
        Some(
            view! {
                <p class="hint lead">
                    "One action on many rows, worked off by the server. "
                    {format!("Jobs that ended are kept for {kept}; everybody who is signed in to this account sees them.")}
                </p>
            }
            .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No bulk jobs yet">
                <p>"Choose rows in a list, then what should be done with them."</p>
                <p><a class="button" href=routes::SERVERS>"Servers"</a></p>
            </Empty>
        }
        .into_any()
    }
}

fn asked(query: &ListQuery) -> BulkFilter {
    BulkFilter {
        phase: BulkPhase::from_word(query.filter("state")),
        action: BulkAction::from_word(query.filter("what")),
    }
}

/// What can be done to many at once.
fn actions() -> Vec<(String, String)> {
    let each = BulkAction::ALL.map(|action| (action.word().to_owned(), words::deed(action)));
    std::iter::once((String::new(), "Everything".to_owned())).chain(each).collect()
}

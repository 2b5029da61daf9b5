//! `/activity`: the audit records with filters and pages in the address.

use futures::{FutureExt, Stream, StreamExt, TryStreamExt, future::BoxFuture, stream};
use gateway::{Account, AuditFilter, AuditRecord, Error, StoredRows, Who};
use leptos::prelude::*;

use super::{
    columns::columns,
    query::{OUTCOMES, Query, family_word, who_word},
};
use crate::{
    components::{
        frame::Section,
        list::{Batches, Contents, Filter, List, ListPage, ListQuery, Listing, Shown},
        notice::Empty,
        stored,
    },
    routes,
    words::{count, operations},
};

/// The page.
#[component]
pub fn ActivityPage() -> impl IntoView {
    view! { <ListPage listing=Activity /> }
}

/// The audit records: rows of our own storage, which narrows and orders them.
pub struct Activity;

impl Listing for Activity {
    type Row = AuditRecord;
    const IS_OURS: bool = true;

    fn list(account: &Account) -> BoxFuture<'_, List<AuditRecord>> {
        async move {
            // Without them the filters still work by the address; the list says what is wrong with the database.
            let (people, operations) = futures::join!(account.audit_people(), account.audit_operations());
            let outcomes = OUTCOMES.map(|(word, text)| (word.to_owned(), text.to_owned())).into();
            List {
                name: "activity",
                path: routes::ACTIVITY,
                section: Section::Activity,
                title: "Activity",
                unit: "record",
                search: None,
                columns: columns(),
                filters: vec![
                    Filter::choice("who", "Who", people_options(&people.unwrap_or_default())).of_found(),
                    Filter::choice("what", "What", action_options(&operations.unwrap_or_default()))
                        .of_found(),
                    Filter::text("object", "Object", "server 7"),
                    Filter::choice("outcome", "Outcome", outcomes),
                    Filter::day("from", "From day"),
                    Filter::day("to", "To day"),
                ],
                sizes: &[],
                selection: None,
                menu: None,
                id_of_row: |record| record.request_id.clone(),
                check: |query| asked(query).filter().map(|_| ()),
            }
        }
        .boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<AuditRecord>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<AuditRecord>> {
        async move {
            let filter = match asked(query).filter() {
                Ok(filter) => filter,
                Err(why) => return stored::not_offered(why),
            };
            stored::of_page(list, query, account.audit(&filter, query.page), all(account, filter.clone()))
                .await
        }
        .boxed()
    }

    fn every(account: &Account, list: List<AuditRecord>, query: ListQuery) -> Batches<AuditRecord> {
        match asked(&query).filter() {
            Ok(filter) => stored::every_of(list, query, all(account, filter)),
            Err(_) => stream::once(async { Err(Error::NotOffered) }).boxed(),
        }
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<AuditRecord>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<AuditRecord>, Error>> {
        async move {
            match asked(query).filter() {
                Ok(filter) => stored::all_of(list, query, all(account, filter)).await,
                Err(why) => Ok(Shown::NotOffered(why)),
            }
        }
        .boxed()
    }

    fn about(account: &Account) -> Option<AnyView> {
        // The provider may not have told whose token it is.
        let whose = if account.owner() == account.key() { "with this token" } else { "in this account" };
        let kept = count(account.audit_kept().as_secs() / 86_400, "day");
        Some(
            view! {
                <p class="hint lead">
                    {format!("Everything that was changed {whose} through Vitosha, and every attempt. ")}
                    {format!("Records are kept for {kept} and then removed; nobody can change them. ")}
                    "Days are days in Sofia."
                </p>
            }
            .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="Nothing was changed yet">
                <p>"What you and your colleagues change from here on is written down."</p>
            </Empty>
        }
        .into_any()
    }
}

fn asked(query: &ListQuery) -> Query {
    Query::of(|name| query.filter(name).to_owned())
}

/// All that pass. Records are not sealed: there is none that does not open.
fn all(
    account: &Account,
    filter: AuditFilter,
) -> impl Stream<Item = Result<StoredRows<AuditRecord>, Error>> + Send + use<> {
    account.audit_all(filter).map_ok(StoredRows::from)
}

fn people_options(people: &[Who]) -> Vec<(String, String)> {
    let people = people.iter().map(|who| {
        let text = match who {
            Who::Nameless => "No name",
            Who::Named(name) => name,
        };
        (who_word(who), text.to_owned())
    });
    std::iter::once((String::new(), "Everybody".to_owned())).chain(people).collect()
}

/// Only what was done; by family.
fn action_options(done: &[String]) -> Vec<(String, String)> {
    let mut actions = vec![(String::new(), "Everything".to_owned())];
    for family in operations::families() {
        let here: Vec<_> = done.iter().filter(|operation| operations::of(operation).0 == family).collect();
        if !here.is_empty() {
            actions.push((family_word(family), format!("{family}: all")));
            let each = here.iter().map(|id| ((*id).clone(), format!("{family}: {}", operations::of(id).1)));
            actions.extend(each);
        }
    }
    actions
}

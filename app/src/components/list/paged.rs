//! Rows of the provider's pages. What it can search, filter and order is asked of it; the rest we do over all rows, as
//! long as they are few (design §3). One page is never ordered as if it were the list.

use futures::{StreamExt, TryStreamExt, stream};
use gateway::{Account, Error, Gathering, MOST_GATHERED, Reading};
use vpsbg_api::{Encode, Operation, Page};

use super::{Batch, Batches, Contents, List, ListQuery, Order, Rows, Shown, in_one};
use crate::{components::paging::Place, live::Sources, words::count};

/// Rows on a page of our own making.
const PER_PAGE: u64 = 50;

/// Who searches, and what the search says it searches in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// The provider.
    Provider(&'static str),
    /// We, in all that the columns say.
    Ours(&'static str),
}

impl Search {
    /// What it searches in.
    pub fn label(self) -> &'static str {
        match self {
            Self::Provider(label) | Self::Ours(label) => label,
        }
    }
}

/// The rows of a page, and what else there is to say. `of_page` makes the operation of a page, with all that the
/// provider itself narrows and orders; `row` makes a row of what it sends.
pub async fn of_pages<O, T, R>(
    account: &Account,
    list: &List<R>,
    query: &ListQuery,
    of_page: impl Fn(u64) -> O,
    row: impl Fn(T) -> R,
) -> Contents<R>
where
    O: Operation<Answer = Page<T>>,
    T: Clone + Encode + Send + Sync + 'static,
    R: Clone,
{
    if needs_all(list, query) {
        let read = all_of(account, list, query, of_page, row).await;
        let read = read.map(|shown| page_of(shown, query));
        let fixed = match &read {
            Ok(Shown::NotOffered(why)) => Some(why.clone()),
            _ => None,
        };
        return Contents { live: waiting(&read), read, above: None, fixed };
    }
    let read = account.read(&of_page(query.page)).await;
    let live = Sources::default().waiting_for(read.as_ref());
    let total = read.as_ref().ok().and_then(|reading| reading.value.total);
    let fixed = total.filter(|total| *total > MOST_GATHERED && has_ours(list)).map(|_| too_many(list, total));
    let read = read.map(|reading| {
        let page = reading.value.as_ref();
        let rows = Rows {
            rows: page.rows.iter().cloned().map(row).collect(),
            broken: page.broken,
            place: Place::of(page, query.page),
            remark: None,
        };
        Shown::Rows(reading.with(rows))
    });
    Contents { read, live, above: None, fixed }
}

/// All rows that match, for somebody who waits.
pub async fn all_of<O, T, R>(
    account: &Account,
    list: &List<R>,
    query: &ListQuery,
    of_page: impl Fn(u64) -> O,
    row: impl Fn(T) -> R,
) -> Result<Shown<R>, Error>
where
    O: Operation<Answer = Page<T>>,
    T: Clone + Encode + Send + Sync + 'static,
    R: Clone,
{
    Ok(match account.gather(of_page).await? {
        Gathering::TooMany(total) => Shown::NotOffered(too_many(list, total)),
        Gathering::All(reading) => {
            let rows = narrowed(list, query, reading.value.rows.iter().cloned().map(row).collect());
            let rows = whole(rows, reading.value.broken);
            Shown::Rows(reading.with(rows))
        }
    })
}

/// All rows that match, page after page, for a file.
pub fn pages_of<O, T, R>(
    account: &Account,
    list: List<R>,
    query: ListQuery,
    of_page: impl Fn(u64) -> O + Send + Sync + 'static,
    row: impl Fn(T) -> R + Send + Sync + 'static,
) -> Batches<R>
where
    O: Operation<Answer = Page<T>>,
    T: Clone + Encode + Send + Sync + 'static,
    R: Clone + Send + Sync + 'static,
{
    if needs_all(&list, &query) {
        let account = account.clone();
        let all = async move { in_one(&all_of(&account, &list, &query, of_page, row).await?) };
        return stream::once(all).boxed();
    }
    let rows = move |page: Reading<Page<T>>| {
        Batch::of(page.value.rows.iter().cloned().map(&row).collect(), page.value.broken)
    };
    account.every_page(of_page).map_ok(rows).boxed()
}

/// The rows that pass search and filters of our own, in the order of our own if one was chosen.
pub fn narrowed<R>(list: &List<R>, query: &ListQuery, mut rows: Vec<R>) -> Vec<R> {
    for filter in &list.filters {
        let value = query.filter(filter.name);
        if let Some(passes) = filter.ours.filter(|_| !value.is_empty()) {
            rows.retain(|row| passes(row, value));
        }
    }
    if let Some(Search::Ours(_)) = list.search
        && !query.search.is_empty()
    {
        let wanted = query.search.to_lowercase();
        let has = |text: String| text.to_lowercase().contains(&wanted);
        rows.retain(|row| {
            list.columns
                .iter()
                .any(|column| has((column.text)(row)) || column.also.is_some_and(|also| has(also(row))))
        });
    }
    if let Some((Order::Ours(by), descending)) = order(list, query) {
        rows.sort_by(|one, other| if descending { by(other, one) } else { by(one, other) });
    }
    rows
}

/// All rows as one page.
pub fn whole<R>(rows: Vec<R>, broken: usize) -> Rows<R> {
    let total = rows.len() as u64;
    let place = Place::counted(1, total, total, total);
    Rows { rows, broken, place, remark: None }
}

/// The page of all rows that is asked for.
pub fn page_of<R: Clone>(shown: Shown<R>, query: &ListQuery) -> Shown<R> {
    let Shown::Rows(reading) = shown else { return shown };
    let all = reading.value.as_ref();
    let per_page = query.per_page.unwrap_or(PER_PAGE);
    let skipped = usize::try_from((query.page - 1).saturating_mul(per_page)).unwrap_or(usize::MAX);
    let take = usize::try_from(per_page).unwrap_or(usize::MAX);
    let rows: Vec<R> = all.rows.iter().skip(skipped).take(take).cloned().collect();
    let total = all.rows.len() as u64;
    let place = Place::counted(query.page, per_page, total, rows.len() as u64);
    Shown::Rows(reading.with(Rows { rows, broken: all.broken, place, remark: all.remark.clone() }))
}

/// Whether search, a filter or the order is one that the provider does not have.
pub fn needs_all<R>(list: &List<R>, query: &ListQuery) -> bool {
    let filters =
        list.filters.iter().any(|filter| filter.ours.is_some() && !query.filter(filter.name).is_empty());
    let search = matches!(list.search, Some(Search::Ours(_))) && !query.search.is_empty();
    filters || search || matches!(order(list, query), Some((Order::Ours(_), _)))
}

fn order<R>(list: &List<R>, query: &ListQuery) -> Option<(Order<R>, bool)> {
    let sort = query.sort.as_ref()?;
    let column = list.columns.iter().find(|column| column.key == sort.by)?;
    Some((column.order?, sort.descending))
}

/// Whether the list has anything that only we can do.
fn has_ours<R>(list: &List<R>) -> bool {
    matches!(list.search, Some(Search::Ours(_)))
        || list.filters.iter().any(|filter| filter.ours.is_some())
        || list.columns.iter().any(|column| matches!(column.order, Some(Order::Ours(_))))
}

/// What is not offered, and why.
fn too_many<R>(list: &List<R>, total: Option<u64>) -> String {
    let there_are = match total {
        Some(total) => format!("There are {}.", count(total, list.unit)),
        None => format!("There are more than {}.", count(MOST_GATHERED, list.unit)),
    };
    let mut what = Vec::new();
    if matches!(list.search, Some(Search::Ours(_))) {
        what.push("search".to_owned());
    }
    what.extend(
        list.filters.iter().filter(|filter| filter.ours.is_some()).map(|filter| filter.label.to_lowercase()),
    );
    let ours = list.columns.iter().filter(|column| matches!(column.order, Some(Order::Ours(_))));
    let orders: Vec<String> = ours.map(|column| column.head.to_lowercase()).collect();
    if !orders.is_empty() {
        what.push(format!("order by {}", orders.join(", ")));
    }
    format!(
        "{there_are} The provider does not offer this itself, and Vitosha does it over all rows up to {MOST_GATHERED}: {}.",
        what.join("; ")
    )
}

fn waiting<R>(read: &Result<Shown<R>, Error>) -> Sources {
    match read {
        Ok(Shown::Rows(reading)) => Sources::default().waiting_for(Ok(reading)),
        Ok(Shown::NotOffered(_)) => Sources::default(),
        Err(error) => Sources::default().waiting_after(error),
    }
}

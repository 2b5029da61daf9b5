//! Rows of our own storage as a list: a page of them, and all of them one batch after the other. Which rows, and in
//! which order, the files say that own the tables.

use futures::{Stream, stream};
use sqlx::{QueryBuilder, Sqlite};

use crate::{Account, Error};

/// Rows of a page.
const PER_PAGE: u64 = 50;
/// Rows fetched at once when all are wanted.
const BATCH: usize = 500;

/// A page of rows of our own storage.
#[derive(Debug, Clone)]
pub struct StoredPage<R> {
    /// The rows, newest first.
    pub rows: Vec<R>,
    /// Rows of this page that do not open; the log says which.
    pub broken: usize,
    /// How many there are on all pages.
    pub total: u64,
    /// How many a page has.
    pub per_page: u64,
}

impl<R> StoredPage<R> {
    /// These rows, out of so many.
    pub(crate) fn of(rows: impl Into<StoredRows<R>>, total: i64) -> Self {
        let StoredRows { rows, broken } = rows.into();
        Self { rows, broken, total: total.unsigned_abs(), per_page: PER_PAGE }
    }
}

/// Some of all rows, newest first.
#[derive(Debug, Clone)]
pub struct StoredRows<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// Rows among them that do not open; the log says which.
    pub broken: usize,
}

impl<R> From<Vec<R>> for StoredRows<R> {
    fn from(rows: Vec<R>) -> Self {
        Self { rows, broken: 0 }
    }
}

impl<R> StoredRows<R> {
    /// Those that open, out of so many that were read.
    pub(crate) fn opened(rows: Vec<R>, read: usize) -> Self {
        Self { broken: read.saturating_sub(rows.len()), rows }
    }
}

/// Cuts a page, from 1, out of a query that is in order.
pub(crate) fn cut_page(query: &mut QueryBuilder<Sqlite>, page: u64) {
    let skipped = page.saturating_sub(1).saturating_mul(PER_PAGE);
    query.push(" LIMIT ").push_bind(whole(PER_PAGE)).push(" OFFSET ").push_bind(whole(skipped));
}

/// Cuts the first batch out of a query that is in order.
pub(crate) fn cut_batch(query: &mut QueryBuilder<Sqlite>) {
    query.push(" LIMIT ").push_bind(whole(BATCH as u64));
}

/// The last row of a batch after which more may come.
pub(crate) fn last_of_full<R>(batch: &[R]) -> Option<&R> {
    batch.last().filter(|_| batch.len() == BATCH)
}

/// All rows in batches, from a place in the order on: nothing holds them all, and no connection waits for a slow
/// reader. `read` gives the batch after a place, and the place of its end if more may follow. An error is the last
/// item.
pub(crate) fn in_batches<T, P, F, Read>(
    account: &Account,
    first: P,
    read: Read,
) -> impl Stream<Item = Result<T, Error>> + Send + use<T, P, F, Read>
where
    Read: Fn(Account, P) -> F + Send,
    P: Send,
    F: Future<Output = Result<(T, Option<P>), Error>> + Send,
{
    let account = account.clone();
    stream::try_unfold((Some(first), read), move |(place, read)| {
        let account = account.clone();
        async move {
            let Some(place) = place else { return Ok(None) };
            // Who has signed out meanwhile gets no more of it.
            if !account.session_goes_on().await? {
                return Err(Error::TokenRefused);
            }
            let (batch, next) = read(account, place).await?;
            Ok(Some((batch, (next, read))))
        }
    })
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

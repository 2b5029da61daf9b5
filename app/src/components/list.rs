//! The one list: search, filters, order, columns, density, pages, files, selection with bulk actions, saved views; all
//! of it in the address, all of it without scripts. A list says what its rows and columns are ([`Listing`]); how it
//! looks, and what is said when there is nothing to show, is decided here.

mod bulk_bar;
mod columns;
mod download;
mod filter;
mod looks;
mod page;
mod paged;
mod query;
mod rows;
#[cfg(test)]
mod tests;
mod toolbar;
mod view_menu;

pub use columns::{ListColumn, Order};
pub use download::download;
pub use filter::{Filter, none_of};
pub use looks::nonsense;
pub use page::{ListPage, tools_and_rows};
pub use paged::{Search, all_of, narrowed, of_pages, page_of, pages_of, whole};
pub use query::ListQuery;

use futures::{future::BoxFuture, stream::BoxStream};
use gateway::{Account, BulkAction, Error, Reading};
use leptos::prelude::*;

use super::{frame::Section, menu::RowMenu, paging::Place};
use crate::{live::Sources, words::count};

/// What a list is.
pub struct List<R: 'static> {
    /// Its word: in the names of files and of saved views (`servers`).
    pub name: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// The place of the navigation.
    pub section: Section,
    /// Title of the page.
    pub title: &'static str,
    /// What a row is, singular (`server`).
    pub unit: &'static str,
    /// Its search, if it has one.
    pub search: Option<Search>,
    /// Its columns, in their order; the first one names the row.
    pub columns: Vec<ListColumn<R>>,
    /// What narrows it.
    pub filters: Vec<Filter<R>>,
    /// Rows per page that can be chosen; empty: they cannot.
    pub sizes: &'static [u64],
    /// What makes a row one that can be chosen, and what may be done with those that are.
    pub selection: Option<Selection<R>>,
    /// What may be done with a row, and its name for the button.
    pub menu: Option<fn(&R) -> RowMenu>,
    /// What tells the row from all others of the page.
    pub id_of_row: fn(&R) -> String,
    /// Whether what the address asks can be meant: showing all instead would look like an answer.
    pub check: fn(&ListQuery) -> Result<(), String>,
}

/// Rows that can be chosen.
pub struct Selection<R: 'static> {
    /// Id and name of a row.
    pub of: fn(&R) -> (u64, String),
    /// What may be done with those that are chosen.
    pub actions: &'static [BulkAction],
    /// Pages that take the rows that are chosen, by GET: name and address.
    pub pages: &'static [(&'static str, &'static str)],
    /// Whether it can be done to a row now, or why not.
    pub allows: fn(&R, BulkAction) -> Result<(), String>,
}

impl<R> Clone for Selection<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Selection<R> {}

/// The rows of one page of a list.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "rows of the list and of the page are the same word for people"
)]
pub struct Rows<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// Rows that could not be read.
    pub broken: usize,
    /// Where the list stands.
    pub place: Place,
    /// Said below the rows, for example that there are more which are not shown.
    pub remark: Option<String>,
}

/// What there is to show.
#[derive(Debug, Clone)]
pub enum Shown<R> {
    /// Rows, maybe none.
    Rows(Reading<Rows<R>>),
    /// What was asked cannot be had of the whole list; the reason.
    NotOffered(String),
}

/// What a list shows, with what stands around it.
pub struct Contents<R> {
    /// The rows, or why there are none.
    pub read: Result<Shown<R>, Error>,
    /// What the page follows besides.
    pub live: Sources,
    /// Stands above the rows: what is missing in them.
    pub above: Option<AnyView>,
    /// Why search, filters and orders that the provider does not have are not offered, if so.
    pub fixed: Option<String>,
}

/// Rows as they come, batch after batch.
pub type Batches<R> = BoxStream<'static, Result<Batch<R>, Error>>;

/// Some rows of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// What is missing among them, in words: a line of its own, so that no file looks complete that is not.
    pub missing: Vec<String>,
}

impl<R> Batch<R> {
    /// Rows of which so many more could not be read.
    pub fn of(rows: Vec<R>, broken: usize) -> Self {
        let missing = (broken > 0).then(|| {
            format!("{} could not be understood and cannot be shown here.", count(broken as u64, "row"))
        });
        Self { rows, missing: missing.into_iter().collect() }
    }
}

/// What is shown as a batch of a file.
///
/// # Errors
/// It is not the present state, or nothing.
pub fn in_one<R: Clone>(shown: &Shown<R>) -> Result<Batch<R>, Error> {
    let Shown::Rows(reading) = shown else { return Err(Error::NotOffered) };
    if let Some(why) = reading.stale() {
        return Err(why.clone());
    }
    let Rows { rows, broken, remark, .. } = reading.value.as_ref().clone();
    let mut batch = Batch::of(rows, broken);
    batch.missing.extend(remark);
    Ok(batch)
}

/// A list of the product: one line in the table of pages, one in that of files.
pub trait Listing: Send + Sync + 'static {
    /// What stands in a row.
    type Row: Clone + Send + Sync + 'static;

    /// Rows that one call for a file brings, where that is not what a page shows.
    const FILE_PAGE: Option<u64> = None;

    /// Its rows are our own: no file of it asks the provider for anything.
    const IS_OURS: bool = false;

    /// What the list is. May ask our own storage for what can be chosen.
    fn list(account: &Account) -> BoxFuture<'_, List<Self::Row>>;

    /// The rows of a page.
    fn contents<'a>(
        account: &'a Account,
        list: &'a List<Self::Row>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<Self::Row>>;

    /// All rows that match, for a file. Takes the time it takes.
    fn every(account: &Account, list: List<Self::Row>, query: ListQuery) -> Batches<Self::Row>;

    /// All rows that match, for somebody who waits; [`Shown::NotOffered`] when they are too many.
    fn all<'a>(
        account: &'a Account,
        list: &'a List<Self::Row>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<Self::Row>, Error>>;

    /// Said of the whole list, above everything.
    fn about(_account: &Account) -> Option<AnyView> {
        None
    }

    /// Stands to the right of the title.
    fn actions() -> Option<AnyView> {
        None
    }

    /// Said when there is nothing, and nothing is wrong.
    fn empty() -> AnyView;
}

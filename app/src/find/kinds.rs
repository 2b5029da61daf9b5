//! What can be found: a table with one line for each kind of object. A new kind is a file with one function, and a
//! line here.

use std::str::FromStr;

use futures::future::{BoxFuture, FutureExt, join_all};
use gateway::{Account, Error, Reading};
use serde::Serialize;
use vpsbg_api::Page;

use super::{invoices, isos, matching::Sought, orders, servers, tickets};
use crate::words;

/// Something to go to, or to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// A few words on it: state, plan, amount.
    pub hint: String,
    /// Where it leads: a page of ours, which asks before anything happens.
    pub address: String,
    /// Why it cannot be chosen now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// The address is copied instead of opened.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub copies: bool,
}

impl Item {
    /// Something that can be chosen.
    pub fn new(name: impl Into<String>, hint: impl Into<String>, address: String) -> Self {
        Self { name: name.into(), hint: hint.into(), address, why_not: None, copies: false }
    }
}

/// What was found of a kind.
pub struct Found {
    /// The objects that fit, the best first.
    pub items: Vec<Item>,
    /// What was looked through, so that "nothing" says no more than is true: "all servers by name and address".
    pub searched: String,
    /// Where more of them are, if not all that fit are here.
    pub more: Option<String>,
    /// How fresh it is.
    pub reading: Reading<()>,
}

/// A kind of object.
pub struct Kind {
    /// Its name above what was found.
    pub name: &'static str,
    /// Its name within a sentence.
    pub what: &'static str,
    look: for<'a> fn(&'a Account, &'a Sought) -> BoxFuture<'a, Result<Found, Error>>,
}

/// All kinds, in the order in which they are shown.
pub const KINDS: [Kind; 5] = [
    Kind { name: "Servers", what: "servers", look: |account, sought| servers::look(account, sought).boxed() },
    Kind { name: "ISOs", what: "ISOs", look: |account, sought| isos::look(account, sought).boxed() },
    Kind { name: "Orders", what: "orders", look: |account, sought| orders::look(account, sought).boxed() },
    Kind {
        name: "Invoices",
        what: "invoices",
        look: |account, sought| invoices::look(account, sought).boxed(),
    },
    Kind { name: "Tickets", what: "tickets", look: |account, sought| tickets::look(account, sought).boxed() },
];

/// Looks for something among all kinds at once. A kind that fails leaves the others alone.
pub async fn look(account: &Account, sought: &Sought) -> Vec<(&'static Kind, Result<Found, Error>)> {
    join_all(KINDS.iter().map(async |kind| (kind, (kind.look)(account, sought).await))).await
}

/// The id that was typed, if there may be more rows than those that were looked through and it is none of theirs.
pub fn beyond<T, Id: FromStr + PartialEq>(
    sought: &Sought,
    list: &Page<T>,
    id_of: impl Fn(&T) -> Id,
) -> Option<Id> {
    sought.id().filter(|id| !list.is_last() && list.rows.iter().all(|row| id_of(row) != *id))
}

/// What was looked through, of a page of a list: "all 3 invoices", or "the newest 30 invoices" when there are more;
/// `first` is the word for those that stand first.
pub fn looked_through<T>(list: &Page<T>, first: &str, unit: &str) -> String {
    let rows = list.rows.len() as u64;
    said(rows, list.broken, list.is_last(), first, unit)
}

/// The same for rows of any sort.
pub fn said(rows: u64, broken: usize, whole: bool, first: &str, unit: &str) -> String {
    let unreadable = match broken {
        0 => String::new(),
        rows => format!(" (not {} that could not be understood)", words::count(rows as u64, "row")),
    };
    let which = match (rows, whole) {
        (0, true) if broken == 0 => return format!("{unit}s, of which there are none"),
        (rows, false) => format!("the {first} {}", words::count(rows, unit)),
        (1, true) => format!("the only {unit}"),
        (rows, true) => format!("all {}", words::count(rows, unit)),
    };
    which + &unreadable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_through_is_never_more_than_it_was() {
        let page = |rows: u64, last, per_page, broken| Page {
            rows: vec![(); rows as usize],
            broken,
            number: 1,
            last,
            per_page,
            total: None,
            next: None,
        };
        for (list, said) in [
            (page(3, Some(1), Some(30), 0), "all 3 invoices"),
            (page(30, Some(2), Some(30), 0), "the newest 30 invoices"),
            (page(30, None, None, 0), "the newest 30 invoices"),
            (page(29, None, None, 0), "all 29 invoices"),
            (page(1, Some(1), None, 0), "the only invoice"),
            (page(0, Some(1), None, 0), "invoices, of which there are none"),
            (page(2, Some(1), None, 1), "all 2 invoices (not 1 row that could not be understood)"),
            (page(0, Some(1), None, 2), "all 0 invoices (not 2 rows that could not be understood)"),
        ] {
            assert_eq!(looked_through(&list, "newest", "invoice"), said);
        }
    }
}

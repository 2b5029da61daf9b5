//! The address of a list: search, filters, order, columns, density, page. Nothing of it is kept anywhere else.

use super::List;
use crate::{
    components::{form::SEARCH, paging::page_of},
    routes,
};

/// Longest text of a filter, in characters.
const LONGEST: usize = 100;

/// An order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// Key of the column.
    pub by: &'static str,
    /// Largest, latest, last first.
    pub descending: bool,
}

/// What an address asks of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Where the list is.
    pub path: &'static str,
    /// Text to search for.
    pub search: String,
    /// Names and values of filters; those that narrow nothing are left out.
    pub filters: Vec<(&'static str, String)>,
    /// The order, if one was chosen.
    pub sort: Option<Sort>,
    /// Page, from 1.
    pub page: u64,
    /// Rows per page, if chosen.
    pub per_page: Option<u64>,
    /// Keys of the columns, in the list's order; empty: the usual ones.
    pub columns: Vec<&'static str>,
    /// Narrow rows.
    pub compact: bool,
    /// Somebody asked for a long file: it is said first how long.
    pub asks_for_file: bool,
}

impl ListQuery {
    /// Reads an address.
    ///
    /// # Errors
    /// A sentence when the page is none. Other nonsense is as if it were not there.
    pub fn read<R>(list: &List<R>, address: &str) -> Result<Self, String> {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
        let mut filters = Vec::new();
        for filter in &list.filters {
            let value: String = get(filter.name).unwrap_or_default().chars().take(LONGEST).collect();
            filters.extend(filter.take(value)?);
        }
        let asked: Vec<&str> =
            pairs.iter().filter(|(name, _)| name == "column").map(|(_, key)| key.as_str()).collect();
        let chosen = |key: &'static str| asked.contains(&key);
        let known = list.columns.iter().any(|column| chosen(column.key));
        let columns =
            list.columns.iter().filter(|column| known && (column.is_naming() || chosen(column.key)));
        Ok(Self {
            path: list.path,
            search: if list.search.is_some() {
                SEARCH.cut(get("q").unwrap_or_default())
            } else {
                String::new()
            },
            filters,
            sort: get("sort").and_then(|word| sort_of(list, word)),
            page: page_of(get("page"))?,
            per_page: get("per_page").and_then(|text| text.parse().ok()).filter(|rows| list.allows(*rows)),
            columns: columns.map(|column| column.key).collect(),
            compact: get("density") == Some("compact"),
            asks_for_file: get("file") == Some("ask"),
        })
    }

    /// The value of a filter; empty if it narrows nothing.
    pub fn filter(&self, name: &str) -> &str {
        self.filters.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// True when something narrows the list.
    pub fn narrows(&self) -> bool {
        !self.search.is_empty() || !self.filters.is_empty()
    }

    /// Names and values of everything but page and question, in their fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.search.clone())];
        pairs.extend(self.filters.iter().cloned());
        let sort = self.sort.as_ref().map(|sort| {
            let sign = if sort.descending { "-" } else { "" };
            format!("{sign}{}", sort.by)
        });
        pairs.push(("sort", sort.unwrap_or_default()));
        pairs.push(("per_page", self.per_page.map(|rows| rows.to_string()).unwrap_or_default()));
        pairs.extend(self.columns.iter().map(|key| ("column", (*key).to_owned())));
        pairs.push(("density", if self.compact { "compact".to_owned() } else { String::new() }));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// The query part of its address, without the page: what a saved view keeps.
    pub fn kept(&self) -> String {
        self.at_page(1).split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    }

    /// The address of another page of the same list.
    pub fn at_page(&self, page: u64) -> String {
        let mut pairs = self.pairs();
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        address(self.path, &pairs)
    }

    /// The address with another value of a filter; empty: without it.
    pub fn filtered(&self, name: &'static str, value: &str) -> String {
        let mut other = self.clone();
        // At its own place, so that the same list has the same address.
        match other.filters.iter_mut().find(|(known, _)| *known == name) {
            Some((_, present)) => value.clone_into(present),
            None => other.filters.push((name, value.to_owned())),
        }
        other.filters.retain(|(_, value)| !value.is_empty());
        other.at_page(1)
    }

    /// The address without the search.
    pub fn unsearched(&self) -> String {
        Self { search: String::new(), ..self.clone() }.at_page(1)
    }

    /// The address with everything shown that the list has, in the same form.
    pub fn widened(&self) -> String {
        Self { search: String::new(), filters: Vec::new(), ..self.clone() }.at_page(1)
    }

    /// The address ordered by a column, turned around if it is already, and the present order of the column.
    pub fn sorted_by(&self, column: &'static str) -> (String, Option<&'static str>) {
        let present = self.sort.as_ref().filter(|sort| sort.by == column).map(|sort| sort.descending);
        let next = Sort { by: column, descending: present == Some(false) };
        let order = present.map(|descending| if descending { "descending" } else { "ascending" });
        (Self { sort: Some(next), ..self.clone() }.at_page(1), order)
    }

    /// The address that says first how long a file will be.
    pub fn asking_for_file(&self) -> String {
        let mut pairs = self.pairs();
        pairs.push(("file", "ask".to_owned()));
        address(self.path, &pairs)
    }

    /// The address of a file: of this page, or of all.
    pub fn file(&self, this_page: bool) -> String {
        let mut pairs = self.pairs();
        if this_page {
            pairs.push(("only", "page".to_owned()));
            if self.page > 1 {
                pairs.push(("page", self.page.to_string()));
            }
        }
        address(&routes::csv(self.path), &pairs)
    }

    /// The columns that are shown.
    pub fn shown<'list, R>(&self, list: &'list List<R>) -> Vec<&'list super::ListColumn<R>> {
        let usual = self.columns.is_empty();
        let shown = |column: &&super::ListColumn<R>| {
            if usual { column.is_usual() } else { self.columns.contains(&column.key) }
        };
        list.columns.iter().filter(shown).collect()
    }
}

impl<R> List<R> {
    /// Whether so many rows per page can be chosen.
    fn allows(&self, rows: u64) -> bool {
        self.sizes.last().is_some_and(|most| (1..=*most).contains(&rows))
    }
}

fn sort_of<R>(list: &List<R>, word: &str) -> Option<Sort> {
    let (by, descending) = word.strip_prefix('-').map_or((word, false), |by| (by, true));
    let column = list.columns.iter().find(|column| column.key == by && column.order.is_some())?;
    Some(Sort { by: column.key, descending })
}

fn address(path: &str, pairs: &[(&'static str, String)]) -> String {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    routes::with_query(path, &pairs)
}

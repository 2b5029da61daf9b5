//! Pages of a list: numbers in the address, links that work everywhere.

use leptos::prelude::*;
use vpsbg_api::Page;

use super::icon::{Icon, icon};
use crate::words;

/// A page number from the address.
///
/// # Errors
/// The text itself when it is not a whole number from 1.
pub fn page_of(text: Option<&str>) -> Result<u64, String> {
    match text {
        None | Some("") => Ok(1),
        Some(text) => text.parse().ok().filter(|page| (1..=1_000_000_000).contains(page)).ok_or_else(|| {
            let shown: String = text.chars().take(20).collect();
            format!("There is no page “{shown}”: pages are whole numbers from 1.")
        }),
    }
}

/// Where a list stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// This page, from 1.
    pub page: u64,
    /// The last page, if known.
    pub last: Option<u64>,
    /// Rows in all, if known.
    pub total: Option<u64>,
    /// Rows per page, if known.
    pub per_page: Option<u64>,
    /// Rows shown.
    pub shown: u64,
    /// Whether another page follows.
    pub more: bool,
}

impl Place {
    /// Where a page of so many rows of our own stands.
    pub fn counted(page: u64, per_page: u64, total: u64, shown: u64) -> Self {
        let last = total.div_ceil(per_page.max(1)).max(1);
        Self {
            page,
            last: Some(last),
            total: Some(total),
            per_page: Some(per_page),
            shown,
            more: page < last,
        }
    }

    /// Where a page of the provider stands. `page` is the one asked for.
    pub fn of<T>(list: &Page<T>, page: u64) -> Self {
        Self {
            page,
            last: list.last,
            total: list.total,
            per_page: list.per_page,
            shown: list.rows.len() as u64,
            more: list.last.map_or_else(|| !list.is_last(), |last| page < last),
        }
    }
}

/// Numbers and links below a list. `address` makes the link of a page.
#[component]
pub fn Paging<F>(
    /// Where the list stands.
    place: Place,
    /// What is listed, singular.
    unit: &'static str,
    /// Said after the numbers.
    #[prop(optional_no_strip)]
    remark: Option<String>,
    /// The address of a page.
    address: F,
) -> impl IntoView
where
    F: Fn(u64) -> String + Send + 'static,
{
    let Place { page, last, total, per_page, shown, more } = place;
    let words = match (total, per_page) {
        (Some(total), Some(per_page)) if shown > 0 && total > shown => {
            let from = (page - 1) * per_page + 1;
            format!("{from} to {} of {}", from + shown - 1, words::count(total, unit))
        }
        (Some(total), _) => words::count(total, unit),
        _ => words::count(shown, unit),
    };
    let previous = (page > 1).then(|| address(page - 1));
    let next = more.then(|| address(page + 1));
    let several = previous.is_some() || next.is_some();
    let of = last.map(|last| format!(" of {last}"));
    view! {
        <div class="paging">
            <p>{words} {remark}</p>
            {several.then(|| view! {
                <nav aria-label="Pages">
                    {step(previous, "prev", view! { {icon(Icon::Previous)} "Previous" })}
                    <span class="number">"Page " {page} {of}</span>
                    {step(next, "next", view! { "Next" {icon(Icon::Next)} })}
                </nav>
            })}
        </div>
    }
}

fn step(address: Option<String>, rel: &'static str, name: impl IntoView + 'static) -> AnyView {
    let name = name.into_any();
    match address {
        Some(address) => view! { <a class="button" href=address rel=rel>{name}</a> }.into_any(),
        None => view! { <span class="button" aria-disabled="true">{name}</span> }.into_any(),
    }
}

/// A page number that is none: said, with the status of a bad request.
pub fn bad_page(problem: &str, list: impl Into<String>) -> AnyView {
    let list: String = list.into();
    super::notice::status(http::StatusCode::UNPROCESSABLE_ENTITY);
    view! {
        <div class="empty" data-kind="failed" role="alert">
            <p class="empty-title">{problem.to_owned()}</p>
            <p><a class="button" href=list>"First page"</a></p>
        </div>
    }
    .into_any()
}

/// A page beyond the end of a list: the list is not empty, there is just no such page. `address` makes the link of a
/// page, with all that narrows the list.
pub fn beyond_the_end(page: u64, last: Option<u64>, address: impl Fn(u64) -> String) -> AnyView {
    super::notice::status(http::StatusCode::NOT_FOUND);
    let last = last.filter(|last| *last > 1).map(|last| {
        let to = address(last);
        view! { " " <a class="button" href=to>"Last page"</a> }
    });
    view! {
        <div class="empty" data-kind="not-found">
            <p class="empty-title">{format!("There is no page {page}.")}</p>
            <p><a class="button" href=address(1)>"First page"</a> {last}</p>
        </div>
    }
    .into_any()
}

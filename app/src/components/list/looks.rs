//! What stands where rows would be and are not. Each case has its own look and its own next step.

use gateway::Error;
use http::StatusCode;
use leptos::prelude::*;

use super::{List, ListQuery, rows};
use crate::components::{
    notice::{main_trouble, set_status, status},
    table::Table,
};

/// Rows of the look of a list that is still coming.
const COMING: usize = 6;

/// The provider has not answered yet: the shape of what will be there, each column in its place.
pub(super) fn waiting<R>(list: &List<R>, query: &ListQuery) -> AnyView {
    set_status(&Error::StillWaiting);
    let heads = rows::heads(list, query, false);
    let rows = (0..COMING).map(|_| rows::coming(list, query)).collect_view();
    let words = format!("Waiting for the list. {}", Error::StillWaiting);
    view! {
        <div class="waiting">
            <p role="status">{words}</p>
            <div aria-hidden="true" inert>
                <Table caption=list.title columns=heads compact=query.compact>{rows}</Table>
            </div>
        </div>
    }
    .into_any()
}

/// There are rows, but none of them passes.
pub(super) fn no_match<R>(list: &List<R>, query: &ListQuery) -> AnyView {
    view! {
        <div class="empty" data-kind="no-match">
            <p class="empty-title">{format!("No {} matches.", list.unit)}</p>
            <p><a class="button" href=query.widened()>"Show all"</a></p>
        </div>
    }
    .into_any()
}

/// What the address asks cannot be meant.
pub fn nonsense(problem: &str) -> AnyView {
    status(StatusCode::UNPROCESSABLE_ENTITY);
    view! {
        <div class="empty" data-kind="failed" role="alert">
            <p class="empty-title">{problem.to_owned()}</p>
            <p>"Nothing is shown, because everything would look like an answer."</p>
        </div>
    }
    .into_any()
}

/// What was asked cannot be had, for example because there are too many rows.
pub(super) fn not_offered(why: &str, query: &ListQuery) -> AnyView {
    status(StatusCode::UNPROCESSABLE_ENTITY);
    let plain = ListQuery { sort: None, ..query.clone() }.widened();
    view! {
        <div class="empty" data-kind="not-offered">
            <p class="empty-title">"The list cannot be shown like this."</p>
            <p>{why.to_owned()}</p>
            <p><a class="button" href=plain>"Show all"</a></p>
        </div>
    }
    .into_any()
}

/// The list could not be read.
pub(super) fn failed<R>(error: &Error, list: &List<R>) -> AnyView {
    main_trouble(error, &format!("the list of {}", list.plural()))
}

impl<R> List<R> {
    /// What it lists, in the middle of a sentence: `servers`, `ISOs`.
    pub fn plural(&self) -> String {
        format!("{}s", self.unit)
    }
}

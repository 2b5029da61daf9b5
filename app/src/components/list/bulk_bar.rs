//! Choosing rows: the form around the table, and what may be done with the rows that are chosen. It leads to a page
//! that asks, by GET: nothing is done here.

use gateway::MOST_GATHERED;
use leptos::prelude::*;

use super::{List, ListQuery};
use crate::{bulk, components::paging::Place, routes, words::count};

/// The table, with the form around it where rows can be chosen.
pub(super) fn around<R>(list: &List<R>, query: &ListQuery, place: Place, table: AnyView) -> AnyView {
    let Some(selection) = list.selection else { return table };
    let buttons = selection
        .actions
        .iter()
        .map(|action| {
            let name = bulk::verb(*action);
            view! { <button class="button" type="submit" name="action" value=action.word()>{name}</button> }
        })
        .collect_view();
    let pages = selection
        .pages
        .iter()
        .map(|(name, to)| view! { <button class="button" type="submit" formaction=*to>{*name}</button> })
        .collect_view();
    let all = (place.more || place.page > 1).then(|| {
        let text = match place.total {
            Some(total) => format!("All {} that match", count(total, list.unit)),
            None => format!("All {} that match", list.plural()),
        };
        if place.total.is_some_and(|total| total > MOST_GATHERED) {
            let hint = format!("{text}: not at once. Narrow the list to {MOST_GATHERED}.");
            return view! { <p class="hint">{hint}</p> }.into_any();
        }
        view! {
            <label class="bulk-all">
                <input type="checkbox" name="all" value="1" data-says=text.clone() /> {text.clone()}
            </label>
        }
        .into_any()
    });
    let here = query.at_page(query.page);
    view! {
        <form class="choosing" method="get" action=routes::NEW_BULK aria-label="Chosen rows">
            <input type="hidden" name="from" value=here />
            {table}
            <div class="bulk-bar" role="group" aria-label="With the chosen rows">
                <p><span data-chosen="">"Chosen"</span></p>
                {buttons}
                {pages}
                {all}
            </div>
        </form>
    }
    .into_any()
}

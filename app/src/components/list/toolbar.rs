//! What stands above the rows: search, filters, what is chosen, and the menus of looks and files.

use leptos::prelude::*;

use super::{
    Contents, List, ListQuery, Search, Shown, download, filter,
    view_menu::{self, SavedViews},
};
use crate::components::{filters::FilterForm, form};

/// How many rows there are, as far as known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// Rows on this page.
    pub(super) here: u64,
    /// Rows on all pages, if known.
    pub(super) total: Option<u64>,
    /// Rows per page in force.
    pub(super) per_page: u64,
    /// This page is all there is.
    pub(super) is_whole: bool,
}

impl Extent {
    /// Of what is shown; nothing where nothing is.
    pub(super) fn of<R>(contents: &Contents<R>) -> Option<Self> {
        let Ok(Shown::Rows(reading)) = &contents.read else { return None };
        let place = reading.value.place;
        let per_page = place.per_page.unwrap_or(place.shown).max(1);
        let is_whole = place.page == 1 && !place.more;
        (place.shown > 0).then_some(Self { here: place.shown, total: place.total, per_page, is_whole })
    }
}

/// Everything above the rows. `fixed`: why what we would do ourselves is not offered. `refreshes`: without scripts the
/// page fetches itself anew, and what is typed there would be lost.
pub(super) fn toolbar<R>(
    list: &List<R>,
    query: &ListQuery,
    extent: Option<Extent>,
    fixed: Option<&str>,
    views: SavedViews,
    refreshes: bool,
) -> AnyView {
    let search = list.search.filter(|search| fixed.is_none() || matches!(search, Search::Provider(_)));
    let search = search.map(|search| {
        let keep = query.pairs().into_iter().filter(|(name, _)| *name != "q").collect();
        view! {
            <form::Search action=list.path value=query.search.clone() label=search.label() keep=keep />
        }
    });
    let links = filter::links(&list.filters, query);
    let controls = filter::controls(&list.filters, query);
    // What is chosen by links stays when the form is sent.
    let own: Vec<&str> =
        list.filters.iter().filter(|filter| !filter.is_chips()).map(|filter| filter.name).collect();
    let keep = query.pairs().into_iter().filter(|(name, _)| !own.contains(name)).collect();
    let controls = (!controls.is_empty()).then(|| {
        view! { <FilterForm action=list.path clear=None keep=keep>{controls}</FilterForm> }
    });
    let mut chosen = filter::chosen(&list.filters, query);
    if !query.search.is_empty() {
        chosen.insert(0, filter::chosen_chip(&format!("“{}”", query.search), query.unsearched()));
    }
    let chosen = (!chosen.is_empty()).then(|| {
        let all = (chosen.len() > 1)
            .then(|| view! { <li><a class="chip" href=query.widened()>"Clear all"</a></li> });
        view! { <nav aria-label="Chosen filters"><ul class="chips">{chosen}{all}</ul></nav> }
    });
    let why = fixed.map(|why| view! { <p class="hint">{why.to_owned()}</p> });
    view! {
        <div class="toolbar" data-refreshes=refreshes.then_some("")>
            <div class="filters">{search}{links}{controls}</div>
            <div class="toolbar-menus">
                {view_menu::menu(list, query, views)}
                <div data-region="file">{download::menu(list, query, extent)}</div>
            </div>
        </div>
        {chosen}
        {why}
    }
    .into_any()
}

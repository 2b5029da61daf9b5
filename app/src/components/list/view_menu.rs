//! The menu of how a list looks: which columns, how dense, how many rows, and the views that were saved under a name.

use gateway::{Account, SavedView};
use leptos::prelude::*;

use super::{List, ListQuery};
use crate::{
    components::{
        filters::KeptFields,
        icon::{Icon, icon},
    },
    routes,
    words::count,
};

/// The saved views of a list; none where our storage cannot be read, which the page of views says.
pub(super) struct SavedViews(pub(super) Vec<SavedView>);

/// Reads them.
pub(super) async fn saved<R>(account: &Account, list: &List<R>) -> SavedViews {
    SavedViews(account.views(list.name).await.unwrap_or_default())
}

/// The menu.
pub(super) fn menu<R>(list: &List<R>, query: &ListQuery, views: SavedViews) -> AnyView {
    view! {
        <details class="menu tool-menu">
            <summary>"View" {icon(Icon::Down)}</summary>
            <div class="menu-body">
                {looks(list, query)}
                {saved_views(list, query, &views.0)}
            </div>
        </details>
    }
    .into_any()
}

/// Columns, density and rows per page: a form that is sent by GET.
fn looks<R>(list: &List<R>, query: &ListQuery) -> AnyView {
    let shown: Vec<&str> = query.shown(list).iter().map(|column| column.key).collect();
    let columns = list
        .columns
        .iter()
        .filter(|column| !column.is_naming())
        .map(|column| {
            let checked = shown.contains(&column.key);
            view! {
                <label class="check">
                    <input type="checkbox" name="column" value=column.key checked=checked autocomplete="off" />
                    {column.head}
                </label>
            }
        })
        .collect_view();
    // The naming column travels along: without it "no other column" would be "the usual ones".
    let naming = list.columns.iter().find(|column| column.is_naming()).map(|column| column.key);
    let density = [("", "Comfortable"), ("compact", "Compact")].map(|(value, text)| {
        let checked = query.compact != value.is_empty();
        view! {
            <label class="check">
                <input type="radio" name="density" value=value checked=checked autocomplete="off" /> {text}
            </label>
        }
    });
    let sizes = (!list.sizes.is_empty()).then(|| {
        let usual = std::iter::once((String::new(), "As the provider".to_owned()));
        let options = usual.chain(list.sizes.iter().map(|rows| (rows.to_string(), count(*rows, "row"))));
        let present = query.per_page.map(|rows| rows.to_string()).unwrap_or_default();
        let options = options
            .map(|(value, text)| {
                let selected = value == present;
                view! { <option value=value selected=selected>{text}</option> }
            })
            .collect_view();
        view! {
            <label class="filter">"Rows per page"
                <select name="per_page" autocomplete="off">{options}</select>
            </label>
        }
    });
    let mut keep = query.pairs();
    keep.retain(|(name, _)| !matches!(*name, "column" | "density" | "per_page"));
    if let Some(naming) = naming {
        keep.push(("column", naming.to_owned()));
    }
    let usual = ListQuery { columns: Vec::new(), compact: false, per_page: None, ..query.clone() }.at_page(1);
    view! {
        <form method="get" action=list.path aria-label="View" class="looks">
            <KeptFields keep=keep />
            <fieldset class="looks-columns"><legend>"Columns"</legend>{columns}</fieldset>
            <fieldset><legend>"Density"</legend>{density.into_iter().collect_view()}</fieldset>
            {sizes}
            <div class="actions">
                <button class="button" type="submit">"Apply"</button>
                <a class="button" href=usual>"Reset"</a>
            </div>
        </form>
    }
    .into_any()
}

/// Links to the saved views, and the way to save this one.
fn saved_views<R>(list: &List<R>, query: &ListQuery, views: &[SavedView]) -> AnyView {
    let links = views
        .iter()
        .map(|view| {
            let to = routes::view_of(list.path, &view.query);
            let current = (view.query == query.kept()).then_some("true");
            let mark = view.is_default.then_some(" (default)");
            view! { <li><a href=to aria-current=current>{view.name.clone()} {mark}</a></li> }
        })
        .collect_view();
    let links = (!views.is_empty()).then(|| view! { <ul class="menu-list">{links}</ul> });
    view! {
        <section class="saved-views">
            <p class="menu-title">"Saved views"</p>
            {links}
            <a href=routes::views(list.name, &query.kept())>"Save or manage views"</a>
        </section>
    }
    .into_any()
}

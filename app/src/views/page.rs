//! `/views/{list}`: the saved views of a list, and the form to save what an address shows.

use gateway::SavedView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    components::{
        form::{Field, Form, Hidden},
        frame::{Frame, NAVIGATION, NavigationPlace, Section},
        notice::{Empty, main_trouble},
        table::{Column, Table},
    },
    forms::{Kind, Rule, draft_here},
    routes,
    visitor::Visitor,
};

/// The name of a view.
pub const NAME: Rule = Rule::new(Kind::Line, "name", "Name").required("Give it a name.").longest(60);

/// The fields of the form.
pub const FIELDS: &[Rule] = &[NAME];

/// The list of a word in addresses: its place in the navigation.
pub fn list_of(word: &str) -> Option<&'static NavigationPlace> {
    NAVIGATION
        .iter()
        .flat_map(|(_, places)| *places)
        .find(|place| place.has_views && place.address.strip_prefix('/') == Some(word))
}

/// The page.
#[component]
pub fn ViewsPage() -> impl IntoView {
    let word = use_params_map().read_untracked().get("list").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (shown, draft) = (query.get("query").unwrap_or_default(), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let Some(list) = list_of(&word) else {
            let body = main_trouble(&gateway::Error::NotFound, "list of this name");
            return Some(
                view! { <Frame title="Saved views" section=Section::Elsewhere>{body}</Frame> }.into_any(),
            );
        };
        let above = vec![(list.address.to_owned(), list.name.to_owned())];
        let draft = draft_here(&account, draft).await;
        let shown = draft.as_ref().and_then(|draft| draft.value("query")).map_or(shown, str::to_owned);
        let body = match account.views(&word).await {
            Ok(views) => saved(list, &views),
            Err(error) => main_trouble(&error, "the saved views"),
        };
        let look = routes::view_of(list.address, &shown);
        Some(
            view! {
                <Frame title="Saved views" section=list.section above=above>
                    <section aria-labelledby="save-title">
                        <h2 id="save-title">"Save this view"</h2>
                        <p class="hint lead">
                            "Search, filters, order and columns of " <a href=look.clone()><code>{look.clone()}</code></a>
                            " under a name, for everybody who is signed in to this account. A view that has the name already is replaced."
                        </p>
                        <Form action=routes::DO_SAVE_VIEW fields=FIELDS draft=draft.clone().unwrap_or_default()>
                            <Hidden name="list" value=word.clone() />
                            <Hidden name="query" value=shown />
                            <Field rule=NAME draft=draft autocomplete="off" />
                            <div class="actions">
                                <button class="button" data-tone="accent" type="submit">"Save view"</button>
                                <a class="button" href=look>"Cancel"</a>
                            </div>
                        </Form>
                    </section>
                    <section aria-labelledby="saved-title">
                        <h2 id="saved-title">"Saved"</h2>
                        {body}
                    </section>
                </Frame>
            }
            .into_any(),
        )
    })
}

fn saved(list: &'static NavigationPlace, views: &[SavedView]) -> AnyView {
    if views.is_empty() {
        return view! {
            <Empty title="No saved views yet">
                <p>"The sidebar leads to the plain list until one is made its default."</p>
            </Empty>
        }
        .into_any();
    }
    let rows = views.iter().map(|view| row(list, view)).collect_view();
    let columns =
        vec![Column::text("Name"), Column::text("Shows"), Column::text("Sidebar"), Column::text("Remove")];
    view! { <Table caption="Saved views" columns=columns>{rows}</Table> }.into_any()
}

fn row(list: &'static NavigationPlace, view: &SavedView) -> AnyView {
    let (to, name, word) = (routes::view_of(list.address, &view.query), view.name.clone(), view.list.clone());
    let id = view.id.to_string();
    let (chosen, verb) = if view.is_default {
        (String::new(), "Back to the plain list")
    } else {
        (id.clone(), "Make default")
    };
    let (default_label, forget_label) = (format!("{verb}: {name}"), format!("Remove {name}"));
    let shows = if view.query.is_empty() { "The plain list".to_owned() } else { view.query.clone() };
    let mark = view.is_default.then_some("Leads here. ");
    let same = word.clone();
    view! {
        <tr>
            <th scope="row"><a href=to>{name}</a></th>
            <td class="wide"><code>{shows}</code></td>
            <td>
                {mark}
                <Form action=routes::DO_DEFAULT_VIEW class="inline">
                    <Hidden name="list" value=word />
                    <Hidden name="id" value=chosen />
                    <button class="button" type="submit" aria-label=default_label>{verb}</button>
                </Form>
            </td>
            <td>
                <Form action=routes::DO_FORGET_VIEW class="inline">
                    <Hidden name="list" value=same />
                    <Hidden name="id" value=id />
                    <button class="button" type="submit" aria-label=forget_label>"Remove"</button>
                </Form>
            </td>
        </tr>
    }
    .into_any()
}

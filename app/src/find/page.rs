//! `/find`: what the palette finds, as a page that works without scripts and can be sent to a colleague.

use gateway::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    answer::not_searched,
    kinds::{Found, Item, Kind, look},
    matching::Sought,
    places::places,
};
use crate::{
    components::{
        form::Search,
        frame::{Frame, Section},
        notice::{main_trouble, notice, staleness_of},
        palette::recent,
    },
    live::Sources,
    routes,
    visitor::Visitor,
};

/// The page.
#[component]
pub fn FindPage() -> impl IntoView {
    let sought = Sought::of(&use_query_map().get_untracked().get("q").unwrap_or_default());
    Suspend::new(async move {
        let visitor = Visitor::here();
        let account = visitor.account?;
        let looked = if sought.is_nothing() { Vec::new() } else { look(&account, &sought).await };
        let live = looked.iter().fold(Sources::default(), |live, (_, read)| {
            live.waiting_for(read.as_ref().map(|found| &found.reading))
        });
        let refused = looked.iter().any(|(_, read)| matches!(read, Err(Error::TokenRefused)));
        let body = match (refused, sought.is_nothing()) {
            (true, _) => main_trouble(&Error::TokenRefused, "the account"),
            (_, true) => view! {
                {recent()}
                {group("Places", &places(&sought), None, false)}
            }
            .into_any(),
            _ => results(&sought, looked),
        };
        // Without scripts a page that refreshes itself must not have a field to type in.
        let refreshes = live.refreshes(&visitor.address).then_some("");
        Some(view! {
            <Frame title="Find anything" section=Section::Elsewhere live=live>
                <div class="filters" data-refreshes=refreshes>
                    <Search action=routes::FIND value=sought.typed.clone() autofocus=sought.is_nothing()
                        label="Name, address or number" />
                </div>
                <div data-region="found">{body}</div>
            </Frame>
        })
    })
}

/// All that was found, what could not be looked at, and where was looked.
fn results(sought: &Sought, looked: Vec<(&'static Kind, Result<Found, Error>)>) -> AnyView {
    let (mut searched, mut troubles, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    let missing = looked.iter().any(|(_, read)| read.is_err());
    let places = places(sought);
    if !places.is_empty() {
        groups.push(("Places", places, None));
    }
    for (kind, read) in looked {
        match read {
            Ok(found) => {
                troubles.extend(staleness_of(&found.reading, kind.what));
                searched.push(found.searched);
                if !found.items.is_empty() {
                    groups.push((kind.name, found.items, found.more));
                }
            }
            Err(error) => troubles.push(unread(kind, &error)),
        }
    }
    let searched = (!searched.is_empty()).then(|| format!("Searched: {}.", searched.join("; ")));
    let words = if groups.is_empty() {
        // What could not be looked at may hold it.
        let (title, kind) = if missing {
            (format!("“{}” was not found in what could be searched.", sought.typed), "failed")
        } else {
            (format!("Nothing found for “{}”.", sought.typed), "no-match")
        };
        view! {
            <div class="empty" data-kind=kind>
                <p class="empty-title">{title}</p>
                {searched.map(|words| view! { <p>{words}</p> })}
            </div>
        }
        .into_any()
    } else {
        searched.map(|words| view! { <p class="hint found-where">{words}</p> }).into_any()
    };
    let groups = groups
        .iter()
        .enumerate()
        .map(|(place, (name, items, more))| group(name, items, more.clone(), place == 0))
        .collect_view();
    view! { {troubles} {groups} {words} }.into_any()
}

/// A kind that could not be looked at; one that is only late completes itself.
fn unread(kind: &Kind, error: &Error) -> AnyView {
    let waits = *error == Error::StillWaiting;
    let words = not_searched(kind.name, error);
    view! { <div class:waiting=waits>{notice("warning", view! { <p>{words}</p> })}</div> }.into_any()
}

/// What was found of a kind. The first of all has the focus, so that Enter opens it.
fn group(name: &str, items: &[Item], more: Option<String>, first: bool) -> AnyView {
    let id = format!("found-{}", name.to_lowercase());
    let rows = items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let focus = first && place == 0;
            let Item { name, hint, address, .. } = item.clone();
            view! { <li><a href=address autofocus=focus>{name}</a> <span class="hint">{hint}</span></li> }
        })
        .collect_view();
    let more =
        more.map(|to| view! { <p><a href=to>{format!("All {} that match", name.to_lowercase())}</a></p> });
    let title = id.clone();
    view! {
        <section aria-labelledby=title>
            <h2 id=id>{name.to_owned()}</h2>
            <ul class="found">{rows}</ul>
            {more}
        </section>
    }
    .into_any()
}

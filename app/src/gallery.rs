//! `/gallery`, in the demo only: every shared part in every state, in both themes beside each other, a page for each
//! kind. The place to look at and to test. A part is added by one small function in the file of its kind, and a line in that file's list.

mod actions;
mod charts;
mod fields;
mod forms;
mod frame;
mod list_pages;
mod lists;
mod palette;
mod progress;
mod questions;
mod scope;
mod specimen;
mod states;
#[cfg(test)]
mod tests;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::specimen::Group;
use crate::{
    components::{
        frame::{Frame, Section},
        tabs::{Tab, Tabs},
    },
    errors::NotFoundPage,
    routes,
    visitor::Visitor,
};

/// All kinds, in the order of the page.
const GROUPS: [&Group; 12] = [
    &frame::GROUP,
    &states::GROUP,
    &actions::GROUP,
    &questions::GROUP,
    &fields::GROUP,
    &forms::GROUP,
    &lists::GROUP,
    &list_pages::GROUP,
    &progress::GROUP,
    &palette::GROUP,
    &charts::GROUP,
    &charts::EDGES,
];

/// What it is for.
const WORDS: &str = "Every part of these pages in every state, light and dark. Forms lead nowhere here, and what \
                     asks for something does not get it.";

/// `/gallery`: what there is.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if Visitor::here().house.demo.is_none() {
        return view! { <NotFoundPage /> }.into_any();
    }
    let contents = GROUPS
        .map(|group| {
            let parts = group.specimens.iter().map(|specimen| {
                let to = routes::gallery_part(group.id, specimen.id);
                view! { <li><a href=to>{specimen.name}</a></li> }
            });
            view! {
                <section aria-labelledby=group.id>
                    <h2 id=group.id><a href=routes::gallery_kind(group.id)>{group.title}</a></h2>
                    <ul class="gallery-contents">{parts.collect_view()}</ul>
                </section>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <Frame title="Gallery" section=Section::Elsewhere>
            <p class="lead">{WORDS}</p>
            {contents}
        </Frame>
    }
    .into_any()
}

/// `/gallery/{kind}`: the parts of a kind.
#[component]
pub fn GalleryKindPage() -> impl IntoView {
    let kind = use_params_map().read_untracked().get("kind").unwrap_or_default();
    let group = GROUPS.into_iter().find(|group| group.id == kind);
    let Some(group) = group.filter(|_| Visitor::here().house.demo.is_some()) else {
        return view! { <NotFoundPage /> }.into_any();
    };
    let others = GROUPS
        .map(|other| Tab {
            name: other.title,
            to: routes::gallery_kind(other.id),
            here: other.id == group.id,
        })
        .into();
    view! {
        <Frame title=group.title section=Section::Elsewhere
            above=vec![(routes::GALLERY.to_owned(), "Gallery".to_owned())]>
            <Tabs label="Kinds of parts".to_owned() tabs=others />
            {group.show()}
        </Frame>
    }
    .into_any()
}

//! `/gallery`, in the demo only: every shared part in every state, in both themes beside each other. The place to look
//! at and to test. A part is added by one small function in the file of its kind, and a line in that file's list.

mod actions;
mod charts;
mod forms;
mod lists;
mod scope;
mod specimen;
mod states;

use leptos::prelude::*;

use self::specimen::Group;
use crate::{
    components::frame::{Frame, Section},
    errors::NotFoundPage,
    routes,
    visitor::Visitor,
};

/// All kinds, in the order of the page.
const GROUPS: [&Group; 5] = [&states::GROUP, &actions::GROUP, &forms::GROUP, &lists::GROUP, &charts::GROUP];

/// The page.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if Visitor::here().house.demo.is_none() {
        return view! { <NotFoundPage /> }.into_any();
    }
    let contents = GROUPS
        .map(|group| view! { <li><a href=routes::gallery_section(group.id)>{group.title}</a></li> })
        .into_iter()
        .collect_view();
    view! {
        <Frame title="Gallery" section=Section::Elsewhere>
            <p class="lead">
                "Every part of these pages in every state, light and dark. Forms lead nowhere here, and what asks for \
                 something does not get it."
            </p>
            <nav aria-label="Kinds of parts"><ul class="gallery-contents">{contents}</ul></nav>
            {GROUPS.map(Group::show).into_iter().collect_view()}
        </Frame>
    }
    .into_any()
}

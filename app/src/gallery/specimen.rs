//! One part in one state, and how it is shown.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::scope::scoped;

/// A part in a state.
pub struct Specimen {
    /// Its place in the address.
    pub id: &'static str,
    /// What one sees.
    pub name: &'static str,
    /// Makes it.
    pub show: fn() -> AnyView,
}

impl Specimen {
    /// A part in a state.
    pub const fn new(id: &'static str, name: &'static str, show: fn() -> AnyView) -> Self {
        Self { id, name, show }
    }
}

/// Parts of a kind.
pub struct Group {
    /// Its place in the address.
    pub id: &'static str,
    /// What they have in common.
    pub title: &'static str,
    /// Each part in each of its states.
    pub specimens: &'static [Specimen],
}

impl Group {
    /// What the page shows.
    pub fn show(&self) -> AnyView {
        self.specimens.iter().map(show).collect_view().into_any()
    }
}

/// A part as it is when its `<details>` has been opened.
pub fn unfolded(part: AnyView) -> AnyView {
    let html = part.to_html().replacen("<details", "<details open", 1);
    view! { <div inner_html=html></div> }.into_any()
}

/// The part in both themes. It is there twice, and so would its names and ids be: each gets its own.
fn show(specimen: &Specimen) -> AnyView {
    let themes = ["light", "dark"]
        .map(|theme| {
            // A look may come with a status, which is not that of this page.
            let html = Owner::new().with(|| {
                provide_context(ResponseOptions::default());
                (specimen.show)().to_html()
            });
            let html = scoped(&html, &format!("{}-{theme}", specimen.id));
            view! { <div class="gallery-theme" data-theme=theme inner_html=html></div> }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="gallery-specimen" id=specimen.id>
            <h2>{specimen.name}</h2>
            <div class="gallery-themes">{themes}</div>
        </div>
    }
    .into_any()
}

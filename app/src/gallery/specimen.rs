//! One part in one state, and how it is shown. What only scripts or a browser make of a part (opened, shown, filled) is
//! made of its HTML here, which this program itself rendered.

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

/// HTML as a part.
pub fn as_it_is(html: String) -> AnyView {
    view! { <div inner_html=html></div> }.into_any()
}

/// A part as it is when its `<details>` with this in its summary has been opened.
pub fn unfolded(part: AnyView, summary: &str) -> AnyView {
    let mut html = part.to_html();
    let details = html.find(summary).and_then(|place| html[..place].rfind("<details"));
    if let Some(place) = details {
        html.insert_str(place + "<details".len(), " open");
    }
    as_it_is(html)
}

/// A part as scripts show it.
pub fn shown(part: AnyView) -> AnyView {
    as_it_is(part.to_html().replace(" hidden", ""))
}

/// A piece of HTML, from where `begins` stands to the next `ends`, with both.
pub fn piece<'html>(html: &'html str, begins: &str, ends: &str) -> Option<&'html str> {
    let start = html.find(begins)?;
    let end = start + begins.len() + html[start + begins.len()..].find(ends)? + ends.len();
    Some(&html[start..end])
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

#[cfg(test)]
mod tests {
    use super::piece;

    #[test]
    fn pieces_have_both_their_ends() {
        let html = "<nav id=\"a\"></nav><p>x</p><nav></nav>";
        assert_eq!(piece(html, "<p", "</p>"), Some("<p>x</p>"));
        assert_eq!(piece(html, "<nav id", "</nav>"), Some("<nav id=\"a\"></nav>"));
        assert_eq!(piece(html, "<p", "</ul>"), None);
    }
}

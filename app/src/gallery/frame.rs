//! What stands around every page: the top bar, the places, the way here, the foot. The frame is one piece; here it is cut
//! into its parts as it is, with nothing else of it.

use leptos::prelude::*;
use leptos_meta::{MetaContext, ServerMetaContext};

use super::specimen::{Group, Specimen, as_it_is, piece, shown};
use crate::{
    components::frame::{Frame, Section, new_version_bar, recovery_bar, signed_out_bar},
    routes,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "frame",
    title: "Frame",
    specimens: &[
        Specimen::new("top-bar", "The top bar, with the search", || part("<header", "</header>")),
        Specimen::new("sidebar", "The places, at the side", || part("<nav id=\"places\"", "</nav>")),
        Specimen::new("sidebar-sheet", "The places as a sheet, on a phone", || {
            view! { <div class="gallery-sheet">{part("<nav id=\"places\"", "</nav>")}</div> }.into_any()
        }),
        Specimen::new("breadcrumbs", "The way here", || part("<nav aria-label=\"Breadcrumbs\"", "</nav>")),
        Specimen::new("foot", "The foot", || part("<footer", "</footer>")),
        Specimen::new("broken", "The scripts of the page broke", || shown(recovery_bar(routes::GALLERY))),
        Specimen::new("new-version", "The page is of another version", || {
            shown(new_version_bar(routes::GALLERY))
        }),
        Specimen::new("signed-out", "The session has ended while somebody typed", || shown(signed_out_bar())),
    ],
};

/// A part of the frame of a page.
fn part(begins: &str, ends: &str) -> AnyView {
    // Its title is not that of this page.
    provide_context(MetaContext::new());
    provide_context(ServerMetaContext::new().0);
    let above = vec![
        (routes::SERVERS.to_owned(), "Servers".to_owned()),
        (routes::GALLERY.to_owned(), "a-server-with-a-rather-long-name.example.org".to_owned()),
    ];
    let frame = view! { <Frame title="Add-ons" section=Section::Servers above=above>""</Frame> }.to_html();
    as_it_is(piece(&frame, begins, ends).unwrap_or_default().to_owned())
}

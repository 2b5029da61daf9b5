//! What an image is called, and of which kind it is.

use vpsbg_api::ServerImage;

use crate::words::or_dash;

/// The name, or what to call it without one.
pub fn name(image: &ServerImage) -> String {
    let name = image.name.clone().filter(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| {
        image.id.map_or_else(|| "An image without a name".to_owned(), |id| format!("image {id}"))
    })
}

/// Its family.
pub fn family(image: &ServerImage) -> Option<String> {
    image.group.as_ref().and_then(|group| group.name.clone())
}

/// The word of its kind.
fn word(image: &ServerImage) -> Option<&str> {
    image.group.as_ref()?.kind.as_deref()
}

/// A system with something installed on it.
pub fn is_app(image: &ServerImage) -> bool {
    word(image) == Some("app")
}

/// A system that needs a licence.
pub fn is_windows(image: &ServerImage) -> bool {
    image.group.as_ref().and_then(|group| group.key.as_deref()) == Some("windows")
}

/// Its kind in words; a word that nobody knows as it was sent.
pub fn kind(image: &ServerImage) -> String {
    match word(image) {
        Some("os") => "System".to_owned(),
        Some("app") => "App".to_owned(),
        other => or_dash(other),
    }
}

//! Speculation rules: a page whose link somebody points at is fetched beforehand, so that it is there when the link is
//! followed. Which links, stands here; that such a request leaves no trace is `app`'s business.

use app::routes;
use axum::{Router, http::header, routing::get};

/// Where the rules are.
const ADDRESS: &str = "/speculation.json";
/// What pages say of it, as the value of the header `Speculation-Rules`.
pub const HEADER: &str = "\"/speculation.json\"";

/// The rules as a file of the site. The same for everybody, so without session or account.
pub fn router() -> Router {
    let said = [
        (header::CONTENT_TYPE, "application/speculationrules+json"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    Router::new().route(ADDRESS, get(move || async move { (said, rules()) }))
}

/// Moderate: when the pointer rests on a link for a moment, or a finger is put down. Not what acts, streams or is a
/// file, and not sign-in, which is different each time.
fn rules() -> String {
    let not = [
        "/do/*".to_owned(),
        format!("{}*", routes::LIVE),
        format!("{}*", routes::SIGN_IN),
        "/*.csv*".to_owned(),
        "/tickets/*/files/*".to_owned(),
    ];
    let not = not.map(|pattern| {
        // With any query too: older browsers take a pattern without one literally.
        format!("\"{pattern}\",\"{pattern}\\\\?*\"")
    });
    format!(
        "{{\"prefetch\":[{{\"source\":\"document\",\"eagerness\":\"moderate\",\"where\":{{\"and\":[\
         {{\"href_matches\":\"/*\"}},{{\"not\":{{\"href_matches\":[{}]}}}},\
         {{\"not\":{{\"selector_matches\":\"[download]\"}}}}]}}}}]}}",
        not.join(",")
    )
}

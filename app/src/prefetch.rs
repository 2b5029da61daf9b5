//! Pages that a browser fetches beforehand, because somebody points at a link: from the cache or not at all, and
//! without a trace (design §4). Nobody has asked for them yet: the provider is not asked, the session is not used, no
//! draft is shown. An answer that is no success makes the browser drop it, and ask properly when somebody goes there.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode},
    response::{IntoResponse, Response},
};
use gateway::Account;

use crate::routes;

/// Whether a request is such a one. What changes something never is.
pub fn is_one(request: &Request) -> bool {
    let purpose = request.headers().get("sec-purpose").map(HeaderValue::as_bytes).unwrap_or_default();
    request.method() == Method::GET && purpose.starts_with(b"prefetch")
}

/// Whether it is a page at all that was pointed at: streams and files are none, and sign-in is about the session.
pub fn may_be(path: &str) -> bool {
    ![routes::LIVE, routes::SIGN_IN].contains(&path) && !routes::is_file(path) && !path.starts_with("/do/")
}

/// The page, if all of it came from the cache.
pub fn whole(account: &Account, page: Response) -> Response {
    if page.status().is_success() && !account.lacked() { page } else { not_at_all() }
}

/// After a form: pages that were fetched before it show what was. Browsers that cannot be told so pass it by.
pub fn outdated(mut answer: Response) -> Response {
    let forget = HeaderValue::from_static("\"prefetchCache\"");
    answer.headers_mut().entry("clear-site-data").or_insert(forget);
    answer
}

/// No page. Not "try later" either: nothing is wrong, it was only too early.
pub fn not_at_all() -> Response {
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

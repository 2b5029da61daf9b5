//! The middleware, all of it, in order. A request goes through from the top down, its answer from the bottom up.

use std::{net::IpAddr, sync::Arc, time::Duration};

use app::{House, RequestId};
use axum::{
    Router,
    extract::Request,
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use leptos::config::LeptosOptions;
use time::Duration as Days;
use tower_http::{CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};
use tracing::Instrument;

use crate::{Metrics, PublicUrl, SiteFiles, addresses, headers, metrics, origin, speculation};

/// Name of the session cookie behind TLS: the prefix makes browsers insist on Secure, the path and no domain.
const COOKIE: &str = "__Host-vitosha";
/// Its name on this machine, where there is no TLS.
const LOCAL_COOKIE: &str = "vitosha-dev";
/// A session outlives its last request by no more than this; the gateway ends it earlier.
const LONGEST_SESSION: Days = Days::days(7);

/// The whole program as an axum router.
pub fn stack(
    options: LeptosOptions,
    house: House,
    files: &SiteFiles,
    public: PublicUrl,
    proxies: &[IpAddr],
    numbers: Metrics,
) -> Router {
    let sessions = SessionManagerLayer::new(house.gateway.sessions())
        .with_name(if public.is_https() { COOKIE } else { LOCAL_COOKIE })
        .with_secure(public.is_https())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(LONGEST_SESSION));
    let public = Arc::new(public);
    let proxies: Arc<[IpAddr]> = proxies.into();
    let pages = app::site(options, house)
        // 9. Pages are packed: they are many times smaller on a phone. Not streams and files, which must come as they
        // go; what in a page is secret (its one-time fields) is another one in each answer.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(is_page))
        // 8. The session, loaded only when somebody asks for it, saved when the handler has returned.
        .layer(sessions)
        // 7. Before the session: a foreign form must not even touch it.
        .layer(middleware::from_fn_with_state(Arc::clone(&public), origin::check));
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        // Files need no session.
        .merge(files.router())
        .merge(speculation::router())
        .merge(pages)
        // 6. Whatever breaks below becomes a page instead of a dead connection, and a line in the log.
        .layer(CatchPanicLayer::custom(panicked))
        // 5. Headers also on refusals and broken pages, and the nonce before any page is rendered.
        .layer(middleware::from_fn_with_state(public, headers::security))
        // 4. Whom to name in the audit and to count at sign-in.
        .layer(middleware::from_fn_with_state(proxies, addresses::client))
        // 3. Counted as it is answered, whatever happened below.
        .layer(middleware::from_fn_with_state(numbers, metrics::count))
        // 2. One line in the log for each request, with its id.
        // 1. The id first: everything below is logged with it.
        .layer(middleware::from_fn(identify))
}

/// Whether an answer is a page.
fn is_page(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    kind.starts_with(b"text/html")
}

/// Gives the request its id and its place in the log. The query is left out: it may hold what a person typed.
async fn identify(mut request: Request, next: Next) -> Response {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    let id = hex::encode(bytes);
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let quiet = request.uri().path().starts_with("/pkg/") || request.uri().path() == "/healthz";
    let started = std::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| {
        let (status, took) = (response.status().as_u16(), started.elapsed());
        if took > Duration::from_secs(5) {
            tracing::warn!(status, ?took, "slow answer");
        } else if !quiet {
            tracing::info!(status, ?took, "answered");
        }
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a request broke");
    let words =
        "The mistake is on our side and is in the log. Nothing was sent to the provider by this answer.";
    app::plain_page(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", words)
}

//! Requests that change something must come from our own pages: `Origin` equals the public address, and
//! `Sec-Fetch-Site`, if sent, is `same-origin`. A request with neither header is no browser's form: 403. `Host`
//! must be ours on every request, so that no foreign name can be pointed at us.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::PublicUrl;

/// Lets through what comes from our own pages.
pub async fn check(State(public): State<Arc<PublicUrl>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host =
        text(header::HOST).or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    if host != Some(public.host().as_str()) {
        let words = format!("This console is reached at {}.", public.origin());
        return app::plain_page(StatusCode::MISDIRECTED_REQUEST, "This is not the right address", &words);
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let origin = text(header::ORIGIN);
    let site = headers.get("sec-fetch-site").map(|value| value == "same-origin");
    let own = origin.map(|origin| origin == public.origin());
    // Some browsers leave `Origin` out where `Sec-Fetch-Site` already tells.
    let allowed = matches!((own, site), (Some(true), None | Some(true)) | (None, Some(true)));
    if allowed {
        return next.run(request).await;
    }
    tracing::warn!(?origin, path = request.uri().path(), "a form from elsewhere was refused");
    let words = "This form did not come from a page of this console, so nothing was done. Open the page here and \
                 send it again.";
    app::plain_page(StatusCode::FORBIDDEN, "Sent from elsewhere", words)
}

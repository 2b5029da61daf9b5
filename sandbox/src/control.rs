//! `/_sandbox`: what the provider does not have. Worlds are made, moved, broken and read here.
//! Nothing in here is reachable under `/v1`.

mod dials;
mod guard;
mod records;

use crate::sandbox::House;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use serde_json::json;
use std::sync::Arc;

/// All control calls.
pub(crate) fn router(house: Arc<House>) -> Router<Arc<House>> {
    Router::new()
        .route("/accounts", post(dials::open_account))
        .route("/clock", post(dials::clock))
        .route("/faults", post(dials::faults))
        .route("/force", post(dials::force).delete(dials::clear_forced))
        .route("/dialect", post(dials::dialect))
        .route("/reset", post(dials::reset))
        .route("/journal", get(records::journal).delete(records::clear_journal))
        .route("/state", get(records::state))
        .fallback(unknown)
        .layer(middleware::from_fn_with_state(house, near_only))
}

/// Lets only this machine in, unless the owner chose otherwise.
async fn near_only(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let peer = crate::door::connection::Peer::of(request.extensions());
    if !guard::may_control(&house.options, peer.is_loopback()) {
        let words = "The controls of the sandbox are only for this machine.";
        return Refused(StatusCode::FORBIDDEN, words.to_owned()).into_response();
    }
    if !guard::names_this_machine(&house.options, request.headers()) {
        let words = "The controls of the sandbox are not for pages of other places, nor under other names.";
        return Refused(StatusCode::FORBIDDEN, words.to_owned()).into_response();
    }
    next.run(request).await
}

async fn unknown() -> Refused {
    Refused(StatusCode::NOT_FOUND, "There is no such control call; see sandbox/README.md.".to_owned())
}

/// A refusal in the shape of the API's own.
struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}

//! Control calls that change a world. Bodies are JSON whatever their content type says, so that curl is easy.

use super::Refused;
use super::records;
use crate::options::NewAccount;
use crate::sandbox::House;
use crate::world::World;
use crate::world::dialect::Dialect;
use crate::world::faults::FaultsChange;
use crate::world::forced::Forced;
use crate::world::registry::SharedWorld;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};
use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Farthest the clock moves in one step, seconds: ten years.
const FARTHEST: f64 = 10.0 * 365.0 * 86_400.0;

/// The world a control call is about: `?account=`, `X-Sandbox-Account`, else the default one.
pub(super) fn world_of(house: &House, uri: &Uri, headers: &HeaderMap) -> Result<SharedWorld, Refused> {
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let asked = query.iter().find(|(name, _)| name == "account").map(|(_, id)| id.as_str());
    let header = headers.get("x-sandbox-account").and_then(|id| id.to_str().ok());
    match asked.or(header) {
        None => Ok(house.registry.default_world()),
        Some(id) => house
            .registry
            .by_id(id)
            .ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("There is no account {id}."))),
    }
}

/// Reads the body; an empty one is `{}`.
fn body_of<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, Refused> {
    let text: &[u8] = if bytes.is_empty() { b"{}" } else { bytes };
    serde_json::from_slice(text).map_err(|error| nonsense(format!("The order does not read: {error}.")))
}

/// Reads an order, carries it out on its world and shows the world.
fn carry_out<T: DeserializeOwned>(
    house: &House,
    uri: &Uri,
    headers: &HeaderMap,
    bytes: &Bytes,
    act: impl FnOnce(&mut World, T) -> Result<(), String>,
) -> Response {
    let outcome = world_of(house, uri, headers).and_then(|world| {
        let order = body_of(bytes)?;
        let mut world = world.lock();
        world.settle();
        act(&mut world, order).map_err(nonsense)?;
        world.settle();
        Ok(Json(records::portrait(&world)).into_response())
    });
    outcome.unwrap_or_else(IntoResponse::into_response)
}

fn nonsense(sentence: String) -> Refused {
    Refused(StatusCode::UNPROCESSABLE_ENTITY, sentence)
}

pub(super) async fn open_account(State(house): State<Arc<House>>, bytes: Bytes) -> Response {
    let wish: NewAccount = match body_of(&bytes) {
        Ok(wish) => wish,
        Err(refusal) => return refusal.into_response(),
    };
    match house.registry.open(wish) {
        Ok(account) => (StatusCode::CREATED, Json(account)).into_response(),
        Err(sentence) => nonsense(sentence).into_response(),
    }
}

/// Body of `POST /_sandbox/clock`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockOrder {
    freeze: Option<bool>,
    advance_seconds: Option<f64>,
}

pub(super) async fn clock(
    State(house): State<Arc<House>>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    carry_out(&house, &uri, &headers, &bytes, |world, order: ClockOrder| {
        let seconds = order.advance_seconds.unwrap_or(0.0);
        if !(0.0..=FARTHEST).contains(&seconds) {
            return Err("The clock only moves forward, at most ten years in a step.".to_owned());
        }
        if let Some(freeze) = order.freeze {
            world.clock.freeze(freeze);
        }
        world.clock.advance(SignedDuration::from_secs_f64(seconds));
        Ok(())
    })
}

pub(super) async fn faults(
    State(house): State<Arc<House>>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    carry_out(&house, &uri, &headers, &bytes, |world, change: FaultsChange| {
        world.faults.change(&change)?;
        if let Some(rate) = change.iso_bytes_per_second.filter(|rate| *rate > 0.0) {
            let now = world.now();
            world.holdings.isos.iter_mut().for_each(|iso| iso.change_speed(now, rate));
        }
        Ok(())
    })
}

pub(super) async fn force(
    State(house): State<Arc<House>>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    carry_out(&house, &uri, &headers, &bytes, |world, forced: Forced| world.forced.order(forced))
}

pub(super) async fn clear_forced(State(house): State<Arc<House>>, uri: Uri, headers: HeaderMap) -> Response {
    carry_out(&house, &uri, &headers, &Bytes::new(), |world, Nothing {}| {
        world.forced.clear();
        Ok(())
    })
}

/// Body of `POST /_sandbox/dialect`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DialectOrder {
    dialect: Dialect,
}

pub(super) async fn dialect(
    State(house): State<Arc<House>>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    carry_out(&house, &uri, &headers, &bytes, |world, order: DialectOrder| {
        world.dialect = order.dialect;
        Ok(())
    })
}

/// Body of a call that needs none.
#[derive(Debug, Deserialize)]
struct Nothing {}

pub(super) async fn reset(
    State(house): State<Arc<House>>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    carry_out(&house, &uri, &headers, &bytes, |world, Nothing {}| {
        world.reset();
        Ok(())
    })
}

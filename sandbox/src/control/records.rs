//! Control calls that read a world: its journal and its portrait. No token is ever shown.

use super::dials::world_of;
use crate::sandbox::House;
use crate::stamp;
use crate::world::World;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Uri};
use serde_json::{Value, json};
use std::sync::Arc;

/// A world at a glance: answer of every control call about one.
pub(super) fn portrait(world: &World) -> Value {
    // Their bytes are not kept, so the digest is all that tells whether an upload arrived whole.
    let boot_images =
        world.holdings.boot_images.iter().map(
            |image| json!({"id": image.id, "name": image.name, "size": image.size, "sha256": image.digest}),
        );
    json!({
        "id": world.id,
        "seed": world.seed,
        "email": world.holdings.user.email,
        "now": stamp::iso(world.now()),
        "frozen": world.clock.is_frozen(),
        "dialect": world.dialect,
        "faults": world.faults,
        "forced": world.forced,
        "journal": world.journal.len(),
        "servers": world.holdings.servers.len(),
        "floating_ips": world.holdings.floating_ips.len(),
        "isos": world.holdings.isos.len(),
        "snapshots": world.holdings.snapshots.len(),
        "backups": world.holdings.backups.len(),
        "boot_images": boot_images.collect::<Vec<_>>(),
        "orders": world.holdings.orders.len(),
        "invoices": world.holdings.invoices.len(),
        "tickets": world.holdings.tickets.len(),
    })
}

pub(super) async fn state(State(house): State<Arc<House>>, uri: Uri, headers: HeaderMap) -> Response {
    let world = match world_of(&house, &uri, &headers) {
        Ok(world) => world,
        Err(refusal) => return refusal.into_response(),
    };
    let mut world = world.lock();
    world.settle();
    Json(portrait(&world)).into_response()
}

pub(super) async fn journal(State(house): State<Arc<House>>, uri: Uri, headers: HeaderMap) -> Response {
    match world_of(&house, &uri, &headers) {
        Ok(world) => Json(&world.lock().journal).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

pub(super) async fn clear_journal(State(house): State<Arc<House>>, uri: Uri, headers: HeaderMap) -> Response {
    match world_of(&house, &uri, &headers) {
        Ok(world) => {
            let mut world = world.lock();
            world.journal.clear();
            Json(portrait(&world)).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

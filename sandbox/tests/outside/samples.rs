//! For every operation one request that succeeds, prepared in a world of its own (seed `typical`).
//! A family's room answers none for what is not its own; what needs no body and no id needs no line anywhere.

mod account;
mod network;
mod servers;
mod support;

use crate::stage::Stage;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use vpsbg_sandbox::Route;

/// The request of an operation; it may have changed the world to make it possible.
pub async fn request(stage: &Stage, route: &Route) -> RequestBuilder {
    if let Some(request) = account::request(stage, route).await {
        return request;
    }
    if let Some(request) = support::request(stage, route).await {
        return request;
    }
    if let Some(request) = network::request(stage, route).await {
        return request;
    }
    if let Some(request) = servers::request(stage, route).await {
        return request;
    }
    stage.request(route.method.clone(), route.path)
}

/// The first row of a list.
pub async fn first(stage: &Stage, path: &str) -> Value {
    let (status, list) = stage.get(path).await;
    assert_eq!(status, 200, "{path}: {list}");
    list["data"][0].clone()
}

/// A request with its places filled in order.
pub fn at(stage: &Stage, route: &Route, places: &[&Value]) -> RequestBuilder {
    let mut filled = places.iter();
    let path = route.path.split('/').map(|part| {
        if part.starts_with('{') {
            let place = filled.next().unwrap_or_else(|| panic!("{} has more places", route.operation));
            place.as_str().map_or_else(|| place.to_string(), str::to_owned)
        } else {
            part.to_owned()
        }
    });
    let path = path.collect::<Vec<_>>().join("/");
    stage.request(Method::clone(&route.method), &path)
}

//! The door of `/v1`: the way of a request from the socket to a handler and back.
//! Knows worlds and routes; knows nothing of servers, ISOs or tickets.

pub(crate) mod call;
pub(crate) mod connection;
pub(crate) mod delivery;
pub(crate) mod form;
pub(crate) mod query;

use crate::reply::{Refusal, Reply};
use crate::routes::matching::{self, Match};
use crate::routes::{Expects, Handler};
use crate::sandbox::House;
use crate::world::journal::Entry;
use crate::world::registry::SharedWorld;
use crate::world::tokens::Permission;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use call::Call;
use connection::Peer;
use delivery::Delivery;
use form::Form;
use http::request::Parts;
use http::{HeaderMap, Method};
use query::Query;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// Largest JSON body, bytes.
const JSON_LIMIT: usize = 1 << 20;
/// Largest form, bytes: five files of 10 MB and some text.
const FORM_LIMIT: usize = 60 << 20;
/// Largest upload of a boot image, bytes: 1 GB and the form around it. None of it is held.
const UPLOAD_LIMIT: usize = (1 << 30) + (1 << 20);

/// Answers everything outside `/_sandbox`.
pub(crate) async fn answer(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let whole = parts.uri.path().to_owned();
    let Some(path) = whole.strip_prefix("/v1/").map(|rest| format!("/{}", rest.trim_end_matches('/'))) else {
        let path = whole.trim_matches('/').to_owned();
        return delivery::plain(Reply::from(Refusal::NoRoute { path })).into_response();
    };
    let (world, permission) = visitor(&house, &parts.headers);
    let dialect = world.lock().dialect;
    let found = matching::find(dialect, &parts.method, &path);
    let expects = found.as_ref().map_or(Expects::Nothing, |found| found.route.expects);
    let peer = Peer::of(&parts.extensions);
    let origin = origin(&parts.headers);
    let visit = Visit { method: parts.method.clone(), path: whole, query: Query::of(&parts.uri), permission };
    let sent = read(parts, body, expects).await;

    // Everything is decided at the moment of arrival and under one lock; only then comes the waiting.
    // A client that gives up early has therefore still changed what it asked to change.
    let delivery = decide(&world, visit, found, sent, origin);
    delivery.send(&house, peer).await
}

/// Who asks what.
struct Visit {
    method: Method,
    path: String,
    query: Query,
    permission: Option<Permission>,
}

/// What came with the request.
struct Sent {
    body: Value,
    form: Form,
}

/// The world a request is about. Without a known token it is the one that is named, else the default one.
fn visitor(house: &House, headers: &HeaderMap) -> (SharedWorld, Option<Permission>) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let token = text("authorization").and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    if let Some((world, permission)) = token.and_then(|token| house.registry.by_token(token)) {
        return (world, Some(permission));
    }
    let named = text("x-sandbox-account").and_then(|id| house.registry.by_id(id));
    (named.unwrap_or_else(|| house.registry.default_world()), None)
}

/// The address the client used, for the absolute links of lists.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8080");
    format!("http://{host}")
}

async fn read(parts: Parts, body: Body, expects: Expects) -> Result<Sent, Refusal> {
    let limit = match expects {
        Expects::Upload => UPLOAD_LIMIT,
        Expects::Form => FORM_LIMIT,
        Expects::Nothing | Expects::Json => JSON_LIMIT,
    };
    let declared = parts.headers.get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: usize| length > limit) {
        return Err(Refusal::TooLarge);
    }
    if expects == Expects::Upload {
        return Ok(Sent { body: Value::Null, form: Form::measure(parts, body, limit).await? });
    }
    let bytes = to_bytes(body, limit).await.map_err(|_| Refusal::TooLarge)?;
    match expects {
        Expects::Nothing => Ok(Sent { body: Value::Null, form: Form::default() }),
        Expects::Json => Ok(Sent { body: json_of(&bytes)?, form: Form::default() }),
        Expects::Form | Expects::Upload => {
            Ok(Sent { body: Value::Null, form: Form::read(parts, bytes).await? })
        }
    }
}

fn json_of(bytes: &Bytes) -> Result<Value, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::Malformed("The request body is not valid JSON."))
}

fn decide(
    world: &SharedWorld,
    visit: Visit,
    found: Result<Match, Refusal>,
    sent: Result<Sent, Refusal>,
    origin: String,
) -> Delivery {
    let mut world = world.lock();
    let now = world.now();
    world.settle();
    let operation = found.as_ref().ok().map(|found| found.route.operation);
    let limit = world.faults.rate_limit;
    let working = visit.permission.filter(|permission| !world.faults.revoked.contains(permission));
    let allowance = if working.is_some() { world.meter.count(now, limit) } else { world.meter.look(limit) };
    let forced = world.forced.take(operation);

    let mut reply = if forced.as_ref().is_some_and(|forced| !forced.performs()) {
        Reply::nothing()
    } else if let Some(status) = world.faults.strikes() {
        Refusal::Failing(status).into()
    } else {
        let door = Door { working, limited: allowance.retry_after.is_some(), method: &visit.method };
        let path = visit.path.clone();
        let outcome = door.admit(found, sent).and_then(|(handler, places, sent)| {
            let call = Call {
                places,
                query: visit.query.clone(),
                body: sent.body,
                form: sent.form,
                address: format!("{origin}{}", path.trim_end_matches('/')),
                now,
            };
            handler(&mut world, &call)
        });
        outcome.unwrap_or_else(Reply::from)
    };
    if let Some(replaced) = forced.as_ref().and_then(delivery::replacement) {
        reply = replaced;
    }

    let silent = forced.as_ref().is_some_and(|forced| forced.hang || forced.reset);
    world.journal.write(Entry {
        time: Entry::stamp(now),
        method: visit.method.to_string(),
        path: visit.path,
        query: visit.query.raw().to_owned(),
        operation,
        token: visit.permission.map_or("unknown", Permission::word),
        status: (!silent).then_some(reply.status.as_u16()),
    });
    let latency = Duration::from_millis(world.faults.latency_ms);
    Delivery { reply, allowance, forced, latency }
}

/// The checks in the order of the provider's framework: route, token, rate, permission, body.
struct Door<'visit> {
    working: Option<Permission>,
    limited: bool,
    method: &'visit Method,
}

impl Door<'_> {
    fn admit(
        &self,
        found: Result<Match, Refusal>,
        sent: Result<Sent, Refusal>,
    ) -> Result<(Handler, Vec<String>, Sent), Refusal> {
        let found = found?;
        let permission = self.working.ok_or(Refusal::Unauthenticated)?;
        if self.limited {
            return Err(Refusal::TooManyRequests);
        }
        let reads = *self.method == Method::GET || *self.method == Method::HEAD;
        if permission == Permission::Read && !reads {
            return Err(Refusal::Forbidden);
        }
        Ok((found.route.handler, found.places, sent?))
    }
}

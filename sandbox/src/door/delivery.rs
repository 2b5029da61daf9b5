//! How an answer travels: headers, delays, cuts, silence. No lock is held here.

use super::connection::Peer;
use crate::reply::{Content, Reply, usual};
use crate::sandbox::House;
use crate::world::forced::Forced;
use crate::world::meter::Allowance;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;
use std::io;
use std::time::Duration;

/// Seconds a forced 429 asks to wait, unless it is told otherwise.
const FORCED_WAIT: u64 = 30;

/// An answer on its way, with everything that may befall it.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub reply: Reply,
    pub allowance: Allowance,
    pub forced: Option<Forced>,
    pub latency: Duration,
}

impl Delivery {
    pub async fn send(self, house: &House, peer: Peer) -> Response {
        let mut closing = house.closing.subscribe();
        let delay =
            self.latency + Duration::from_millis(self.forced.as_ref().map_or(0, |forced| forced.delay_ms));
        if !delay.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(delay) => {}
                _ = closing.wait_for(|closing| *closing) => {}
            }
        }
        let forced = self.forced.as_ref();
        if forced.is_some_and(|forced| forced.hang) {
            // Only the client's leaving or the end of the sandbox ends this; an error means the latter.
            let _ = closing.wait_for(|closing| *closing).await;
            return broken(&peer);
        }
        if forced.is_some_and(|forced| forced.reset) {
            return broken(&peer);
        }
        self.into_response()
    }

    fn into_response(self) -> Response {
        let mut wait =
            self.allowance.retry_after.filter(|_| self.reply.status == StatusCode::TOO_MANY_REQUESTS);
        if wait.is_none() && self.reply.status == StatusCode::TOO_MANY_REQUESTS {
            wait = Some(FORCED_WAIT);
        }
        let (mut response, bytes) = assemble(self.reply);
        let headers = response.headers_mut();
        headers.insert("x-ratelimit-limit", self.allowance.limit.into());
        headers.insert("x-ratelimit-remaining", self.allowance.remaining.into());
        if let Some(seconds) = wait {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        let Some(forced) = self.forced else { return response };
        for (name, value) in &forced.headers {
            set(headers, name, value.as_deref());
        }
        match forced.cut_after_bytes {
            Some(kept) if kept < bytes.len() => {
                headers.insert(CONTENT_LENGTH, bytes.len().into());
                *response.body_mut() = cut(bytes.slice(..kept));
                response
            }
            _ => response,
        }
    }
}

/// The answer that was ordered instead of the real one, if one was.
pub(crate) fn replacement(forced: &Forced) -> Option<Reply> {
    if !forced.replaces() {
        return None;
    }
    let status = forced.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    let kind = |usual: &str| forced.content_type.clone().unwrap_or_else(|| usual.to_owned());
    let content = match &forced.body {
        None => {
            let mut reply = usual(status);
            reply.status = status;
            if let (Content::Json(value), Some(kind)) = (&reply.content, &forced.content_type) {
                reply.content = Content::Bytes { kind: kind.clone(), bytes: value.to_string().into() };
            }
            return Some(reply);
        }
        Some(Value::String(text)) => {
            Content::Bytes { kind: kind("text/html; charset=utf-8"), bytes: text.clone().into() }
        }
        Some(value) => Content::Bytes { kind: kind("application/json"), bytes: value.to_string().into() },
    };
    Some(Reply { status, content, headers: Vec::new() })
}

/// An answer outside any world, without rate headers.
pub(crate) fn plain(reply: Reply) -> Response {
    assemble(reply).0
}

fn assemble(reply: Reply) -> (Response, Bytes) {
    let (kind, bytes) = match reply.content {
        Content::Nothing => (None, Bytes::new()),
        Content::Json(value) => (Some("application/json".to_owned()), Bytes::from(value.to_string())),
        Content::Bytes { kind, bytes } => (Some(kind), bytes),
    };
    let mut response = Response::new(Body::from(bytes.clone()));
    *response.status_mut() = reply.status;
    if let Some(kind) = kind {
        set(response.headers_mut(), CONTENT_TYPE.as_str(), Some(&kind));
    }
    for (name, value) in &reply.headers {
        set(response.headers_mut(), name, Some(value));
    }
    (response, bytes)
}

/// Sets or takes away a header; what cannot be a header is left out.
fn set(headers: &mut HeaderMap, name: &str, value: Option<&str>) {
    let Ok(name) = HeaderName::try_from(name) else { return };
    match value {
        None => drop(headers.remove(name)),
        Some(value) => {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                headers.insert(name, value);
            }
        }
    }
}

/// Some bytes and then an error.
fn cut(kept: Bytes) -> Body {
    Body::from_stream(async_stream::stream! {
        yield Ok(kept);
        // hyper sends what it holds only when the body has nothing more at the moment.
        tokio::time::sleep(Duration::from_millis(5)).await;
        yield Err(io::Error::from(io::ErrorKind::ConnectionAborted));
    })
}

/// No answer: the line is cut if it is ours, else the answer breaks off at once.
fn broken(peer: &Peer) -> Response {
    if peer.sever() {
        return Response::new(Body::empty());
    }
    let mut response = Response::new(cut(Bytes::new()));
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("1"));
    response
}

//! What came back: values with the circumstances of their answer, refusals, files.

use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use reqwest::{
    Response,
    header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, RETRY_AFTER},
};
use serde_json::Value;

use super::{Failure, json};
use crate::{decode::Notes, operation::Spelling};

/// Longest body of a refusal that is read.
const REFUSAL_LIMIT: usize = 64 * 1024;
/// Longest pause that is believed, in seconds: the limit counts by the minute (FACTS §1).
const LONGEST_PAUSE: u64 = 600;
/// Refusals name at most this many fields.
const MAX_FIELDS: usize = 100;

/// A decoded answer.
#[derive(Debug, Clone)]
pub struct Received<T> {
    /// The value.
    pub value: T,
    /// What did not fit.
    pub notes: Notes,
    /// The spelling of the route that worked.
    pub spelling: Spelling,
    /// HTTP status.
    pub status: u16,
    /// The rate limit as of this answer.
    pub rate: RateLimit,
}

/// `X-RateLimit-Limit` and `X-RateLimit-Remaining`: requests a minute (FACTS §1; the names are inferred).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests allowed per minute.
    pub limit: Option<u32>,
    /// Requests left in the running minute.
    pub remaining: Option<u32>,
}

impl RateLimit {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        Self { limit: number("x-ratelimit-limit"), remaining: number("x-ratelimit-remaining") }
    }
}

/// Reads a body up to a limit.
pub(super) async fn read(mut response: Response, limit: usize) -> Result<Bytes, Failure> {
    let status = response.status().as_u16();
    let too_long =
        || Failure::Nonsense { status, why: format!("longer than {} MiB", limit.div_ceil(1024 * 1024)) };
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_long());
    }
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > limit => return Err(too_long()),
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body.into()),
            Err(error) => return Err(Failure::of(&error)),
        }
    }
}

/// The refusal in an answer that is not a success. A body that is empty, cut or not JSON only costs the words.
pub(super) async fn refusal(response: Response) -> Failure {
    let status = response.status().as_u16();
    if response.status().is_redirection() {
        return Failure::Nonsense { status, why: "a redirect that is not followed".to_owned() };
    }
    let (rate, retry_after) = (RateLimit::of(response.headers()), retry_after(response.headers()));
    let body = read(response, REFUSAL_LIMIT).await.unwrap_or_default();
    let json = json::parse(&body).unwrap_or_default();
    let message = json.get("message").and_then(Value::as_str).map(shorten);
    let fields = json.get("errors").and_then(Value::as_object).into_iter().flatten().take(MAX_FIELDS);
    let fields = fields
        .map(|(field, problems)| {
            let problems = match problems {
                Value::Array(list) => list.iter().filter_map(Value::as_str).map(shorten).collect(),
                Value::String(one) => vec![shorten(one)],
                _ => Vec::new(),
            };
            (field.clone(), problems)
        })
        .collect();
    Failure::Refused { status, message, fields, retry_after, rate }
}

fn shorten(text: &str) -> String {
    text.chars().take(500).collect()
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(|seconds: u64| Duration::from_secs(seconds.min(LONGEST_PAUSE)))
}

/// A file on its way.
pub struct Download {
    /// Media type as sent.
    pub content_type: Option<String>,
    /// Length in bytes, if told beforehand.
    pub length: Option<u64>,
    response: Response,
    limit: u64,
}

impl Download {
    pub(super) fn of(response: Response, limit: u64) -> Result<Self, Failure> {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let content_type = header(CONTENT_TYPE).map(str::to_owned);
        let length = header(CONTENT_LENGTH).and_then(|text| text.parse().ok());
        if length.is_some_and(|length| length > limit) {
            return Err(Failure::Nonsense {
                status: response.status().as_u16(),
                why: format!("a file longer than {limit} bytes"),
            });
        }
        Ok(Self { content_type, length, response, limit })
    }

    /// The bytes as they come. Ends with an error when the connection breaks or the limit is passed, so that
    /// a cut file never looks complete.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, Failure>> + Send {
        let (limit, mut seen) = (self.limit, 0u64);
        self.response.bytes_stream().map(move |chunk| {
            let chunk = chunk.map_err(|error| Failure::of(&error))?;
            seen += chunk.len() as u64;
            if seen > limit {
                return Err(Failure::Nonsense {
                    status: 200,
                    why: format!("a file longer than {limit} bytes"),
                });
            }
            Ok(chunk)
        })
    }
}

/// Whether an answer shows an object with an id, alone or in a list: an order, a server, an address.
pub(super) fn names_something(answer: &serde_json::Value) -> bool {
    let is_one = |value: &serde_json::Value| value.get("id").is_some_and(|id| id.is_u64() || id.is_string());
    let content = answer.get("data").unwrap_or(answer);
    is_one(answer) || is_one(content) || content.as_array().is_some_and(|rows| rows.iter().any(is_one))
}

//! `/live`: server-sent events, and the same once as JSON for where there is no stream.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension, Json,
    extract::RawQuery,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{FutureExt, Stream, StreamExt, future, stream, stream::SelectAll};
use gateway::{Account, Error, Feed, Live};
use serde_json::{Value, json};
use tokio_stream::wrappers::WatchStream;

use super::{LONGEST_PAUSE, from_word, values, word};
use crate::visitor::Visitor;

/// A comment this often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Where there is no stream, a part that failed is tried again after this long, besides the pause between two polls.
const POLLED_AGAIN: Duration = Duration::from_secs(2);
/// Feeds of one page at most.
const MAX_FEEDS: usize = 4;

/// Answers with the stream of what a page follows.
pub async fn stream(Extension(visitor): Extension<Visitor>, RawQuery(query): RawQuery) -> Response {
    let Some(account) = visitor.account.clone() else { return StatusCode::UNAUTHORIZED.into_response() };
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let feeds: Vec<(Feed, String)> = pairs
        .iter()
        .filter(|(name, _)| name == "feed")
        .filter_map(|(_, value)| value.split_once('.'))
        .filter_map(|(word, shape)| Some((from_word(word)?, shape.to_owned())))
        .take(MAX_FEEDS)
        .collect();
    let value = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    let (waits, once_only) = (value("wait").is_some(), value("once").is_some());
    let again = value("again").and_then(|seconds| seconds.parse().ok());
    let again = again.map(|seconds: u64| Duration::from_secs(seconds.clamp(1, LONGEST_PAUSE)));
    let again = again.map(|pause| if once_only { pause.min(POLLED_AGAIN) } else { pause });
    let messages = messages(&visitor, &account, feeds, waits, again);
    if once_only {
        return once(messages).await;
    }
    // Counted for as long as the browser listens.
    let open = visitor.house.gateway.stream_opened();
    let events = messages.map(move |message| {
        let _ = &open;
        Event::default().json_data(message).or_else(|_| Ok::<_, Infallible>(Event::default()))
    });
    let quiet = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (quiet, Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response()
}

/// All that a page should hear, until the session ends or the program stops.
fn messages(
    visitor: &Visitor,
    account: &Account,
    feeds: Vec<(Feed, String)>,
    waits: bool,
    again: Option<Duration>,
) -> impl Stream<Item = Value> + Send + use<> {
    let version = visitor.house.version.to_string();
    let mut all = SelectAll::new();
    for (feed, mut shape) in feeds {
        let newest = WatchStream::new(account.watch(feed)).filter_map(future::ready);
        let mut before = None;
        all.push(
            newest.flat_map(move |live| stream::iter(tell(feed, live, &mut shape, &mut before))).boxed(),
        );
    }
    if waits {
        all.push(stream::once(account.landed()).map(|()| json!(["refresh"])).boxed());
    }
    // The page asks the provider itself, in the turn of a person; breaker and budget decide what really goes out.
    if let Some(pause) = again {
        all.push(stream::once(tokio::time::sleep(pause)).map(|()| json!(["refresh"])).boxed());
    }
    // Kept open also when there is nothing more to wait for, so that the end of the session is heard.
    all.push(stream::pending().boxed());
    let mut stopping = visitor.house.stopping.subscribe();
    let stops = async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
        None
    };
    let ended = account.ended();
    // Where only the program stops, the session goes on: the next stream finds it.
    let ends = async move { ended.await.then(|| json!(["signed-out"])) };
    let over = future::select(Box::pin(stops), Box::pin(ends)).map(|over| over.factor_first().0).shared();
    let last = stream::once(over.clone()).filter_map(future::ready);
    stream::once(future::ready(json!(["version", version]))).chain(all.take_until(over)).chain(last)
}

/// The messages of a value: its words, "refresh" when it no longer has the shape of the page, and "toast" for what
/// changed since the value `before`. Only what this stream has seen change is news: its first value never is.
fn tell(feed: Feed, live: Live, shape: &mut String, before: &mut Option<Live>) -> Vec<Value> {
    if matches!(live.trouble(), Some(Error::TokenRefused)) {
        return vec![json!(["signed-out"])];
    }
    let (now, words) = values::of(&live);
    let mut messages = vec![json!(["values", words])];
    if now != *shape {
        shape.clone_from(&now);
        messages.push(json!(["refresh", word(feed), now]));
    }
    // What is kept while there is trouble is no news, and no measure of it.
    if live.trouble().is_none() {
        let news = before.as_ref().map(|before| values::news(before, &live)).unwrap_or_default();
        messages.extend(news.into_iter().map(|(tone, words)| json!(["toast", tone.name(), words])));
        *before = Some(live);
    }
    messages
}

/// The first messages as a list, without waiting for more than a moment.
async fn once(messages: impl Stream<Item = Value>) -> Response {
    let short = Duration::from_secs(3);
    let mut messages = std::pin::pin!(messages);
    let mut list = Vec::new();
    // The version comes at once; then what the feeds hold.
    while let Ok(Some(message)) = tokio::time::timeout(short, messages.next()).await {
        let last = message.get(0).and_then(Value::as_str) == Some("values");
        list.push(message);
        if last {
            // A change of shape follows immediately, if there is one.
            if let Some(Some(more)) = messages.next().now_or_never() {
                list.push(more);
            }
            break;
        }
    }
    Json(list).into_response()
}

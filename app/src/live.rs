//! Live pages: feeds carry values, here they become finished words under the keys of the page's elements.

mod stream;
mod values;

pub use stream::stream;
pub use values::Values;

use std::hash::{DefaultHasher, Hash, Hasher};

use gateway::{BulkId, Error, Feed, Reading};
use leptos::prelude::*;
use vpsbg_api::ServerId;

use crate::routes;

/// What a page follows.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    feeds: Vec<(Feed, String)>,
    waits: bool,
    moving: bool,
}

impl Sources {
    /// Follows a feed. `shape` is that of the page's parts: when the feed's differs, they are fetched anew.
    #[must_use]
    pub fn follow(mut self, feed: Feed, shape: String) -> Self {
        self.feeds.push((feed, shape));
        self
    }

    /// Something goes on: without scripts the page refreshes itself.
    #[must_use]
    pub fn moving(mut self, moving: bool) -> Self {
        self.moving |= moving;
        self
    }

    /// A part is still missing, or late: the page completes itself when the provider has answered.
    #[must_use]
    pub fn waiting_for<T>(mut self, part: Result<&Reading<T>, &Error>) -> Self {
        let waits = match part {
            Ok(reading) => matches!(reading.stale(), Some(Error::StillWaiting)),
            Err(error) => *error == Error::StillWaiting,
        };
        self.waits |= waits;
        self.moving |= waits;
        self
    }

    /// The main object of the page failed.
    #[must_use]
    pub fn waiting_after(self, error: &Error) -> Self {
        self.waiting_for::<()>(Err(error))
    }

    /// The address of the stream, if anything is followed.
    pub fn address(&self) -> Option<String> {
        let mut pairs: Vec<_> =
            self.feeds.iter().map(|(feed, shape)| ("feed", format!("{}.{shape}", word(*feed)))).collect();
        if self.waits {
            pairs.push(("wait", "1".to_owned()));
        }
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        (!pairs.is_empty()).then(|| routes::with_query(routes::LIVE, &pairs))
    }

    /// Whether the page at this address fetches itself again and again where no scripts run: what somebody types there
    /// would be lost.
    pub fn refreshes(&self, address: &str) -> bool {
        self.moving && !address.contains("refresh=off")
    }

    /// Without scripts a page on which something goes on fetches itself every few seconds; it can be told not
    /// to. Never together with a form that holds what somebody types.
    pub fn without_scripts(&self, address: &str) -> Option<AnyView> {
        let stopped = address.contains("refresh=off");
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let others = pairs.iter().filter(|(name, _)| name != "refresh" && name != "done");
        let others: Vec<_> = others.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        // A page with a dialog has a form: it must not go away under the person's hands.
        let asks = pairs.iter().any(|(name, _)| name == "confirm" || name == "draft");
        if !self.moving || asks {
            return None;
        }
        let on = routes::with_query(path, &others);
        let off = routes::with_query(&on, &[("refresh", "off")]);
        Some(if stopped {
            view! {
                <noscript>
                    <p class="refreshing">"This page no longer refreshes itself. " <a href=on>"Refresh again"</a></p>
                </noscript>
            }
            .into_any()
        } else {
            view! {
                <noscript>
                    <meta http-equiv="refresh" content=format!("4;url={on}") />
                    <p class="refreshing">"This page refreshes itself every few seconds. " <a href=off>"Stop"</a></p>
                </noscript>
            }
            .into_any()
        })
    }
}

/// The shape of what is shown: while it stays the same, values are enough; when it changes, the parts of the
/// page are fetched anew. A value that is only late keeps its shape, so that a slow provider is not asked twice.
pub fn shape_of<T>(read: Result<&Reading<T>, &Error>, parts: impl FnOnce(&T, &mut DefaultHasher)) -> String {
    let mut hasher = DefaultHasher::new();
    match read {
        Ok(reading) => {
            let late = matches!(reading.stale(), Some(Error::StillWaiting));
            reading.stale().filter(|_| !late).map(Error::code).hash(&mut hasher);
            parts(&reading.value, &mut hasher);
        }
        Err(error) => error.code().hash(&mut hasher),
    }
    format!("{:x}", hasher.finish())
}

fn word(feed: Feed) -> String {
    match feed {
        Feed::Isos => "isos".to_owned(),
        Feed::Statuses => "statuses".to_owned(),
        Feed::Server(id) => format!("server-{id}"),
        Feed::Bulk(id) => format!("bulk-{id}"),
    }
}

fn from_word(word: &str) -> Option<Feed> {
    match word {
        "isos" => Some(Feed::Isos),
        "statuses" => Some(Feed::Statuses),
        other => match other.split_once('-')? {
            ("server", id) => id.parse::<ServerId>().ok().map(Feed::Server),
            ("bulk", id) => id.parse::<BulkId>().ok().map(Feed::Bulk),
            _ => None,
        },
    }
}

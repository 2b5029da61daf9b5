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

/// What failed is tried again after this many seconds while somebody looks. What that may cost is kept in bounds by
/// the account's breaker and budget.
const AGAIN: u64 = 5;
/// A page on which something goes on fetches itself this often where no scripts run, in seconds.
const REFRESH: u64 = 4;
/// Longest pause between two tries, in seconds.
const LONGEST_PAUSE: u64 = 300;

/// What a page follows.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    feeds: Vec<(Feed, String)>,
    /// Something is under way that the page did not wait for.
    waits: bool,
    /// Seconds after which something that failed is tried again.
    again: Option<u64>,
    /// Seconds after which the page fetches itself where no scripts run.
    refresh: Option<u64>,
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
        if moving {
            self.refresh = Some(sooner(self.refresh, REFRESH));
        }
        self
    }

    /// A part is missing, or not the present one: the page completes itself when the provider has answered. What is
    /// under way is waited for; what failed is tried again, as long as it may pass by itself.
    #[must_use]
    pub fn waiting_for<T>(mut self, part: Result<&Reading<T>, &Error>) -> Self {
        let missing = part.is_err();
        let why = part.map_or_else(Some, Reading::stale);
        if why == Some(&Error::StillWaiting) {
            self.waits = true;
            return self.moving(true);
        }
        if let Some(pause) = why.and_then(again_after) {
            self.again = Some(sooner(self.again, pause));
            // What is merely old stays readable: it does not go away under somebody's eyes.
            if missing {
                self.refresh = Some(sooner(self.refresh, pause));
            }
        }
        self
    }

    /// The main object of the page failed.
    #[must_use]
    pub fn waiting_after(self, error: &Error) -> Self {
        self.waiting_for::<()>(Err(error))
    }

    /// Something goes on that no feed tells: the page looks again after so many seconds, with scripts and without.
    #[must_use]
    pub fn looking_again(mut self, pause: Option<u64>) -> Self {
        if let Some(pause) = pause {
            self.again = Some(sooner(self.again, pause));
            self.refresh = Some(sooner(self.refresh, pause));
        }
        self
    }

    /// The same, where scripts run only: nothing is missing that somebody waits for.
    #[must_use]
    pub fn completing(mut self, pause: Option<u64>) -> Self {
        if let Some(pause) = pause {
            self.again = Some(sooner(self.again, pause));
        }
        self
    }

    /// The address of the stream, if anything is followed.
    pub fn address(&self) -> Option<String> {
        let mut pairs: Vec<_> =
            self.feeds.iter().map(|(feed, shape)| ("feed", format!("{}.{shape}", word(*feed)))).collect();
        if self.waits {
            pairs.push(("wait", "1".to_owned()));
        }
        if let Some(pause) = self.again {
            pairs.push(("again", pause.to_string()));
        }
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        (!pairs.is_empty()).then(|| routes::with_query(routes::LIVE, &pairs))
    }

    /// Whether the page at this address fetches itself again and again where no scripts run: what somebody types there
    /// would be lost.
    pub fn refreshes(&self, address: &str) -> bool {
        self.refresh.is_some() && !address.contains("refresh=off")
    }

    /// Without scripts a page on which something goes on, or is missing, fetches itself after some seconds; it can be
    /// told not to. Never together with a form that holds what somebody types.
    pub fn without_scripts(&self, address: &str) -> Option<AnyView> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let others = pairs.iter().filter(|(name, _)| name != "refresh" && name != "done");
        let others: Vec<_> = others.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        // A page with a dialog has a form: it must not go away under the person's hands.
        let asks = pairs.iter().any(|(name, _)| name == "confirm" || name == "draft");
        let pause = self.refresh.filter(|_| !asks)?;
        let on = routes::with_query(path, &others);
        let off = routes::with_query(&on, &[("refresh", "off")]);
        let often = if pause > 2 * AGAIN { format!("{pause} seconds") } else { "few seconds".to_owned() };
        Some(if self.refreshes(address) {
            view! {
                <noscript>
                    <meta http-equiv="refresh" content=format!("{pause};url={on}") />
                    <p class="refreshing">
                        {format!("This page refreshes itself every {often}. ")} <a href=off>"Stop"</a>
                    </p>
                </noscript>
            }
            .into_any()
        } else {
            view! {
                <noscript>
                    <p class="refreshing">"This page no longer refreshes itself. " <a href=on>"Refresh again"</a></p>
                </noscript>
            }
            .into_any()
        })
    }
}

/// Seconds until something that failed is worth another try; None for what does not pass by itself.
fn again_after(error: &Error) -> Option<u64> {
    match error {
        Error::RateLimited(pause) => Some(pause.as_secs().clamp(1, LONGEST_PAUSE)),
        Error::Locked
        | Error::Unreachable
        | Error::TimedOut
        | Error::ProviderFault
        | Error::NotUnderstood => Some(AGAIN),
        _ => None,
    }
}

fn sooner(one: Option<u64>, other: u64) -> u64 {
    one.map_or(other, |one| one.min(other))
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

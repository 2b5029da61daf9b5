//! An ISO: it starts at nothing, grows, and is removed 48 hours after it was asked for (FACTS §3).
//! What the query of its address orders (sentinels) is read here and nowhere else.

use crate::noise;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Seconds at 0 bytes before anything comes.
const WAITING: f64 = 1.5;
/// Seconds from creation to removal.
const LIFE: i64 = 48 * 3600;
/// Seconds a removed ISO is still listed as `deleted`.
const AFTERGLOW: i64 = 3600;

/// A medium that is being fetched or was.
#[derive(Debug, Clone)]
pub(crate) struct Iso {
    pub id: i64,
    pub url: String,
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub created_at: Timestamp,
    pace: Pace,
    orders: Orders,
}

/// How the download goes on from a known point.
#[derive(Debug, Clone, Copy)]
struct Pace {
    since: Timestamp,
    bytes: u64,
    /// Bytes per second.
    rate: f64,
}

/// Sentinels in the query of the address.
#[derive(Debug, Clone, Default, PartialEq)]
struct Orders {
    size: Option<u64>,
    seconds: Option<f64>,
    /// No byte after this share, percent.
    stall: Option<f64>,
    /// Seconds after which the ISO is gone without a word.
    vanish: Option<f64>,
    /// Shown as its status.
    word: Option<String>,
    unknown_size: bool,
}

impl Orders {
    fn of(url: &str) -> Self {
        let query = url.split_once('?').map_or("", |(_, query)| query).split('#').next().unwrap_or_default();
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let number = |name: &str| get(name)?.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        Self {
            size: get("size").and_then(|size| size.parse().ok()).filter(|size| *size > 0),
            seconds: number("seconds"),
            stall: number("stall").map(|percent| percent.min(100.0)),
            vanish: number("vanish"),
            word: get("word").map(str::to_owned),
            unknown_size: get("unknown-size").is_some(),
        }
    }
}

impl Iso {
    /// A download that begins now. `speed` is the world's dial, bytes per second.
    pub fn new(id: i64, url: &str, now: Timestamp, speed: Option<f64>) -> Self {
        let orders = Orders::of(url);
        let hash = noise::of_text(url);
        let size = orders.size.unwrap_or(300_000_000 + hash % 3_600_000_000 / 2048 * 2048);
        let usual_seconds = 62.0 + noise::fraction(hash, 7) * 26.0;
        let rate = match (orders.seconds, speed) {
            (Some(seconds), _) => size as f64 / seconds.max(0.001),
            (None, Some(speed)) => speed,
            (None, None) => size as f64 / usual_seconds,
        };
        let since = stamp::later_millis(now, (WAITING * 1000.0) as i64);
        let pace = Pace { since, bytes: 0, rate };
        Self { id, url: url.to_owned(), name: name_of(url), size, created_at: now, pace, orders }
    }

    /// Bytes that have arrived.
    pub fn downloaded(&self, now: Timestamp) -> u64 {
        let seconds = stamp::seconds_between(self.pace.since, now).max(0.0);
        let arrived = self.pace.bytes.saturating_add((seconds * self.pace.rate) as u64);
        let most = self.orders.stall.map_or(self.size, |percent| (self.size as f64 * percent / 100.0) as u64);
        arrived.min(most)
    }

    /// Goes on at another speed from where it stands.
    pub fn change_speed(&mut self, now: Timestamp, rate: f64) {
        if self.orders.seconds.is_none() {
            self.pace = Pace { bytes: self.downloaded(now), since: self.pace.since.max(now), rate };
        }
    }

    pub fn deletion_at(&self) -> Timestamp {
        stamp::later(self.created_at, LIFE)
    }

    /// Whether it is still listed: until its sentinel takes it, or an hour after its removal.
    pub fn exists(&self, now: Timestamp) -> bool {
        let vanished =
            self.orders.vanish.is_some_and(|after| stamp::seconds_between(self.created_at, now) >= after);
        !vanished && now < stamp::later(self.deletion_at(), AFTERGLOW)
    }

    pub fn is_deleted(&self, now: Timestamp) -> bool {
        now >= self.deletion_at()
    }

    /// Whether it can go into a drive.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.status(now) == "downloaded"
    }

    fn status(&self, now: Timestamp) -> &str {
        if self.is_deleted(now) {
            "deleted"
        } else if let Some(word) = &self.orders.word {
            word
        } else if self.downloaded(now) >= self.size {
            "downloaded"
        } else {
            "downloading"
        }
    }

    pub fn json(&self, now: Timestamp) -> Value {
        let downloaded = self.downloaded(now);
        let size = if self.orders.unknown_size && downloaded < self.size { 0 } else { self.size };
        json!({
            "id": self.id,
            "status": self.status(now),
            "name": self.name,
            "size": size,
            "downloaded": downloaded,
            "created_at": stamp::iso(self.created_at),
            "deletion_at": stamp::iso(self.deletion_at()),
        })
    }
}

/// The last segment of the path, or the host if there is none.
fn name_of(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    rest.rsplit('/').find(|part| !part.is_empty()).unwrap_or("download.iso").to_owned()
}

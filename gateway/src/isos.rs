//! The progress of ISO downloads: what the provider's numbers mean, and what only a second look can tell (rate,
//! time left, stalled).

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use vpsbg_api::{GetIso, Iso, IsoId, IsoStatus, ListIsos, Page};

use crate::{Account, Error, Reading, Step, Timings, Walk};

/// Pages of the list that are read at most.
const MAX_PAGES: u64 = 5;

/// Where a download stands (design §6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Not one byte yet.
    Waiting,
    /// Bytes are coming.
    Downloading,
    /// No byte for a minute.
    Stalled,
    /// It can be used.
    Finished,
    /// It is gone.
    Removed,
    /// The provider's own word, which we do not know.
    Word(String),
    /// The provider did not say.
    Unknown,
}

/// The progress of one ISO.
#[derive(Debug, Clone, PartialEq)]
pub struct IsoProgress {
    /// The ISO as the provider tells it.
    pub iso: Iso,
    /// Where the download stands.
    pub phase: Phase,
    /// Bytes a second over the last half minute; None until there are two looks.
    pub rate: Option<u64>,
    /// Time left at that rate.
    pub left: Option<Duration>,
}

/// All ISOs with their progress.
#[derive(Debug, Clone, PartialEq)]
pub struct IsosSeen {
    /// The ISOs, as the provider orders them.
    pub isos: Vec<IsoProgress>,
    /// Rows that could not be read.
    pub broken: usize,
    /// True when there are more than were read.
    pub more: bool,
}

impl IsosSeen {
    /// True when something may still change by itself.
    pub fn is_active(&self) -> bool {
        self.isos.iter().any(|progress| progress.iso.is_in_progress())
    }
}

#[derive(Debug, Clone, Copy)]
struct Sample {
    at: jiff::Timestamp,
    bytes: u64,
}

/// What was seen of one download.
#[derive(Debug, Default)]
struct Track {
    samples: VecDeque<Sample>,
    moved_at: Option<jiff::Timestamp>,
}

/// What was seen of an account's downloads.
#[derive(Debug, Default)]
pub(crate) struct Tracks(HashMap<IsoId, Track>);

impl Tracks {
    /// Takes a look at all ISOs; those that are gone are forgotten.
    fn look(&mut self, isos: &[Iso], at: jiff::Timestamp, timings: &Timings) -> Vec<IsoProgress> {
        self.0.retain(|id, _| isos.iter().any(|iso| iso.id == *id));
        isos.iter().map(|iso| self.0.entry(iso.id).or_default().look(iso, at, timings)).collect()
    }
}

impl Track {
    fn look(&mut self, iso: &Iso, at: jiff::Timestamp, timings: &Timings) -> IsoProgress {
        let bytes = iso.downloaded.map_or(0, |bytes| bytes.0);
        self.note(Sample { at, bytes }, timings);
        let phase = self.phase(iso, at, timings);
        let rate = if phase == Phase::Downloading { self.rate() } else { None };
        let size = iso.size.map(|size| size.0).filter(|size| *size > 0);
        let left = match (rate, size) {
            (Some(rate), Some(size)) if rate > 0 => {
                Some(Duration::from_secs(size.saturating_sub(bytes).div_ceil(rate)))
            }
            _ => None,
        };
        IsoProgress { iso: iso.clone(), phase, rate, left }
    }

    /// Keeps a sample, unless it is an old one or no news.
    fn note(&mut self, sample: Sample, timings: &Timings) {
        if let Some(last) = self.samples.back() {
            if sample.at <= last.at {
                return;
            }
            if sample.bytes < last.bytes {
                // Started over: what was seen says nothing any more.
                self.samples.clear();
            }
        }
        if self.samples.back().is_none_or(|last| last.bytes != sample.bytes) {
            self.moved_at = Some(sample.at);
        }
        self.samples.push_back(sample);
        let from = sample.at - jiff::SignedDuration::try_from(timings.rate_window).unwrap_or_default();
        while self.samples.len() > 2 && self.samples[1].at <= from {
            self.samples.pop_front();
        }
    }

    fn rate(&self) -> Option<u64> {
        let (first, last) = (self.samples.front()?, self.samples.back()?);
        let millis = u64::try_from(last.at.duration_since(first.at).as_millis()).ok()?;
        (millis >= 500).then(|| (last.bytes - first.bytes.min(last.bytes)) * 1000 / millis)
    }

    fn phase(&self, iso: &Iso, at: jiff::Timestamp, timings: &Timings) -> Phase {
        match &iso.status {
            None => Phase::Unknown,
            Some(IsoStatus::Downloaded) => Phase::Finished,
            Some(IsoStatus::Deleted) => Phase::Removed,
            Some(IsoStatus::Other(word)) => Phase::Word(word.clone()),
            Some(IsoStatus::Downloading) => {
                let still = self.moved_at.map_or(0, |moved| at.duration_since(moved).as_secs());
                if still >= i64::try_from(timings.stalled.as_secs()).unwrap_or(i64::MAX) {
                    Phase::Stalled
                } else if iso.downloaded.is_none_or(|bytes| bytes.0 == 0) {
                    Phase::Waiting
                } else {
                    Phase::Downloading
                }
            }
        }
    }
}

impl Account {
    /// All ISOs, for a page.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn isos(&self) -> Result<Reading<IsosSeen>, Error> {
        self.all_isos(|page| async move { self.read(&ListIsos { page }).await }.boxed()).await
    }

    /// All ISOs, for the poller: past the cache.
    pub(crate) async fn isos_anew(&self) -> Result<Reading<IsosSeen>, Error> {
        self.all_isos(|page| async move { self.read_anew(&ListIsos { page }).await }.boxed()).await
    }

    async fn all_isos<'a>(
        &'a self,
        read: impl Fn(u64) -> BoxFuture<'a, Result<Reading<Page<Iso>>, Error>> + Send,
    ) -> Result<Reading<IsosSeen>, Error> {
        let (mut pages, mut walk, mut number) = (Vec::new(), Walk::default(), 1);
        let more = loop {
            let page = read(number).await?;
            let step = walk.step(&page.value);
            if step.is_new() {
                pages.push(page);
            }
            match step {
                Step::On(next) if next <= MAX_PAGES => number = next,
                Step::On(_) | Step::Lost => break true,
                Step::End | Step::Again => break false,
            }
        };
        Ok(self.seen(&pages, more))
    }

    /// One ISO, for a page: out of the list, so that a thousand bars cost one call; by its own call if the list
    /// is not offered or does not have it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn iso(&self, id: IsoId) -> Result<Reading<IsoProgress>, Error> {
        match self.isos().await {
            Ok(all) => {
                if let Some(found) = all.value.isos.iter().find(|progress| progress.iso.id == id) {
                    return Ok(all.with(found.clone()));
                }
            }
            Err(Error::NotOffered | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
        let one = self.read(&GetIso { id }).await?;
        let timings = &self.gateway.0.timings;
        let progress = self.state.isos.lock().0.entry(id).or_default().look(&one.value, one.read_at, timings);
        Ok(one.with(progress))
    }

    fn seen(&self, pages: &[Reading<Page<Iso>>], more: bool) -> Reading<IsosSeen> {
        let isos: Vec<Iso> = pages.iter().flat_map(|page| page.value.rows.iter().cloned()).collect();
        let stale = pages.iter().find(|page| page.stale().is_some()).unwrap_or(&pages[0]);
        let progress = self.state.isos.lock().look(&isos, pages[0].read_at, &self.gateway.0.timings);
        Reading {
            value: Arc::new(IsosSeen {
                isos: progress,
                broken: pages.iter().map(|page| page.value.broken).sum(),
                more,
            }),
            read_at: stale.read_at,
            freshness: stale.freshness.clone(),
        }
    }
}

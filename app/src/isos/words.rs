//! The words of a download: one function, used by the pages and by the live stream.

use std::hash::Hash;

use gateway::{Error, IsoProgress, IsosSeen, Phase, Reading};
use vpsbg_api::{DeleteIso, IsoId, Reason};

use crate::{
    components::{badge::Tone, progress::thousandths},
    forms::Confirmation,
    live::{Values, shape_of},
    words::{NOTHING, or_dash, sizes, time},
};

/// What is said of one ISO.
pub struct Words {
    /// Its state in a word.
    pub state: String,
    /// What the state means.
    pub tone: Tone,
    /// Thousandths done; None: nobody knows.
    pub bar: Option<u64>,
    /// `312.4 MB of 702.5 MB`.
    pub bytes: String,
    /// `12.3 MB/s`.
    pub rate: String,
    /// `1 min 5 s`.
    pub left: String,
}

impl Words {
    /// The words of an ISO.
    pub fn of(progress: &IsoProgress) -> Self {
        let (state, tone) = match &progress.phase {
            Phase::Waiting => ("Waiting".to_owned(), Tone::Busy),
            Phase::Downloading => ("Downloading".to_owned(), Tone::Busy),
            Phase::Stalled => ("Stalled".to_owned(), Tone::Warning),
            Phase::Finished => ("Ready".to_owned(), Tone::Good),
            Phase::Removed => ("Removed".to_owned(), Tone::Quiet),
            Phase::Word(word) => (word.clone(), Tone::Quiet),
            Phase::Unknown => ("Unknown".to_owned(), Tone::Quiet),
        };
        let done = progress.iso.downloaded.map(|bytes| bytes.0);
        let size = progress.iso.size.map(|size| size.0).filter(|size| *size > 0);
        let finished = progress.phase == Phase::Finished;
        let bar = match (done, size) {
            _ if finished => thousandths(1, 1),
            (Some(done), Some(size)) => thousandths(done, size),
            _ => None,
        };
        let bytes = match (done, size) {
            (_, Some(size)) if finished => sizes::bytes(size),
            (Some(done), Some(size)) => format!("{} of {}", sizes::bytes(done), sizes::bytes(size)),
            (Some(done), None) => format!("{}, total unknown", sizes::bytes(done)),
            (None, size) => or_dash(size.map(sizes::bytes)),
        };
        Self {
            state,
            tone,
            bar,
            bytes,
            rate: progress.rate.map_or(NOTHING.to_owned(), sizes::rate),
            left: progress.left.map_or(NOTHING.to_owned(), time::span),
        }
    }
}

/// The key of one part of an ISO in live values.
pub fn key(id: IsoId, part: &str) -> String {
    format!("iso-{id}-{part}")
}

/// What is asked before one is deleted.
pub fn deletion(progress: &IsoProgress) -> Confirmation {
    let words = "The provider removes the file at once. It can be downloaded again from its address.";
    Confirmation::of(&DeleteIso { id: progress.iso.id }, &name(progress), words)
}

/// The name, or what to call it without one.
pub fn name(progress: &IsoProgress) -> String {
    progress.iso.name.clone().unwrap_or_else(|| format!("ISO {}", progress.iso.id))
}

/// Whether it can be deleted, by the contract's table.
///
/// # Errors
/// The reason why not.
pub fn can_delete(progress: &IsoProgress) -> Result<(), Reason> {
    progress.iso.can_delete()
}

/// The words of all ISOs for the stream.
pub fn live_values(reading: &Reading<IsosSeen>, values: &mut Values) {
    for progress in &reading.value.isos {
        let (id, words) = (progress.iso.id, Words::of(progress));
        values.put(&key(id, "state"), "data-tone", words.tone.name());
        values.text(&key(id, "state.word"), &words.state);
        values.text(&key(id, "bytes"), &words.bytes);
        values.text(&key(id, "rate"), &words.rate);
        values.text(&key(id, "left"), &words.left);
        if let Some(bar) = words.bar {
            values.put(&key(id, "bar"), "value", &bar.to_string());
        }
    }
}

/// What is new since the look before, for whoever looks: downloads that ended, one way or another, or stalled.
pub fn news(before: &IsosSeen, now: &IsosSeen) -> Vec<(Tone, String)> {
    let news = now.isos.iter().filter_map(|progress| {
        let old = before.isos.iter().find(|old| old.iso.id == progress.iso.id)?;
        let name = name(progress);
        match progress.phase {
            ref phase if *phase == old.phase => None,
            Phase::Finished => {
                Some((Tone::Good, format!("{name} is ready. It can be mounted on a server from its page.")))
            }
            Phase::Stalled => Some((Tone::Warning, format!("{name} has not moved for a minute."))),
            Phase::Removed => Some((Tone::Quiet, format!("{name} is removed."))),
            _ => None,
        }
    });
    news.collect()
}

/// The shape: which ISOs there are, in which state, and whether their size is known.
pub fn shape(read: Result<&Reading<IsosSeen>, &Error>) -> String {
    shape_of(read, |seen, hasher| {
        for progress in &seen.isos {
            progress.iso.id.hash(hasher);
            std::mem::discriminant(&progress.phase).hash(hasher);
            progress.iso.size.is_some_and(|size| size.0 > 0).hash(hasher);
        }
    })
}

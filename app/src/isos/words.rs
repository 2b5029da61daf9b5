//! The words of a download: one function, used by the pages and by the live stream.

use std::hash::Hash;

use gateway::{Error, IsoProgress, IsosSeen, Phase, Reading};
use vpsbg_api::{DeleteIso, Reason};

use crate::{
    components::{
        badge::Tone,
        progress::{HowFar, Pace, thousandths},
    },
    forms::Confirmation,
    live::{Values, shape_of},
    words::{NOTHING, or_dash, sizes, time},
};

/// How far the download of an ISO is.
pub fn how_far(progress: &IsoProgress) -> HowFar {
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
    // What is over, or in a state of the provider's own, has no pace.
    let goes_on = matches!(progress.phase, Phase::Waiting | Phase::Downloading | Phase::Stalled);
    let pace = goes_on.then(|| Pace {
        rate: progress.rate.map_or(NOTHING.to_owned(), sizes::rate),
        left: progress.left.map_or(NOTHING.to_owned(), time::span),
    });
    HowFar {
        key: format!("iso-{}", progress.iso.id),
        label: format!("Download of {}", name(progress)),
        bar,
        state: Some((tone, state)),
        done: Some(bytes),
        pace,
    }
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
        how_far(progress).live_values(values);
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

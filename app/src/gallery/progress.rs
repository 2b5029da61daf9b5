//! How far something is, in each of its states, where a page is about it and where it is one of many.

use leptos::prelude::*;

use super::specimen::{Group, Specimen};
use crate::components::{
    badge::Tone,
    progress::{HowFar, Pace, Progress, thousandths},
};

/// The kind.
pub const GROUP: Group = Group {
    id: "progress",
    title: "Progress",
    specimens: &[
        Specimen::new("progress-waiting", "Waiting: nothing yet", || {
            far(Tone::Busy, "Waiting", thousandths(0, 1), "0 B of 702.5 MB", Some(Pace::default()))
        }),
        Specimen::new("progress-running", "Under way", || {
            far(Tone::Busy, "Downloading", thousandths(4, 9), HALF, Some(pace("12.3 MB/s", "31 s")))
        }),
        Specimen::new("progress-unknown", "Under way, the whole unknown", || {
            far(Tone::Busy, "Downloading", None, ENDLESS, Some(pace("12.3 MB/s", "–")))
        }),
        Specimen::new("progress-stalled", "Stalled", || {
            far(Tone::Warning, "Stalled", thousandths(4, 9), HALF, Some(Pace::default()))
        }),
        Specimen::new("progress-stalled-unknown", "Stalled, the whole unknown", || {
            far(Tone::Warning, "Stalled", None, ENDLESS, Some(Pace::default()))
        }),
        Specimen::new("progress-finished", "Finished", || {
            far(Tone::Good, "Ready", thousandths(1, 1), "702.5 MB", None)
        }),
        Specimen::new("progress-failed", "Failed", || {
            far(Tone::Bad, "Failed", thousandths(4, 9), HALF, None)
        }),
        Specimen::new("progress-removed", "Over, and gone", || {
            far(Tone::Quiet, "Removed", None, "702.5 MB", None)
        }),
        Specimen::new("progress-counted", "Of many objects, without a pace", || {
            far(Tone::Busy, "At work", thousandths(38, 40), "38 of 40: 35 done, 3 not done", None)
        }),
        Specimen::new("progress-bar", "A bar alone", || {
            let bar = thousandths(2, 3);
            both(HowFar { label: "Traffic".to_owned(), bar, ..HowFar::default() })
        }),
    ],
};

const HALF: &str = "312.4 MB of 702.5 MB";
const ENDLESS: &str = "312.4 MB, total unknown";

fn pace(rate: &str, left: &str) -> Pace {
    Pace { rate: rate.to_owned(), left: left.to_owned() }
}

fn far(tone: Tone, state: &str, bar: Option<u64>, done: &str, pace: Option<Pace>) -> AnyView {
    both(HowFar {
        key: "gallery".to_owned(),
        label: "Download of debian-13.iso".to_owned(),
        bar,
        state: Some((tone, state.to_owned())),
        done: Some(done.to_owned()),
        pace,
    })
}

/// What a page is about, and one of many.
fn both(how_far: HowFar) -> AnyView {
    view! { <Progress how_far=how_far.clone() large=true /> <Progress how_far=how_far /> }.into_any()
}

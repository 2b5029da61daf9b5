//! The ISOs of a seed. What they do is ordered by the same sentinels that a request can use.

use super::Seed;
use crate::stamp;
use crate::things::holdings::{NextIds, take};
use crate::things::iso::Iso;
use jiff::Timestamp;

pub(super) fn plant(seed: Seed, next: &mut NextIds, now: Timestamp) -> Vec<Iso> {
    // Address, and seconds since it was asked for.
    let done: &[(&str, i64)] = &[
        ("https://mirror.example.org/debian-13.1.0-amd64-netinst.iso?size=783285248", 26 * 3600 + 611),
        // Removed in about forty minutes.
        ("https://mirror.example.org/almalinux-10.0-x86_64-boot.iso?size=929038336", 47 * 3600 + 1190),
    ];
    let moving: &[(&str, i64)] = &[
        ("https://mirror.example.org/ubuntu-26.04-live-server-amd64.iso?size=3214321664&seconds=300", 75),
        ("https://mirror.example.org/freebsd-15.0-release-amd64-disc1.iso?size=1290321920&seconds=150", 12),
        ("https://slow.example.org/rescue-9.2.iso?size=912261120&seconds=100&stall=37", 3600),
    ];
    let rows = match seed {
        Seed::Empty => Vec::new(),
        Seed::Small => done[..1].to_vec(),
        Seed::Typical | Seed::Fifty | Seed::Large => [done, moving].concat(),
    };
    rows.into_iter()
        .map(|(url, age)| {
            Iso::new(take(&mut next.iso), url, stamp::later_millis(now, -age * 1000 - 317), None)
        })
        .collect()
}

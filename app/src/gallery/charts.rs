//! Charts of every kind, with numbers that are always the same.

use jiff::{Timestamp, civil::date};
use leptos::prelude::*;

use super::specimen::{Group, Specimen, as_it_is, piece, unfolded};
use crate::{
    components::chart::{Chart, Kind, Series},
    words::time::start_of_day,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "charts",
    title: "Charts",
    specimens: &[
        Specimen::new("chart-line", "A line", line),
        Specimen::new("chart-area", "An area", area),
        Specimen::new("chart-bar", "Bars", bar),
        Specimen::new("chart-bars", "Bars side by side", bars),
        Specimen::new("chart-read", "Read at a moment, by pointer or keys", read),
        Specimen::new("chart-numbers", "The numbers of a chart", || unfolded(bars(), "Numbers")),
    ],
};

/// The kind, at its edges.
pub const EDGES: Group = Group {
    id: "chart-edges",
    title: "Charts at their edges",
    specimens: &[
        Specimen::new("chart-gaps", "Gaps, and a value between two", gaps),
        Specimen::new("chart-point", "A single value", point),
        Specimen::new("chart-zero", "Zero all the time", zero),
        Specimen::new("chart-large", "Huge values", large),
        Specimen::new("chart-six", "Six series", six),
        Specimen::new("chart-clocks", "The night in which the clocks change", clocks),
        Specimen::new("chart-empty", "Nothing measured", empty),
    ],
};

/// A day in spring, in Sofia.
fn from() -> Timestamp {
    start_of_day(date(2026, 3, 4)).unwrap_or_default()
}

/// Moments from then on, so many seconds apart.
fn every(seconds: i64, count: i64) -> Vec<Timestamp> {
    let moment = |index| Timestamp::from_second(from().as_second() + index * seconds);
    (0..count).filter_map(|index| moment(index).ok()).collect()
}

/// Something that goes up and down, never below zero.
fn wave(count: usize, high: f64, phase: f64) -> Vec<Option<f64>> {
    let at = |index: usize| {
        let place = index as f64;
        high * (0.5 + 0.35 * (place / 17.0 + phase).sin() + 0.12 * (place / 2.3 + phase).sin())
    };
    (0..count).map(|index| Some(at(index))).collect()
}

fn line() -> AnyView {
    let times = every(600, 144);
    let series = vec![
        Series { name: "Received", values: wave(144, 40.0, 0.0) },
        Series { name: "Sent", values: wave(144, 22.0, 2.0) },
    ];
    view! { <Chart title="Network" unit=" MB/s" times=times series=series /> }.into_any()
}

fn area() -> AnyView {
    let series = vec![Series { name: "Used", values: wave(144, 90.0, 1.0) }];
    view! { <Chart title="Memory" unit=" %" kind=Kind::Area top=100.0 times=every(600, 144) series=series /> }
        .into_any()
}

/// The midnights of a month, across the change of the clocks.
fn days() -> Vec<Timestamp> {
    date(2026, 3, 4).series(jiff::ToSpan::days(1)).take(30).filter_map(start_of_day).collect()
}

fn bar() -> AnyView {
    let series = vec![Series { name: "Both ways", values: wave(30, 320.0, 0.5) }];
    view! { <Chart title="Traffic by day" unit=" GB" kind=Kind::Bar times=days() series=series /> }.into_any()
}

fn bars() -> AnyView {
    let mut sent = wave(14, 90.0, 2.0);
    (sent[4], sent[5], sent[9]) = (None, None, Some(0.0));
    let series = vec![
        Series { name: "Received", values: wave(14, 140.0, 0.0) },
        Series { name: "Sent", values: sent },
    ];
    let times = days().into_iter().take(14).collect();
    view! { <Chart title="Traffic both ways" unit=" GB" kind=Kind::Bar times=times series=series /> }
        .into_any()
}

/// As scripts show it: their words, and in the style sheet their places. At the middle of its time one series is at the
/// half of the axis and the other at a quarter.
fn read() -> AnyView {
    let values = |whole: f64, step: f64| (0..145).map(|at| Some(whole + step * f64::from(at))).collect();
    let series = vec![
        Series { name: "Received", values: values(0.0, 40.0 / 144.0) },
        Series { name: "Sent", values: values(10.0, 0.0) },
    ];
    let chart =
        view! { <Chart title="Network" unit=" MB/s" times=every(600, 145) series=series /> }.to_html();
    let said = piece(&chart, "aria-valuetext=\"", "\"").unwrap_or_default();
    let html = chart
        .replace(said, "aria-valuetext=\"4 Mar 12:00: Received 20 MB/s, Sent 10 MB/s\" data-shown=\"left\"")
        .replace("aria-valuenow=\"144\"", "aria-valuenow=\"72\"")
        .replace("data-name=\"Received\">", "data-name=\"Received\">20 MB/s")
        .replace("data-name=\"Sent\">", "data-name=\"Sent\">10 MB/s")
        .replace("<p></p>", "<p>4 Mar 12:00</p>");
    view! { <div class="gallery-read">{as_it_is(html)}</div> }.into_any()
}

fn gaps() -> AnyView {
    let mut values = wave(144, 70.0, 3.0);
    for (index, value) in values.iter_mut().enumerate() {
        if (30..50).contains(&index) || ((90..110).contains(&index) && index != 100) {
            *value = None;
        }
    }
    let series = vec![Series { name: "Used", values }];
    view! { <Chart title="Processor" unit=" %" top=100.0 times=every(600, 144) series=series /> }.into_any()
}

fn point() -> AnyView {
    let series = vec![Series { name: "Used", values: vec![Some(11.4)] }];
    view! { <Chart title="Disk" unit=" GB" times=vec![from()] series=series /> }.into_any()
}

fn zero() -> AnyView {
    let series = vec![Series { name: "Dropped", values: vec![Some(0.0); 144] }];
    view! { <Chart title="Packets" unit="" times=every(600, 144) series=series /> }.into_any()
}

fn large() -> AnyView {
    let series = vec![Series { name: "Received", values: wave(144, 48_000_000.0, 1.0) }];
    view! { <Chart title="Attack" unit=" packets/s" kind=Kind::Area times=every(60, 144) series=series /> }
        .into_any()
}

fn six() -> AnyView {
    let names = ["web-1", "web-2", "db-1", "cache-1", "mail-1", "build-1"];
    let series = names
        .into_iter()
        .zip(0..)
        .map(|(name, index)| Series {
            name,
            values: wave(144, 20.0 + 14.0 * f64::from(index), f64::from(index) * 0.9),
        })
        .collect();
    view! { <Chart title="Processors" unit=" %" times=every(4200, 144) series=series /> }.into_any()
}

fn clocks() -> AnyView {
    let night = start_of_day(date(2026, 10, 25)).unwrap_or_default().as_second();
    let times = (0..60).filter_map(|index| Timestamp::from_second(night + index * 300).ok()).collect();
    let series = vec![Series { name: "Used", values: wave(60, 50.0, 0.0) }];
    view! { <Chart title="Longest night" unit=" %" times=times series=series /> }.into_any()
}

fn empty() -> AnyView {
    view! { <Chart title="Disk activity" unit=" MB/s" times=Vec::new() series=Vec::new() /> }.into_any()
}

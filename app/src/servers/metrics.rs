//! The metrics of a server over a range, as charts.

use gateway::{Account, Error, Reading};
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;
use vpsbg_api::{GetServerMetrics, MetricPoint, Metrics, ServerId};

use crate::{
    components::{
        chart::{Chart, Line, average},
        notice::{staleness, trouble},
    },
    routes,
    words::time::in_sofia,
};

/// Points of a drawn line at most: more cannot be told apart.
const POINTS: usize = 240;
/// Samples are about five minutes apart; further apart than this is a gap, in seconds.
const GAP: i64 = 15 * 60;

/// A stretch of time up to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// One hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// What the provider gives: the present month.
    Month,
}

impl Range {
    /// All of them, with the word in addresses and the name.
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Hour, "1h", "1 hour"),
        (Self::Day, "24h", "24 hours"),
        (Self::Week, "7d", "7 days"),
        (Self::Month, "month", "This month"),
    ];

    /// The range of a word; a day for anything else.
    pub fn from_word(word: Option<&str>) -> Self {
        Self::ALL.iter().find(|(_, known, _)| Some(*known) == word).map_or(Self::Day, |(range, ..)| *range)
    }

    fn seconds(self) -> i64 {
        match self {
            Self::Hour => 3600,
            Self::Day => 86_400,
            Self::Week => 7 * 86_400,
            Self::Month => 32 * 86_400,
        }
    }
}

/// Reads the months that the range touches: the provider gives whole months.
pub async fn read(account: &Account, id: ServerId, range: Range) -> Result<Reading<Metrics>, Error> {
    let present = account.read(&GetServerMetrics { id, month: None }).await?;
    let now = in_sofia(Timestamp::now());
    let start = Timestamp::now().as_second() - range.seconds();
    let month_start = now.first_of_month().and_then(|day| day.start_of_day());
    let needs_more = range != Range::Month && month_start.is_ok_and(|at| at.timestamp().as_second() > start);
    if !needs_more {
        return Ok(present);
    }
    let before = now.saturating_sub(1.month());
    let month = Some((before.year(), before.month()));
    match account.read(&GetServerMetrics { id, month }).await {
        Ok(earlier) => {
            let both = present.value.iter().chain(earlier.value.iter()).cloned().collect();
            // The line is as old as the older of its parts.
            let older =
                if present.stale().is_none() && earlier.stale().is_some() { &earlier } else { &present };
            Ok(older.with(both))
        }
        // The present month alone is better than nothing; its beginning shows in the axis.
        Err(_) => Ok(present),
    }
}

/// The section of the page.
pub fn section(id: ServerId, range: Range, read: &Result<Reading<Metrics>, Error>) -> AnyView {
    let ranges = Range::ALL
        .map(|(other, word, name)| {
            let current = (other == range).then_some("true");
            view! { <li><a class="chip" href=routes::server_range(id, word) aria-current=current>{name}</a></li> }
        })
        .into_iter()
        .collect_view();
    let body = match read {
        Err(error) => trouble(error, "metrics"),
        Ok(reading) => view! { {staleness(reading)} {charts(&reading.value, range)} }.into_any(),
    };
    view! {
        <section id="metrics" aria-labelledby="metrics-title">
            <div class="section-title">
                <h2 id="metrics-title">"Metrics"</h2>
                <nav aria-label="Range"><ul class="chips">{ranges}</ul></nav>
            </div>
            <div data-region="metrics">{body}</div>
        </section>
    }
    .into_any()
}

fn charts(points: &Metrics, range: Range) -> AnyView {
    let from = Timestamp::now().as_second() - range.seconds();
    let mut points: Vec<&MetricPoint> =
        points.iter().filter(|point| point.timestamp.0.as_second() >= from).collect();
    points.sort_by_key(|point| point.timestamp);
    if points.is_empty() {
        return view! { <p class="nothing">"Nothing was measured in this time."</p> }.into_any();
    }
    let line = |name, value: fn(&MetricPoint) -> Option<f64>| Line { name, points: thin(&points, value) };
    view! {
        <div class="charts">
            <Chart title="Processor" unit=" %" top=100.0
                lines=vec![line("Used", |point| point.cpu.map(|cpu| cpu.0))] />
            <Chart title="Network" unit=" MB/s" lines=vec![
                line("Received", |point| point.network_in.map(|rate| rate.0)),
                line("Sent", |point| point.network_out.map(|rate| rate.0)),
            ] />
            <Chart title="Disk activity" unit=" MB/s" lines=vec![
                line("Read", |point| point.io_read.map(|rate| rate.0)),
                line("Written", |point| point.io_write.map(|rate| rate.0)),
            ] />
            <Chart title="Disk" unit=" GB" lines=vec![line("Used", |point| point.disk.map(|size| size.0))] />
        </div>
    }
    .into_any()
}

/// At most [`POINTS`] means of neighbours; a gap in time stays a gap.
fn thin(points: &[&MetricPoint], value: fn(&MetricPoint) -> Option<f64>) -> Vec<(Timestamp, Option<f64>)> {
    let step = points.len().div_ceil(POINTS).max(1);
    let mut line = Vec::with_capacity(POINTS + 16);
    let mut last: Option<i64> = None;
    for part in points.chunks(step) {
        let at = part[0].timestamp.0;
        let apart = last.is_some_and(|last| at.as_second() - last > GAP);
        if apart {
            line.push((at, None));
        }
        line.push((at, average(part.iter().filter_map(|point| value(point)))));
        last = part.last().map(|point| point.timestamp.0.as_second());
    }
    line
}

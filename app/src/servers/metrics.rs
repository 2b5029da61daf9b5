//! The metrics of a server over a range, as charts.

use gateway::{Account, Error, PowerState, Reading, ServerSeen};
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;
use vpsbg_api::{GetServerMetrics, GetServerStatus, MetricPoint, Metrics, ServerId, ServerStatus};

use super::{
    tabs::used,
    words::{self, key},
};
use crate::{
    components::{
        badge::Badge,
        chart::{Chart, Kind, Series, average},
        notice::{staleness, staleness_of, trouble},
        properties::property,
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
    /// Thirty days.
    Days,
    /// What the provider gives: the present month.
    Month,
}

impl Range {
    /// All of them, with the word in addresses and the name.
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Hour, "1h", "1 hour"),
        (Self::Day, "24h", "24 hours"),
        (Self::Week, "7d", "7 days"),
        (Self::Days, "30d", "30 days"),
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
            Self::Days => 30 * 86_400,
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

/// Reads the present values.
pub async fn present(account: &Account, id: ServerId) -> Result<Reading<ServerStatus>, Error> {
    account.read(&GetServerStatus { id }).await
}

/// The section of the page.
pub fn section(
    seen: &ServerSeen,
    range: Range,
    read: &Result<Reading<Metrics>, Error>,
    present: &Result<Reading<ServerStatus>, Error>,
) -> AnyView {
    let id = seen.server.id;
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
    let now = match present {
        Err(error) => trouble(error, "the present values"),
        Ok(reading) => {
            view! { {staleness_of(reading, "its values")} {values(seen, &reading.value)} }.into_any()
        }
    };
    view! {
        <section aria-labelledby="present-title">
            <h2 id="present-title">"Now"</h2>
            <div data-region="present">{now}</div>
        </section>
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

/// What it does now. Power and processor go on by themselves.
fn values(seen: &ServerSeen, status: &ServerStatus) -> AnyView {
    let id = seen.server.id;
    let (power, tone) = match seen.power {
        PowerState::Following { .. } => words::followed(seen),
        _ => words::status_power(status),
    };
    let cpu = status.cpu.as_ref().and_then(|cpu| cpu.used);
    view! {
        <dl class="properties">
            {property("Power", view! { <Badge tone=tone word=power live=key(id, "power") /> })}
            {property("Processor", view! { <span class="number" data-live=key(id, "cpu")>{words::cpu(cpu.map(|cpu| cpu.0))}</span> })}
            {property("Disk", view! { <span class="number">{used(status.disk.as_ref(), false)}</span> })}
            {property("Traffic this month", view! { <span class="number">{used(status.bandwidth.as_ref(), true)}</span> })}
        </dl>
    }
    .into_any()
}

fn charts(points: &Metrics, range: Range) -> AnyView {
    let now = Timestamp::now();
    let from = now.as_second() - range.seconds();
    let mut points: Vec<&MetricPoint> =
        points.iter().filter(|point| point.timestamp.0.as_second() >= from).collect();
    points.sort_by_key(|point| point.timestamp);
    let Some(newest) = points.last() else {
        return view! { <p class="nothing">"Nothing was measured in this time."</p> }.into_any();
    };
    let span = span(range, newest.timestamp.0, now);
    let moments = thin(&points);
    let times: Vec<Timestamp> = moments.iter().map(|(at, _)| *at).collect();
    let series = |name, value: fn(&MetricPoint) -> Option<f64>| Series {
        name,
        values: moments
            .iter()
            .map(|(_, part)| average(part.iter().filter_map(|point| value(point))))
            .collect(),
    };
    view! {
        <div class="charts">
            <Chart title="Processor" unit=" %" top=100.0 span=span times=times.clone()
                series=vec![series("Used", |point| point.cpu.map(|cpu| cpu.0))] />
            <Chart title="Network" unit=" MB/s" span=span times=times.clone() series=vec![
                series("Received", |point| point.network_in.map(|rate| rate.0)),
                series("Sent", |point| point.network_out.map(|rate| rate.0)),
            ] />
            <Chart title="Disk activity" unit=" MB/s" span=span times=times.clone() series=vec![
                series("Read", |point| point.io_read.map(|rate| rate.0)),
                series("Written", |point| point.io_write.map(|rate| rate.0)),
            ] />
            <Chart title="Disk" unit=" GB" kind=Kind::Area span=span times=times
                series=vec![series("Used", |point| point.disk.map(|size| size.0))] />
        </div>
        <p class="hint">"Times are those of Europe/Sofia. Memory is not among what the provider measures."</p>
    }
    .into_any()
}

/// What the axes show: the whole range, so that what is missing is seen, too. It ends with the newest sample, or now
/// if the samples have stopped; in whole steps, so that a page that looks again finds the same until there is more.
fn span(range: Range, newest: Timestamp, now: Timestamp) -> (Timestamp, Timestamp) {
    let late = now.as_second() - newest.as_second() > GAP;
    let to = if late { now.as_second() / GAP * GAP } else { newest.as_second() };
    let to = Timestamp::from_second(to).unwrap_or(newest);
    let month = || in_sofia(to).first_of_month().and_then(|day| day.start_of_day()).ok();
    let from = match range {
        Range::Month => month().map(|midnight| midnight.timestamp()),
        _ => Timestamp::from_second(to.as_second() - range.seconds()).ok(),
    };
    (from.unwrap_or(to), to)
}

/// At most about [`POINTS`] moments, each with the neighbours whose mean it is. A gap in time stays a gap: a moment
/// without any.
fn thin<'a, 'b>(points: &'b [&'a MetricPoint]) -> Vec<(Timestamp, &'b [&'a MetricPoint])> {
    let step = points.len().div_ceil(POINTS).max(1);
    let second = |point: &MetricPoint| point.timestamp.0.as_second();
    let mut moments: Vec<(Timestamp, &[&MetricPoint])> = Vec::with_capacity(POINTS + 16);
    let mut last: Option<i64> = None;
    for run in points.chunk_by(|one, next| second(next) - second(one) <= GAP) {
        let middle = last.map(|last| i64::midpoint(last, second(run[0])));
        moments.extend(middle.and_then(|middle| Timestamp::from_second(middle).ok()).map(|at| (at, &[][..])));
        moments.extend(run.chunks(step).map(|part| (part[part.len() / 2].timestamp.0, part)));
        last = run.last().map(|point| second(point));
    }
    moments
}

#[cfg(test)]
mod tests {
    use vpsbg_api::UnixSeconds;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn sample(second: i64) -> MetricPoint {
        MetricPoint {
            timestamp: UnixSeconds(at(second)),
            running: None,
            cpu: None,
            network_in: None,
            network_out: None,
            disk: None,
            io_read: None,
            io_write: None,
        }
    }

    #[test]
    fn neighbours_are_averaged_and_gaps_are_not() {
        let all: Metrics = (0..600).chain(700..1000).map(|number| sample(number * 300)).collect();
        let points: Vec<&MetricPoint> = all.iter().collect();
        let moments = thin(&points);
        assert!(moments.len() <= POINTS + 2, "{}", moments.len());
        let gaps: Vec<i64> =
            moments.iter().filter(|(_, part)| part.is_empty()).map(|(at, _)| at.as_second()).collect();
        assert_eq!(gaps, [(599 + 700) * 150], "one gap, in its middle");
        assert!(moments.is_sorted_by_key(|(at, _)| *at));
        assert_eq!(
            moments.iter().map(|(_, part)| part.len()).sum::<usize>(),
            points.len(),
            "nothing is lost"
        );
    }

    #[test]
    fn axes_show_the_whole_range() {
        let now = at(1_772_000_123);
        assert_eq!(span(Range::Hour, at(1_772_000_000), now), (at(1_771_996_400), at(1_772_000_000)));
        // The samples stopped long ago: the axis goes on.
        let (from, to) = span(Range::Day, at(1_771_960_000), now);
        assert_eq!((to.as_second() - from.as_second(), to.as_second()), (86_400, 1_772_000_123 / 900 * 900));
        let (from, _) = span(Range::Month, at(1_772_000_000), now);
        assert_eq!(in_sofia(from).strftime("%d %H:%M").to_string(), "01 00:00");
    }
}

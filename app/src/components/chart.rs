//! A chart: lines, areas or bars, drawn on the server as SVG; axes with round values and round moments in
//! Europe/Sofia; gaps stay gaps. What a pointer or arrow keys read from it stands in the page as finished words
//! ([`reader`]), and below is a table of the numbers for those who read them.
//!
//! The drawing is a square of [`WHOLE`] by [`WHOLE`] that is stretched to its place; text stands beside it, so that it
//! has the same size in every width.

mod drawing;
mod numbers;
mod reader;
mod time_axis;
mod value_axis;

use jiff::Timestamp;
use leptos::prelude::*;

use self::{drawing::Scale, value_axis::ValueAxis};
use crate::words::{NOTHING, time};

/// The drawing's width and height in its own units.
const WHOLE: i64 = 1000;
/// Room on each side of a single moment, in seconds: a drawing needs some width.
const AROUND: i64 = 1800;
/// Series that can be told apart at most: as many as there are colours and dashes in the style sheet.
pub const MOST_SERIES: usize = 6;

/// How values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Something measured now and then.
    #[default]
    Line,
    /// The same, as an amount: filled down to zero.
    Area,
    /// Sums over stretches of the same length, each from its moment to the next: traffic by day.
    Bar,
}

/// What is measured: one value for each moment of the chart.
#[derive(Debug, Clone)]
pub struct Series {
    /// What it shows.
    pub name: &'static str,
    /// Its values in the chart's unit; None where nothing was measured.
    pub values: Vec<Option<f64>>,
}

/// A chart of up to [`MOST_SERIES`] series over the same moments.
#[component]
pub fn Chart(
    /// What it shows. Once on a page.
    title: &'static str,
    /// The unit of the values, as it stands behind a number: with a space where there is one.
    unit: &'static str,
    /// How values are drawn.
    #[prop(optional)]
    kind: Kind,
    /// The least that the axis reaches up to (100 %).
    #[prop(optional)]
    top: Option<f64>,
    /// From and to, if the axis shows more than what was measured.
    #[prop(optional)]
    span: Option<(Timestamp, Timestamp)>,
    /// The moments, oldest first.
    times: Vec<Timestamp>,
    /// The series.
    series: Vec<Series>,
) -> impl IntoView {
    let series = measured(series);
    let measured_at_all =
        series.iter().any(|series| series.values.iter().take(times.len()).any(Option::is_some));
    let (Some(first), true) = (times.first().copied(), measured_at_all) else {
        return view! { <p class="nothing">{title} ": nothing was measured in this time."</p> }.into_any();
    };
    let highest = series.iter().flat_map(|series| &series.values).flatten().copied().fold(0.0, f64::max);
    let axis = ValueAxis::up_to(highest.max(top.unwrap_or(0.0)));
    let last = times.last().copied().unwrap_or(first);
    let scale = Scale::new(kind, span.unwrap_or((first, last)), &times, axis);
    let seen = Seen { title, unit, words: TimeWords::of(&scale), scale, times, series };
    let drawn =
        seen.series.iter().enumerate().map(|(index, one)| drawn(&seen, index, &one.values)).collect_view();
    let (grid, summary) = (seen.scale.grid(), seen.summary());
    view! {
        <figure class="chart">
            <figcaption>
                <span class="chart-title">{title} <span class="chart-unit">{unit.trim()}</span></span>
                <ul class="chart-legend">{legend(&seen)}</ul>
            </figcaption>
            <div class="chart-body">
                <div class="chart-values" aria-hidden="true">
                    {seen.scale.axis.ticks().into_iter().map(|words| view! { <span>{words}</span> }).collect_view()}
                </div>
                <div class="chart-plot">
                    <svg class="chart-drawing" viewBox=format!("0 0 {WHOLE} {WHOLE}") preserveAspectRatio="none"
                        role="img" aria-label=summary>
                        <path class="chart-grid" d=grid />
                        {drawn}
                    </svg>
                    {reader::reader(&seen)}
                </div>
                {moments(&seen.scale)}
            </div>
            <details class="chart-numbers">
                <summary>"Numbers"</summary>
                {numbers::numbers(&seen)}
            </details>
        </figure>
    }
    .into_any()
}

/// All that is known of a chart while it is made.
struct Seen {
    title: &'static str,
    unit: &'static str,
    words: TimeWords,
    scale: Scale,
    times: Vec<Timestamp>,
    series: Vec<Series>,
}

impl Seen {
    /// A value with its unit.
    fn words(&self, value: Option<f64>) -> String {
        value.map_or(NOTHING.to_owned(), |value| format!("{}{}", value_axis::words(value), self.unit))
    }

    /// What the drawing is, for those who do not see it.
    fn summary(&self) -> String {
        let (from, to) = self.scale.span();
        let zone = time::in_sofia(to).strftime("%Z");
        format!("{}, {} to {} {zone}", self.title, self.words.of_moment(from), self.words.of_moment(to))
    }
}

/// How the moments of a chart are told.
#[derive(Debug, Clone, Copy)]
enum TimeWords {
    /// `4 Mar 14:05`.
    Minute,
    /// `25 Oct 03:30 EEST`: the clocks change, so that the same words would come twice.
    MinuteAndZone,
    /// `Wed 4 Mar 2026`: stretches of whole days.
    Day,
}

impl TimeWords {
    fn of(scale: &Scale) -> Self {
        let (from, to) = scale.span();
        if scale.in_days() {
            Self::Day
        } else if time::in_sofia(from).offset() == time::in_sofia(to).offset() {
            Self::Minute
        } else {
            Self::MinuteAndZone
        }
    }

    fn of_moment(self, at: Timestamp) -> String {
        let format = match self {
            Self::Minute => "%-d %b %H:%M",
            Self::MinuteAndZone => "%-d %b %H:%M %Z",
            Self::Day => "%a %-d %b %Y",
        };
        time::in_sofia(at).strftime(format).to_string()
    }
}

/// The series without what is no number, and no more of them than can be told apart.
fn measured(mut series: Vec<Series>) -> Vec<Series> {
    series.truncate(MOST_SERIES);
    for one in &mut series {
        for value in &mut one.values {
            *value = value.filter(|value| value.is_finite());
        }
    }
    series
}

fn drawn(seen: &Seen, index: usize, values: &[Option<f64>]) -> AnyView {
    let points = seen.scale.points(&seen.times, values);
    let number = index.to_string();
    let path = |class: &'static str, path: String| {
        (!path.is_empty()).then(|| view! { <path class=class data-series=number.clone() d=path /> })
    };
    match seen.scale.kind {
        Kind::Line | Kind::Area => {
            let filled = if seen.scale.kind == Kind::Area { drawing::area(&points) } else { String::new() };
            view! {
                {path("chart-area", filled)}
                {path("chart-line", drawing::line(&points))}
                {path("chart-alone", drawing::dots(&points))}
            }
            .into_any()
        }
        Kind::Bar => {
            let bars = drawing::bars(&points, seen.scale.bar(index, seen.series.len()));
            path("chart-bar", bars).into_any()
        }
    }
}

/// Each series by its look and name, with its newest value.
fn legend(seen: &Seen) -> AnyView {
    seen.series
        .iter()
        .enumerate()
        .map(|(index, series)| {
            let newest = series.values.iter().rev().find_map(|value| *value);
            view! {
                <li>{key(seen.scale.kind, index)} {series.name} " " <strong class="number">{seen.words(newest)}</strong></li>
            }
        })
        .collect_view()
        .into_any()
}

/// The look of a series in small.
fn key(kind: Kind, index: usize) -> AnyView {
    let (class, path) = match kind {
        Kind::Line | Kind::Area => ("chart-line", "M1 6H23"),
        Kind::Bar => ("chart-bar", "M7 1h10v10h-10z"),
    };
    view! {
        <svg class="chart-key" viewBox="0 0 24 12" aria-hidden="true">
            <path class=class data-series=index.to_string() d=path />
        </svg>
    }
    .into_any()
}

/// The words below the drawing. What is not marked as narrow hides where there is no room.
fn moments(scale: &Scale) -> AnyView {
    let (from, to) = scale.span();
    let words = time_axis::ticks(from, to)
        .into_iter()
        .filter_map(|tick| {
            let place = scale.x(tick.at.as_second());
            // Beyond the corner there is no room for words.
            (place <= WHOLE - WHOLE / 33).then(|| {
                let at = format!("{}.{}%", place / 10, place % 10);
                let (wide, day) = ((!tick.narrow).then_some(""), tick.day.then_some(""));
                view! { <text x=at y="13" data-wide=wide data-day=day>{tick.words}</text> }
            })
        })
        .collect_view();
    view! { <svg class="chart-times" aria-hidden="true">{words}</svg> }.into_any()
}

/// The mean of what there is.
pub fn average(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

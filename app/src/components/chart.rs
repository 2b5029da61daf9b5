//! A line chart, drawn on the server as SVG, with a table of its numbers for those who read them.

use jiff::Timestamp;
use leptos::prelude::*;

use super::table::{Column, Table};
use crate::words::{NOTHING, sizes, time};

/// The drawing's size in its own units; it scales with the page.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 180.0;
/// Room for the numbers of the axis.
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 24.0;
const TOP: f64 = 6.0;
/// Steps of the value axis.
const STEPS: u32 = 5;
/// Rows of the table at most: beyond that they are averaged with their neighbours.
const ROWS: usize = 48;

/// One line: values by time, oldest first; None is a gap.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it shows.
    pub name: &'static str,
    /// Points.
    pub points: Vec<(Timestamp, Option<f64>)>,
}

/// A chart of lines over the same stretch of time.
#[component]
pub fn Chart(
    /// What it shows.
    title: &'static str,
    /// The unit of the values, with a space before it where there is one.
    unit: &'static str,
    /// The highest value of the axis, if it is fixed (100 %).
    #[prop(optional)]
    top: Option<f64>,
    /// The lines.
    lines: Vec<Line>,
) -> impl IntoView {
    let times: Vec<Timestamp> = lines.iter().flat_map(|line| line.points.iter().map(|(at, _)| *at)).collect();
    let (Some(from), Some(to)) = (times.iter().min().copied(), times.iter().max().copied()) else {
        return view! { <p class="nothing">{title} ": nothing was measured in this time."</p> }.into_any();
    };
    let values = lines.iter().flat_map(|line| line.points.iter().filter_map(|(_, value)| *value));
    let highest = top.unwrap_or_else(|| round_up(values.fold(0.0, f64::max)));
    let scale = Scale { from, to, highest };
    let drawn = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            view! { <path class="chart-line" data-series=index.to_string() d=scale.path(&line.points) /> }
        })
        .collect_view();
    let grid = (0..=STEPS)
        .map(|step| {
            let value = highest * f64::from(step) / f64::from(STEPS);
            let y = scale.y(value);
            view! {
                <line class="chart-grid" x1=LEFT.to_string() x2=WIDTH.to_string() y1=one(y) y2=one(y) />
                <text class="chart-text" x=one(LEFT - 6.0) y=one(y + 3.5) text-anchor="end">{label(value)}</text>
            }
        })
        .collect_view();
    let middle = Timestamp::from_second(i64::midpoint(from.as_second(), to.as_second())).unwrap_or(from);
    let days = to.as_second() - from.as_second() > 36 * 3600;
    let axis = [(from, "start", LEFT), (middle, "middle", f64::midpoint(LEFT, WIDTH)), (to, "end", WIDTH)]
        .map(|(at, anchor, x)| {
            let words = moment(at, days);
            view! { <text class="chart-text" x=one(x) y=one(HEIGHT - 4.0) text-anchor=anchor>{words}</text> }
        })
        .into_iter()
        .collect_view();
    let legend = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let newest = line.points.iter().rev().find_map(|(_, value)| *value);
            let newest = newest.map_or(NOTHING.to_owned(), |value| format!("{}{unit}", label(value)));
            view! {
                <li data-series=index.to_string()>
                    <span class="chart-key" aria-hidden="true"></span>
                    {line.name} " " <strong class="number">{newest}</strong>
                </li>
            }
        })
        .collect_view();
    let summary = format!("{title}, {} to {}", moment(from, true), moment(to, true));
    view! {
        <figure class="chart">
            <figcaption>
                <span class="chart-title">{title}</span>
                <ul class="chart-legend">{legend}</ul>
            </figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=summary>
                {grid}
                {axis}
                {drawn}
            </svg>
            <details class="chart-numbers">
                <summary>"Numbers"</summary>
                {numbers(title, unit, &lines)}
            </details>
        </figure>
    }
    .into_any()
}

struct Scale {
    from: Timestamp,
    to: Timestamp,
    highest: f64,
}

impl Scale {
    fn x(&self, at: Timestamp) -> f64 {
        let whole = (self.to.as_second() - self.from.as_second()).max(1) as f64;
        LEFT + (at.as_second() - self.from.as_second()) as f64 / whole * (WIDTH - LEFT)
    }

    fn y(&self, value: f64) -> f64 {
        let share = if self.highest > 0.0 { (value / self.highest).clamp(0.0, 1.0) } else { 0.0 };
        TOP + (1.0 - share) * (HEIGHT - BOTTOM - TOP)
    }

    /// The line, interrupted at each gap.
    fn path(&self, points: &[(Timestamp, Option<f64>)]) -> String {
        let mut path = String::new();
        let mut pen = 'M';
        for (at, value) in points {
            match value {
                Some(value) => {
                    path.push_str(&format!("{pen}{:.1} {:.1}", self.x(*at), self.y(*value)));
                    pen = 'L';
                }
                None => pen = 'M',
            }
        }
        path
    }
}

fn one(number: f64) -> String {
    format!("{number:.1}")
}

/// A number of the axis: as many digits as it needs.
fn label(value: f64) -> String {
    if value > 0.0 && value < 1.0 { format!("{value:.2}") } else { sizes::short(value) }
}

/// The next "round" number: 1, 2 or 5 times a power of ten.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor());
    let share = value / power;
    power
        * if share <= 1.0 {
            1.0
        } else if share <= 2.0 {
            2.0
        } else if share <= 5.0 {
            5.0
        } else {
            10.0
        }
}

fn moment(at: Timestamp, days: bool) -> String {
    let format = if days { "%-d %b %H:%M" } else { "%H:%M" };
    time::in_sofia(at).strftime(format).to_string()
}

fn numbers(title: &'static str, unit: &'static str, lines: &[Line]) -> AnyView {
    let columns = std::iter::once(Column::text("Time"))
        .chain(lines.iter().map(|line| Column::number(line.name)))
        .collect();
    let count = lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
    let step = count.div_ceil(ROWS).max(1);
    let rows = (0..count)
        .step_by(step)
        .rev()
        .filter_map(|start| {
            let at = lines.iter().find_map(|line| line.points.get(start))?.0;
            let cells = lines
                .iter()
                .map(|line| {
                    let part =
                        line.points.get(start..(start + step).min(line.points.len())).unwrap_or_default();
                    let value = average(part.iter().filter_map(|(_, value)| *value));
                    let words = value.map_or(NOTHING.to_owned(), |value| format!("{}{unit}", label(value)));
                    view! { <td class="number">{words}</td> }
                })
                .collect_view();
            Some(view! { <tr><th scope="row">{moment(at, true)}</th>{cells}</tr> })
        })
        .collect_view();
    view! { <Table caption=format!("{title}, numbers") columns=columns>{rows}</Table> }.into_any()
}

/// The mean of what there is.
pub fn average(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, top) in [(0.0, 1.0), (0.3, 0.5), (1.0, 1.0), (3.2, 5.0), (7.0, 10.0), (120.0, 200.0)] {
            assert!((round_up(value) - top).abs() < 1e-9, "{value}");
        }
    }

    #[test]
    fn gaps_interrupt_the_line() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let scale = Scale { from: at(0), to: at(30), highest: 10.0 };
        let path =
            scale.path(&[(at(0), Some(1.0)), (at(10), None), (at(20), Some(2.0)), (at(30), Some(3.0))]);
        assert_eq!(path.matches('M').count(), 2);
        assert_eq!(path.matches('L').count(), 1);
    }
}

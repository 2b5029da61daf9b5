//! What a pointer, a finger or arrow keys read from a chart. All of it stands in the page, in finished words: the
//! browser only finds the nearest point and puts its words into their places (`frontend::chart`). Shown only where
//! scripts run; without them there is the table.

use std::fmt::Write;

use leptos::prelude::*;

use super::{Seen, key, value_axis};

/// A slider over the points, whose value is told as time and values. It covers the drawing.
pub fn reader(seen: &Seen) -> AnyView {
    let last = seen.times.len().saturating_sub(1);
    let id = format!("read-{}", seen.title.to_lowercase().replace(' ', "-"));
    let said = seen.series.iter().map(|series| {
        let value = series.values.get(last).copied().flatten();
        format!("{} {}", series.name, seen.words(value))
    });
    let said = said.collect::<Vec<_>>().join(", ");
    let said = format!("{}: {said}", seen.words.of_moment(seen.times[last]));
    let dots = (0..seen.series.len())
        .map(|index| view! { <span class="chart-dot" data-series=index.to_string()></span> })
        .collect_view();
    let values = seen
        .series
        .iter()
        .enumerate()
        .map(|(index, series)| {
            view! { <li>{key(seen.scale.kind, index)} {series.name} " " <strong data-name=series.name></strong></li> }
        })
        .collect_view();
    view! {
        <div class="chart-reader" id=id role="slider" tabindex="0" aria-label=format!("{}, values in time", seen.title)
            aria-valuemin="0" aria-valuemax=last.to_string() aria-valuenow=last.to_string() aria-valuetext=said
            data-from=seen.scale.span().0.as_second().to_string() data-seconds=seen.scale.seconds().to_string()
            data-unit=seen.unit data-points=points(seen)>
            <div class="chart-cursor">{dots}</div>
            <div class="chart-panel"><p></p><ul>{values}</ul></div>
        </div>
    }
    .into_any()
}

/// The points, `|` between two: seconds from the beginning, the moment's words, then for each series its place from
/// the top and its number; both are empty where nothing was measured.
fn points(seen: &Seen) -> String {
    let mut text = String::new();
    for (index, at) in seen.times.iter().enumerate() {
        let between = if index == 0 { "" } else { "|" };
        let _ = write!(text, "{between}{},{}", seen.scale.read_at(*at), seen.words.of_moment(*at));
        for series in &seen.series {
            let _ = match series.values.get(index).copied().flatten() {
                Some(value) => write!(text, ",{},{}", seen.scale.axis.y(value), value_axis::words(value)),
                None => write!(text, ",,"),
            };
        }
    }
    text
}

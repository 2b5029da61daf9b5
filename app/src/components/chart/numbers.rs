//! The numbers of a chart as a table, for those who read them.

use std::ops::Range;

use leptos::prelude::*;

use super::{Kind, Seen, average};
use crate::{
    components::table::{Column, Table},
    words::time,
};

/// Rows at most: beyond that they are averaged with their neighbours, which is said.
const ROWS: usize = 48;

/// The table, newest first.
pub fn numbers(seen: &Seen) -> AnyView {
    let columns = std::iter::once(Column::text("Time"))
        .chain(seen.series.iter().map(|series| Column::number(series.name)))
        .collect();
    let count = seen.times.len();
    // Sums are not averaged: each bar has its row.
    let step = if seen.scale.kind == Kind::Bar { 1 } else { count.div_ceil(ROWS).max(1) };
    let is_gap: Vec<bool> = (0..count)
        .map(|place| seen.series.iter().all(|series| series.values.get(place).is_none_or(Option::is_none)))
        .collect();
    let parts = if seen.scale.kind == Kind::Bar {
        (0..count).map(|bar| bar..bar + 1).collect()
    } else {
        parts(&is_gap, step)
    };
    let rows = parts
        .iter()
        .rev()
        .map(|moments| {
            let cells = seen
                .series
                .iter()
                .map(|series| {
                    let end = moments.end.min(series.values.len());
                    let part = series.values.get(moments.start..end).unwrap_or_default();
                    let value = average(part.iter().flatten().copied());
                    view! { <td class="number">{seen.words(value)}</td> }
                })
                .collect_view();
            let moment = seen.words.of_moment(seen.times[moments.start]);
            view! { <tr><th scope="row">{moment}</th>{cells}</tr> }
        })
        .collect_view();
    let whole = parts.iter().find(|moments| moments.len() == step && step > 1 && !is_gap[moments.start]);
    let mean = whole.map(|moments| {
        let first_to_last = seen.times[moments.end - 1].as_second() - seen.times[moments.start].as_second();
        let length = time::rough(first_to_last.unsigned_abs() / (step as u64 - 1) * step as u64);
        view! { <p class="hint">{format!("Each row is the mean of about {length} from then on.")}</p> }
    });
    let caption = format!("{}, numbers", seen.title);
    view! { {mean} <Table caption=caption columns=columns>{rows}</Table> }.into_any()
}

/// The moments of each row: so many together, but never across a gap, which has a row of its own.
fn parts(is_gap: &[bool], step: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for run in is_gap.chunk_by(|one, next| one == next) {
        let end = start + run.len();
        if run[0] {
            parts.push(start..end);
        } else {
            parts.extend((start..end).step_by(step).map(|first| first..(first + step).min(end)));
        }
        start = end;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_reaches_over_a_gap() {
        let gaps = [false, false, false, true, true, false, false, false, false];
        assert_eq!(parts(&gaps, 2), [0..2, 2..3, 3..5, 5..7, 7..9]);
        assert_eq!(parts(&[true, false], 3), [0..1, 1..2]);
        assert_eq!(parts(&[], 1), Vec::<Range<usize>>::new());
    }
}

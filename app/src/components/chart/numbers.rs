//! The numbers of a chart as a table, for those who read them.

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
    let rows = (0..count)
        .step_by(step)
        .rev()
        .map(|start| {
            let cells = seen
                .series
                .iter()
                .map(|series| {
                    let end = (start + step).min(series.values.len());
                    let part = series.values.get(start..end).unwrap_or_default();
                    let value = average(part.iter().flatten().copied());
                    view! { <td class="number">{seen.words(value)}</td> }
                })
                .collect_view();
            let moment = seen.words.of_moment(seen.times[start]);
            view! { <tr><th scope="row">{moment}</th>{cells}</tr> }
        })
        .collect_view();
    let mean = (step > 1).then(|| {
        let length = seen.times[step].as_second() - seen.times[0].as_second();
        let length = time::rough(length.unsigned_abs());
        view! { <p class="hint">{format!("Each row is the mean of about {length} from then on.")}</p> }
    });
    let caption = format!("{}, numbers", seen.title);
    view! { {mean} <Table caption=caption columns=columns>{rows}</Table> }.into_any()
}

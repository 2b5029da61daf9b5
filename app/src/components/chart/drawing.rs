//! Paths of a chart in whole units of the drawing: what is between two pixels cannot be seen, and whole numbers are
//! short. From point to point they are relative, which is shorter still.

use std::fmt::Write;

use jiff::Timestamp;

use super::{AROUND, Kind, WHOLE, value_axis::ValueAxis};

/// A day that is an hour short, in seconds.
const SHORT_DAY: i64 = 23 * 3600;
/// A stretch that stands alone is as long as this, in seconds.
const ALONE: i64 = 24 * 3600;

/// Where moments and values stand.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub kind: Kind,
    pub axis: ValueAxis,
    from: i64,
    to: i64,
    /// Of bars: from one to the next, in seconds.
    stretch: i64,
}

/// A bar: how far from its moment it begins, and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    before: i64,
    width: i64,
}

impl Scale {
    /// The scale of a chart. Bars need room for the last one.
    pub fn new(kind: Kind, span: (Timestamp, Timestamp), times: &[Timestamp], axis: ValueAxis) -> Self {
        let apart = times.windows(2).map(|pair| pair[1].as_second() - pair[0].as_second());
        let stretch = apart.filter(|seconds| *seconds > 0).min().unwrap_or(ALONE);
        let (mut from, mut to) = (span.0.as_second(), span.1.as_second());
        if kind == Kind::Bar {
            to = to.max(times.last().map_or(to, |last| last.as_second() + stretch));
        }
        if to <= from {
            (from, to) = (from - AROUND, from + AROUND);
        }
        Self { kind, axis, from, to, stretch }
    }

    /// From and to.
    pub fn span(&self) -> (Timestamp, Timestamp) {
        let moment = |second| Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
        (moment(self.from), moment(self.to))
    }

    /// Whether each value stands for a whole day or more.
    pub fn in_days(&self) -> bool {
        self.kind == Kind::Bar && self.stretch >= SHORT_DAY
    }

    /// Length of the whole, in seconds.
    pub fn seconds(&self) -> i64 {
        self.to - self.from
    }

    /// Where a moment stands, in Unix seconds.
    pub fn x(&self, second: i64) -> i64 {
        self.share(second - self.from)
    }

    /// How long a stretch is in the drawing, in seconds.
    fn share(&self, seconds: i64) -> i64 {
        let share = i128::from(seconds) * i128::from(WHOLE) * 2 / i128::from(self.seconds()) + 1;
        (share / 2).clamp(-i128::from(WHOLE), 2 * i128::from(WHOLE)) as i64
    }

    /// Where one reads a value: of bars in their middle. Seconds from the beginning.
    pub fn read_at(&self, at: Timestamp) -> i64 {
        let middle = if self.kind == Kind::Bar { self.stretch / 2 } else { 0 };
        at.as_second() + middle - self.from
    }

    /// Where the values of a series stand.
    pub fn points(&self, times: &[Timestamp], values: &[Option<f64>]) -> Vec<(i64, Option<i64>)> {
        let place = |at: &Timestamp| self.x(at.as_second());
        times
            .iter()
            .zip(values)
            .map(|(at, value)| (place(at), value.map(|value| self.axis.y(value))))
            .collect()
    }

    /// One of several bars side by side, a quarter of whose room stays free.
    pub fn bar(&self, index: usize, count: usize) -> Bar {
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let (index, count) = (whole(index), whole(count.max(1)));
        let room = self.share(self.stretch).max(1);
        let used = (room * 3 / 4).max(1);
        let begins = |index: i64| (room - used) / 2 + used * index / count;
        Bar { before: begins(index), width: (begins(index + 1) - begins(index)).max(1) }
    }

    /// A line across for each number of the axis.
    pub fn grid(&self) -> String {
        let steps = i64::from(self.axis.steps());
        (0..=steps).fold(String::new(), |mut path, step| {
            let _ = write!(path, "M0 {}H{WHOLE}", WHOLE * step / steps);
            path
        })
    }
}

/// The points between two gaps.
fn runs(points: &[(i64, Option<i64>)]) -> impl Iterator<Item = Vec<(i64, i64)>> {
    points
        .chunk_by(|one, next| one.1.is_some() == next.1.is_some())
        .map(|run| run.iter().filter_map(|(x, y)| Some((*x, (*y)?))).collect::<Vec<_>>())
        .filter(|run| !run.is_empty())
}

/// From the first point of a run to all others.
fn along(path: &mut String, run: &[(i64, i64)]) {
    for (place, pair) in run.windows(2).enumerate() {
        let (right, down) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let _ = write!(path, "{}{right} {down}", if place == 0 { 'l' } else { ' ' });
    }
}

/// A line that is interrupted at each gap.
pub fn line(points: &[(i64, Option<i64>)]) -> String {
    runs(points).filter(|run| run.len() > 1).fold(String::new(), |mut path, run| {
        let _ = write!(path, "M{} {}", run[0].0, run[0].1);
        along(&mut path, &run);
        path
    })
}

/// The points between two gaps that no line leads to: dots.
pub fn dots(points: &[(i64, Option<i64>)]) -> String {
    runs(points).filter(|run| run.len() == 1).fold(String::new(), |mut path, run| {
        let _ = write!(path, "M{} {}h0", run[0].0, run[0].1);
        path
    })
}

/// What is below the line.
pub fn area(points: &[(i64, Option<i64>)]) -> String {
    runs(points).fold(String::new(), |mut path, run| {
        let _ = write!(path, "M{} {WHOLE}V{}", run[0].0, run[0].1);
        along(&mut path, &run);
        let _ = write!(path, "V{WHOLE}Z");
        path
    })
}

/// A bar for each value. Zero is a hairline, a gap is nothing.
pub fn bars(points: &[(i64, Option<i64>)], bar: Bar) -> String {
    let there = points.iter().filter_map(|(x, y)| Some((*x, (*y)?)));
    there.fold(String::new(), |mut path, (x, y)| {
        let _ = write!(path, "M{} {WHOLE}V{y}h{}V{WHOLE}z", x + bar.before, bar.width);
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn scale(kind: Kind, times: &[Timestamp]) -> Scale {
        Scale::new(kind, (times[0], times[times.len() - 1]), times, ValueAxis::up_to(10.0))
    }

    #[test]
    fn gaps_interrupt_lines_and_areas() {
        let times = [at(0), at(10), at(20), at(30), at(40)];
        let scale = scale(Kind::Line, &times);
        let points = scale.points(&times, &[Some(1.0), Some(2.0), None, Some(2.5), Some(10.0)]);
        assert_eq!(line(&points), "M0 900l250 -100M750 750l250 -750");
        assert_eq!(area(&points), "M0 1000V900l250 -100V1000ZM750 1000V750l250 -750V1000Z");
        let lonely = scale.points(&times, &[None, Some(5.0), None, None, None]);
        assert_eq!((line(&lonely), dots(&lonely)), (String::new(), "M250 500h0".to_owned()));
        assert_eq!(dots(&points), "");
    }

    #[test]
    fn one_point_stands_in_the_middle() {
        let scale = scale(Kind::Line, &[at(7200)]);
        assert_eq!(dots(&scale.points(&[at(7200)], &[Some(0.0)])), "M500 1000h0");
        assert_eq!(scale.span(), (at(5400), at(9000)));
    }

    #[test]
    fn bars_have_room_and_stand_side_by_side() {
        let times = [at(0), at(86_400), at(2 * 86_400), at(3 * 86_400)];
        let scale = scale(Kind::Bar, &times);
        assert!(scale.in_days());
        assert_eq!(scale.span().1, at(4 * 86_400), "the last one has room");
        let (left, right) = (scale.bar(0, 2), scale.bar(1, 2));
        assert_eq!(left.before + left.width, right.before);
        let points = scale.points(&times, &[Some(10.0), None, Some(0.0), Some(5.0)]);
        let path = bars(&points, left);
        assert_eq!(path.matches('M').count(), 3, "a gap is nothing, zero is a hairline: {path}");
        assert!(path.starts_with("M31 1000V0h93V1000z"), "{path}");
        assert_eq!(scale.read_at(times[1]), 86_400 + 43_200);
    }

    #[test]
    fn moments_out_of_the_drawing_stay_near_it() {
        let scale = scale(Kind::Line, &[at(0), at(1)]);
        assert!(scale.x(i64::MAX / 4) <= 2 * WHOLE && scale.x(i64::MIN / 4) >= -WHOLE);
    }
}

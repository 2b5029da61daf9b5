//! The axis of time: marks at round moments in Europe/Sofia, as many as have room. Hours are those of the clock, also
//! on the days when the clocks change.

use jiff::{Timestamp, civil::Weekday};

use crate::words::time::{in_sofia, start_of_day};

/// Marks in a wide drawing at most.
const WIDE: usize = 9;
/// Marks in a narrow one at most.
const NARROW: usize = 5;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Where it stands.
    pub at: Timestamp,
    /// What stands there.
    pub words: String,
    /// A day begins among hours, or a year among months.
    pub day: bool,
    /// Shown in a narrow drawing, too.
    pub narrow: bool,
}

/// From one mark to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Minutes(i64),
    Days(i64),
    Mondays,
    Months(i8),
}

/// From the finest to the coarsest.
const STEPS: [Step; 15] = [
    Step::Minutes(5),
    Step::Minutes(10),
    Step::Minutes(15),
    Step::Minutes(30),
    Step::Minutes(60),
    Step::Minutes(120),
    Step::Minutes(180),
    Step::Minutes(360),
    Step::Minutes(720),
    Step::Days(1),
    Step::Days(2),
    Step::Mondays,
    Step::Months(1),
    Step::Months(3),
    Step::Months(12),
];

/// The marks between two moments, both included.
pub fn ticks(from: Timestamp, to: Timestamp) -> Vec<Tick> {
    let fitting =
        |most: usize| STEPS.iter().filter_map(move |step| Some((*step, step.moments(from, to, most)?)));
    // More years than there is room: some of them.
    let years = || {
        let all = Step::Months(12).moments(from, to, usize::MAX).unwrap_or_default();
        let every = all.len().div_ceil(WIDE).max(1);
        (Step::Months(12), all.into_iter().step_by(every).collect())
    };
    let (step, wide) = fitting(WIDE).next().unwrap_or_else(years);
    // Those of a coarser step, if all of them are there anyway; else every second one.
    let coarser = fitting(NARROW).map(|(_, moments)| moments);
    let narrow = coarser
        .filter(|moments| moments.len() > 1)
        .find(|moments| moments.iter().all(|at| wide.contains(at)))
        .unwrap_or_else(|| wide.iter().copied().step_by(2).collect());
    wide.into_iter()
        .map(|at| {
            let (words, day) = step.words(at);
            Tick { at, words, day, narrow: narrow.contains(&at) }
        })
        .collect()
}

impl Step {
    /// Its moments, if they are no more than `most`.
    fn moments(self, from: Timestamp, to: Timestamp, most: usize) -> Option<Vec<Timestamp>> {
        let length = to.as_second() - from.as_second();
        let shortest = match self {
            Self::Minutes(minutes) => minutes * 60,
            Self::Days(days) => days * DAY,
            Self::Mondays => 7 * DAY,
            Self::Months(months) => i64::from(months) * 28 * DAY,
        };
        // Nobody counts the minutes of years.
        let roughly = usize::try_from(length / shortest).unwrap_or(0);
        if roughly > most.saturating_mul(2) {
            return None;
        }
        let moments = match self {
            Self::Minutes(minutes) => clock(from, to, minutes),
            _ => self.days(from, to),
        };
        (moments.len() <= most).then_some(moments)
    }

    /// The midnights among its moments.
    fn days(self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let last = in_sofia(to).date();
        std::iter::successors(Some(in_sofia(from).date()), |day| day.tomorrow().ok())
            .take_while(|day| *day <= last)
            .filter_map(|day| {
                let at = start_of_day(day)?;
                let fits = match self {
                    // Counted from a fixed day, so that the marks stay when time goes on.
                    Self::Days(days) => ((at.as_second() + DAY / 2) / DAY).rem_euclid(days) == 0,
                    Self::Mondays => day.weekday() == Weekday::Monday,
                    Self::Months(months) => day.day() == 1 && (day.month() - 1) % months == 0,
                    Self::Minutes(_) => false,
                };
                (fits && from <= at && at <= to).then_some(at)
            })
            .collect()
    }

    /// What stands at one of its moments, and whether something larger begins there.
    fn words(self, at: Timestamp) -> (String, bool) {
        let here = in_sofia(at);
        let (format, larger) = match self {
            Self::Minutes(_) if here.hour() == 0 && here.minute() == 0 => ("%-d %b", true),
            Self::Minutes(_) => ("%H:%M", false),
            Self::Days(_) | Self::Mondays => ("%-d %b", false),
            Self::Months(12) => ("%Y", false),
            Self::Months(_) if here.month() == 1 => ("%Y", true),
            Self::Months(_) => ("%b", false),
        };
        (here.strftime(format).to_string(), larger)
    }
}

/// The moments at which the clock shows a multiple of these minutes since midnight.
fn clock(from: Timestamp, to: Timestamp, minutes: i64) -> Vec<Timestamp> {
    let pace = (minutes * 60).min(HOUR);
    let first = from.as_second().div_euclid(pace) * pace;
    let mut shown = None;
    let mut moments = Vec::new();
    for second in (first..=to.as_second()).step_by(pace.unsigned_abs() as usize) {
        let Ok(at) = Timestamp::from_second(second) else { continue };
        let here = in_sofia(at);
        let since_midnight = i64::from(here.hour()) * 60 + i64::from(here.minute());
        // In autumn an hour comes twice: of two marks with the same words the first stays.
        if at < from || since_midnight % minutes != 0 || shown == Some(here.datetime()) {
            continue;
        }
        if minutes > 60 {
            shown = Some(here.datetime());
        }
        moments.push(at);
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: &str, to: &str) -> Vec<String> {
        ticks(from.parse().unwrap(), to.parse().unwrap()).into_iter().map(|tick| tick.words).collect()
    }

    fn narrow(from: &str, to: &str) -> Vec<String> {
        let all = ticks(from.parse().unwrap(), to.parse().unwrap());
        all.into_iter().filter(|tick| tick.narrow).map(|tick| tick.words).collect()
    }

    #[test]
    fn marks_stand_at_round_moments_in_sofia() {
        let hour = ("2026-03-04T11:07:00Z", "2026-03-04T12:07:00Z");
        assert_eq!(words(hour.0, hour.1), ["13:10", "13:20", "13:30", "13:40", "13:50", "14:00"]);
        assert_eq!(narrow(hour.0, hour.1), ["13:30", "14:00"]);
        let day = ("2026-03-03T12:07:00Z", "2026-03-04T12:07:00Z");
        assert_eq!(
            words(day.0, day.1),
            ["15:00", "18:00", "21:00", "4 Mar", "03:00", "06:00", "09:00", "12:00"]
        );
        assert_eq!(narrow(day.0, day.1), ["18:00", "4 Mar", "06:00", "12:00"]);
        let week = ("2026-02-25T12:07:00Z", "2026-03-04T12:07:00Z");
        assert_eq!(words(week.0, week.1), ["26 Feb", "27 Feb", "28 Feb", "1 Mar", "2 Mar", "3 Mar", "4 Mar"]);
        assert!(narrow(week.0, week.1).len() <= NARROW);
        let month = ("2026-02-28T22:00:00Z", "2026-03-30T12:07:00Z");
        assert_eq!(words(month.0, month.1), ["2 Mar", "9 Mar", "16 Mar", "23 Mar", "30 Mar"]);
        let year = ("2025-06-15T00:00:00Z", "2026-06-15T00:00:00Z");
        assert_eq!(words(year.0, year.1), ["Jul", "Oct", "2026", "Apr"]);
    }

    #[test]
    fn hours_stay_those_of_the_clock_when_the_clocks_change() {
        // 29 March 2026: after 02:59 comes 04:00.
        let spring = ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z");
        assert_eq!(
            words(spring.0, spring.1),
            ["29 Mar", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "30 Mar"]
        );
        // 25 October 2026: 03:00 comes twice, and is marked once.
        let autumn = ("2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z");
        assert_eq!(
            words(autumn.0, autumn.1),
            ["25 Oct", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "26 Oct"]
        );
        // In detail both are shown: they are different hours.
        let night = ("2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z");
        assert_eq!(words(night.0, night.1), ["02:00", "02:30", "03:00", "03:30", "03:00", "03:30", "04:00"]);
        // Midnights are midnights, though a day has 25 hours.
        let week = ticks("2026-10-21T21:00:00Z".parse().unwrap(), "2026-10-28T22:00:00Z".parse().unwrap());
        assert!(week.iter().all(|tick| in_sofia(tick.at).hour() == 0), "{week:?}");
    }

    #[test]
    fn there_is_always_room() {
        let from: Timestamp = "2026-01-01T03:04:05Z".parse().unwrap();
        let mut length = 60;
        while length < 60 * 365 * DAY {
            let all = ticks(from, Timestamp::from_second(from.as_second() + length).unwrap());
            let narrow = all.iter().filter(|tick| tick.narrow).count();
            assert!(all.len() <= WIDE && narrow <= NARROW, "{length}: {all:?}");
            assert!(length < 2 * HOUR || narrow >= 1, "{length}: {all:?}");
            length += length / 3;
        }
        assert!(ticks(from, from).len() <= 1);
    }
}

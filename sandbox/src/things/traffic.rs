//! How busy a machine is over the day, the week and the months, and the traffic that follows from it.
//! Metrics and traffic are told from the same rhythm, so that one bears out the other.

use super::server::{Server, hundredths};
use crate::noise;
use crate::stamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// MB/s in and out of a machine that is as busy as can be.
pub(crate) const FULL_IN: f64 = 1.9;
pub(crate) const FULL_OUT: f64 = 4.1;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// One day in Sofia and its traffic, GB.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    pub midnight: Timestamp,
    pub incoming: f64,
    pub outgoing: f64,
}

/// The midnights of Sofia that begin the days from one moment to another, and the one after them.
#[derive(Debug, Clone)]
pub(crate) struct Days(Vec<Timestamp>);

impl Days {
    /// The days that two moments lie in and all between.
    pub fn between(first: Timestamp, last: Timestamp) -> Self {
        let (mut day, last) = (stamp::in_sofia(first).date(), stamp::in_sofia(last).date());
        let mut midnights = Vec::new();
        while day <= last {
            midnights.push(midnight(day));
            match day.checked_add(1.day()) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        midnights.push(midnight(day));
        Self(midnights)
    }

    /// The month so far: traffic is counted by it.
    pub fn of_this_month(now: Timestamp) -> Self {
        Self::between(midnight(stamp::in_sofia(now).date().first_of_month()), now)
    }

    /// What a server sent and received on each of them, as far as they have happened.
    pub fn of<'days>(
        &'days self,
        server: &'days Server,
        now: Timestamp,
    ) -> impl Iterator<Item = Day> + 'days {
        self.0.windows(2).filter_map(move |pair| {
            let begin = pair[0].max(server.created_at);
            let end = pair[1].min(now);
            (begin < end).then(|| of_day(server, pair[0], begin, end))
        })
    }

    /// GB in and out together.
    pub fn sum(&self, server: &Server, now: Timestamp) -> f64 {
        self.of(server, now).map(|day| day.incoming + day.outgoing).sum()
    }
}

pub(crate) fn midnight(day: Date) -> Timestamp {
    let sofia = TimeZone::get("Europe/Sofia").unwrap_or(TimeZone::UTC);
    day.to_zoned_datetime(sofia).map_or(Timestamp::UNIX_EPOCH, |day| day.timestamp())
}

/// The traffic between two moments of one day.
fn of_day(server: &Server, midnight: Timestamp, begin: Timestamp, end: Timestamp) -> Day {
    let (from, to) = (begin.as_second(), end.as_second());
    let steady = server.power.steady(begin, end);
    let busy_seconds = match steady {
        Some(false) => 0.0,
        // The waves of a whole day cancel out.
        Some(true) if to - from == DAY => mean_busy(server, from + DAY / 2) * DAY as f64,
        _ => {
            let hours = (from..to).step_by(HOUR as usize).map(|hour| {
                let length = HOUR.min(to - hour);
                let middle = hour + length / 2;
                let runs = Timestamp::from_second(middle).is_ok_and(|at| server.power.running_at(at));
                if runs { busy(server, middle) * length as f64 } else { 0.0 }
            });
            hours.sum()
        }
    };
    let gigabytes = busy_seconds * rush(server, midnight.as_second() + DAY / 2) / 1000.0;
    Day { midnight, incoming: hundredths(gigabytes * FULL_IN), outgoing: hundredths(gigabytes * FULL_OUT) }
}

/// How busy a machine is at a moment, 0 to about 1: in the afternoon much, before dawn little.
pub(crate) fn busy(server: &Server, second: i64) -> f64 {
    let daily = 0.5 - 0.5 * ((hour_of_day(second) - 3.0) / 24.0 * std::f64::consts::TAU).cos();
    server.load * (0.25 + 0.75 * daily * weekend(second)) + 0.01
}

/// The hour on a clock two hours ahead of UTC; summer time does not matter to a machine.
pub(crate) fn hour_of_day(second: i64) -> f64 {
    (second.rem_euclid(DAY) as f64 / HOUR as f64 + 2.0) % 24.0
}

fn mean_busy(server: &Server, noon: i64) -> f64 {
    server.load * (0.25 + 0.375 * weekend(noon)) + 0.01
}

/// Less is done on Saturdays and Sundays. 1970-01-01 was a Thursday.
fn weekend(second: i64) -> f64 {
    if matches!((second.div_euclid(DAY) + 4).rem_euclid(7), 0 | 6) { 0.55 } else { 1.0 }
}

/// No two days are alike, and now and then somebody links to us.
pub(crate) fn rush(server: &Server, second: i64) -> f64 {
    let day = second.div_euclid(DAY).unsigned_abs();
    let seed = server.id.unsigned_abs();
    let usual = 0.8 + 0.4 * noise::fraction(seed ^ 0xDA1, day);
    if noise::mix(seed ^ 0x4B1D, day).is_multiple_of(29) { usual * 1.8 } else { usual }
}

//! Times: how long ago for the eye, the exact moment in Europe/Sofia with the zone's name for the record
//! (design §3; FACTS §1: the provider's days are days there).

use std::{sync::LazyLock, time::Duration};

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

static SOFIA: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Sofia").unwrap_or(TimeZone::UTC));

/// The moment in Sofia.
pub fn in_sofia(at: Timestamp) -> ZonedDateTime {
    at.to_zoned_datetime(SOFIA.clone())
}

/// The moment at which a day begins in Sofia. None at the end of all time.
pub fn start_of_day(day: Date) -> Option<Timestamp> {
    day.to_zoned_datetime(SOFIA.clone()).ok().map(|midnight| midnight.timestamp())
}

/// `4 March 2026, 00:00:00 EET`.
pub fn exact(at: Timestamp) -> String {
    in_sofia(at).strftime("%-d %B %Y, %H:%M:%S %Z").to_string()
}

/// `2026-03-04 00:00:00 EET`: the exact moment for files, which programs read.
pub fn for_files(at: Timestamp) -> String {
    in_sofia(at).strftime("%Y-%m-%d %H:%M:%S %Z").to_string()
}

/// `4 Mar 2026`.
pub fn day(at: Timestamp) -> String {
    in_sofia(at).strftime("%-d %b %Y").to_string()
}

/// `3 minutes ago`, `just now`; for the future `in 2 days`.
pub fn relative(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    match seconds {
        ..=-5 => format!("in {}", rough(seconds.unsigned_abs())),
        -4..=4 => "just now".to_owned(),
        _ => format!("{} ago", rough(seconds.unsigned_abs())),
    }
}

/// `3 minutes`, `2 days`: the largest unit. The same words as the island `Enhance` ticks.
pub fn rough(seconds: u64) -> String {
    match seconds {
        ..60 => super::count(seconds, "second"),
        60..3600 => super::count(seconds / 60, "minute"),
        3600..86_400 => super::count(seconds / 3600, "hour"),
        _ => super::count(seconds / 86_400, "day"),
    }
}

/// `1 h 5 min`: the two largest units, for countdowns and time left.
pub fn span(period: Duration) -> String {
    let seconds = period.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600, seconds / 60);
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3600 => format!("{minutes} min {} s", seconds % 60),
        3600..86_400 => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_sofia() {
        let at: Timestamp = "2026-03-04T22:00:00.000000Z".parse().unwrap();
        assert_eq!(exact(at), "5 March 2026, 00:00:00 EET");
        assert_eq!(day(at), "5 Mar 2026");
        let later = |seconds| Timestamp::from_second(at.as_second() + seconds).unwrap();
        assert_eq!(relative(at, later(2)), "just now");
        assert_eq!(relative(at, later(180)), "3 minutes ago");
        assert_eq!(relative(later(2 * 86_400), at), "in 2 days");
        assert_eq!(span(Duration::from_secs(3900)), "1 h 5 min");
    }
}

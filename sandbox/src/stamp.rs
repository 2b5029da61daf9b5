//! Moments: how they are written and how they are moved. All times of a world come from its clock.

use jiff::{SignedDuration, Timestamp, ToSpan, ZonedDateTime, tz::TimeZone};

/// ISO 8601 UTC with microseconds and Z (FACTS §1, Time).
pub(crate) fn iso(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// ISO 8601 UTC with milliseconds and Z, as everything about attacks is written.
pub(crate) fn iso_millis(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// A moment some seconds later, or earlier; stays inside what can be written.
pub(crate) fn later(moment: Timestamp, seconds: i64) -> Timestamp {
    later_millis(moment, seconds.saturating_mul(1000))
}

/// A moment some milliseconds later.
pub(crate) fn later_millis(moment: Timestamp, millis: i64) -> Timestamp {
    let edge = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    moment.checked_add(SignedDuration::from_millis(millis)).unwrap_or(edge)
}

/// A moment some days later.
pub(crate) fn later_days(moment: Timestamp, days: i64) -> Timestamp {
    later(moment, days.saturating_mul(86_400))
}

/// Seconds from one moment to another, negative if it lies before.
pub(crate) fn seconds_between(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64()
}

/// The same moment on the clocks of Sofia, where the provider's days begin.
pub(crate) fn in_sofia(moment: Timestamp) -> ZonedDateTime {
    moment.to_zoned_datetime(TimeZone::get("Europe/Sofia").unwrap_or(TimeZone::UTC))
}

/// Midnight in Sofia at the start of that day: paid periods end there (FACTS §1, Time).
pub(crate) fn sofia_midnight(moment: Timestamp) -> Timestamp {
    in_sofia(moment).start_of_day().map_or(moment, |day| day.timestamp())
}

/// The same day and hour in Sofia some months later.
pub(crate) fn later_months(moment: Timestamp, months: u32) -> Timestamp {
    in_sofia(moment).checked_add(i64::from(months).months()).map_or(moment, |day| day.timestamp())
}

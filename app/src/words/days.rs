//! Days in addresses: they are days in Sofia (design §3), and what is none is said.

use jiff::{Timestamp, ToSpan, civil::Date};

use super::time::start_of_day;

/// The moments from the beginning of one day to the end of another, written as `2026-03-04`; an empty one is no bound.
///
/// # Errors
/// A sentence when one of them is no day, or the first is after the last: showing all would look like an answer.
pub fn between(first: &str, last: &str) -> Result<(Option<Timestamp>, Option<Timestamp>), String> {
    let (from, to) = (day(first)?, day(last)?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err("The first day is after the last one.".to_owned());
    }
    let before = to.map(|to| to.checked_add(1.day()).map_err(|_| no_day(last))).transpose()?;
    let moment = |day: Option<Date>, text: &str| -> Result<Option<Timestamp>, String> {
        day.map(|day| start_of_day(day).ok_or_else(|| no_day(text))).transpose()
    };
    Ok((moment(from, first)?, moment(before, last)?))
}

fn day(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    // `2026-03-04` and nothing else: jiff would also take moments, and choose a day for them.
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = if plain { text.parse().ok() } else { None };
    day.map(Some).ok_or_else(|| no_day(text))
}

fn no_day(text: &str) -> String {
    let shown: String = text.chars().take(20).collect();
    format!("“{shown}” is no day. Write it as 2026-03-04.")
}

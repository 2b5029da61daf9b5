//! Past usage: five-minute samples of a month, newest first, no pager (FACTS §1, Units).

use super::envelope;
use crate::door::call::Call;
use crate::noise;
use crate::reply::{Answer, Complaints, Refusal};
use crate::stamp;
use crate::things::server::{Server, hundredths, tenths};
use crate::things::traffic::{self, midnight};
use crate::world::World;
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// Seconds between samples.
const STEP: i64 = 300;

/// `getServerMetrics`. Months are those of Sofia, as the provider's days are.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    let (begin, end) = month(call)?;
    let begin = begin.max(server.created_at).as_second();
    let last = end.min(call.now).as_second();
    let mut samples = Vec::new();
    let mut moment = last - last.rem_euclid(STEP);
    while moment >= begin {
        if let Some(sample) = sample(server, moment) {
            samples.push(sample);
        }
        moment -= STEP;
    }
    envelope::bare(samples)
}

/// First and last second of the month asked for; the current one when absent.
fn month(call: &Call) -> Result<(Timestamp, Timestamp), Refusal> {
    let today = stamp::in_sofia(call.now).date();
    let mut complaints = Complaints::default();
    let mut number = |field: &str, shown: &str, usual: i16, range: std::ops::RangeInclusive<i16>| {
        let Some(text) = call.query.get(field) else { return usual };
        // The contract calls these numbers, so 3.0 is a month.
        match text.parse::<f64>() {
            Ok(n) if n.fract() == 0.0 && range.contains(&(n as i16)) => n as i16,
            _ => {
                let (first, last) = (range.start(), range.end());
                complaints.add(shown, format!("The {shown} field must be between {first} and {last}."));
                usual
            }
        }
    };
    let month = number("filter[month]", "filter.month", i16::from(today.month()), 1..=12);
    let year = number("filter[year]", "filter.year", today.year(), 2000..=2100);
    complaints.finish()?;
    let first = date(year, i8::try_from(month).unwrap_or(1), 1);
    let next = first.checked_add(1.month()).unwrap_or(first);
    Ok((midnight(first), stamp::later(midnight(next), -1)))
}

/// One sample, or none where the provider's collector had a gap.
fn sample(server: &Server, second: i64) -> Option<Value> {
    let seed = server.id.unsigned_abs();
    let slot = second.unsigned_abs() / STEP.unsigned_abs();
    // About one stretch of six hours in fifty lacks its first half hour.
    if noise::mix(seed ^ 0x6A9, slot / 72).is_multiple_of(50) && slot % 72 < 6 {
        return None;
    }
    let moment = Timestamp::from_second(second).ok()?;
    let disk = server.disk_used();
    if !server.power.running_at(moment) {
        return Some(json!({
            "timestamp": second, "running": false, "cpu": 0, "network_in": 0, "network_out": 0,
            "disk": hundredths(disk), "io_read": 0, "io_write": 0,
        }));
    }
    let hour = traffic::hour_of_day(second);
    let jitter = noise::fraction(seed, slot);
    let drift = noise::fraction(seed, slot / 6 + 1_000_003);
    let spike = if noise::mix(seed, slot ^ 0x51).is_multiple_of(173) { 30.0 } else { 0.0 };
    let nightly = if (3.0..3.4).contains(&hour) { 1.0 } else { 0.0 };
    let busy = traffic::busy(server, second);
    let cpu = (busy * 70.0 + drift * 6.0 * busy + jitter * 4.0 + spike + nightly * 12.0).min(100.0);
    let sent = busy * (0.6 + 0.8 * jitter) * (0.7 + 0.6 * drift) * traffic::rush(server, second);
    Some(json!({
        "timestamp": second,
        "running": true,
        "cpu": tenths(cpu),
        "network_in": thousandths(sent * traffic::FULL_IN),
        "network_out": thousandths(sent * traffic::FULL_OUT + spike * 0.02),
        "disk": hundredths(disk),
        "io_read": thousandths(jitter * busy * 1.2 + nightly * 38.0),
        "io_write": thousandths(drift * busy * 2.4 + 0.02 + nightly * 4.0),
    }))
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

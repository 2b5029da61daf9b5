//! When attacks happen. Time is cut into slots; whether something happens in a slot follows from the address
//! and the slot alone, so that past and future are the same whenever they are looked at.

use super::Attack;
use crate::noise;
use crate::stamp;
use jiff::Timestamp;

/// Older attacks are forgotten, days (design).
const KEPT_DAYS: i64 = 90;

/// How often an address is attacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Pressure {
    /// A few times a week, for minutes.
    #[default]
    Usual,
    /// Nearly all the time: in five of six moments.
    Besieged,
    /// One after the other, without a gap.
    Always,
    Never,
}

/// Length of a slot, chance in percent, and the ranges of begin and length, all in seconds.
struct Habit {
    slot: i64,
    chance: u64,
    begin: (i64, u32),
    length: (i64, u32),
}

impl Pressure {
    const fn habit(self) -> Habit {
        match self {
            Self::Usual => Habit { slot: 28_800, chance: 28, begin: (0, 25_000), length: (240, 2700) },
            Self::Besieged => Habit { slot: 3600, chance: 97, begin: (0, 180), length: (2880, 500) },
            Self::Always => Habit { slot: 3600, chance: 100, begin: (0, 1), length: (3600, 1) },
            Self::Never => Habit { slot: 3600, chance: 0, begin: (0, 1), length: (0, 1) },
        }
    }
}

/// The attack of one slot, if there is one.
fn in_slot(address: u64, pressure: Pressure, slot: i64) -> Option<Attack> {
    let habit = pressure.habit();
    let seed = noise::mix(address ^ 0xA77A_C400, slot.cast_unsigned());
    if noise::mix(seed, 20) % 100 >= habit.chance {
        return None;
    }
    // Not every address at the full hour.
    let phase = noise::below(habit.slot as u32, address, 21);
    let begin = slot * habit.slot + phase + habit.begin.0 + noise::below(habit.begin.1, seed, 22);
    let length = habit.length.0 + noise::below(habit.length.1, seed, 23);
    Some(Attack::new(seed, Timestamp::from_second(begin).ok()?, length))
}

/// The attacks that had begun by `now` and touch a stretch of time, newest first. Nothing before
/// `known_since`.
pub(crate) fn between(
    address: i64,
    pressure: Pressure,
    known_since: Timestamp,
    (first, last): (Timestamp, Timestamp),
    now: Timestamp,
) -> Vec<Attack> {
    let length = pressure.habit().slot;
    let oldest = known_since.max(stamp::later_days(now, -KEPT_DAYS));
    let last = last.min(now);
    let first = first.max(oldest);
    if last < first {
        return Vec::new();
    }
    // An attack may begin up to two slots after the start of its own (phase), and reach into the next.
    let slots = first.as_second().div_euclid(length) - 3..=last.as_second().div_euclid(length);
    slots
        .rev()
        .filter_map(|slot| in_slot(address.unsigned_abs(), pressure, slot))
        .filter(|attack| attack.begin >= oldest && attack.begin <= last && attack.end() >= first)
        .collect()
}

/// The attack of that id, if it has begun and is not forgotten.
pub(crate) fn named(
    address: i64,
    pressure: Pressure,
    known_since: Timestamp,
    id: &str,
    now: Timestamp,
) -> Option<Attack> {
    let always = (Timestamp::MIN, now);
    between(address, pressure, known_since, always, now).into_iter().find(|attack| attack.id() == id)
}

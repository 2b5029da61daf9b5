//! The axis of values: from zero to a round number in three or four round steps.

use super::WHOLE;
use crate::words::sizes;

/// Steps at most: five numbers beside the drawing, zero included.
const MOST_STEPS: f64 = 4.0;
/// A step is one of these, times a power of ten.
const ROUND: [f64; 5] = [1.0, 2.0, 2.5, 5.0, 10.0];
/// Below this everything is zero.
const SMALLEST: f64 = 1e-9;
/// Above this everything looks the same.
const LARGEST: f64 = 1e300;
/// Numbers from here on are told in thousands, millions and so on.
const LARGE: f64 = 10_000.0;
const LARGE_UNITS: [&str; 5] = ["k", "M", "G", "T", "P"];

/// An axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueAxis {
    step: f64,
    steps: u32,
}

impl ValueAxis {
    /// The axis that reaches at least up to `highest`.
    pub fn up_to(highest: f64) -> Self {
        let highest = if highest < SMALLEST { 1.0 } else { highest.min(LARGEST) };
        let power = 10f64.powf((highest / MOST_STEPS).log10().floor());
        let step = ROUND
            .map(|round| round * power)
            .into_iter()
            // 0.3 is not quite three times 0.1 in a computer.
            .find(|step| highest / step <= MOST_STEPS + 1e-6)
            .unwrap_or(power * 10.0);
        Self { step, steps: (highest / step - 1e-6).ceil().max(1.0) as u32 }
    }

    /// Number of its steps.
    pub fn steps(self) -> u32 {
        self.steps
    }

    /// The highest number.
    pub fn top(self) -> f64 {
        self.step * f64::from(self.steps)
    }

    /// Its numbers from the top down, in as many digits as the step needs.
    pub fn ticks(self) -> Vec<String> {
        let (size, unit) = large(self.top());
        let step = self.step / size;
        let digits = (0..6).find(|digits| {
            let scaled = step * 10f64.powi(*digits);
            (scaled - scaled.round()).abs() < 1e-6 * scaled
        });
        let digits = digits.unwrap_or(6) as usize;
        (0..=self.steps)
            .rev()
            .map(|tick| match tick {
                0 => "0".to_owned(),
                _ if self.top() >= 1e18 => format!("{:.1e}", self.step * f64::from(tick)),
                _ => format!("{:.digits$}{unit}", step * f64::from(tick)),
            })
            .collect()
    }

    /// Where a value stands in the drawing, from the top; what is out of it stands at its edge.
    pub fn y(self, value: f64) -> i64 {
        let share = (value / self.top()).clamp(0.0, 1.0);
        ((1.0 - share) * WHOLE as f64).round() as i64
    }
}

/// By what a large number is divided, and what then stands behind it.
fn large(number: f64) -> (f64, &'static str) {
    if number < LARGE {
        return (1.0, "");
    }
    let power = ((number.log10() + 1e-9) / 3.0).floor().min(LARGE_UNITS.len() as f64);
    (1000f64.powf(power), LARGE_UNITS[power as usize - 1])
}

/// A value in words: `0.25`, `23.4`, `12.3k`.
pub fn words(value: f64) -> String {
    if value > 0.0 && value < 1.0 {
        return format!("{value:.2}");
    }
    if value >= 1e18 {
        return format!("{value:.1e}");
    }
    let (size, unit) = large(value);
    format!("{}{unit}", sizes::short(value / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_round_and_few() {
        for (highest, ticks) in [
            (0.0, &["1.00", "0.75", "0.50", "0.25", "0"][..]),
            (100.0, &["100", "75", "50", "25", "0"]),
            (3.2, &["4", "3", "2", "1", "0"]),
            (0.3, &["0.3", "0.2", "0.1", "0"]),
            (7.0, &["8", "6", "4", "2", "0"]),
            (9.0, &["10.0", "7.5", "5.0", "2.5", "0"]),
            (120.0, &["150", "100", "50", "0"]),
            (12_345.0, &["15k", "10k", "5k", "0"]),
            (7_100_000.0, &["8M", "6M", "4M", "2M", "0"]),
        ] {
            assert_eq!(ValueAxis::up_to(highest).ticks(), ticks, "{highest}");
        }
    }

    #[test]
    fn every_number_finds_its_axis() {
        let mut highest = 1e-12;
        while highest < 1e300 {
            let axis = ValueAxis::up_to(highest);
            assert!((3..=4).contains(&axis.steps()), "{highest}: {axis:?}");
            assert!(axis.top() >= highest * 0.999_999, "{highest}: {axis:?}");
            let ticks = axis.ticks();
            assert!(ticks.iter().all(|tick| tick.len() <= 9), "{highest}: {ticks:?}");
            highest *= 1.37;
        }
        assert_eq!(ValueAxis::up_to(f64::MAX).y(f64::MAX), 0);
    }

    #[test]
    fn values_stand_within_the_drawing() {
        let axis = ValueAxis::up_to(100.0);
        let places = [-5.0, 0.0, 25.0, 100.0, 400.0].map(|value| axis.y(value));
        assert_eq!(places, [1000, 1000, 750, 0, 0]);
    }

    #[test]
    fn values_are_told_shortly() {
        for (value, told) in [
            (0.0, "0"),
            (0.256, "0.26"),
            (23.44, "23.4"),
            (9999.0, "9999"),
            (12_345.0, "12.3k"),
            (2e20, "2.0e20"),
        ] {
            assert_eq!(words(value), told);
        }
    }
}

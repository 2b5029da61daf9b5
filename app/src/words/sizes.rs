//! Sizes: bytes in decimal units, like everything else the provider counts.

use vpsbg_api::{Gigabytes, Terabytes};

const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];

/// `702.5 MB`.
pub fn bytes(bytes: u64) -> String {
    let (mut unit, mut size) = (0, bytes as f64);
    // 999.95 would be rounded to 1000.0 of the same unit.
    while size >= 999.95 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{size:.1} {}", UNITS[unit]) }
}

/// `12.3 MB/s`.
pub fn rate(bytes_per_second: u64) -> String {
    format!("{}/s", bytes(bytes_per_second))
}

/// `50 GB`, `5 TB` from a thousand on, with one decimal only where there is one.
pub fn gigabytes(size: Gigabytes) -> String {
    if size.0 >= 1000.0 {
        return terabytes(Terabytes(size.0 / 1000.0));
    }
    format!("{} GB", short(size.0))
}

/// `5 TB`.
pub fn terabytes(size: Terabytes) -> String {
    format!("{} TB", short(size.0))
}

/// A number with at most one decimal.
pub fn short(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_change_their_unit_in_time() {
        for (size, shown) in
            [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (702_545_920, "702.5 MB"), (999_960_000, "1.0 GB")]
        {
            assert_eq!(bytes(size), shown);
        }
        assert_eq!(gigabytes(Gigabytes(11.42)), "11.4 GB");
        assert_eq!(terabytes(Terabytes(5.0)), "5 TB");
    }
}

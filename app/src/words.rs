//! Words for numbers, times and states: one place, so that the same thing is always said the same way.

pub mod add_ons;
pub mod csv;
pub mod days;
pub mod money;
pub mod operations;
pub mod sizes;
pub mod time;

/// What is shown where the provider told nothing.
pub const NOTHING: &str = "–";

/// The text, or the dash.
pub fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| NOTHING.to_owned(), |text| text.to_string())
}

/// `1 server`, `2 servers`.
pub fn count(number: u64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

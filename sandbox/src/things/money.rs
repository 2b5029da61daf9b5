//! Money: whole cents inside, a JSON number with at most two decimals outside (FACTS §1, Money).

use serde_json::{Value, json};

/// An amount in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Cents(pub i64);

impl Cents {
    /// As the provider sends it: 39, 46.8, 22.33.
    pub fn json(self) -> Value {
        if self.0 % 100 == 0 { json!(self.0 / 100) } else { json!(self.0 as f64 / 100.0) }
    }

    /// With 20 % VAT, rounded to the cent.
    pub fn with_vat(self) -> Self {
        Self((self.0 * 120 + 50).div_euclid(100))
    }

    /// What remains of an amount with VAT: a paid 50 becomes 41.67 (FACTS §1, Money).
    pub fn without_vat(self) -> Self {
        Self((self.0 * 100 + 60) / 120)
    }

    /// For people: `46.80`.
    pub fn text(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

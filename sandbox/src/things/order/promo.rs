//! Promo codes: season, year and cycle in the name (FACTS §4). They are the same for every plan.

use crate::things::money::Cents;
use serde_json::{Value, json};

/// A discount for those who pay for long enough.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Promo {
    pub code: &'static str,
    pub percentage: u32,
    /// Shortest cycle it applies to, months.
    pub minimum: u32,
}

pub(crate) static PROMOS: [Promo; 5] = [
    Promo { code: "spring2601", percentage: 5, minimum: 1 },
    Promo { code: "spring2603", percentage: 10, minimum: 3 },
    Promo { code: "spring2606", percentage: 15, minimum: 6 },
    Promo { code: "spring2612", percentage: 20, minimum: 12 },
    Promo { code: "spring2624", percentage: 25, minimum: 24 },
];

impl Promo {
    /// The promo of a code for a cycle; else the sentence for the field `promo_code`.
    pub fn find(code: &str, months: u32) -> Result<&'static Self, String> {
        let promo = PROMOS.iter().find(|promo| promo.code.eq_ignore_ascii_case(code.trim()));
        let promo = promo.ok_or("The selected promo code is invalid.")?;
        if months < promo.minimum {
            return Err(format!(
                "The promo code needs a billing cycle of at least {} months.",
                promo.minimum
            ));
        }
        Ok(promo)
    }

    /// What it takes off an amount, rounded to the cent.
    pub fn off(&self, amount: Cents) -> Cents {
        Cents((amount.0 * i64::from(self.percentage) + 50) / 100)
    }

    /// `PromoCode`
    pub fn json(&self) -> Value {
        json!({"code": self.code, "percentage": self.percentage, "minimum_billing_cycle": self.minimum})
    }
}

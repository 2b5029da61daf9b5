//! Amounts of money. Shown as sent, never recomputed (FACTS §1, money): the samples do not add up.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::Encode,
};

/// An amount in the account's currency (EUR in every sample), exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub Decimal);

/// An amount with its two faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Without VAT.
    pub net: Option<Money>,
    /// With the VAT of the account.
    pub with_vat: Option<Money>,
}

/// A JSON number (its digits are read, not its binary value) or text such as `"9.17"` (add-on quotes).
impl Decode for Money {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        let digits = match value {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.trim().to_owned(),
            _ => return Err(Misfit::new("an amount", value)),
        };
        Decimal::from_str(&digits)
            .or_else(|_| Decimal::from_scientific(&digits))
            .map(Self)
            .map_err(|_| Misfit::new("an amount", value))
    }
}

impl Encode for Money {
    fn encode(&self) -> Value {
        self.0.to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
    }
}

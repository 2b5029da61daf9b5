//! Moments: ISO 8601 with or without a fraction or an offset, and Unix seconds (FACTS §1, time).

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::Encode,
};

/// A moment sent as text: `2026-03-04T22:00:00.000000Z`, also with milliseconds or with an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub jiff::Timestamp);

impl Decode for Timestamp {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::String(text) => text.parse().map(Self).map_err(|_| Misfit::new("a moment", value)),
            Value::Number(number) => number
                .as_i64()
                .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
                .map(Self)
                .ok_or_else(|| Misfit::new("a moment", value)),
            _ => Err(Misfit::new("a moment", value)),
        }
    }
}

impl Encode for Timestamp {
    fn encode(&self) -> Value {
        Value::from(format!("{:.6}", self.0))
    }
}

/// A moment sent as Unix seconds: metrics and traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixSeconds(pub jiff::Timestamp);

impl Decode for UnixSeconds {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        let seconds = i64::try_from(u64::decode(value, notes)?).ok();
        seconds
            .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
            .map(Self)
            .ok_or_else(|| Misfit::new("Unix seconds", value))
    }
}

impl Encode for UnixSeconds {
    fn encode(&self) -> Value {
        Value::from(self.0.as_second())
    }
}

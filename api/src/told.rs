//! A field whose absence says something else than its emptiness.

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::Encode,
};

/// What an answer tells of something that may not be there: `null` says that there is none, a missing key says
/// nothing at all. Rules forbid on the first and never on the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told<T> {
    /// The key is missing, or what it holds cannot be read.
    Unknown,
    /// There is none.
    Nothing,
    /// There is this.
    Is(T),
}

impl<T> Told<T> {
    /// What there is, if that was told.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unknown | Self::Nothing => None,
        }
    }

    /// True when it was told that there is none.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

impl<T: Decode> Decode for Told<T> {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        if value.is_null() {
            return Ok(Self::Nothing);
        }
        Ok(match T::decode(value, notes) {
            Ok(value) => Self::Is(value),
            Err(misfit) => {
                notes.add(misfit);
                Self::Unknown
            }
        })
    }

    fn missing() -> Option<Self> {
        Some(Self::Unknown)
    }
}

impl<T: Encode> Encode for Told<T> {
    fn encode(&self) -> Value {
        self.as_ref().map_or(Value::Null, Encode::encode)
    }
}

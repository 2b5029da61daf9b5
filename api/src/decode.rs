//! Tolerant decoding: what the provider sends is taken as far as it fits, and what did not fit is noted.
//!
//! Design §3: unknown fields are ignored, unknown words kept, a missing optional field is never an error,
//! numbers may come as strings, a list may be bare or in `data`, one broken row does not hide the others.
//! Strict checks belong to the tests of the contract, never here.

use serde_json::Value;

/// The deepest nesting that is followed; the contract needs six.
const MAX_DEPTH: usize = 32;
/// Notes beyond this many are only counted: a broken list of 5,000 rows must not fill the memory.
const MAX_NOTES: usize = 50;

/// Why a value could not be taken. The text names the expectation, never the value: values may be personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, got {got}")]
pub struct Misfit {
    /// What would have fitted, for example `a number`.
    pub expected: &'static str,
    /// The JSON kind that came instead, for example `text`.
    pub got: &'static str,
}

impl Misfit {
    /// A misfit that says what kind of value came.
    pub fn new(expected: &'static str, value: &Value) -> Self {
        let got = match value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Self { expected, got }
    }
}

/// What did not fit while one answer was decoded: the drift report of that answer.
#[derive(Debug, Default, Clone)]
pub struct Notes {
    path: Vec<String>,
    lines: Vec<String>,
    more: usize,
    places: Vec<(String, usize)>,
}

impl Notes {
    /// The notes, each `path: what was wrong`, at most 50.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// How many notes were counted but not kept.
    pub fn more(&self) -> usize {
        self.more
    }

    /// The same by kind: `data.*.status: what was wrong`, and how often, rows being one place. At most 50 kinds,
    /// counted to the end: a thousand rows with one misfit do not hide another misfit after them.
    pub fn places(&self) -> &[(String, usize)] {
        &self.places
    }

    /// True when everything fitted.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Notes a misfit at the present place.
    pub fn add(&mut self, what: impl std::fmt::Display) {
        if self.lines.len() < MAX_NOTES {
            let path = if self.path.is_empty() { "answer".to_owned() } else { self.path.join(".") };
            self.lines.push(format!("{path}: {what}"));
        } else {
            self.more += 1;
        }
        let place = self.place(&what);
        if let Some((_, times)) = self.places.iter_mut().find(|(known, _)| *known == place) {
            *times += 1;
        } else if self.places.len() < MAX_NOTES {
            self.places.push((place, 1));
        }
    }

    /// The present place with `*` for the numbers of rows, and what is wrong there.
    fn place(&self, what: &impl std::fmt::Display) -> String {
        let is_row = |step: &str| step.bytes().all(|byte| byte.is_ascii_digit());
        let steps: Vec<_> =
            self.path.iter().map(|step| if is_row(step) { "*" } else { step.as_str() }).collect();
        format!("{}: {what}", if steps.is_empty() { "answer".to_owned() } else { steps.join(".") })
    }

    /// Decodes a part, one step deeper, so that notes know their place.
    pub fn within<T>(&mut self, step: impl Into<String>, decode: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let value = decode(self);
        self.path.pop();
        value
    }

    fn too_deep(&self) -> bool {
        self.path.len() > MAX_DEPTH
    }
}

/// A value that can be read out of an answer of the provider.
pub trait Decode: Sized {
    /// Reads the value, noting what did not fit on the way.
    ///
    /// # Errors
    /// [`Misfit`] when nothing usable was there.
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit>;

    /// What a missing key means. `None`: the object cannot be understood without it.
    fn missing() -> Option<Self> {
        None
    }

    /// True where nobody describes an answer, or where the call was a success without it (`Option`): then it
    /// may also be empty, or something that is not JSON.
    fn expects_nothing() -> bool {
        false
    }
}

/// A missing key, `null` and a misfit all become `None`; the misfit is noted.
impl<T: Decode> Decode for Option<T> {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        if value.is_null() {
            return Ok(None);
        }
        Ok(match T::decode(value, notes) {
            Ok(value) => Some(value),
            Err(misfit) => {
                notes.add(misfit);
                None
            }
        })
    }

    fn missing() -> Option<Self> {
        Some(None)
    }

    // As a whole answer: whoever wants an `Option` can do with nothing.
    fn expects_nothing() -> bool {
        true
    }
}

/// A list, bare or in `data`. Rows that do not fit are noted and left out; the others stay.
impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        if notes.too_deep() {
            return Err(Misfit { expected: "less nesting", got: "more than 32 levels" });
        }
        let rows = match value {
            Value::Array(rows) => rows,
            Value::Object(object) => match object.get("data") {
                Some(Value::Array(rows)) => rows,
                _ => return Err(Misfit::new("a list", value)),
            },
            Value::Null => return Ok(Self::new()),
            _ => return Err(Misfit::new("a list", value)),
        };
        let mut kept = Self::with_capacity(rows.len().min(1024));
        for (index, row) in rows.iter().enumerate() {
            notes.within(index.to_string(), |notes| match T::decode(row, notes) {
                Ok(row) => kept.push(row),
                Err(misfit) => notes.add(misfit),
            });
        }
        Ok(kept)
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        if notes.too_deep() {
            return Err(Misfit { expected: "less nesting", got: "more than 32 levels" });
        }
        T::decode(value, notes).map(Self::new)
    }
}

impl Decode for String {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(yes) => Ok(yes.to_string()),
            _ => Err(Misfit::new("text", value)),
        }
    }
}

impl Decode for bool {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::Bool(yes) => Ok(*yes),
            Value::Number(number) if number.as_i64() == Some(0) => Ok(false),
            Value::Number(number) if number.as_i64() == Some(1) => Ok(true),
            Value::String(text) if matches!(text.as_str(), "0" | "false") => Ok(false),
            Value::String(text) if matches!(text.as_str(), "1" | "true") => Ok(true),
            _ => Err(Misfit::new("true or false", value)),
        }
    }
}

/// Whole numbers; text with digits and `12.0` fit, negative ones do not.
impl Decode for u64 {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        let misfit = || Misfit::new("a whole number", value);
        match value {
            Value::Number(number) => number
                .as_u64()
                .or_else(|| {
                    number
                        .as_f64()
                        .filter(|float| *float >= 0.0 && float.fract() == 0.0 && *float < 9.0e15)
                        .map(|float| float as Self)
                })
                .ok_or_else(misfit),
            Value::String(text) => text.trim().parse().map_err(|_| misfit()),
            _ => Err(misfit()),
        }
    }
}

impl Decode for u32 {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        Self::try_from(u64::decode(value, notes)?).map_err(|_| Misfit::new("a smaller number", value))
    }
}

impl Decode for f64 {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        let misfit = || Misfit::new("a number", value);
        match value {
            Value::Number(number) => number.as_f64().ok_or_else(misfit),
            Value::String(text) => {
                text.trim().parse::<Self>().ok().filter(|number| number.is_finite()).ok_or_else(misfit)
            }
            _ => Err(misfit()),
        }
    }
}

/// Nothing is expected: whatever came is fine. Answers 204, and those whose body nobody describes.
impl Decode for () {
    fn decode(_: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        Ok(())
    }

    fn missing() -> Option<Self> {
        Some(())
    }

    fn expects_nothing() -> bool {
        true
    }
}

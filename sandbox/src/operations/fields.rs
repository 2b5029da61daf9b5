//! Fields of a JSON body, read with the words of the provider's framework. Everything wrong is collected first
//! and told at once; nested fields are named with dots.

use crate::reply::{Complaints, Refusal};
use serde_json::Value;
use std::ops::RangeInclusive;

/// Most ids of one call (design).
const MOST_IDS: usize = 1000;

/// A body that is being read.
#[derive(Debug)]
pub(crate) struct Fields<'body> {
    body: &'body Value,
    pub complaints: Complaints,
}

impl<'body> Fields<'body> {
    pub fn of(body: &'body Value) -> Self {
        Self { body, complaints: Complaints::default() }
    }

    /// The value of a field. The framework takes an empty text for null, and null for absent.
    pub fn sent(&self, field: &str) -> Option<&'body Value> {
        let empty = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
        self.body.get(field).filter(|value| !value.is_null() && !empty(value))
    }

    /// The same, and a complaint if there is none.
    pub fn required(&mut self, field: &str) -> Option<&'body Value> {
        let found = self.sent(field);
        if found.is_none() {
            self.complaints.missing(field);
        }
        found
    }

    /// A whole number in a range, if it was sent.
    pub fn integer(&mut self, field: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.sent(field)?;
        let shown = field.replace('_', " ");
        let Some(number) = whole(value) else {
            self.complaints.add(field, format!("The {shown} field must be an integer."));
            return None;
        };
        if range.contains(&number) {
            return Some(number);
        }
        let sentence = if number < *range.start() {
            format!("The {shown} field must be at least {}.", range.start())
        } else {
            format!("The {shown} field must not be greater than {}.", range.end())
        };
        self.complaints.add(field, sentence);
        None
    }

    /// Yes or no, if it was sent. The framework also takes 1 and 0 for it.
    pub fn boolean(&mut self, field: &str) -> Option<bool> {
        let value = self.sent(field)?;
        let read = match value {
            Value::Bool(yes) => Some(*yes),
            _ => match whole(value) {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
        };
        if read.is_none() {
            self.complaints
                .add(field, format!("The {} field must be true or false.", field.replace('_', " ")));
        }
        read
    }

    /// A text of at most so many characters, if it was sent.
    pub fn text(&mut self, field: &str, most: usize) -> Option<&'body str> {
        let value = self.sent(field)?;
        let shown = field.replace('_', " ");
        let Some(text) = value.as_str().map(str::trim) else {
            self.complaints.add(field, format!("The {shown} field must be a string."));
            return None;
        };
        if text.chars().count() > most {
            self.complaints
                .add(field, format!("The {shown} field must not be greater than {most} characters."));
            return None;
        }
        Some(text)
    }

    /// One of some words, if it was sent.
    pub fn word(&mut self, field: &str, words: &[&'static str]) -> Option<&'static str> {
        let value = self.sent(field)?;
        let found = words.iter().copied().find(|word| value.as_str() == Some(word));
        if found.is_none() {
            self.complaints.unknown(field);
        }
        found
    }

    /// A list with so many entries, if it was sent.
    pub fn list(&mut self, field: &str, sizes: RangeInclusive<usize>) -> Option<&'body [Value]> {
        let value = self.sent(field)?;
        let shown = field.replace('_', " ");
        let Some(list) = value.as_array() else {
            self.complaints.add(field, format!("The {shown} field must be an array."));
            return None;
        };
        if list.len() < *sizes.start() {
            let sentence = if list.is_empty() {
                format!("The {shown} field is required.")
            } else {
                format!("The {shown} field must have at least {} items.", sizes.start())
            };
            self.complaints.add(field, sentence);
            return None;
        }
        if list.len() > *sizes.end() {
            let sentence = format!("The {shown} field must not have more than {} items.", sizes.end());
            self.complaints.add(field, sentence);
            return None;
        }
        Some(list)
    }

    /// At least one id. What is no number is told at its place.
    pub fn ids(&mut self, field: &str) -> Vec<i64> {
        if self.required(field).is_none() {
            return Vec::new();
        }
        let mut ids = Vec::new();
        for (place, value) in self.list(field, 1..=MOST_IDS).unwrap_or_default().iter().enumerate() {
            match whole(value) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) => {}
                None => {
                    let name = format!("{field}.{place}");
                    self.complaints.add(&name, format!("The {name} field must be an integer."));
                }
            }
        }
        ids
    }

    /// Ends the reading: everything that was wrong, together.
    pub fn finish(self) -> Result<(), Refusal> {
        self.complaints.finish()
    }
}

/// A whole number, also when it was sent as 3.0 or "3".
pub(crate) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let float = number.as_f64()?;
            (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

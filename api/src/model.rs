//! The shape of every model: one macro, so that each is a list of fields with their names on the wire, and
//! the page of a list.

use serde_json::{Map, Value};

use crate::decode::{Decode, Misfit, Notes};

/// A value that can be written back as the provider writes it. Used by the contract tests and by drift
/// reports; requests have bodies of their own.
pub trait Encode {
    /// The JSON value.
    fn encode(&self) -> Value;
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Value {
        self.as_ref().map_or(Value::Null, Encode::encode)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self) -> Value {
        Value::Array(self.iter().map(Encode::encode).collect())
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self) -> Value {
        self.as_ref().encode()
    }
}

macro_rules! encode_plain {
    ($($type:ty),*) => {$(
        impl Encode for $type {
            fn encode(&self) -> Value { Value::from(self.clone()) }
        }
    )*};
}
encode_plain!(String, bool, u64, u32, f64);

/// Declares a model: fields, their documentation, and where the name on the wire differs, that name.
///
/// A field of type `Option<T>` or `Vec<T>` may be missing, null or of the wrong kind without harm; any other
/// makes the object unreadable when it does not fit. Only ids are of that kind.
macro_rules! model {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident : $type:ty $(= $key:literal)? , )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $type, )*
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                value: &::serde_json::Value,
                notes: &mut $crate::decode::Notes,
            ) -> Result<Self, $crate::decode::Misfit> {
                let object = $crate::model::object(value)?;
                Ok(Self {
                    $( $field: $crate::model::field(object, $crate::model::key!($field $($key)?), notes)?, )*
                })
            }
        }

        impl $crate::model::Encode for $name {
            fn encode(&self) -> ::serde_json::Value {
                let mut object = ::serde_json::Map::new();
                $( object.insert(
                    $crate::model::key!($field $($key)?).to_owned(),
                    $crate::model::Encode::encode(&self.$field),
                ); )*
                ::serde_json::Value::Object(object)
            }
        }
    };
}

/// The name on the wire: the field's own unless another is given.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

/// Declares an enum of words; a word that is not in the list is kept as it was sent.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
            /// A word the contract does not know, as sent.
            Other(String),
        }

        impl $name {
            /// The word as the provider writes it.
            pub fn word(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )*
                    Self::Other(word) => word,
                }
            }

            /// The value for a word; an unknown one is kept.
            pub fn from_word(word: &str) -> Self {
                match word {
                    $( $word => Self::$variant, )*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                value: &::serde_json::Value,
                notes: &mut $crate::decode::Notes,
            ) -> Result<Self, $crate::decode::Misfit> {
                let word = Self::from_word(&String::decode(value, notes)?);
                if let Self::Other(_) = word {
                    notes.add(concat!("a word that ", stringify!($name), " does not know"));
                }
                Ok(word)
            }
        }

        impl $crate::model::Encode for $name {
            fn encode(&self) -> ::serde_json::Value {
                ::serde_json::Value::from(self.word())
            }
        }
    };
}

pub(crate) use {key, model, words};

/// The object itself, also when it was wrapped in `data` against the convention (FACTS §1, envelopes).
pub(crate) fn object(value: &Value) -> Result<&Map<String, Value>, Misfit> {
    let object = value.as_object().ok_or_else(|| Misfit::new("an object", value))?;
    match object.get("data") {
        Some(Value::Object(inner)) if !object.contains_key("id") => Ok(inner),
        _ => Ok(object),
    }
}

/// One field of an object.
pub(crate) fn field<T: Decode>(
    object: &Map<String, Value>,
    key: &'static str,
    notes: &mut Notes,
) -> Result<T, Misfit> {
    match object.get(key) {
        Some(value) => match notes.within(key, |notes| T::decode(value, notes)) {
            Ok(value) => Ok(value),
            Err(misfit) => match T::missing() {
                Some(missing) => {
                    notes.within(key, |notes| notes.add(&misfit));
                    Ok(missing)
                }
                None => Err(misfit),
            },
        },
        None => T::missing().ok_or(Misfit { expected: key, got: "nothing" }),
    }
}

/// One page of a list. Of lists without counters (`data` only, or bare) nobody says whether there is more: see
/// [`Page::is_last`].
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows that could be read.
    pub rows: Vec<T>,
    /// Rows of this page that could not be read; the notes say why.
    pub broken: usize,
    /// This page, from 1.
    pub number: u64,
    /// The last page, if the provider says so.
    pub last: Option<u64>,
    /// Rows per page in force, if the provider says so.
    pub per_page: Option<u64>,
    /// Rows on all pages, if the provider says so.
    pub total: Option<u64>,
    /// Whether there is a link to a next page, where the provider has such links.
    pub next: Option<bool>,
}

impl<T> Page<T> {
    /// Whether no later page exists. Where neither a counter nor a link tells, a page of as many rows as pages have
    /// suggests that there is more: taking the first page for the whole list would be a guess that nobody sees.
    pub fn is_last(&self) -> bool {
        match (self.last, self.next) {
            (Some(last), _) => self.number >= last,
            (None, Some(next)) => !next,
            (None, None) => !self.is_full(),
        }
    }

    /// Whether it has as many rows as a page of this list may have. Sizes of pages are round numbers.
    fn is_full(&self) -> bool {
        let sent = (self.rows.len() + self.broken) as u64;
        match self.per_page {
            Some(per_page) => sent >= per_page.max(1),
            None => sent >= 10 && sent.is_multiple_of(5),
        }
    }
}

impl<T: Decode> Decode for Page<T> {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        let sent = match value {
            Value::Array(rows) => rows.len(),
            _ => value.get("data").and_then(Value::as_array).map_or(0, Vec::len),
        };
        let rows = notes.within("data", |notes| Vec::<T>::decode(value, notes))?;
        let empty = Map::new();
        let meta = value.get("meta").and_then(Value::as_object).unwrap_or(&empty);
        let mut counter = |key| notes.within("meta", |notes| field::<Option<u64>>(meta, key, notes));
        let (number, last) = (counter("current_page")?, counter("last_page")?);
        let (per_page, total) = (counter("per_page")?, counter("total")?);
        let next = value.get("links").and_then(|links| links.get("next")).map(|next| !next.is_null());
        // Rows are counted, and none of this page came: that is no empty list.
        let should_have_some = total.is_some_and(|total| total > 0) && number.unwrap_or(1) <= 1;
        if sent == 0 && should_have_some {
            return Err(Misfit { expected: "rows, as there are some in all", got: "none" });
        }
        // The count of all rows tells it too.
        let counted = || Some(total?.div_ceil(per_page.filter(|rows| *rows > 0)?).max(1));
        let last = last.or_else(counted);
        Ok(Self {
            broken: sent - rows.len().min(sent),
            rows,
            number: number.unwrap_or(1),
            last,
            per_page,
            total,
            next,
        })
    }
}

impl<T: Encode> Encode for Page<T> {
    fn encode(&self) -> Value {
        serde_json::json!({ "data": self.rows.encode() })
    }
}

//! What a read gives: the value, when it was read, and whether it is the present one.

use std::sync::Arc;

use crate::Error;

/// A value of the provider with its age.
#[derive(Debug)]
pub struct Reading<T> {
    /// The value.
    pub value: Arc<T>,
    /// When the provider gave it.
    pub read_at: jiff::Timestamp,
    /// Whether it is the present one.
    pub freshness: Freshness,
}

/// Whether a value is the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// As of a few seconds ago.
    Fresh,
    /// The last good one, and why there is none newer.
    Stale(Error),
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), read_at: self.read_at, freshness: self.freshness.clone() }
    }
}

impl<T> Reading<T> {
    /// A value of our own storage: as of now.
    pub fn now(value: T) -> Self {
        Self { value: Arc::new(value), read_at: jiff::Timestamp::now(), freshness: Freshness::Fresh }
    }

    /// Why the value is not the present one.
    pub fn stale(&self) -> Option<&Error> {
        match &self.freshness {
            Freshness::Fresh => None,
            Freshness::Stale(why) => Some(why),
        }
    }

    /// The value, if it is the present one.
    ///
    /// # Errors
    /// Why it is not.
    pub fn present(&self) -> Result<&Arc<T>, Error> {
        self.stale().map_or(Ok(&self.value), |why| Err(why.clone()))
    }

    /// The same circumstances with another value.
    pub fn with<U>(&self, value: U) -> Reading<U> {
        Reading { value: Arc::new(value), read_at: self.read_at, freshness: self.freshness.clone() }
    }
}

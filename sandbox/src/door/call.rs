//! A request as a handler sees it: places of the path, query, body, and the moment it is answered.

use super::form::Form;
use super::query::Query;
use crate::reply::Refusal;
use jiff::Timestamp;
use serde_json::Value;

/// One admitted request.
#[derive(Debug)]
pub(crate) struct Call {
    /// What stood in the places of the path, in order.
    pub places: Vec<String>,
    pub query: Query,
    /// Null when no body was sent or none is expected.
    pub body: Value,
    pub form: Form,
    /// Absolute address of what was asked, without query.
    pub address: String,
    /// The world's moment; one for the whole request.
    pub now: Timestamp,
}

impl Call {
    /// The id in the last place; what is no number is no object's id.
    pub fn id(&self) -> Result<i64, Refusal> {
        self.places.last().and_then(|place| place.parse().ok()).ok_or(Refusal::NotFound)
    }

    /// The id in a place, counted from 0.
    pub fn id_at(&self, place: usize) -> Result<i64, Refusal> {
        self.places.get(place).and_then(|place| place.parse().ok()).ok_or(Refusal::NotFound)
    }
}

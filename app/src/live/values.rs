//! The words of a feed's value, by feature: each feature makes its own.

use gateway::Live;
use serde_json::{Value, json};

use crate::{bulk, isos, servers};

/// A list of values to place: key, what (`text` or an attribute), text.
#[derive(Debug, Default)]
pub struct Values(Vec<Value>);

impl Values {
    /// Puts text into an element.
    pub fn text(&mut self, key: &str, text: &str) {
        self.put(key, "text", text);
    }

    /// Sets an attribute of an element.
    pub fn put(&mut self, key: &str, what: &str, text: &str) {
        self.0.push(json!([key, what, text]));
    }

    /// The list as JSON.
    pub fn into_json(self) -> Value {
        Value::Array(self.0)
    }
}

/// Shape and words of a value.
pub fn of(live: &Live) -> (String, Value) {
    let mut values = Values::default();
    let shape = match live {
        Live::Isos(read) => {
            if let Ok(reading) = read {
                isos::live_values(reading, &mut values);
            }
            isos::shape(read.as_ref())
        }
        Live::Server(read) => {
            if let Ok(reading) = read.as_ref() {
                servers::live_values(reading, &mut values);
            }
            servers::shape(read.as_ref().as_ref())
        }
        Live::Statuses(read) => {
            if let Ok(reading) = read {
                servers::live_statuses(reading, &mut values);
            }
            servers::statuses_shape(read.as_ref())
        }
        Live::Bulk(read) => {
            let job = read.as_ref().map(AsRef::as_ref);
            if let Ok(job) = job {
                bulk::live_values(job, &mut values);
            }
            bulk::shape(job)
        }
    };
    (shape, values.into_json())
}

//! The words of a feed's value, by feature: each feature makes its own.

use gateway::Live;
use serde_json::{Value, json};

use crate::{bulk, components::badge::Tone, isos, servers};

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

/// What is new since the look before, in sentences for whoever looks. Power of the list is not among it: a row has no
/// name in that answer, and shows it anyway.
pub fn news(before: &Live, now: &Live) -> Vec<(Tone, String)> {
    match (before, now) {
        (Live::Isos(Ok(before)), Live::Isos(Ok(now))) => isos::news(&before.value, &now.value),
        (Live::Server(before), Live::Server(now)) => match (before.as_ref(), now.as_ref()) {
            (Ok(before), Ok(now)) => servers::news(&before.value, &now.value).into_iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

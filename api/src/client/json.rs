//! From bytes to a tree. An answer within the limit of bytes may still fill the memory: `{"a":1}` takes eight
//! bytes to send and eighty times that to hold. So values are counted before any is made.

use serde_json::Value;

/// Most values in an answer: a list of 5,000 servers has half of it.
const MAX_VALUES: usize = 1_000_000;
/// Most objects in an answer: they cost most. A list of 5,000 servers has half of it.
const MAX_OBJECTS: usize = 100_000;

/// Reads a tree, or says in words for the log why not.
pub(super) fn parse(body: &[u8]) -> Result<Value, String> {
    let (values, objects) = count(body);
    if values > MAX_VALUES || objects > MAX_OBJECTS {
        return Err(format!("too many values ({values}, {objects} of them objects)"));
    }
    serde_json::from_slice(body)
        .map_err(|error| format!("not JSON ({:?} at byte {})", error.classify(), error.column()))
}

/// At least as many values and objects as there are: each but the first comes after one of `,`, `:`, `[`.
fn count(body: &[u8]) -> (usize, usize) {
    let (mut values, mut objects) = (1, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b',' | b':' | b'[' => values += 1,
            b'{' => {
                values += 1;
                objects += 1;
            }
            _ => {}
        }
    }
    (values, objects)
}

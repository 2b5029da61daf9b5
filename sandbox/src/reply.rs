//! What an operation may answer: a [`Reply`], or a [`Refusal`] in the shape of the provider's framework.
//! How it travels (headers, delays, cuts) is the door's business.

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// What a handler gives back.
pub(crate) type Answer = Result<Reply, Refusal>;

/// A finished answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: StatusCode,
    pub content: Content,
    /// Headers beyond the content type.
    pub headers: Vec<(String, String)>,
}

/// The body of an answer.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Nothing,
    Json(Value),
    Bytes { kind: String, bytes: Bytes },
}

impl Reply {
    pub fn json(value: Value) -> Self {
        Self::with_status(StatusCode::OK, value)
    }

    pub fn created(value: Value) -> Self {
        Self::with_status(StatusCode::CREATED, value)
    }

    pub fn with_status(status: StatusCode, value: Value) -> Self {
        Self { status, content: Content::Json(value), headers: Vec::new() }
    }

    pub fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, content: Content::Nothing, headers: Vec::new() }
    }

    /// A file to be saved, named twice as the framework does when the name is not plain ASCII.
    pub fn file(name: &str, kind: &str, bytes: Bytes) -> Self {
        let plain: String = name.chars().map(|letter| if letter.is_ascii() { letter } else { '_' }).collect();
        let full =
            if name.is_ascii() { String::new() } else { format!("; filename*=utf-8''{}", percent(name)) };
        let disposition =
            ("content-disposition".to_owned(), format!("attachment; filename=\"{plain}\"{full}"));
        Self {
            status: StatusCode::OK,
            content: Content::Bytes { kind: kind.to_owned(), bytes },
            headers: vec![disposition],
        }
    }
}

fn percent(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    text.bytes().fold(String::new(), |mut written, byte| {
        if keep(byte) {
            written.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(written, "%{byte:02X}");
        }
        written
    })
}

/// Why a request is not carried out (FACTS §1, Status codes and Error bodies).
#[derive(Debug, Clone)]
pub(crate) enum Refusal {
    Unauthenticated,
    Forbidden,
    NotFound,
    NoRoute { path: String },
    NoMethod { path: String, method: String, allow: String },
    Locked(String),
    Malformed(&'static str),
    TooLarge,
    TooManyRequests,
    Invalid(Complaints),
    Failing(StatusCode),
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let say =
            |status: StatusCode, message: String| Self::with_status(status, json!({ "message": message }));
        match refusal {
            Refusal::Unauthenticated => usual(StatusCode::UNAUTHORIZED),
            Refusal::Forbidden => usual(StatusCode::FORBIDDEN),
            Refusal::NotFound => usual(StatusCode::NOT_FOUND),
            Refusal::NoRoute { path } => {
                say(StatusCode::NOT_FOUND, format!("The route {path} could not be found."))
            }
            Refusal::NoMethod { path, method, allow } => {
                let message = format!(
                    "The {method} method is not supported for route {path}. Supported methods: {allow}."
                );
                let mut reply = say(StatusCode::METHOD_NOT_ALLOWED, message);
                reply.headers.push(("allow".to_owned(), allow));
                reply
            }
            Refusal::Locked(message) => say(StatusCode::LOCKED, message),
            Refusal::Malformed(message) => say(StatusCode::BAD_REQUEST, message.to_owned()),
            Refusal::TooLarge => usual(StatusCode::PAYLOAD_TOO_LARGE),
            Refusal::TooManyRequests => usual(StatusCode::TOO_MANY_REQUESTS),
            Refusal::Invalid(complaints) => complaints.into_reply(),
            Refusal::Failing(status) => usual(status),
        }
    }
}

/// The answer with the words the framework uses for a status.
pub(crate) fn usual(status: StatusCode) -> Reply {
    let message = match status.as_u16() {
        204 => return Reply::nothing(),
        401 => "Unauthenticated.",
        403 => "This action is unauthorized.",
        404 => "Not found.",
        413 => "The POST data is too large.",
        422 => {
            return Reply::with_status(
                status,
                json!({"message": "The given data was invalid.", "errors": {}}),
            );
        }
        423 => "The server is locked.",
        429 => "Too Many Attempts.",
        500 => "Server Error",
        503 => "Service Unavailable",
        _ => status.canonical_reason().unwrap_or("Error"),
    };
    Reply::with_status(status, json!({ "message": message }))
}

/// Problems by field, in the order they were found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Complaints(Vec<(String, String)>);

impl Complaints {
    pub fn add(&mut self, field: &str, sentence: impl Into<String>) {
        self.0.push((field.to_owned(), sentence.into()));
    }

    /// "The subject field is required."
    pub fn missing(&mut self, field: &str) {
        self.add(field, format!("The {} field is required.", field.replace('_', " ")));
    }

    /// "The selected department id is invalid."
    pub fn unknown(&mut self, field: &str) {
        self.add(field, format!("The selected {} is invalid.", field.replace('_', " ")));
    }

    /// One complaint is enough.
    pub fn only(field: &str, sentence: impl Into<String>) -> Refusal {
        let mut complaints = Self::default();
        complaints.add(field, sentence);
        Refusal::Invalid(complaints)
    }

    pub fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self)) }
    }

    fn into_reply(self) -> Reply {
        let more = match self.0.len() {
            0 | 1 => String::new(),
            2 => " (and 1 more error)".to_owned(),
            n => format!(" (and {} more errors)", n - 1),
        };
        let first = self.0.first().map_or("", |(_, sentence)| sentence.as_str());
        let message = format!("{first}{more}");
        let mut errors: Map<String, Value> = Map::new();
        for (field, sentence) in self.0 {
            if let Value::Array(list) = errors.entry(field).or_insert_with(|| json!([])) {
                list.push(Value::String(sentence));
            }
        }
        Reply::with_status(StatusCode::UNPROCESSABLE_ENTITY, json!({"message": message, "errors": errors}))
    }
}

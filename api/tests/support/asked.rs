//! What operations ask of the provider, whatever their type.

use vpsbg_api::{Body, Effects, Operation, as_curl};

/// One call.
pub struct Asked {
    pub id: &'static str,
    pub arguments: Vec<&'static str>,
    pub query: Vec<(&'static str, String)>,
    pub body: Body,
    pub effects: Effects,
    pub object: Option<String>,
    /// What a log would show of the operation and of its body, and what a page shows: its command.
    pub shown: String,
}

pub fn asked<O: Operation + std::fmt::Debug>(operation: &O) -> Asked {
    Asked {
        id: O::INFO.id,
        arguments: operation.arguments().into_iter().map(|(name, _)| name).collect(),
        query: operation.query(),
        body: operation.body(),
        effects: operation.effects(),
        object: operation.object(),
        shown: format!("{operation:?} {:?} {:?}", operation.body(), as_curl(operation, "http://x", None)),
    }
}

/// The names in a body, with the media type it is sent as.
pub fn fields(body: &Body) -> (&'static str, Vec<String>) {
    match body {
        Body::Empty => ("", Vec::new()),
        Body::Json(value) => ("application/json", value.as_object().unwrap().keys().cloned().collect()),
        Body::Multipart { fields, files } => {
            let fields = fields.iter().map(|(name, _)| *name).chain(files.iter().map(|file| file.field));
            ("multipart/form-data", fields.map(str::to_owned).collect())
        }
    }
}

//! `multipart/form-data`, which two ticket calls speak (FACTS §1).

use crate::reply::Refusal;
use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use http::request::Parts;

/// Text fields and files of a form.
#[derive(Debug, Default)]
pub(crate) struct Form {
    texts: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

/// One file of `attachments[]`.
#[derive(Debug)]
pub(crate) struct Upload {
    pub name: String,
    pub kind: String,
    pub bytes: Bytes,
}

const BROKEN: Refusal = Refusal::Malformed("The multipart form could not be read.");

impl Form {
    /// Reads a form. What is empty or not multipart has no fields, so that the validation complains about all of them.
    pub async fn read(parts: Parts, bytes: Bytes) -> Result<Self, Refusal> {
        let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if bytes.is_empty() || !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            return Ok(Self::default());
        }
        let request = Request::from_parts(parts, Body::from(bytes));
        let mut parser = Multipart::from_request(request, &()).await.map_err(|_| BROKEN)?;
        let mut form = Self::default();
        while let Some(field) = parser.next_field().await.map_err(|_| BROKEN)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(safe_name);
            let kind = field.content_type().unwrap_or("application/octet-stream").to_owned();
            if name == "attachments" || name.starts_with("attachments[") {
                let bytes = field.bytes().await.map_err(|_| BROKEN)?;
                // A browser sends an empty part when no file was chosen.
                if let Some(name) = file_name.filter(|name| !(name.is_empty() && bytes.is_empty())) {
                    form.files.push(Upload { name, kind, bytes });
                }
            } else {
                form.texts.push((name, field.text().await.map_err(|_| BROKEN)?));
            }
        }
        Ok(form)
    }

    /// The last value of a field; an empty one is none.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.texts.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

/// A file's own name without folders and without what would break a header.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control() && *letter != '"').take(255).collect()
}

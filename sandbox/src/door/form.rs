//! `multipart/form-data`, which two ticket calls and the upload of boot images speak (FACTS §1).
//! Attachments are kept; an image is measured as it arrives, and its bytes are forgotten.

use crate::reply::Refusal;
use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use http::request::Parts;
use sha2::{Digest, Sha256};

/// Text fields and files of a form.
#[derive(Debug, Default)]
pub(crate) struct Form {
    texts: Vec<(String, String)>,
    pub files: Vec<Upload>,
    /// Files that were only measured.
    pub measured: Vec<Measured>,
}

/// One file of `attachments[]`.
#[derive(Debug)]
pub(crate) struct Upload {
    pub name: String,
    pub kind: String,
    pub bytes: Bytes,
}

/// A file whose bytes are not kept.
#[derive(Debug)]
pub(crate) struct Measured {
    pub field: String,
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub digest: String,
}

const BROKEN: Refusal = Refusal::Malformed("The multipart form could not be read.");

impl Form {
    /// Reads a form. What is empty or not multipart has no fields, so that the validation complains about all of them.
    pub async fn read(parts: Parts, bytes: Bytes) -> Result<Self, Refusal> {
        if bytes.is_empty() || !is_form(&parts) {
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

    /// Reads a form chunk by chunk and keeps the size and the digest of its files, whatever its text fields say.
    pub async fn measure(parts: Parts, body: Body, limit: usize) -> Result<Self, Refusal> {
        if !is_form(&parts) {
            return Ok(Self::default());
        }
        let request = Request::from_parts(parts, body);
        let mut parser = Multipart::from_request(request, &()).await.map_err(|_| BROKEN)?;
        let mut form = Self::default();
        let mut arrived = 0;
        while let Some(mut part) = parser.next_field().await.map_err(|_| BROKEN)? {
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(safe_name);
            let (mut size, mut digest) = (0, Sha256::new());
            while let Some(chunk) = part.chunk().await.map_err(|_| BROKEN)? {
                arrived += chunk.len();
                if arrived > limit {
                    return Err(Refusal::TooLarge);
                }
                size += chunk.len() as u64;
                digest.update(&chunk);
            }
            // A browser sends an empty part when no file was chosen.
            if let Some(name) = name.filter(|name| !(name.is_empty() && size == 0)) {
                form.measured.push(Measured { field, name, size, digest: hexadecimal(&digest.finalize()) });
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

fn is_form(parts: &Parts) -> bool {
    let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/form-data")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file's own name without folders and without what would break a header.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control() && *letter != '"').take(255).collect()
}

//! The body of a request, as the HTTP library wants it, and how long sending it may take.

use std::time::Duration;

use reqwest::{
    RequestBuilder,
    multipart::{Form, Part},
};

use super::Failure;
use crate::{
    files::{Content, FilePart},
    operation::Body,
};

/// How long a call with files may take besides the way of its bytes.
const AROUND_AN_UPLOAD: Duration = Duration::from_secs(60);
/// The slowest line that is waited for, in bytes a second: a boot image of 1 GB may take an hour.
const SLOWEST_UPLOAD: u64 = 256 * 1024;

/// Adds the body. A call with files gets the time that its bytes need on a slow line: what the HTTP client
/// allows an ordinary answer is too short for them.
pub(super) fn add(request: RequestBuilder, body: Body) -> Result<RequestBuilder, Failure> {
    Ok(match body {
        Body::Empty => request,
        Body::Json(value) => request.json(&value),
        Body::Multipart { fields, files } => {
            let bytes: u64 = files.iter().map(|file| file.content.length()).sum();
            let request = if files.is_empty() {
                request
            } else {
                request.timeout(AROUND_AN_UPLOAD + Duration::from_secs(bytes / SLOWEST_UPLOAD))
            };
            let mut form = Form::new();
            for (name, value) in fields {
                form = form.text(name, value);
            }
            for file in files {
                form = form.part(file.field, part(file)?);
            }
            request.multipart(form)
        }
    })
}

fn part(file: FilePart) -> Result<Part, Failure> {
    let part = match file.content {
        Content::Whole(bytes) => Part::stream(bytes),
        Content::Streamed(stream) => {
            Part::stream_with_length(reqwest::Body::wrap_stream(stream.read()), stream.length())
        }
    };
    part.file_name(file.name)
        .mime_str(&file.media_type)
        .map_err(|_| Failure::NotConnected("a file has no proper media type".to_owned()))
}

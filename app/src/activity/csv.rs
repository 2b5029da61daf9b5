//! `/activity.csv`: all that matches, as a file. Streamed, so that it may be long; one that broke off breaks the
//! connection and never looks complete.

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::RawQuery,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use gateway::{AuditRecord, Error};

use super::{query::Query, words};
use crate::{
    errors::plain_page,
    visitor::Visitor,
    words::{csv, operations, time::in_sofia},
};

const HEAD: [&str; 11] = [
    "time",
    "time in Sofia",
    "action",
    "operation",
    "object",
    "outcome",
    "code",
    "person",
    "session",
    "address",
    "request",
];

/// Answers with the file.
pub async fn download(Extension(visitor): Extension<Visitor>, RawQuery(query): RawQuery) -> Response {
    let Some(account) = visitor.account else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let filter = Query::read(query.as_deref().unwrap_or_default()).and_then(|query| query.filter());
    let filter = match filter {
        Ok(filter) => filter,
        Err(problem) => return plain_page(StatusCode::UNPROCESSABLE_ENTITY, "No file", &problem),
    };
    let mut response = body(account.audit_all(filter)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"activity.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    response
}

/// The head, then the records as they come. An error ends the body as broken.
fn body(records: impl Stream<Item = Result<Vec<AuditRecord>, Error>> + Send + 'static) -> Body {
    let head = stream::once(async { Ok(format!("{}{}", csv::BEGINNING, csv::line(HEAD))) });
    let lines = records.map_ok(|batch| batch.iter().map(line).collect::<String>());
    Body::from_stream(head.chain(lines).map(|piece| piece.map(Bytes::from).map_err(std::io::Error::other)))
}

fn line(record: &AuditRecord) -> String {
    let (_, action) = operations::of(&record.operation);
    let (outcome, _) = words::outcome(&record.outcome);
    let sofia = in_sofia(record.at).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
    let time = record.at.to_string();
    csv::line([
        &time,
        &sofia,
        action,
        &record.operation,
        record.object.as_deref().unwrap_or_default(),
        outcome,
        &record.outcome,
        record.person.as_deref().unwrap_or_default(),
        &record.session,
        record.address.as_deref().unwrap_or_default(),
        &record.request_id,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_breaks_off_is_broken_and_not_just_short() {
        let records = stream::iter([Ok(Vec::new()), Err(Error::Internal)]);
        let pieces: Vec<_> = body(records).into_data_stream().collect().await;
        let beginning = "\u{feff}time,".as_bytes();
        assert!(
            pieces.first().is_some_and(|head| head.as_ref().is_ok_and(|head| head.starts_with(beginning)))
        );
        assert!(pieces.last().is_some_and(Result::is_err));
        let whole: Vec<_> = body(stream::iter([Ok(Vec::new())])).into_data_stream().collect().await;
        assert!(whole.iter().all(Result::is_ok));
    }
}

//! Files: plain routes, because a server function cannot answer a form with a file. Streamed, never held whole;
//! always as attachments, with a name and a type of our own.

use axum::{
    Extension,
    body::Body,
    extract::Path,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use gateway::{Account, Error, FileStream};
use vpsbg_api::{AttachmentId, DownloadAttachment, DownloadInvoice, InvoiceId, TicketId};

use crate::{errors::plain_page, routes, visitor::Visitor};

/// `POST /invoices/{id}/pdf`: a POST as at the provider, so that a link cannot start it.
pub async fn invoice_pdf(Extension(visitor): Extension<Visitor>, Path(id): Path<String>) -> Response {
    let (Some(account), Ok(id)) = (visitor.account, id.parse::<InvoiceId>()) else {
        return plain_page(StatusCode::NOT_FOUND, "There is no such invoice", &Error::NotFound.to_string());
    };
    let name = format!("invoice-{id}.pdf");
    match account.download(&DownloadInvoice { id }).await {
        Ok(file) => attachment_of(file, &name, "application/pdf"),
        Err(error) => failed(&error, &routes::invoice(id)),
    }
}

/// `GET /tickets/{id}/files/{file}`.
pub async fn ticket_file(
    Extension(visitor): Extension<Visitor>,
    Path((ticket, file)): Path<(String, String)>,
) -> Response {
    let (Some(account), Ok(ticket), Ok(attachment)) =
        (visitor.account, ticket.parse::<TicketId>(), file.parse::<AttachmentId>())
    else {
        return plain_page(StatusCode::NOT_FOUND, "There is no such file", &Error::NotFound.to_string());
    };
    let name = name_of(&account, ticket, attachment).await;
    match account.download(&DownloadAttachment { ticket, attachment }).await {
        // Never the sender's own type: a page of theirs must not run as one of ours.
        Ok(file) => attachment_of(file, &name, "application/octet-stream"),
        Err(error) => failed(&error, &routes::ticket(ticket)),
    }
}

/// The name that the ticket tells, without what file systems and headers do not bear.
async fn name_of(account: &Account, ticket: TicketId, attachment: AttachmentId) -> String {
    let told = account.read(&vpsbg_api::GetTicket { id: ticket }).await.ok();
    let told = told.and_then(|ticket| {
        let mut files = ticket.value.messages.iter().flat_map(|message| &message.attachments);
        files.find(|file| file.id == attachment)?.name.clone()
    });
    let name: String = told
        .unwrap_or_default()
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "._- ".contains(letter) { letter } else { '_' })
        .take(100)
        .collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() { format!("file-{attachment}") } else { name }
}

fn attachment_of(file: FileStream, name: &str, media_type: &'static str) -> Response {
    let plain: String = name.chars().map(|letter| if letter.is_ascii() { letter } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let length = file.length;
    let body = Body::from_stream(file.bytes.map(|chunk| chunk.map_err(std::io::Error::other)));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// Back to the page of the file, which says why there is none.
fn failed(error: &Error, page: &str) -> Response {
    let to = match error {
        Error::TokenRefused => {
            routes::with_query(routes::SIGN_IN, &[("reason", error.code()), ("next", page)])
        }
        _ => routes::with_query(page, &[("failed", error.code())]),
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

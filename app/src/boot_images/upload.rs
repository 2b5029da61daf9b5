//! `POST /boot-images`: a form with a file, passed on to the provider as it arrives, never held whole. What the door of
//! `/do` (`forms::intake`) does for other forms is done here: whose form it is, and that it acts once.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use gateway::{Account, AccountKey, Error, Submission};
use vpsbg_api::{
    Content, LARGEST_BOOT_IMAGE, ListMeasuredBootImages, MeasuredBootImage, UploadMeasuredBootImage,
};

use super::{
    incoming::{Incoming, Unreadable},
    page::FILE,
    words::LIMIT,
};
use crate::{
    forms::{Refusal, Typed, back, refused},
    prefetch, routes,
    visitor::Visitor,
    words::sizes,
};

/// Takes an image and passes it on; answers with the page that says what became of it.
pub async fn upload_boot_image(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let account = parts.extensions.get::<Visitor>().and_then(|visitor| visitor.account.clone());
    let Some(account) = account else { return StatusCode::UNAUTHORIZED.into_response() };
    // In a task of its own: when the sender goes away, what became of it is written down all the same.
    let task = tokio::spawn(async move {
        let incoming = match declared(&parts.headers) {
            Some((boundary, length)) => Incoming::begin(&boundary, length, body).await,
            None => Err(Unreadable::NoForm),
        };
        match incoming {
            Ok(incoming) => taken(&account, incoming).await,
            Err(unreadable) => back(&account, routes::BOOT_IMAGES, &Typed::default(), said(unreadable)).await,
        }
    });
    match task.await {
        Ok(to) => prefetch::outdated((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The boundary and the length of a form with a file.
fn declared(headers: &HeaderMap) -> Option<(String, u64)> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (kind, parameters) = text(header::CONTENT_TYPE)?.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.trim().strip_prefix("boundary=")?.trim_matches('"');
    let fits = (1..=70).contains(&boundary.len());
    let length = text(header::CONTENT_LENGTH)?.parse().ok()?;
    fits.then(|| (boundary.to_owned(), length))
}

/// The page with what was done.
fn done(word: &str) -> String {
    routes::with_query(routes::BOOT_IMAGES, &[("done", word)])
}

fn uploaded() -> String {
    done("boot-image-uploaded")
}

/// Where a form leads. Sent again, it leads to the same place.
async fn taken(account: &Account, incoming: Incoming) -> String {
    let typed = Typed::of(&incoming.fields);
    let made_for = AccountKey::from_hex(typed.get("account"));
    if !made_for.is_some_and(|made_for| account.is_meant(made_for)) {
        incoming.throw_away().await;
        let next = [("reason", "not-signed-in"), ("next", routes::BOOT_IMAGES)];
        return routes::with_query(routes::SIGN_IN, &next);
    }
    let once = typed.get("once").to_owned();
    if once.len() != 32 || !once.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        incoming.throw_away().await;
        let refusal =
            Refusal::whole("The form came without its own number. Choose the file and send it again.");
        return back(account, routes::BOOT_IMAGES, &typed, refusal).await;
    }
    let content = format!("{} {}", incoming.length, incoming.name);
    let refusal = match account.submit(&once, content.as_bytes()).await {
        Ok(Submission::First) => {
            let to = match pass_on(account, incoming).await {
                Ok(()) => uploaded(),
                Err(refusal) => back(account, routes::BOOT_IMAGES, &typed, refusal).await,
            };
            account.finish(&once, &to).await;
            return to;
        }
        Ok(Submission::Again(to)) => {
            incoming.throw_away().await;
            // A file of the same name and length may be another one: what is not sent is not called sent.
            return if to == uploaded() { done("boot-image-again") } else { to };
        }
        Ok(Submission::Different) => Refusal::whole(
            "This form was sent before, with another file. Nothing was uploaded now; choose the file and send it again.",
        ),
        Err(error) => Refusal::whole(error.to_string()),
    };
    incoming.throw_away().await;
    back(account, routes::BOOT_IMAGES, &typed, refusal).await
}

/// Passes a file on to the provider.
async fn pass_on(account: &Account, incoming: Incoming) -> Result<(), Refusal> {
    if let Err(refusal) = wanted(account, &incoming).await {
        incoming.throw_away().await;
        return Err(refusal);
    }
    let name = incoming.name.clone();
    let (file, rest) = incoming.into_file();
    let answer = account.act(&UploadMeasuredBootImage { name, content: Content::Streamed(file) }).await;
    let came = rest.end().await;
    match (answer, came) {
        (Ok(_), _) => Ok(()),
        // The provider cannot have had more than we had.
        (Err(Error::OutcomeUnknown | Error::Invalid(_)), Err(unreadable)) => Err(said(unreadable)),
        (Err(error), _) => Err(refused(&error, &[("file", FILE.name)])),
    }
}

/// Whether a file is worth sending on.
async fn wanted(account: &Account, incoming: &Incoming) -> Result<(), Refusal> {
    let refuse = |words: &str| Err(Refusal::field(FILE.name, words));
    if incoming.name.is_empty() {
        return refuse("Choose a file.");
    }
    if incoming.length == 0 {
        return refuse("This file is empty.");
    }
    if incoming.length >= LARGEST_BOOT_IMAGE.0 {
        let size = sizes::bytes(incoming.length);
        return refuse(&format!("This file has {size}. An image must be smaller than {LIMIT}."));
    }
    // A list that cannot be had does not forbid: the provider counts.
    let images = account.read(&ListMeasuredBootImages).await;
    match images.as_ref().map(|reading| MeasuredBootImage::can_upload_beside(&reading.value)) {
        Ok(Err(reason)) => refuse(&format!("{reason} Delete one first.")),
        _ => Ok(()),
    }
}

fn said(unreadable: Unreadable) -> Refusal {
    Refusal::field(
        FILE.name,
        match unreadable {
            Unreadable::NoForm => "Choose a file and send it again: what came was no form with a file.",
            Unreadable::Cut => {
                "The upload broke off before all of it had arrived. There is none of it at the provider."
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_form_with_a_file_says_how_it_is_made() {
        let headers = |kind: &'static str, length: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            if let Some(length) = length {
                headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static(length));
            }
            headers
        };
        let good = headers("multipart/form-data; boundary=----abc", Some("120"));
        assert_eq!(declared(&good), Some(("----abc".to_owned(), 120)));
        for bad in [
            headers("application/x-www-form-urlencoded", Some("120")),
            headers("multipart/form-data", Some("120")),
            headers("multipart/form-data; boundary=", Some("120")),
            headers("multipart/form-data; boundary=abc", None),
            headers("multipart/form-data; boundary=abc", Some("x")),
        ] {
            assert_eq!(declared(&bad), None, "{bad:?}");
        }
    }
}

//! The door of `/do`: reads a form once, leniently, before a server function sees it.
//!
//! A doubled field counts once (the last one, as in most frameworks, and it is noted), a missing one is empty,
//! bytes that are no text become question marks. Who is no longer signed in gets what was typed kept and is led
//! through sign-in to the filled form.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use gateway::{AccountKey, BulkAction, Draft};
use leptos::prelude::use_context;

use crate::{bulk, errors::plain_page, routes, servers, views, visitor::Visitor};

/// Largest form in bytes, encoded: a letter may take twelve of them. The longest text is a ticket's message.
const LARGEST: usize = 256 * 1024;
/// Largest form in bytes of its texts: what is refused must fit into a draft (64 kB, with its signs escaped).
const LARGEST_TEXT: usize = 48 * 1024;
/// What is too large is read up to here, in bytes.
const THROWN_AWAY: usize = 16 * 1024 * 1024;
/// How long somebody may take to send a form.
const LONGEST_SENDING: std::time::Duration = std::time::Duration::from_secs(30);
/// Fields at most.
const MOST_FIELDS: usize = 300;
/// Forms that are nobody's in particular.
const FOR_GUESTS: [&str; 5] =
    [routes::DO_SIGN_IN, routes::DO_TRY_DEMO, routes::DO_SIGN_OUT, routes::DO_THEME, routes::DO_KEYS];
/// Never kept in a draft.
const NOT_KEPT: [&str; 7] = ["once", "account", "seal", "token", "password", "account_password", "otp"];

/// What was typed into a form, in order.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// The form that the running server function answers.
    pub fn here() -> Self {
        use_context::<http::request::Parts>()
            .and_then(|parts| parts.extensions.get::<Self>().cloned())
            .unwrap_or_default()
    }

    /// A field's text; empty if it is missing.
    pub fn get(&self, field: &str) -> &str {
        self.0.iter().rev().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    /// What was chosen of several: the ends of the names of fields `<name>-<end>` that are not empty.
    pub fn chosen(&self, name: &str) -> Vec<&str> {
        let ends = self.0.iter().filter(|(_, value)| !value.is_empty());
        ends.filter_map(|(field, _)| field.strip_prefix(name)?.strip_prefix('-')).collect()
    }

    /// What was typed before, or is said by an address.
    pub fn of(values: &[(String, String)]) -> Self {
        Self(values.to_vec())
    }

    /// All that the form says, without its one-time id.
    pub fn fingerprint(&self) -> Vec<u8> {
        let said = self.0.iter().filter(|(name, _)| name != "once" && name != "seal");
        said.flat_map(|(name, value)| format!("{}:{name}={}:{value};", name.len(), value.len()).into_bytes())
            .collect()
    }

    /// What a draft may keep.
    pub fn kept(&self) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| !NOT_KEPT.contains(&name.as_str())).cloned().collect()
    }
}

/// Middleware: takes in what is sent to `/do`, leaves everything else alone.
pub async fn intake(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/do/") {
        return next.run(request).await;
    }
    if request.method() != Method::POST {
        let words = "This address only takes forms.";
        return plain_page(StatusCode::METHOD_NOT_ALLOWED, "Nothing to see here", words);
    }
    let (mut parts, body) = request.into_parts();
    let fields = taken_in(body).await.map(|bytes| fields_of(&bytes));
    let fits = |fields: &Vec<(String, String)>| {
        fields.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() <= LARGEST_TEXT
    };
    let Some(fields) = fields.filter(fits) else {
        let words = "What you sent is larger than a form can be. Go back with your browser: your text is still there. \
                     Make it shorter and send it again.";
        return plain_page(StatusCode::PAYLOAD_TOO_LARGE, "That is too much", words);
    };
    let typed = Typed(fields);
    let Some(visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let path = parts.uri.path();
    let for_guests = FOR_GUESTS.contains(&path);
    let made_for = AccountKey::from_hex(typed.get("account"));
    let same =
        visitor.account.as_ref().zip(made_for).is_some_and(|(account, made_for)| account.is_meant(made_for));
    if !for_guests && !same {
        return keep_and_sign_in(&visitor, path, &typed, made_for).await;
    }
    let body = serde_urlencoded::to_string(&typed.0).unwrap_or_default();
    parts.extensions.insert(typed);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    parts.headers.insert(header::CONTENT_TYPE, form);
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// The fields, each once: the last one counts.
fn fields_of(bytes: &[u8]) -> Vec<(String, String)> {
    let all: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).unwrap_or_default();
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in all.into_iter().take(MOST_FIELDS) {
        // Line ends as everywhere else; a form sends them as on paper tape.
        let value = value.replace("\r\n", "\n");
        match fields.iter_mut().find(|(other, _)| *other == name) {
            Some((_, earlier)) => *earlier = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

/// The body, if it is no larger than a form may be and comes in time. What is too large is read on for a while
/// and thrown away: who still sends cannot read our answer.
async fn taken_in(body: Body) -> Option<Vec<u8>> {
    let mut chunks = body.into_data_stream();
    let (mut bytes, mut seen) = (Vec::new(), 0);
    let read = async {
        while let Some(Ok(chunk)) = chunks.next().await {
            seen += chunk.len();
            if seen <= LARGEST {
                bytes.extend_from_slice(&chunk);
            } else if seen > THROWN_AWAY {
                return false;
            }
        }
        seen <= LARGEST
    };
    let whole = tokio::time::timeout(LONGEST_SENDING, read).await.unwrap_or(false);
    whole.then_some(bytes)
}

/// The session has ended, or is another account's, while the form was open: nothing is done, nothing is lost.
async fn keep_and_sign_in(
    visitor: &Visitor,
    path: &str,
    typed: &Typed,
    made_for: Option<AccountKey>,
) -> Response {
    let page = page_of(path, typed);
    let mut next = page.clone();
    if let Some(account) = made_for {
        let words =
            "You were signed out before this was sent. Nothing was done yet: check it and send it again.";
        let draft = Draft { values: typed.kept(), errors: vec![(String::new(), words.to_owned())] };
        let (once, seal) = (typed.get("once"), typed.get("seal"));
        if let Some(id) = visitor.house.gateway.keep_ended_form(account, once, seal, &draft).await {
            next = routes::with_query(&page, &[("draft", &id)]);
        }
    }
    let to = routes::with_query(routes::SIGN_IN, &[("reason", "not-signed-in"), ("next", &next)]);
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The page on which a form stands.
fn page_of(action: &str, typed: &Typed) -> String {
    let id = typed.get("id");
    match action {
        routes::DO_ADD_ISO => routes::NEW_ISO.to_owned(),
        routes::DO_OPEN_TICKET => routes::NEW_TICKET.to_owned(),
        routes::DO_DELETE_ISO => id.parse().map_or(routes::ISOS.to_owned(), routes::iso_confirm_delete),
        routes::DO_DELETE_BOOT_IMAGE => {
            id.parse().map_or(routes::BOOT_IMAGES.to_owned(), routes::boot_image_confirm_delete)
        }
        routes::DO_POWER => id
            .parse()
            .map_or(routes::SERVERS.to_owned(), |id| routes::server_confirm(id, typed.get("action"))),
        routes::DO_DEPLOY => servers::page_of_deploy(typed),
        routes::DO_SCALE_SERVER => servers::page_of_move(typed),
        routes::DO_BUY_ADD_ONS => servers::page_of_add_ons(typed),
        routes::DO_SIZE_ADD_ONS => servers::page_of_add_on_sizes(typed),
        routes::DO_RENEW => servers::page_of_renewal(typed),
        action if action.starts_with(routes::DO_SERVER) => {
            let offer = action.strip_prefix(routes::DO_SERVER).and_then(servers::action_of_word);
            match (offer, id.parse()) {
                (Some(offer), Ok(id)) => offer.page_of(id, typed),
                _ => routes::SERVERS.to_owned(),
            }
        }
        routes::DO_PAY_ORDER => {
            id.parse().map_or(routes::ORDERS.to_owned(), |id| routes::order_ask(id, "pay"))
        }
        routes::DO_DROP_ORDER => {
            id.parse().map_or(routes::ORDERS.to_owned(), |id| routes::order_ask(id, "drop"))
        }
        routes::DO_DECIDE_PURCHASE => id.parse().map_or(routes::PURCHASES.to_owned(), routes::purchase),
        routes::DO_REPLY_TICKET | routes::DO_RESOLVE_TICKET => {
            id.parse().map_or(routes::TICKETS.to_owned(), routes::ticket)
        }
        routes::DO_START_BULK => BulkAction::from_word(typed.get("action"))
            .map_or(routes::BULK.to_owned(), |action| {
                bulk::page_of(action, typed.get("rows"), typed.get("from"))
            }),
        routes::DO_STOP_BULK | routes::DO_RESUME_BULK => {
            id.parse().map_or(routes::BULK.to_owned(), routes::bulk)
        }
        routes::DO_SAVE_VIEW | routes::DO_DEFAULT_VIEW | routes::DO_FORGET_VIEW => {
            views::page_of(typed.get("list"), typed.get("query"))
        }
        _ => routes::OVERVIEW.to_owned(),
    }
}

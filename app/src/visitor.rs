//! Who looks: made once per request by [`enter`], found by pages and server functions in their context.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use gateway::{Account, Actor, Gateway, Out, SavedView, Session};
use leptos::prelude::use_context;

use crate::{prefetch, routes, sign_in::Throttle};

/// What all requests share.
#[derive(Clone, Debug)]
pub struct House {
    /// The way to the provider.
    pub gateway: Gateway,
    /// The demo's tokens, when the sandbox is on.
    pub demo: Option<Demo>,
    /// Id of this build: pages of another one are offered a reload.
    pub version: Arc<str>,
    /// Refused tokens by address.
    pub throttle: Arc<Throttle>,
    /// Ends all event streams when the program stops.
    pub stopping: Arc<tokio::sync::watch::Sender<bool>>,
}

/// Tokens of the embedded sandbox. They open nothing but play money.
#[derive(Clone, Copy, Debug)]
pub struct Demo {
    /// May do everything.
    pub write_token: &'static str,
    /// May only read.
    pub read_token: &'static str,
}

/// Id of a request, as in the log. Put into the request's extensions by the server.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Who looks, at what.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// What all requests share.
    pub house: House,
    /// The account, if somebody is signed in.
    pub account: Option<Account>,
    /// The browser's session, signed in or not.
    pub session: Session,
    /// Views to which the sidebar leads; only for pages.
    pub default_views: Vec<SavedView>,
    /// Path and query as asked.
    pub address: String,
    /// Id of the request, for people to quote.
    pub request_id: String,
    /// Where the request came from.
    pub client_address: String,
}

impl Visitor {
    /// The visitor of the page or server function that is running.
    ///
    /// # Panics
    /// When called outside of a request, which is a mistake in the code.
    pub fn here() -> Self {
        use_context::<http::request::Parts>()
            .and_then(|parts| parts.extensions.get::<Self>().cloned())
            .expect("pages run behind the middleware `enter`")
    }
}

/// Where the request came from, as far as it is trusted. Put into the extensions by the server.
#[derive(Clone, Debug)]
pub struct ClientAddress(pub String);

/// Middleware: opens the account of the session. Who is not signed in is led to sign-in and back (pages), gets
/// 401 (streams, the palette), or is let through to `forms::intake`, which keeps what was typed. A page that is only fetched
/// beforehand is answered from the cache or not at all.
pub async fn enter(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let Some(session) = extensions.get::<Session>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let request_id = extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let client_address = extensions.get::<ClientAddress>().map(|address| address.0.clone());
    // Everybody who tries the demo has one token, and sees its records: they do not tell strangers where one lives.
    let written = client_address.clone().filter(|_| house.demo.is_none());
    let actor = Actor { address: written, request_id: request_id.clone(), ..Actor::default() };
    let page = request.method() == Method::GET;
    let path = request.uri().path();
    let beforehand = prefetch::is_one(&request);
    let entered = if beforehand {
        let account =
            if prefetch::may_be(path) { house.gateway.look_in(&session, actor).await } else { None };
        let Some(account) = account else { return prefetch::not_at_all() };
        Ok(account)
    } else {
        house.gateway.enter(&session, actor).await
    };
    let address = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let acts = path.starts_with("/do/");
    let open = path == routes::SIGN_IN || acts;
    if let Err(out) = entered
        && !open
    {
        if path == routes::LIVE || path == routes::API_FIND {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        // A file cannot be kept until somebody has signed in again, but the form leads back.
        let then = if request.method() == Method::GET || path == routes::BOOT_IMAGES {
            address.as_str()
        } else {
            routes::OVERVIEW
        };
        let reason = match out {
            Out::Stranger => "",
            Out::Ended => "ended",
            Out::Refused => "token-refused",
        };
        let to = routes::with_query(&routes::sign_in_then(routes::safe_next(then)), &[("reason", reason)]);
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    }
    let account = entered.ok().map(|account| match page {
        true if routes::is_file(path) => account.for_file(),
        true => account.for_page(),
        false => account,
    });
    // In memory but for the first page: a sidebar without them is better than no page.
    let default_views = match &account {
        Some(account) if page => account.default_views().await.unwrap_or_default(),
        _ => Vec::new(),
    };
    request.extensions_mut().insert(Visitor {
        house,
        account: account.clone(),
        default_views,
        session,
        address,
        request_id,
        client_address: client_address.unwrap_or_default(),
    });
    let response = next.run(request).await;
    match account {
        Some(account) if beforehand => prefetch::whole(&account, response),
        _ if acts => prefetch::outdated(response),
        _ => response,
    }
}

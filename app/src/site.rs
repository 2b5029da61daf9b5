//! The whole site as an axum router: pages, server functions, the live stream, the palette's answers, files.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware,
    response::IntoResponse,
    routing::{get, post},
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};

use crate::{
    activity::Activity,
    boot_images::upload_boot_image,
    bulk::{Jobs, Results},
    components::list,
    files, find,
    forms::intake,
    invoices::Invoices,
    isos::Isos,
    live,
    orders::Orders,
    plans::Plans,
    purchases::Purchases,
    routes::csv,
    server_images::Images,
    servers::Servers,
    shell::{App, shell},
    tickets::Tickets,
    visitor::{House, enter},
};

/// The routes of all pages as the router writes them (`/servers/{id}`), for whoever must not forget one.
pub fn pages() -> Vec<String> {
    generate_route_list(App).iter().map(|page| page.path().to_owned()).collect()
}

/// The site. Expects the session, [`crate::RequestId`] and a CSP nonce (`leptos::nonce::Nonce`) in the
/// extensions of each request: the middleware of the `server` crate puts them there.
pub fn site(options: LeptosOptions, house: House) -> Router {
    let pages = generate_route_list(App);
    Router::new()
        .leptos_routes_with_context(&options, pages, give_context, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .route(crate::routes::LIVE, get(live::stream))
        .merge(list_files())
        .route(crate::routes::API_FIND, get(find::answer))
        .route("/invoices/{id}/pdf", post(files::invoice_pdf))
        .route("/tickets/{ticket}/files/{file}", get(files::ticket_file))
        // With a limit of its own: it is streamed.
        .route(crate::routes::BOOT_IMAGES, post(upload_boot_image).layer(DefaultBodyLimit::disable()))
        .fallback(not_found)
        // Inside `enter`: a form needs to know whose it is.
        .layer(middleware::from_fn(intake))
        .layer(middleware::from_fn_with_state(house, enter))
        .with_state(options)
}

/// Lists as files.
fn list_files() -> Router<LeptosOptions> {
    Router::new()
        .route(&csv(crate::routes::SERVERS), get(list::download::<Servers>))
        .route(&csv(crate::routes::PLANS), get(list::download::<Plans>))
        .route(&csv(crate::routes::IMAGES), get(list::download::<Images>))
        .route(&csv(crate::routes::ISOS), get(list::download::<Isos>))
        .route(&csv(crate::routes::ORDERS), get(list::download::<Orders>))
        .route(&csv(crate::routes::INVOICES), get(list::download::<Invoices>))
        .route(&csv(crate::routes::TICKETS), get(list::download::<Tickets>))
        .route(&csv(crate::routes::ACTIVITY), get(list::download::<Activity>))
        .route(&csv(crate::routes::PURCHASES), get(list::download::<Purchases>))
        .route(&csv(crate::routes::BULK), get(list::download::<Jobs>))
        .route(&csv(crate::routes::BULK_RESULTS), get(list::download::<Results>))
}

/// Renders the page for an address that is none, with the frame and the right status.
async fn not_found(State(options): State<LeptosOptions>, request: Request) -> impl IntoResponse {
    let render = leptos_axum::render_app_async_with_context(give_context, move || shell(options.clone()));
    render(request).await
}

/// Gives pages what the middleware found out: the nonce of the content security policy.
fn give_context() {
    let nonce = use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<leptos::nonce::Nonce>().cloned());
    if let Some(nonce) = nonce {
        provide_context(nonce);
    }
}

//! Pages for what is not there and for what went wrong before a page could be made.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;

use crate::{
    components::{
        frame::{Frame, Section},
        notice::status,
    },
    routes,
};

/// 404 within the site.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    status(StatusCode::NOT_FOUND);
    view! {
        <Frame title="There is no such page" section=Section::Elsewhere>
            <div class="empty" data-kind="not-found">
                <p>"The address may be mistyped, or the page may have moved."</p>
                <p>
                    <a class="button" href=routes::OVERVIEW>"Overview"</a> " "
                    <a class="button" href=routes::SERVERS>"Servers"</a> " "
                    <a class="button" href=routes::ISOS>"ISOs"</a> " "
                    <a class="button" href=routes::INVOICES>"Invoices"</a> " "
                    <a class="button" href=routes::TICKETS>"Tickets"</a>
                </p>
            </div>
        </Frame>
    }
}

/// A page without the frame, for when there is none to be had: plain HTML, no scripts, no account.
pub fn plain_page(code: StatusCode, title: &str, words: &str) -> Response {
    let html = view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="stylesheet" href=routes::PLAIN_STYLE />
                <title>{format!("{title} · Vitosha")}</title>
            </head>
            <body>
                <h1>{title.to_owned()}</h1>
                <p>{words.to_owned()}</p>
                <p><a href=routes::OVERVIEW>"Overview"</a></p>
            </body>
        </html>
    }
    .to_html();
    let html = format!("<!DOCTYPE html>{html}");
    (code, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

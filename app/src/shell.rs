//! The document around every page, and the table of pages.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode, StaticSegment,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    activity::ActivityPage,
    boot_images::BootImagesPage,
    bulk::{JobPage, JobsPage, NewJobPage},
    diagnostics::DiagnosticsPage,
    errors::NotFoundPage,
    find::FindPage,
    gallery::{GalleryKindPage, GalleryPage},
    invoices::{InvoicePage, InvoicesPage},
    isos::{IsoPage, IsosPage, NewIsoPage},
    keys::KeysPage,
    orders::{OrderPage, OrdersPage},
    overview::OverviewPage,
    plans::{ComparePage, PlansPage},
    preferences::{Theme, keys_are_on},
    purchases::{PurchasePage, PurchasesPage},
    server_images::ImagesPage,
    servers::{AddOnSizesPage, NewAddOnsPage, NewServerPage, RenewPage, ScalePage, ServerPage, ServersPage},
    sign_in::SignInPage,
    tickets::{NewTicketPage, TicketPage, TicketsPage},
    views::ViewsPage,
};

/// The document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let _ = use_nonce();
    let theme = Theme::here();
    let keys_off = (!keys_are_on()).then_some("");
    let chosen = (theme != Theme::System).then(|| theme.word());
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=chosen data-keys-off=keys_off>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=theme.schemes() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
                <HydrationScripts options islands=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// All pages. Each is rendered whole before the first byte is sent: titles, status codes and pages without
/// scripts are right.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=StaticSegment("") view=OverviewPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/servers") view=ServersPage ssr=SsrMode::Async />
                <Route path=path!("/servers/new") view=NewServerPage ssr=SsrMode::Async />
                <Route path=path!("/servers/renew") view=RenewPage ssr=SsrMode::Async />
                <Route path=path!("/servers/:id") view=ServerPage ssr=SsrMode::Async />
                <Route path=path!("/plans") view=PlansPage ssr=SsrMode::Async />
                <Route path=path!("/plans/compare") view=ComparePage ssr=SsrMode::Async />
                <Route path=path!("/images") view=ImagesPage ssr=SsrMode::Async />
                <Route path=path!("/servers/:id/scale") view=ScalePage ssr=SsrMode::Async />
                <Route path=path!("/servers/:id/add-ons/new") view=NewAddOnsPage ssr=SsrMode::Async />
                <Route path=path!("/servers/:id/add-ons/size") view=AddOnSizesPage ssr=SsrMode::Async />
                <Route path=path!("/isos") view=IsosPage ssr=SsrMode::Async />
                <Route path=path!("/isos/new") view=NewIsoPage ssr=SsrMode::Async />
                <Route path=path!("/isos/:id") view=IsoPage ssr=SsrMode::Async />
                <Route path=path!("/boot-images") view=BootImagesPage ssr=SsrMode::Async />
                <Route path=path!("/orders") view=OrdersPage ssr=SsrMode::Async />
                <Route path=path!("/orders/:id") view=OrderPage ssr=SsrMode::Async />
                <Route path=path!("/purchases") view=PurchasesPage ssr=SsrMode::Async />
                <Route path=path!("/purchases/:id") view=PurchasePage ssr=SsrMode::Async />
                <Route path=path!("/invoices") view=InvoicesPage ssr=SsrMode::Async />
                <Route path=path!("/invoices/:id") view=InvoicePage ssr=SsrMode::Async />
                <Route path=path!("/tickets") view=TicketsPage ssr=SsrMode::Async />
                <Route path=path!("/tickets/new") view=NewTicketPage ssr=SsrMode::Async />
                <Route path=path!("/tickets/:id") view=TicketPage ssr=SsrMode::Async />
                <Route path=path!("/activity") view=ActivityPage ssr=SsrMode::Async />
                <Route path=path!("/bulk") view=JobsPage ssr=SsrMode::Async />
                <Route path=path!("/bulk/new") view=NewJobPage ssr=SsrMode::Async />
                <Route path=path!("/bulk/:id") view=JobPage ssr=SsrMode::Async />
                <Route path=path!("/views/:list") view=ViewsPage ssr=SsrMode::Async />
                <Route path=path!("/diagnostics") view=DiagnosticsPage ssr=SsrMode::Async />
                <Route path=path!("/keys") view=KeysPage ssr=SsrMode::Async />
                <Route path=path!("/find") view=FindPage ssr=SsrMode::Async />
                <Route path=path!("/gallery") view=GalleryPage ssr=SsrMode::Async />
                <Route path=path!("/gallery/:kind") view=GalleryKindPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

//! The one table of what the sandbox serves: operation, spellings, evidence, handler.
//! To add an operation, write its handler in `operations/` and a line here. No behaviour lives here.

pub(crate) mod matching;

use crate::door::call::Call;
use crate::operations::{invoices, isos, metrics, power, renewals, replies, servers, tickets, user};
use crate::reply::Answer;
use crate::world::World;
use http::Method;

/// How an operation is known (`x-evidence` of `openapi.yaml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The provider's page was read.
    Documented,
    /// A public client calls it.
    Observed,
    /// Only its name is known.
    Inferred,
}

impl Evidence {
    /// The word in `openapi.yaml`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
        }
    }
}

/// What body an operation reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expects {
    /// None; whatever is sent is ignored.
    Nothing,
    /// A JSON object.
    Json,
    /// `multipart/form-data`.
    Form,
}

pub(crate) type Handler = fn(&mut World, &Call) -> Answer;

/// One operation of the provider as the sandbox serves it.
#[derive(Debug)]
pub struct Route {
    /// `operationId` of `openapi.yaml`.
    pub operation: &'static str,
    /// The verb of the spelling as written.
    pub method: Method,
    /// The path as written, under `/v1`.
    pub path: &'static str,
    /// `x-alternatives`: other likely spellings, verb and path.
    pub alternatives: &'static [&'static str],
    /// How the operation is known.
    pub evidence: Evidence,
    pub(crate) expects: Expects,
    pub(crate) handler: Handler,
}

impl Route {
    const fn new(
        operation: &'static str,
        method: Method,
        path: &'static str,
        evidence: Evidence,
        handler: Handler,
    ) -> Self {
        Self { operation, method, path, alternatives: &[], evidence, expects: Expects::Nothing, handler }
    }

    const fn or(mut self, alternatives: &'static [&'static str]) -> Self {
        self.alternatives = alternatives;
        self
    }

    const fn reading(mut self, expects: Expects) -> Self {
        self.expects = expects;
        self
    }
}

use Evidence::{Documented, Inferred, Observed};
use Expects::{Form, Json};
const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

/// Everything under `/v1`.
pub static ROUTES: &[Route] = &[
    // The account.
    Route::new("getUser", GET, "/user", Inferred, user::show),
    Route::new("getBalance", GET, "/balance", Documented, user::balance),
    // Servers.
    Route::new("listServers", GET, "/servers", Documented, servers::list),
    Route::new("getServer", GET, "/servers/{id}", Documented, servers::show),
    Route::new("getServerStatus", GET, "/servers/{id}/status", Documented, servers::status),
    Route::new("listServerStatuses", GET, "/servers/status", Inferred, servers::statuses)
        .or(&["GET /servers/statuses"]),
    Route::new("getServerMetrics", GET, "/servers/{id}/metrics", Documented, metrics::list),
    Route::new("startServer", POST, "/servers/{id}/start", Observed, power::start),
    Route::new("stopServer", POST, "/servers/{id}/stop", Observed, power::stop),
    Route::new("restartServer", POST, "/servers/{id}/restart", Observed, power::restart),
    Route::new("powerOffServer", POST, "/servers/{id}/power-off", Inferred, power::power_off)
        .or(&["POST /servers/{id}/poweroff"]),
    Route::new("calculateServersRenew", POST, "/servers/renew/calculate", Documented, renewals::calculate)
        .reading(Json),
    // ISOs.
    Route::new("listIsos", GET, "/isos", Inferred, isos::list),
    Route::new("createIso", POST, "/isos", Inferred, isos::create).reading(Json),
    Route::new("getIso", GET, "/isos/{id}", Documented, isos::show),
    Route::new("deleteIso", DELETE, "/isos/{id}", Inferred, isos::delete),
    // Invoices.
    Route::new("listInvoices", GET, "/invoices", Documented, invoices::list),
    Route::new("downloadInvoice", POST, "/invoices/{id}/download", Inferred, invoices::download)
        .or(&["POST /invoices/{id}"]),
    // Tickets.
    Route::new("listTickets", GET, "/support/tickets", Inferred, tickets::list),
    Route::new("createTicket", POST, "/support/tickets", Documented, replies::create).reading(Form),
    Route::new("listSupportDepartments", GET, "/support/tickets/departments", Inferred, tickets::departments)
        .or(&["GET /support/departments"]),
    Route::new("listSupportServices", GET, "/support/tickets/services", Inferred, tickets::services)
        .or(&["GET /support/services"]),
    Route::new("getTicket", GET, "/support/tickets/{id}", Inferred, tickets::show),
    Route::new("replyTicket", POST, "/support/tickets/{id}/messages", Documented, replies::reply)
        .reading(Form),
    Route::new("resolveTicket", PUT, "/support/tickets/{id}/resolve", Inferred, tickets::resolve)
        .or(&["PUT /support/tickets/{id}", "PUT /support/tickets/{id}/resolved"]),
    Route::new(
        "downloadTicketAttachment",
        GET,
        "/support/tickets/{id}/attachments/{attachment_id}",
        Inferred,
        tickets::attachment,
    )
    .or(&["GET /support/attachments/{id}", "GET /support/tickets/attachments/{id}"]),
];

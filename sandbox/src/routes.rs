//! The one table of what the sandbox serves: operation, spellings, evidence, handler.
//! To add an operation, write its handler in `operations/` and a line here. No behaviour lives here.

pub(crate) mod matching;

use crate::door::call::Call;
use crate::operations::{
    addons, addresses, affiliate, archive, attacks, balance, bandwidth, boot_images, cancellations, deploy,
    floating_ips, floating_moves, geo, installs, network_lists, orders, plans, protection, renewals, scale,
    settings, ssh_keys, support, two_factor,
};
use crate::operations::{invoices, isos, metrics, power, replies, servers, tickets, user};
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
    /// The same with files too large to be held.
    Upload,
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
use Expects::{Form, Json, Upload};
const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;
const PATCH: Method = Method::PATCH;

/// Everything under `/v1`.
pub static ROUTES: &[Route] = &[
    // The account.
    Route::new("getUser", GET, "/user", Inferred, user::show),
    Route::new("updateUser", PATCH, "/user", Documented, user::update).reading(Json),
    Route::new("getTwoFactorSecret", GET, "/user/2fa", Documented, two_factor::secret),
    Route::new("enableTwoFactor", POST, "/user/2fa", Documented, two_factor::enable).reading(Json),
    Route::new("disableTwoFactor", DELETE, "/user/2fa", Inferred, two_factor::disable).reading(Json),
    Route::new("getBalance", GET, "/balance", Documented, balance::show),
    Route::new("depositFunds", POST, "/balance/deposit", Inferred, balance::deposit)
        .or(&["POST /balance"])
        .reading(Json),
    Route::new("listBalanceTransactions", GET, "/balance/transactions", Inferred, balance::transactions),
    Route::new("getAffiliate", GET, "/affiliate", Inferred, affiliate::show),
    Route::new("activateAffiliate", POST, "/affiliate", Inferred, affiliate::activate).reading(Json),
    Route::new("updateAffiliate", PUT, "/affiliate", Documented, affiliate::update).reading(Json),
    Route::new("listAffiliateConversions", GET, "/affiliate/conversions", Inferred, affiliate::conversions),
    Route::new("listAffiliatePayouts", GET, "/affiliate/payouts", Inferred, affiliate::payouts),
    // Keys.
    Route::new("listSshKeys", GET, "/ssh-keys", Inferred, ssh_keys::list),
    Route::new("createSshKey", POST, "/ssh-keys", Inferred, ssh_keys::create).reading(Json),
    Route::new("getSshKey", GET, "/ssh-keys/{id}", Documented, ssh_keys::show),
    Route::new("updateSshKey", PATCH, "/ssh-keys/{id}", Documented, ssh_keys::update).reading(Json),
    Route::new("deleteSshKey", DELETE, "/ssh-keys/{id}", Inferred, ssh_keys::delete),
    // Orders.
    Route::new("listOrders", GET, "/orders", Documented, orders::list),
    Route::new("payOrders", POST, "/orders/pay", Inferred, orders::pay).or(&["POST /orders"]).reading(Json),
    Route::new("getOrder", GET, "/orders/{id}", Documented, orders::show),
    Route::new("updateOrder", PATCH, "/orders/{id}", Inferred, orders::update).reading(Json),
    Route::new("deleteOrder", DELETE, "/orders/{id}", Inferred, orders::delete),
    Route::new(
        "changeOrderRenewalPeriod",
        PATCH,
        "/orders/{id}/{service_type}/{service_id}",
        Documented,
        orders::change_period,
    )
    .reading(Json),
    // Servers.
    Route::new("listServers", GET, "/servers", Documented, servers::list),
    Route::new("deployServer", POST, "/servers", Documented, deploy::deploy).reading(Json),
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
    Route::new("getServerBandwidth", GET, "/servers/{id}/bandwidth", Documented, bandwidth::list),
    Route::new("cancelServer", POST, "/servers/{id}/cancel", Documented, cancellations::cancel).reading(Json),
    Route::new("undoCancelServer", DELETE, "/servers/{id}/cancel", Inferred, cancellations::undo),
    Route::new("changeServerPassword", PUT, "/servers/{id}/password", Documented, settings::password)
        .reading(Json),
    Route::new("updateServerHostname", PUT, "/servers/{id}/hostname", Inferred, settings::hostname)
        .reading(Json),
    Route::new("updateServerSshKeys", PATCH, "/servers/{id}/ssh-keys", Inferred, settings::ssh_keys)
        .reading(Json),
    Route::new("setServerIsos", POST, "/servers/{id}/isos", Inferred, settings::isos)
        .or(&["POST /servers/{id}/iso"])
        .reading(Json),
    Route::new("changePrimaryIp", POST, "/servers/{id}/primary-ip", Documented, settings::primary_ip)
        .reading(Json),
    Route::new("reinstallServer", POST, "/servers/{id}/reinstall", Inferred, installs::reinstall)
        .reading(Json),
    Route::new("restoreServer", POST, "/servers/{id}/restore", Inferred, installs::restore).reading(Json),
    Route::new("enableRescue", POST, "/servers/{id}/rescue", Inferred, installs::enable_rescue).reading(Json),
    Route::new("disableRescue", DELETE, "/servers/{id}/rescue", Inferred, installs::disable_rescue),
    Route::new("renewServers", POST, "/servers/renew", Inferred, renewals::renew)
        .or(&["POST /servers/{id}/renew"])
        .reading(Json),
    Route::new("calculateServersRenew", POST, "/servers/renew/calculate", Documented, renewals::calculate)
        .reading(Json),
    // Plans and add-ons of a server.
    Route::new("listScalePlans", GET, "/servers/{id}/scale", Inferred, scale::list)
        .or(&["GET /servers/{id}/scale/plans"]),
    Route::new("scaleServer", POST, "/servers/{id}/scale", Inferred, scale::scale).reading(Json),
    Route::new("calculateScale", POST, "/servers/{id}/scale/calculate", Documented, scale::calculate)
        .reading(Json),
    Route::new("listServerAddonPrices", GET, "/servers/{server_id}/addons", Documented, addons::list),
    Route::new("purchaseServerAddons", POST, "/servers/{server_id}/addons", Documented, addons::purchase)
        .reading(Json),
    Route::new("scaleServerAddons", PATCH, "/servers/{server_id}/addons/scale", Inferred, addons::scale)
        .or(&["PATCH /servers/{server_id}/addons"])
        .reading(Json),
    Route::new(
        "calculateServerAddonScale",
        POST,
        "/servers/{server_id}/addons/scale/calculate",
        Documented,
        addons::calculate,
    )
    .reading(Json),
    Route::new(
        "cancelServerAddon",
        POST,
        "/servers/{server_id}/addons/{server_addon_id}",
        Documented,
        addons::cancel,
    )
    .reading(Json),
    Route::new(
        "undoCancelServerAddon",
        DELETE,
        "/servers/{server_id}/addons/{server_addon_id}",
        Inferred,
        addons::undo,
    ),
    // Floating IPs and addresses.
    Route::new("listFloatingIps", GET, "/floating-ips", Documented, floating_ips::list),
    Route::new("purchaseFloatingIps", POST, "/floating-ips", Documented, floating_ips::purchase)
        .reading(Json),
    Route::new("listFloatingIpPlans", GET, "/floating-ips/plans", Inferred, floating_ips::plans),
    Route::new("attachFloatingIps", POST, "/floating-ips/attach", Inferred, floating_moves::attach)
        .or(&["POST /floating-ips/{id}/attach"])
        .reading(Json),
    Route::new("detachFloatingIps", POST, "/floating-ips/detach", Inferred, floating_moves::detach)
        .or(&["POST /floating-ips/{id}/detach"])
        .reading(Json),
    Route::new("cancelFloatingIps", POST, "/floating-ips/cancel", Documented, floating_moves::cancel)
        .reading(Json),
    Route::new(
        "undoCancelFloatingIps",
        DELETE,
        "/floating-ips/cancel",
        Inferred,
        floating_moves::undo_cancel,
    )
    .or(&["DELETE /floating-ips/{id}/cancel"])
    .reading(Json),
    Route::new("updateIpAddress", PATCH, "/ip-addresses/{id}", Documented, addresses::update).reading(Json),
    // Network protection: its paths name the id of an address.
    Route::new("getGeoFilter", GET, "/network-protection/{id}/geo", Documented, geo::show),
    Route::new("setGeoFilter", POST, "/network-protection/{id}/geo", Inferred, geo::set).reading(Json),
    Route::new("updateGeoFilter", PATCH, "/network-protection/{id}/geo", Inferred, geo::update)
        .or(&["PUT /network-protection/{id}/geo"])
        .reading(Json),
    Route::new("deleteGeoFilter", DELETE, "/network-protection/{id}/geo", Inferred, geo::delete),
    Route::new(
        "getWhitelist",
        GET,
        "/network-protection/{id}/whitelist",
        Inferred,
        network_lists::show_white,
    ),
    Route::new(
        "setWhitelist",
        POST,
        "/network-protection/{id}/whitelist",
        Inferred,
        network_lists::set_white,
    )
    .reading(Json),
    Route::new(
        "updateWhitelist",
        PATCH,
        "/network-protection/{id}/whitelist",
        Inferred,
        network_lists::update_white,
    )
    .or(&["PUT /network-protection/{id}/whitelist"])
    .reading(Json),
    Route::new(
        "deleteWhitelist",
        DELETE,
        "/network-protection/{id}/whitelist",
        Inferred,
        network_lists::delete_white,
    ),
    Route::new(
        "getBlacklist",
        GET,
        "/network-protection/{id}/blacklist",
        Inferred,
        network_lists::show_black,
    ),
    Route::new(
        "setBlacklist",
        POST,
        "/network-protection/{id}/blacklist",
        Documented,
        network_lists::set_black,
    )
    .reading(Json),
    Route::new(
        "updateBlacklist",
        PATCH,
        "/network-protection/{id}/blacklist",
        Inferred,
        network_lists::update_black,
    )
    .or(&["PUT /network-protection/{id}/blacklist"])
    .reading(Json),
    Route::new(
        "deleteBlacklist",
        DELETE,
        "/network-protection/{id}/blacklist",
        Inferred,
        network_lists::delete_black,
    ),
    Route::new("getProtection", GET, "/network-protection/{id}", Documented, protection::show)
        .or(&["GET /network-protection/{id}/"]),
    Route::new(
        "getProtectionBandwidth",
        GET,
        "/network-protection/{id}/bandwidth",
        Inferred,
        protection::bandwidth,
    ),
    Route::new("listBlockedIps", GET, "/network-protection/{id}/blocked-ips", Inferred, protection::blocked)
        .or(&["GET /network-protection/{id}/blocked"]),
    Route::new("listAttacks", GET, "/network-protection/{id}/attacks", Documented, attacks::list),
    Route::new("getAttack", GET, "/network-protection/{id}/attacks/{attack_id}", Documented, attacks::show),
    Route::new(
        "getAttackBandwidth",
        GET,
        "/network-protection/{id}/attacks/{attack_id}/bandwidth",
        Inferred,
        attacks::bandwidth,
    ),
    // What is sold.
    Route::new("listPlans", GET, "/plans", Documented, plans::list),
    Route::new("listPlanAddons", GET, "/plans/{id}/addons", Documented, plans::addons),
    Route::new("listPlanPromoCodes", GET, "/plans/{id}/promo-codes", Documented, plans::promo_codes),
    Route::new("listServerImages", GET, "/server-images", Inferred, plans::images).or(&["GET /images"]),
    // Snapshots and backups.
    Route::new("listSnapshots", GET, "/snapshots", Documented, archive::snapshots),
    Route::new("deleteSnapshot", DELETE, "/snapshots/{id}", Inferred, archive::delete_snapshot),
    Route::new("listBackups", GET, "/backups", Documented, archive::backups),
    Route::new("deleteBackup", DELETE, "/backups/{id}", Inferred, archive::delete_backup),
    // Measured boot.
    Route::new("listMeasuredBootImages", GET, "/measured-boot-images", Observed, boot_images::list),
    Route::new("uploadMeasuredBootImage", POST, "/measured-boot-images", Observed, boot_images::upload)
        .reading(Upload),
    Route::new(
        "deleteMeasuredBootImage",
        DELETE,
        "/measured-boot-images/{id}",
        Observed,
        boot_images::delete,
    ),
    Route::new("attachMeasuredBoot", POST, "/servers/{id}/measured-boot", Observed, boot_images::attach)
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
    Route::new("downloadInvoices", POST, "/invoices/download", Inferred, invoices::download_all)
        .or(&["POST /invoices"])
        .reading(Json),
    // Support plans.
    Route::new("listSupportPlans", GET, "/support/plans", Inferred, support::list).or(&["GET /support"]),
    Route::new("purchaseSupportPlan", POST, "/support", Documented, support::purchase).reading(Json),
    Route::new("renewSupportPlan", POST, "/support/renew", Inferred, support::renew).reading(Json),
    Route::new("cancelSupportPlan", POST, "/support/cancel", Inferred, support::cancel).reading(Json),
    Route::new("undoCancelSupportPlan", DELETE, "/support/cancel", Inferred, support::undo_cancel),
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

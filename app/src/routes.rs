//! Every link of the product is made here. A snapshot test holds the list.

use gateway::{BulkId, PurchaseId};
use vpsbg_api::{AttachmentId, BootImageId, InvoiceId, IsoId, OrderId, ServerId, TicketId};

/// The overview.
pub const OVERVIEW: &str = "/";
/// Sign-in.
pub const SIGN_IN: &str = "/sign-in";
/// All servers.
pub const SERVERS: &str = "/servers";
/// The form to order servers.
pub const NEW_SERVER: &str = "/servers/new";
/// The same, filled in: what it will cost.
pub const NEW_SERVER_SUM: &str = "/servers/new#sum";
/// All plans.
pub const PLANS: &str = "/plans";
/// Plans side by side.
pub const COMPARE_PLANS: &str = "/plans/compare";
/// All that can be installed.
pub const IMAGES: &str = "/images";
/// Renews servers: asks for how long, shows the price.
pub const RENEW: &str = "/servers/renew";
/// All ISOs.
pub const ISOS: &str = "/isos";
/// The form to add an ISO.
pub const NEW_ISO: &str = "/isos/new";
/// Images for measured boot; uploads are sent there, too.
pub const BOOT_IMAGES: &str = "/boot-images";
/// All orders.
pub const ORDERS: &str = "/orders";
/// All purchases, as the journal has them.
pub const PURCHASES: &str = "/purchases";
/// All invoices.
pub const INVOICES: &str = "/invoices";
/// All tickets.
pub const TICKETS: &str = "/tickets";
/// The form to open a ticket.
pub const NEW_TICKET: &str = "/tickets/new";

/// Who changed what.
pub const ACTIVITY: &str = "/activity";
/// All bulk jobs.
pub const BULK: &str = "/bulk";
/// The results of a bulk job, as a list: there is a file of it, and no page.
pub const BULK_RESULTS: &str = "/bulk/results";
/// Asks before a bulk job begins.
pub const NEW_BULK: &str = "/bulk/new";
/// How the operations of the contract fare.
pub const DIAGNOSTICS: &str = "/diagnostics";
/// The keys, and their switch.
pub const KEYS: &str = "/keys";
/// Finds anything.
pub const FIND: &str = "/find";
/// The same for the palette, as JSON.
pub const API_FIND: &str = "/api/find";
/// Every shared part in every state; only in the demo.
pub const GALLERY: &str = "/gallery";

/// Where forms are sent: signs in with a token.
pub const DO_SIGN_IN: &str = "/do/sign-in";
/// Signs in with a token of the demo.
pub const DO_TRY_DEMO: &str = "/do/try-demo";
/// Signs out.
pub const DO_SIGN_OUT: &str = "/do/sign-out";
/// Chooses a theme.
pub const DO_THEME: &str = "/do/theme";
/// Turns the keys on or off.
pub const DO_KEYS: &str = "/do/keys";
/// Switches a server.
pub const DO_POWER: &str = "/do/servers/power";
/// What is done to one server: here, and then the word of the action.
pub const DO_SERVER: &str = "/do/servers/";
/// Orders servers.
pub const DO_DEPLOY: &str = "/do/servers/deploy";
/// Renames a server.
pub const DO_RENAME_SERVER: &str = "/do/servers/rename";
/// Cancels an add-on at the end of its period.
pub const DO_CANCEL_ADD_ON: &str = "/do/servers/cancel-add-on";
/// Cancels an add-on at once.
pub const DO_CANCEL_ADD_ON_NOW: &str = "/do/servers/cancel-add-on-now";
/// Withdraws the cancellation of an add-on.
pub const DO_KEEP_ADD_ON: &str = "/do/servers/keep-add-on";
/// Moves a server to another plan.
pub const DO_SCALE_SERVER: &str = "/do/servers/scale";
/// Buys add-ons for a server.
pub const DO_BUY_ADD_ONS: &str = "/do/servers/buy-add-ons";
/// Changes the sizes of a server's add-ons.
pub const DO_SIZE_ADD_ONS: &str = "/do/servers/size-add-ons";
/// Sets the password of a server.
pub const DO_SET_PASSWORD: &str = "/do/servers/password";
/// Sets the SSH keys of a server.
pub const DO_SET_SSH_KEYS: &str = "/do/servers/ssh-keys";
/// Makes another address the primary one.
pub const DO_MAKE_PRIMARY: &str = "/do/servers/primary-ip";
/// Boots the rescue system.
pub const DO_RESCUE_ON: &str = "/do/servers/rescue-on";
/// Boots a server's own system again.
pub const DO_RESCUE_OFF: &str = "/do/servers/rescue-off";
/// Cancels a server at the end of the paid period.
pub const DO_CANCEL_SERVER: &str = "/do/servers/cancel";
/// Cancels a server at once.
pub const DO_CANCEL_SERVER_NOW: &str = "/do/servers/cancel-now";
/// Withdraws the cancellation of a server.
pub const DO_UNDO_CANCEL_SERVER: &str = "/do/servers/undo-cancel";
/// Sets what is in the drives of a server.
pub const DO_SET_SERVER_ISOS: &str = "/do/servers/isos";
/// Restores a server.
pub const DO_RESTORE_SERVER: &str = "/do/servers/restore";
/// Reinstalls a server.
pub const DO_REINSTALL_SERVER: &str = "/do/servers/reinstall";
/// Has a server boot an uploaded image.
pub const DO_BOOT_IMAGE: &str = "/do/servers/boot-image";
/// Has a server boot its disk again.
pub const DO_BOOT_DISK: &str = "/do/servers/boot-disk";
/// Deletes a boot image.
pub const DO_DELETE_BOOT_IMAGE: &str = "/do/boot-images/delete";
/// Renews servers.
pub const DO_RENEW: &str = "/do/servers/renew";
/// Pays an order.
pub const DO_PAY_ORDER: &str = "/do/orders/pay";
/// Drops an order that is not paid.
pub const DO_DROP_ORDER: &str = "/do/orders/drop";
/// Says what became of a purchase that nobody can tell of by itself.
pub const DO_DECIDE_PURCHASE: &str = "/do/purchases/decide";
/// Adds an ISO.
pub const DO_ADD_ISO: &str = "/do/isos/add";
/// Deletes an ISO.
pub const DO_DELETE_ISO: &str = "/do/isos/delete";
/// Opens a ticket.
pub const DO_OPEN_TICKET: &str = "/do/tickets/open";
/// Replies to a ticket.
pub const DO_REPLY_TICKET: &str = "/do/tickets/reply";
/// Marks a ticket as resolved.
pub const DO_RESOLVE_TICKET: &str = "/do/tickets/resolve";

/// Starts a bulk job.
pub const DO_START_BULK: &str = "/do/bulk/start";
/// Stops a bulk job.
pub const DO_STOP_BULK: &str = "/do/bulk/stop";
/// Lets a paused bulk job go on.
pub const DO_RESUME_BULK: &str = "/do/bulk/resume";
/// Saves a view of a list.
pub const DO_SAVE_VIEW: &str = "/do/views/save";
/// Makes a saved view the default one of its list, or none.
pub const DO_DEFAULT_VIEW: &str = "/do/views/default";
/// Removes a saved view.
pub const DO_FORGET_VIEW: &str = "/do/views/forget";

/// Style of pages without the frame; a file of the site.
pub const PLAIN_STYLE: &str = "/plain.css";

/// The icons; a file of the site.
pub const ICONS: &str = "/icons.svg";

/// The stream of live values.
pub const LIVE: &str = "/live";

/// Parts of a kind in the gallery.
pub fn gallery_kind(kind: &str) -> String {
    format!("{GALLERY}/{kind}")
}

/// One part in the gallery.
pub fn gallery_part(kind: &str, part: &str) -> String {
    format!("{GALLERY}/{kind}#{part}")
}

/// One icon of the sprite; another sprite has another version, and so another address.
pub fn icon(name: &str, version: u32) -> String {
    format!("{ICONS}?v={version:08x}#{name}")
}

/// One server.
pub fn server(id: ServerId) -> String {
    format!("/servers/{id}")
}

/// One part of a server's page (`metrics`); empty: the first.
pub fn server_tab(id: ServerId, tab: &str) -> String {
    with_query(&server(id), &[("tab", tab)])
}

/// One server, asking in one of its parts to confirm an action (`rename`).
pub fn server_ask(id: ServerId, tab: &str, action: &str) -> String {
    with_query(&server(id), &[("tab", tab), ("confirm", action)])
}

/// Servers that are being made.
pub fn servers_being_made() -> String {
    with_query(SERVERS, &[("state", "processing")])
}

/// Plans side by side, by their keys.
pub fn compare_plans(keys: &[&str]) -> String {
    let pairs: Vec<_> = keys.iter().map(|key| ("plan", *key)).collect();
    with_query(COMPARE_PLANS, &pairs)
}

/// Chooses another plan for a server.
pub fn server_scale(id: ServerId) -> String {
    format!("/servers/{id}/scale")
}

/// Chooses add-ons to buy for a server.
pub fn server_new_add_ons(id: ServerId) -> String {
    format!("/servers/{id}/add-ons/new")
}

/// Chooses other sizes for a server's add-ons.
pub fn server_add_on_sizes(id: ServerId) -> String {
    format!("/servers/{id}/add-ons/size")
}

/// What was changed on an object (`server 7`).
pub fn activity_of(object: &str) -> String {
    with_query(ACTIVITY, &[("object", object)])
}

/// One server, asking to confirm an action (`start`, `stop`, `restart`, `power-off`).
pub fn server_confirm(id: ServerId, action: &str) -> String {
    format!("/servers/{id}?confirm={action}")
}

/// One server with its metrics over a range (`1h`, `24h`, `7d`, `30d`, `month`).
pub fn server_range(id: ServerId, range: &str) -> String {
    format!("/servers/{id}?tab=metrics&range={range}")
}

/// One server with its traffic of a month (`2026-10`); empty: the present one.
pub fn server_month(id: ServerId, month: &str) -> String {
    with_query(&server(id), &[("tab", "traffic"), ("month", month)])
}

/// One ISO.
pub fn iso(id: IsoId) -> String {
    format!("/isos/{id}")
}

/// One ISO, asking to confirm its deletion.
pub fn iso_confirm_delete(id: IsoId) -> String {
    format!("/isos/{id}?confirm=delete")
}

/// One ISO, at the servers that it can be mounted on.
pub fn iso_servers(id: IsoId) -> String {
    format!("/isos/{id}#servers")
}

/// The boot images, asking to confirm the deletion of one.
pub fn boot_image_confirm_delete(id: BootImageId) -> String {
    format!("{BOOT_IMAGES}?confirm=delete&image={id}")
}

/// One invoice.
pub fn invoice(id: InvoiceId) -> String {
    format!("/invoices/{id}")
}

/// The PDF of an invoice: reached by POST, as at the provider.
pub fn invoice_pdf(id: InvoiceId) -> String {
    format!("/invoices/{id}/pdf")
}

/// What became of a purchase.
pub fn purchase(id: PurchaseId) -> String {
    format!("/purchases/{id}")
}

/// One order, and paying it.
pub fn order(id: OrderId) -> String {
    format!("/orders/{id}")
}

/// One order, asking to pay or drop it (`pay`, `drop`).
pub fn order_ask(id: OrderId, action: &str) -> String {
    format!("/orders/{id}?confirm={action}")
}

/// Renews these servers for so many months with a promo code, chosen in the list at the address `from`; what is empty
/// is left out.
pub fn renew(servers: &[ServerId], months: &str, promo: &str, from: &str) -> String {
    let servers = together(servers);
    with_query(RENEW, &[("server", &servers), ("months", months), ("promo", promo), ("from", from)])
}

/// One ticket.
pub fn ticket(id: TicketId) -> String {
    format!("/tickets/{id}")
}

/// One ticket, asking to confirm that it is resolved.
pub fn ticket_confirm_resolve(id: TicketId) -> String {
    format!("/tickets/{id}?confirm=resolve")
}

/// One ticket, at the form for the next message.
pub fn ticket_reply(id: TicketId) -> String {
    format!("/tickets/{id}#reply")
}

/// A file of a ticket.
pub fn attachment(ticket: TicketId, file: AttachmentId) -> String {
    format!("/tickets/{ticket}/files/{file}")
}

/// A list as a file: all that matches its address.
pub fn csv(list: &str) -> String {
    format!("{list}.csv")
}

/// Whether a path is that of a list as a file.
pub fn is_file(path: &str) -> bool {
    path.strip_suffix(".csv").is_some()
}

/// A list as a saved view shows it.
pub fn view_of(list: &str, query: &str) -> String {
    if query.is_empty() { list.to_owned() } else { format!("{list}?{query}") }
}

/// The saved views of a list (`servers`), and the form to save what an address shows.
pub fn views(list: &str, query: &str) -> String {
    with_query(&format!("/views/{list}"), &[("query", query)])
}

/// A bulk job.
pub fn bulk(id: BulkId) -> String {
    format!("/bulk/{id}")
}

/// A page of a bulk job's rows, those of one outcome (`not-done`) if it is not empty.
pub fn bulk_rows(id: BulkId, outcome: &str, page: u64) -> String {
    let page = if page == 1 { String::new() } else { page.to_string() };
    with_query(&bulk(id), &[("outcome", outcome), ("page", &page)])
}

/// The same rows as a file, all of them.
pub fn bulk_results(id: BulkId, outcome: &str) -> String {
    with_query(&csv(BULK_RESULTS), &[("job", &id.to_string()), ("outcome", outcome)])
}

/// Asks before something is done to these rows, chosen in the list at the address `from`.
pub fn new_bulk(action: &str, rows: &[u64], from: &str) -> String {
    with_query(NEW_BULK, &[("from", from), ("action", action), ("row", &together(rows))])
}

/// A query without what an address says once, or asks: what a saved view keeps of one that anybody may have written.
pub fn of_list(query: &str) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let once = ["done", "draft", "confirm", "file", "refresh", "page"];
    let kept = pairs.iter().filter(|(name, _)| !once.contains(&name.as_str()));
    let kept: Vec<_> = kept.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    with_query("", &kept).trim_start_matches('?').to_owned()
}

/// Several ids as one value of an address: hundreds must fit, also as the `next` of a sign-in.
pub fn together(ids: &[impl ToString]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(".")
}

/// The ids of a value, one or several.
pub fn apart<T: std::str::FromStr>(value: &str) -> impl Iterator<Item = T> {
    value.split('.').filter_map(|id| id.parse().ok())
}

/// Sign-in that leads back to a page afterwards.
pub fn sign_in_then(next: &str) -> String {
    if next == OVERVIEW { SIGN_IN.to_owned() } else { with_query(SIGN_IN, &[("next", next)]) }
}

/// An address with (more of) a query. Pairs with an empty value are left out.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let kept: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    if kept.is_empty() {
        return path.to_owned();
    }
    let query = serde_urlencoded::to_string(kept).unwrap_or_default();
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{query}")
}

/// Longest address to which a sign-in leads back, in bytes: the numbers of 300 rows, and the list they come from.
const LONGEST_NEXT: usize = 4096;

/// A path of our own from an untrusted `next=`: anything else becomes the overview.
///
/// Backslashes and control characters are what browsers turn into another host or header; `//` is one.
pub fn safe_next(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|letter| letter == '\\' || letter.is_control())
        && next.len() <= LONGEST_NEXT
        && !next.starts_with("/do/")
        && !next.starts_with(LIVE)
        && !next.starts_with(SIGN_IN);
    if own { next } else { OVERVIEW }
}

#[cfg(test)]
mod tests;

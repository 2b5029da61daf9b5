//! Every link, and what a link of somebody else may be.

use super::*;

#[test]
fn all_links() {
    let (server_id, iso_id) = ("7".parse().unwrap(), "12".parse().unwrap());
    let (invoice_id, ticket_id) = ("8801".parse().unwrap(), "731".parse().unwrap());
    let all = [
        OVERVIEW,
        SIGN_IN,
        SERVERS,
        NEW_SERVER,
        NEW_SERVER_SUM,
        PLANS,
        COMPARE_PLANS,
        IMAGES,
        ISOS,
        NEW_ISO,
        BOOT_IMAGES,
        RENEW,
        ORDERS,
        PURCHASES,
        INVOICES,
        TICKETS,
        NEW_TICKET,
        ACTIVITY,
        DIAGNOSTICS,
        KEYS,
        FIND,
        API_FIND,
        GALLERY,
        DO_SIGN_IN,
        DO_TRY_DEMO,
        DO_SIGN_OUT,
        DO_THEME,
        DO_KEYS,
        DO_POWER,
        DO_SERVER,
        DO_DEPLOY,
        DO_RENAME_SERVER,
        DO_CANCEL_ADD_ON,
        DO_CANCEL_ADD_ON_NOW,
        DO_KEEP_ADD_ON,
        DO_SCALE_SERVER,
        DO_BUY_ADD_ONS,
        DO_SIZE_ADD_ONS,
        DO_SET_PASSWORD,
        DO_SET_SSH_KEYS,
        DO_MAKE_PRIMARY,
        DO_RESCUE_ON,
        DO_RESCUE_OFF,
        DO_CANCEL_SERVER,
        DO_CANCEL_SERVER_NOW,
        DO_UNDO_CANCEL_SERVER,
        DO_SET_SERVER_ISOS,
        DO_RESTORE_SERVER,
        DO_REINSTALL_SERVER,
        DO_BOOT_IMAGE,
        DO_BOOT_DISK,
        DO_DELETE_BOOT_IMAGE,
        DO_RENEW,
        DO_PAY_ORDER,
        DO_DROP_ORDER,
        DO_DECIDE_PURCHASE,
        DO_ADD_ISO,
        DO_DELETE_ISO,
        DO_OPEN_TICKET,
        DO_REPLY_TICKET,
        DO_RESOLVE_TICKET,
        DO_START_BULK,
        DO_STOP_BULK,
        DO_RESUME_BULK,
        DO_SAVE_VIEW,
        DO_DEFAULT_VIEW,
        DO_FORGET_VIEW,
        BULK,
        BULK_RESULTS,
        NEW_BULK,
        PLAIN_STYLE,
        ICONS,
        LIVE,
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([
        gallery_kind("charts"),
        gallery_part("charts", "chart-line"),
        icon("server", 0xab_cdef),
        server(server_id),
        server_tab(server_id, ""),
        server_tab(server_id, "activity"),
        server_ask(server_id, "", "rename"),
        servers_being_made(),
        compare_plans(&["cloud-vps-2gb", "vds-8gb"]),
        server_scale(server_id),
        server_new_add_ons(server_id),
        server_add_on_sizes(server_id),
        activity_of("server 7"),
        server_confirm(server_id, "restart"),
        server_range(server_id, "24h"),
        server_month(server_id, "2026-10"),
        iso(iso_id),
        iso_confirm_delete(iso_id),
        iso_servers(iso_id),
        boot_image_confirm_delete("412".parse().unwrap()),
        invoice(invoice_id),
        invoice_pdf(invoice_id),
        purchase("0123456789abcdef0123456789abcdef".parse().unwrap()),
        order("5120".parse().unwrap()),
        order_ask("5120".parse().unwrap(), "pay"),
        renew(&[server_id, "12".parse().unwrap()], "12", "", "/servers?q=web"),
        ticket(ticket_id),
        ticket_confirm_resolve(ticket_id),
        ticket_reply(ticket_id),
        attachment(ticket_id, "377".parse().unwrap()),
        csv(SERVERS),
        view_of(SERVERS, ""),
        view_of(SERVERS, "state=active&sort=-expiry"),
        views("servers", "state=active&sort=-expiry"),
        bulk("0123456789abcdef0123456789abcdef".parse().unwrap()),
        bulk_rows("0123456789abcdef0123456789abcdef".parse().unwrap(), "not-done", 2),
        bulk_results("0123456789abcdef0123456789abcdef".parse().unwrap(), "not-done"),
        new_bulk("restart-servers", &[7, 12], "/servers?q=web"),
        sign_in_then("/"),
        sign_in_then("/servers/7?range=24h"),
        with_query(SERVERS, &[("q", "web & db"), ("page", ""), ("state", "all")]),
    ])
    .collect::<Vec<_>>()
    .join("\n");
    insta::assert_snapshot!(all);
}

#[test]
fn hundreds_of_rows_fit_into_the_next_of_a_sign_in() {
    let rows: Vec<u64> = (1_000_000..1_000_300).collect();
    let page = new_bulk("restart-servers", &rows, "/servers?state=active&q=web&per_page=50");
    assert_eq!(safe_next(&page), page);
    assert_eq!(apart::<u64>(&together(&rows)).collect::<Vec<_>>(), rows);
    assert_eq!(apart::<u64>("7.x.12").collect::<Vec<_>>(), [7, 12]);
}

#[test]
fn what_a_view_keeps_says_nothing_once() {
    let query =
        "q=web&done=order-paid&draft=0123&confirm=delete&file=ask&page=3&sort=-expiry&column=name&column=id";
    assert_eq!(of_list(query), "q=web&sort=-expiry&column=name&column=id");
    assert_eq!(of_list(""), "");
}

#[test]
fn next_leads_only_to_our_own_pages() {
    for good in ["/", "/servers/7", "/servers?q=a%20b&page=2", "/tickets/3#message-9"] {
        assert_eq!(safe_next(good), good);
    }
    let long = format!("/{}", "a".repeat(5000));
    for bad in [
        "",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "servers",
        "/a\r\nSet-Cookie: x=1",
        "/\tevil",
        "javascript:alert(1)",
        "/do/sign-out",
        "/live",
        "/sign-in?next=/",
        &long,
    ] {
        assert_eq!(safe_next(bad), "/", "{bad}");
    }
}

//! Everything that the pages ask of the provider, a line each: where the form is sent, on which page it stands, which
//! operation it is, and what tells afterwards that it was done. `curl.rs` holds it against the program: a form that is
//! in no line fails there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::program::Provider;

/// Something that a page asks of the provider. Names in braces are those of [`things`].
pub struct Action {
    /// Where its form is sent.
    pub form: &'static str,
    /// The page that asks.
    pub page: &'static str,
    /// What it is called at the provider.
    pub operation: &'static str,
    /// How often: once for each row that was chosen.
    pub times: usize,
    /// What somebody puts into fields of the command where the page has an example, or what is there now.
    pub filled: &'static [(&'static str, &'static str)],
    /// An address of the provider, and what is to be seen there some minutes later.
    pub shows: Option<(&'static str, Seen)>,
}

/// Whether it is to be seen.
type Seen = fn(&Value) -> bool;

impl Action {
    const fn new(form: &'static str, page: &'static str, operation: &'static str) -> Self {
        Self { form, page, operation, times: 1, filled: &[], shows: None }
    }

    const fn shows(mut self, at: &'static str, seen: Seen) -> Self {
        self.shows = Some((at, seen));
        self
    }

    const fn filled(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.filled = fields;
        self
    }

    const fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }
}

/// A text with ids for the names in it.
pub fn at(text: &str, things: &BTreeMap<String, String>) -> String {
    things.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
}

/// The ids of what a typical account has, by names.
pub async fn things(world: &Provider) -> BTreeMap<String, String> {
    let mut things = BTreeMap::new();
    // The first of a name counts: lists have the newest first.
    let mut call = |name: String, row: &Value| {
        things.entry(name).or_insert_with(|| row["id"].to_string());
    };
    let (snapshots, backups) = (world.tell("/snapshots").await, world.tell("/backups").await);
    for server in rows(&world.tell("/servers?per_page=50").await) {
        let name = word(&server["hostname"]);
        call(name.to_owned(), server);
        for addon in rows(&server["addons"]) {
            call(format!("{name} {}", word(&addon["name"])), addon);
        }
        for address in rows(&server["ip_addresses"]) {
            call(word(&address["ip_address"]).to_owned(), address);
        }
        for (kind, copies) in [("snapshot", &snapshots), ("backup", &backups)] {
            for copy in rows(copies).filter(|copy| copy["server_id"] == server["id"]) {
                call(format!("{kind} of {name}"), copy);
            }
        }
    }
    for (list, field) in
        [("/isos", "name"), ("/support/tickets", "subject"), ("/orders", "status"), ("/ssh-keys", "name")]
    {
        rows(&world.tell(list).await).for_each(|row| call(word(&row[field]).to_owned(), row));
    }
    rows(&world.tell("/invoices").await).for_each(|invoice| call("invoice".to_owned(), invoice));
    for image in rows(&world.tell("/measured-boot-images").await).filter(|image| image["in_use"] == false) {
        call("spare image".to_owned(), image);
    }
    things
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The rows of a list, in `data` or bare.
fn rows(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().or(list["data"].as_array()).into_iter().flatten()
}

fn any(list: &Value, is: impl Fn(&Value) -> bool) -> bool {
    rows(list).any(is)
}

fn count(list: &Value, is: impl Fn(&Value) -> bool) -> usize {
    rows(list).filter(|row| is(row)).count()
}

/// All of them.
pub const ACTIONS: &[Action] = &[
    // Power.
    Action::new("/do/servers/power", "/servers/{build-1}?confirm=start", "startServer")
        .shows("/servers/{build-1}", |server| server["state"]["running"] == true),
    Action::new("/do/servers/power", "/servers/{web-1}?confirm=stop", "stopServer")
        .shows("/servers/{web-1}", |server| server["state"]["running"] == false),
    Action::new("/do/servers/power", "/servers/{web-1}?confirm=restart", "restartServer")
        .shows("/servers/{web-1}", |server| server["state"]["running"] == true),
    Action::new("/do/servers/power", "/servers/{web-1}?confirm=power-off", "powerOffServer")
        .shows("/servers/{web-1}", |server| server["state"]["running"] == false),
    // What a server is called, and who gets in.
    Action::new("/do/servers/rename", "/servers/{web-1}?confirm=rename", "updateServerHostname")
        .filled(&[("hostname", "\"web-one\"")])
        .shows("/servers/{web-1}", |server| server["hostname"] == "web-one"),
    Action::new(
        "/do/servers/password",
        "/servers/{web-1}?tab=access&confirm=password",
        "changeServerPassword",
    ),
    Action::new("/do/servers/ssh-keys", "/servers/{web-1}?tab=access&confirm=ssh-keys", "updateServerSshKeys")
        .filled(&[("ssh_keys", "[{Build machine}]")])
        .shows("/servers/{web-1}", |server| {
            any(&server["ssh_keys"], |key| key["name"] == "Build machine") && count(&server["ssh_keys"], |_| true) == 1
        }),
    // What is in its drives, on its disk, and what it boots.
    Action::new(
        "/do/servers/isos",
        "/servers/{web-1}?tab=images&confirm=isos&iso={debian-13.1.0-amd64-netinst.iso}",
        "setServerIsos",
    )
    .shows("/servers/{web-1}", |server| server["primary_iso"]["name"] == "debian-13.1.0-amd64-netinst.iso"),
    Action::new("/do/servers/isos", "/servers/{db-1}?tab=images&confirm=isos", "setServerIsos")
        .filled(&[("primary_iso_id", "null")])
        .shows("/servers/{db-1}", |server| server["primary_iso"].is_null()),
    Action::new("/do/servers/rescue-on", "/servers/{web-1}?tab=boot&confirm=rescue-on", "enableRescue")
        .shows("/servers/{web-1}", |server| server["state"]["rescue_mode"] == true),
    Action::new("/do/servers/rescue-off", "/servers/{mail-1}?tab=boot&confirm=rescue-off", "disableRescue")
        .shows("/servers/{mail-1}", |server| server["state"]["rescue_mode"] == false),
    Action::new(
        "/do/servers/boot-image",
        "/servers/{vault.sev.example.org}?tab=boot&confirm=boot-image",
        "attachMeasuredBoot",
    )
    .filled(&[("kernel_image_id", "{spare image}")])
    .shows("/servers/{vault.sev.example.org}", |server| {
        server["state"]["measured_boot"]["kernel_image"]["name"] == "debug-kernel"
    }),
    Action::new(
        "/do/servers/boot-disk",
        "/servers/{vault.sev.example.org}?tab=boot&confirm=boot-disk",
        "attachMeasuredBoot",
    )
    .shows("/servers/{vault.sev.example.org}", |server| server["state"]["measured_boot"].is_null()),
    Action::new("/do/servers/reinstall", "/servers/{web-1}?tab=images&confirm=reinstall", "reinstallServer")
        .filled(&[("image_id", "73")])
        .shows("/servers/{web-1}", |server| server["server_image"]["id"] == 73),
    Action::new(
        "/do/servers/restore",
        "/servers/{web-1}?tab=images&confirm=restore&snapshot={snapshot of web-1}",
        "restoreServer",
    ),
    Action::new(
        "/do/servers/restore",
        "/servers/{web-1}?tab=images&confirm=restore&backup={backup of web-1}",
        "restoreServer",
    ),
    Action::new(
        "/do/servers/primary-ip",
        "/servers/{web-1}?tab=network&confirm=primary-ip&address={192.0.2.41}",
        "changePrimaryIp",
    )
    .shows("/servers/{web-1}", |server| {
        any(&server["ip_addresses"], |address| address["ip_address"] == "192.0.2.41" && address["main"] == true)
    }),
    // Giving up, and keeping after all.
    Action::new("/do/servers/cancel", "/servers/{web-1}?confirm=cancel", "cancelServer").shows(
        "/servers/{web-1}",
        |server| server["cancel_request"]["type"] == 1 && server["status"] == "active",
    ),
    Action::new("/do/servers/cancel-now", "/servers/{web-1}?confirm=cancel-now", "cancelServer").shows(
        "/servers/{web-1}",
        |server| server["cancel_request"]["type"] == 2 && server["status"] == "suspended",
    ),
    Action::new("/do/servers/undo-cancel", "/servers/{build-1}?confirm=undo-cancel", "undoCancelServer")
        .shows("/servers/{build-1}", |server| server["cancel_request"].is_null()),
    Action::new(
        "/do/servers/cancel-add-on",
        "/servers/{web-1}?tab=add-ons&confirm=cancel-add-on&addon={web-1 backups}",
        "cancelServerAddon",
    )
    .filled(&[("reason", "\"Too dear\"")])
    .shows("/servers/{web-1}", |server| {
        any(&server["addons"], |addon| addon["cancel_request"]["reason"] == "Too dear")
    }),
    Action::new(
        "/do/servers/cancel-add-on-now",
        "/servers/{web-1}?tab=add-ons&confirm=cancel-add-on-now&addon={web-1 backups}",
        "cancelServerAddon",
    )
    .filled(&[("reason", "\"Too dear\"")])
    .shows("/servers/{web-1}", |server| !any(&server["addons"], |addon| addon["name"] == "backups")),
    Action::new(
        "/do/servers/keep-add-on",
        "/servers/{cache-1}?tab=add-ons&confirm=keep-add-on&addon={cache-1 backups}",
        "undoCancelServerAddon",
    )
    .shows("/servers/{cache-1}", |server| {
        any(&server["addons"], |addon| addon["name"] == "backups" && addon["cancel_request"].is_null())
    }),
    // What costs money.
    Action::new(
        "/do/servers/deploy",
        "/servers/new?plan=cloud-vps-2gb&image=73&names=web-9&cycle=3&key-{Laptop}=on",
        "deployServer",
    )
    .shows("/servers", |servers| {
        any(servers, |server| {
            server["hostname"] == "web-9" && any(&server["ssh_keys"], |key| key["name"] == "Laptop")
        })
    }),
    Action::new("/do/servers/scale", "/servers/{web-1}/scale?plan=cloud-vps-32gb&keep_disk=on", "scaleServer")
        .shows("/servers/{web-1}", |server| {
            server["plan"]["key"] == "cloud-vps-32gb" && server["state"]["disk"]["limit"] == 50
        }),
    Action::new("/do/servers/scale", "/servers/{web-1}/scale?plan=cloud-vps-32gb", "scaleServer").shows(
        "/servers/{web-1}",
        |server| server["plan"]["key"] == "cloud-vps-32gb" && server["state"]["disk"]["limit"] != 50,
    ),
    Action::new("/do/servers/buy-add-ons", "/servers/{web-2}/add-ons/new?backups=on", "purchaseServerAddons")
        .shows("/servers/{web-2}", |server| any(&server["addons"], |addon| addon["name"] == "backups")),
    Action::new(
        "/do/servers/size-add-ons",
        "/servers/{win-terminal}/add-ons/size?rds=5&office=2",
        "scaleServerAddons",
    )
    .shows("/servers/{win-terminal}", |server| {
        any(&server["addons"], |addon| addon["name"] == "microsoft-rds-sal" && addon["quantity"] == 5)
    }),
    Action::new("/do/servers/renew", "/servers/renew?server={web-1}.{web-2}&months=3", "renewServers")
        .shows("/orders", |orders| count(orders, |order| order["status"] == "awaiting_payment") == 2),
    Action::new("/do/orders/pay", "/orders/{awaiting_payment}?confirm=pay", "payOrders")
        .shows("/orders/{awaiting_payment}", |order| order["status"] == "paid"),
    Action::new("/do/orders/drop", "/orders/{awaiting_payment}?confirm=drop", "deleteOrder")
        .shows("/orders/{awaiting_payment}", |order| order["status"] == "cancelled"),
    // Files.
    Action::new("/boot-images", "/boot-images", "uploadMeasuredBootImage")
        .shows("/measured-boot-images", |images| any(images, |image| image["name"] == "kernel.efi")),
    Action::new(
        "/do/boot-images/delete",
        "/boot-images?confirm=delete&image={spare image}",
        "deleteMeasuredBootImage",
    )
    .shows("/measured-boot-images", |images| count(images, |_| true) == 2),
    Action::new("/do/isos/add", "/isos/new", "createIso")
        .shows("/isos", |isos| any(isos, |iso| iso["name"] == "image.iso")),
    Action::new("/do/isos/delete", "/isos/{rescue-9.2.iso}?confirm=delete", "deleteIso")
        .shows("/isos", |isos| !any(isos, |iso| iso["name"] == "rescue-9.2.iso")),
    Action::new("/invoices/{invoice}/pdf", "/invoices/{invoice}", "downloadInvoice"),
    // Support.
    Action::new("/do/tickets/open", "/tickets/new", "createTicket")
        .shows("/support/tickets", |tickets| any(tickets, |ticket| ticket["subject"] == "Subject")),
    Action::new("/do/tickets/reply", "/tickets/{No route to the server}", "replyTicket").shows(
        "/support/tickets/{No route to the server}",
        |ticket| any(&ticket["messages"], |message| word(&message["content"]).contains("Your message")),
    ),
    Action::new("/do/tickets/resolve", "/tickets/{No route to the server}?confirm=resolve", "resolveTicket")
        .shows("/support/tickets/{No route to the server}", |ticket| ticket["status"] == "resolved"),
    // Many at once.
    Action::new(
        "/do/bulk/start",
        "/bulk/new?action=start-servers&row={build-1}&from=%2Fservers",
        "startServer",
    )
    .shows("/servers/{build-1}", |server| server["state"]["running"] == true),
    Action::new(
        "/do/bulk/start",
        "/bulk/new?action=stop-servers&row={web-1}.{web-2}&from=%2Fservers",
        "stopServer",
    )
    .times(2)
    .shows("/servers/{web-2}", |server| server["state"]["running"] == false),
    Action::new(
        "/do/bulk/start",
        "/bulk/new?action=restart-servers&row={web-1}.{web-2}.{db-1}&from=%2Fservers",
        "restartServer",
    )
    .times(3),
    Action::new(
        "/do/bulk/start",
        "/bulk/new?action=delete-isos&row={rescue-9.2.iso}.{ubuntu-26.04-live-server-amd64.iso}&from=%2Fisos",
        "deleteIso",
    )
    .times(2)
    .shows("/isos", |isos| count(isos, |_| true) == 3),
    Action::new(
        "/do/bulk/start",
        "/bulk/new?action=resolve-tickets&row={More cores for the database}.{Snapshot takes very long}&from=%2Ftickets",
        "resolveTicket",
    )
    .times(2)
    .shows("/support/tickets", |tickets| count(tickets, |ticket| ticket["status"] == "resolved") == 3),
];

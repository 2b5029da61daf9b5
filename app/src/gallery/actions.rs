//! What acts: buttons, menus, what copies, and what asks before something happens.

use leptos::prelude::*;
use vpsbg_api::{DeleteIso, Money, Operation, Price, RestartServer, ServerId, StartServer};

use super::specimen::{Group, Specimen, unfolded};
use crate::{
    components::{
        curl::Curl,
        dialog::{Dialog, LinkDialog},
        frame::{AccountMenu, disabled},
        icon::{Icon, icon},
        menu::{MenuItem, menu_of_page, menu_of_row},
        price::Charged,
        properties::{CopyButton, Copyable},
    },
    forms::Confirmation,
    routes,
    spending::SpendForm,
    visitor::Visitor,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "actions",
    title: "Actions",
    specimens: &[
        Specimen::new("buttons", "Buttons: plain, accent, bad, with an icon", buttons),
        Specimen::new("disabled", "Disabled, with the reason", || {
            disabled("Start", "It is suspended: renew it first.")
        }),
        Specimen::new("copy", "Copying", copy),
        Specimen::new("curl", "Show as curl", curl),
        Specimen::new("curl-open", "The same, open", || unfolded(curl())),
        Specimen::new("menu", "The account's menu, closed", menu),
        Specimen::new("menu-open", "The account's menu, open", || unfolded(menu())),
        Specimen::new("menu-row", "The menu of a row, open", menu_row),
        Specimen::new("menu-page", "The menu of a page, open", menu_page),
        Specimen::new("spend", "Asks before something is bought", spend),
        Specimen::new("spend-monthly", "The same by the month", spend_monthly),
        Specimen::new("spend-outdated", "The same, when something else was chosen", || {
            let html = spend().to_html().replace(" hidden", "").replace("data-needs-asked", "disabled");
            view! { <div inner_html=html></div> }.into_any()
        }),
        Specimen::new("dialog-file", "Asks before a long file", || {
            view! {
                <LinkDialog title="Download 5,000 servers?".to_owned() words="That is 100 requests.".to_owned()
                    close=routes::GALLERY.to_owned() verb="Download" to=routes::GALLERY.to_owned() />
            }
            .into_any()
        }),
        Specimen::new("dialog-plain", "Asks before a change", dialog_plain),
        Specimen::new("dialog-interrupts", "Asks before an interruption", dialog_interrupts),
        Specimen::new("dialog-destroys", "Asks before something is destroyed", dialog_destroys),
    ],
};

fn buttons() -> AnyView {
    view! {
        <div class="actions">
            <button class="button" type="button">"Restart"</button>
            <button class="button" type="button" data-tone="accent">"Add ISO"</button>
            <button class="button" type="button" data-tone="bad">"Delete"</button>
            <button class="button" type="button">{icon(Icon::SignOut)} "Sign out"</button>
        </div>
    }
    .into_any()
}

fn copy() -> AnyView {
    view! {
        <p><Copyable text="203.0.113.4" what="address" suffix="/24" /></p>
        <p><CopyButton text="https://example.org" label="Copy link" wide=true /></p>
    }
    .into_any()
}

fn curl() -> AnyView {
    let command = Visitor::here().account.and_then(|account| account.as_curl(&restart()));
    view! { <Curl command=command of_form=true /> }.into_any()
}

fn menu() -> AnyView {
    view! { <AccountMenu visitor=Visitor::here() /> }.into_any()
}

fn items() -> Vec<MenuItem> {
    vec![
        MenuItem::new("Open", Ok(routes::GALLERY.to_owned())),
        MenuItem::new("Start", Err("It is already running.".to_owned())),
        MenuItem::new("Restart", Ok(routes::GALLERY.to_owned())),
    ]
}

/// As it looks when the browser has opened it: a popover is shown by being asked for only.
fn opened(menu: AnyView) -> AnyView {
    let html = menu.to_html().replace("popover=\"auto\"", "");
    view! { <div class="gallery-open" inner_html=html></div> }.into_any()
}

fn menu_row() -> AnyView {
    opened(menu_of_row("server-7", "web-1", items()))
}

fn menu_page() -> AnyView {
    opened(menu_of_page("web-1", items()))
}

fn spend() -> AnyView {
    let money = |text: &str| text.parse().ok().map(Money);
    let price = Price { net: money("22.33"), with_vat: money("26.80") };
    view! {
        <SpendForm price=price balance=money("43.17") verb="Renew" action=routes::GALLERY
            consequence="web-1 is paid for one month more." close=routes::GALLERY.to_owned() draft=None>
            ""
        </SpendForm>
    }
    .into_any()
}

fn spend_monthly() -> AnyView {
    let money = |text: &str| text.parse().ok().map(Money);
    let price = Price { net: money("31.00"), with_vat: money("37.20") };
    view! {
        <SpendForm price=price balance=money("43.17") charged=Charged::Monthly verb="Buy add-ons"
            action=routes::GALLERY consequence="web-1 gets weekly backups." close=routes::GALLERY.to_owned() draft=None>
            ""
        </SpendForm>
    }
    .into_any()
}

fn restart() -> RestartServer {
    RestartServer { id: server() }
}

fn server() -> ServerId {
    "7".parse().expect("7 is an id")
}

fn dialog_plain() -> AnyView {
    let operation = StartServer { id: server() };
    let asks = Confirmation::of(&operation, "web-1", "It will start, and run in about a minute.");
    dialog("Start web-1?", asks, "Start", &operation)
}

fn dialog_interrupts() -> AnyView {
    let asks = Confirmation::of(&restart(), "web-1", "It will restart; it is offline for about a minute.");
    dialog("Restart web-1?", asks, "Restart", &restart())
}

fn dialog_destroys() -> AnyView {
    let operation = DeleteIso { id: "12".parse().expect("12 is an id") };
    let asks = Confirmation::of(&operation, "debian-13.iso", "The image is gone for good.");
    dialog("Delete debian-13.iso?", asks, "Delete", &operation)
}

fn dialog<O: Operation>(
    title: &'static str,
    asks: Confirmation,
    verb: &'static str,
    operation: &O,
) -> AnyView {
    let curl = Visitor::here().account.and_then(|account| account.as_curl(operation));
    view! {
        <Dialog title=title asks=asks verb=verb action=routes::GALLERY close=routes::GALLERY draft=None curl=curl>
            ""
        </Dialog>
    }
    .into_any()
}

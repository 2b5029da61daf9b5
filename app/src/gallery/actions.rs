//! What acts: buttons, menus, what copies.

use gateway::Error;
use leptos::prelude::*;
use vpsbg_api::RestartServer;

use super::specimen::{Group, Specimen, as_it_is, unfolded};
use crate::{
    components::{
        curl::Curl,
        frame::{AccountMenu, disabled},
        icon::{Icon, icon},
        menu::{MenuItem, menu_of_page, menu_of_row},
        properties::{CopyButton, Copyable, copy_link},
    },
    routes,
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
        Specimen::new("disabled-role", "Disabled, for want of the permission", || {
            disabled("Restart", &Error::Forbidden.to_string())
        }),
        Specimen::new("copy", "A text with copying", copy),
        Specimen::new("copied", "The same, copied", || copy_after(copy(), "")),
        Specimen::new("not-copied", "The same, not copied", || copy_after(copy(), "no")),
        Specimen::new("copy-wide", "Buttons that copy", copy_wide),
        Specimen::new("copied-wide", "The same, copied", || copy_after(copy_wide(), "")),
        Specimen::new("not-copied-wide", "The same, not copied", || copy_after(copy_wide(), "no")),
        Specimen::new("curl", "Show as curl", curl),
        Specimen::new("curl-open", "The same, open", || unfolded(curl(), "Show as curl")),
        Specimen::new("menu", "The account's menu, closed", menu),
        Specimen::new("menu-open", "The account's menu, open", || unfolded(menu(), "menu-name")),
        Specimen::new("menu-row", "The menu of a row, open", menu_row),
        Specimen::new("menu-page", "The menu of a page, open", menu_page),
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
    view! { <Copyable text="203.0.113.4" what="address" suffix="/24" /> }.into_any()
}

fn copy_wide() -> AnyView {
    view! {
        <div class="actions">
            <CopyButton text="https://example.org" label="Copy command" wide=true />
            {copy_link(routes::GALLERY.to_owned())}
        </div>
    }
    .into_any()
}

/// As scripts leave it for two seconds after a press; `became` is what became of it.
fn copy_after(part: AnyView, became: &str) -> AnyView {
    let mark = format!("data-copied=\"{became}\" data-copy=");
    as_it_is(part.to_html().replace("data-copy=", &mark))
}

fn curl() -> AnyView {
    let restart = RestartServer { id: "7".parse().expect("7 is an id") };
    let command = Visitor::here().account.and_then(|account| account.as_curl(&restart));
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
        MenuItem::new("Cancel", Err(Error::Forbidden.to_string())),
    ]
}

/// As it looks when the browser has opened it: a popover is shown by being asked for only.
fn opened(menu: AnyView) -> AnyView {
    as_it_is(menu.to_html().replace("popover=\"auto\"", ""))
}

fn menu_row() -> AnyView {
    opened(menu_of_row("server-7", "web-1", items()))
}

fn menu_page() -> AnyView {
    opened(menu_of_page("web-1", items()))
}

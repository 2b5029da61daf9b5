//! Which of its addresses is a server's primary one.

use leptos::prelude::*;
use vpsbg_api::{ChangePrimaryIp, IpAddress, IpAddressId, Reason, Server};

use crate::{
    forms::{Refusal, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        tab::ServerTab,
        words::{main_address, name},
    },
};

/// What of the page's address names the address.
pub const ADDRESS: &str = "address";

/// Makes another address the primary one.
pub struct MakePrimary;

impl ServerAction for MakePrimary {
    type Operation = ChangePrimaryIp;
    const WORD: &'static str = "primary-ip";
    const VERB: &'static str = "Make primary";
    const NAME: &'static str = "Make primary";
    const TO: &'static str = routes::DO_MAKE_PRIMARY;
    const TAB: ServerTab = ServerTab::Network;
    const ABOUT: &'static [&'static str] = &[ADDRESS];
    // There is no field to choose it in: it stands in the address of the page.
    const NAMES: &'static [(&'static str, &'static str)] = &[("ip_id", "")];
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_change_primary_ip()
    }

    fn title(server: &Server) -> String {
        format!("Change the primary address of {}?", name(server))
    }

    fn consequence(server: &Server, typed: &Typed) -> String {
        let name = name(server);
        let to = wanted(server, typed).and_then(|address| address.address.as_deref()).unwrap_or("this one");
        let from = main_address(server).map(|from| format!(" instead of {from}")).unwrap_or_default();
        format!(
            "{to} becomes the primary address of {name}{from}. {name} reboots at once: it is offline for about a minute."
        )
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<ChangePrimaryIp> {
        let Some(address) = wanted(server, typed) else {
            refusal.add("", "It has no such address. Choose one of those below.");
            return None;
        };
        if let Err(reason) = server.can_make_primary(address) {
            refusal.add("", reason.to_string());
        }
        Some(ChangePrimaryIp { id: server.id, address: address.id })
    }
}

/// The address that is asked for.
fn wanted<'a>(server: &'a Server, typed: &Typed) -> Option<&'a IpAddress> {
    let id = typed.get(ADDRESS).parse::<IpAddressId>().ok()?;
    server.addresses.iter().find(|address| address.id == id)
}

/// Makes another address the primary one.
#[server(prefix = "/do", endpoint = "servers/primary-ip")]
pub async fn make_address_primary() -> Result<(), ServerFnError> {
    act::<MakePrimary>().await
}

//! Asks before a server is switched.

use gateway::{Account, Draft, PowerAction};
use leptos::prelude::*;
use vpsbg_api::Server;

use super::words::name;
use crate::{
    components::{dialog::Dialog, form::Hidden},
    routes,
};

/// The dialog for an action.
pub fn power_dialog(
    account: &Account,
    server: &Server,
    action: PowerAction,
    draft: Option<Draft>,
) -> AnyView {
    let name = name(server);
    let (verb, consequence, danger) = match action {
        PowerAction::Start => ("Start", format!("{name} will start; that takes up to a minute."), false),
        PowerAction::Stop => {
            ("Stop", format!("{name} will shut down and be offline until somebody starts it again."), true)
        }
        PowerAction::Restart => {
            ("Restart", format!("{name} will restart from outside: it is offline for about a minute."), true)
        }
    };
    let locked = (server.locked == Some(true))
        .then_some(" Another task is running on it right now, so the provider may refuse.");
    let consequence = format!("{consequence}{}", locked.unwrap_or_default());
    let id = server.id;
    view! {
        <Dialog title=format!("{verb} {name}?") consequence=consequence verb=verb danger=danger
            action=routes::DO_POWER close=routes::server(id) draft=draft
            curl=account.power_as_curl(id, action)>
            <Hidden name="id" value=id.to_string() />
            <Hidden name="action" value=action.word() />
        </Dialog>
    }
    .into_any()
}

//! Asks before a server is switched.

use gateway::{Account, Draft, PowerAction};
use leptos::prelude::*;
use vpsbg_api::{PowerOffServer, RestartServer, Server, StartServer, StopServer};

use super::{lock_words::lock, words::name};
use crate::{
    components::{dialog::Dialog, form::Hidden},
    forms::Confirmation,
    routes,
};

/// What is asked before an action.
pub fn confirmation(server: &Server, action: PowerAction) -> Confirmation {
    let (id, name) = (server.id, name(server));
    let locked = lock(server)
        .map(|lock| format!(" {lock}. Until it ends, the provider may refuse."))
        .unwrap_or_default();
    match action {
        PowerAction::Start => {
            let words = format!("{name} will start; that takes up to a minute.{locked}");
            Confirmation::of(&StartServer { id }, &name, words)
        }
        PowerAction::Stop => {
            let words =
                format!("{name} will shut down and be offline until somebody starts it again.{locked}");
            Confirmation::of(&StopServer { id }, &name, words)
        }
        PowerAction::Restart => {
            let words =
                format!("{name} will restart from outside: it is offline for about a minute.{locked}");
            Confirmation::of(&RestartServer { id }, &name, words)
        }
        PowerAction::PowerOff => {
            let words = format!(
                "{name} loses its power at once, as if the plug were pulled: what is not written to its disk is lost. \
                 Stop lets it shut down by itself.{locked}"
            );
            Confirmation::of(&PowerOffServer { id }, &name, words)
        }
    }
}

/// What a person presses.
pub fn verb(action: PowerAction) -> &'static str {
    match action {
        PowerAction::Start => "Start",
        PowerAction::Stop => "Stop",
        PowerAction::Restart => "Restart",
        PowerAction::PowerOff => "Power off",
    }
}

/// The dialog for an action.
pub fn power_dialog(
    account: &Account,
    server: &Server,
    action: PowerAction,
    draft: Option<Draft>,
) -> AnyView {
    let verb = verb(action);
    let (name, asks) = (name(server), confirmation(server, action));
    let id = server.id;
    view! {
        <Dialog title=format!("{verb} {name}?") asks=asks verb=verb
            action=routes::DO_POWER close=routes::server(id) draft=draft
            curl=account.power_as_curl(id, action)>
            <Hidden name="id" value=id.to_string() />
            <Hidden name="action" value=action.word() />
        </Dialog>
    }
    .into_any()
}

//! Renaming a server: what it is called in lists. What its system calls itself is another matter.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{Reason, Server, UpdateServerHostname};

use crate::{
    components::form::Field,
    forms::{Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        hostname::{self, HOSTNAME},
        tab::ServerTab,
        words::name,
    },
};

/// Gives a server another name.
pub struct Rename;

impl ServerAction for Rename {
    type Operation = UpdateServerHostname;
    const WORD: &'static str = "rename";
    const VERB: &'static str = "Rename";
    const NAME: &'static str = "Rename";
    const TO: &'static str = routes::DO_RENAME_SERVER;
    const TAB: ServerTab = ServerTab::Overview;
    const FIELDS: &'static [Rule] = &[HOSTNAME];
    const NAMES: &'static [(&'static str, &'static str)] = &[("hostname", "hostname")];

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_rename()
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let name = name(server);
        format!("{name} gets another name at the provider. Its own system keeps the name that it has.")
    }

    fn at_first(server: &Server) -> Vec<(&'static str, String)> {
        vec![(HOSTNAME.name, server.hostname.clone().unwrap_or_default())]
    }

    fn fields<'a>(_: &'a Account, _: &'a Server, draft: &'a Draft) -> BoxFuture<'a, Result<AnyView, Error>> {
        let field = view! { <Field rule=HOSTNAME draft=Some(draft.clone()) autocomplete="off" /> }.into_any();
        Box::pin(std::future::ready(Ok(field)))
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<UpdateServerHostname> {
        let hostname = hostname::read(typed, refusal).to_owned();
        Some(UpdateServerHostname { id: server.id, hostname })
    }
}

/// Renames a server.
#[server(prefix = "/do", endpoint = "servers/rename")]
pub async fn rename_server() -> Result<(), ServerFnError> {
    act::<Rename>().await
}

//! Which SSH keys a server carries: what is chosen replaces what it has.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{Reason, Server, UpdateServerSshKeys};

use crate::{
    components::form::Hidden,
    forms::{Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        login::login_words,
        reboot::{REBOOT, reboot_tick, reboots},
        ssh_keys::{KEYS, StoredKeys, chosen, field},
        tab::ServerTab,
        words::name,
    },
};

/// Said by a form whose boxes were seen: only then does an empty box mean "not this one".
const SEEN: &str = "seen";

/// Sets the keys of a server.
pub struct SetSshKeys;

impl ServerAction for SetSshKeys {
    type Operation = UpdateServerSshKeys;
    const WORD: &'static str = "ssh-keys";
    const VERB: &'static str = "Set keys";
    const NAME: &'static str = "Set SSH keys";
    const TO: &'static str = routes::DO_SET_SSH_KEYS;
    const TAB: ServerTab = ServerTab::Access;
    const FIELDS: &'static [Rule] = &[KEYS, REBOOT];
    const NAMES: &'static [(&'static str, &'static str)] = &[("ssh_keys", "key"), ("reboot", "reboot")];

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_set_ssh_keys()
    }

    fn title(server: &Server) -> String {
        format!("Set the SSH keys of {}?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let (name, login) = (name(server), login_words(server));
        format!(
            "The keys that are ticked, and no others, open {name} as {login}. They take effect with a restart."
        )
    }

    fn fields<'a>(
        account: &'a Account,
        server: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(async move {
            let stored = StoredKeys::read(account).await;
            let mut draft = draft.clone();
            if draft.value(SEEN).is_none() {
                // Either side may tell of it.
                let told = stored.keys().iter().filter(|key| key.servers.iter().any(|on| on.id == server.id));
                let carried = server.ssh_keys.iter().map(|key| key.id).chain(told.map(|key| key.id));
                draft.values.extend(carried.map(|id| (field(id), "on".to_owned())));
            }
            let hint = "What is not ticked is taken away.";
            let seen =
                stored.can_be_chosen(&server.ssh_keys).then(|| view! { <Hidden name=SEEN value="yes" /> });
            Ok(view! {
                {seen}
                {stored.boxes(&server.ssh_keys, hint, draft.clone())}
                {reboot_tick("the keys take effect", &draft)}
            }
            .into_any())
        })
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<UpdateServerSshKeys> {
        let ssh_keys = if typed.get(SEEN).is_empty() {
            // They have no place in the form then.
            refusal.add(
                "",
                "The keys could not be shown, so they were left as they are. Try again in a moment.",
            );
            // Stands in the command until some are chosen.
            server.ssh_keys.iter().map(|key| key.id).collect()
        } else {
            chosen(typed, refusal)
        };
        Some(UpdateServerSshKeys { id: server.id, ssh_keys, reboot: reboots(typed) })
    }
}

/// Sets the keys of a server.
#[server(prefix = "/do", endpoint = "servers/ssh-keys")]
pub async fn set_server_ssh_keys() -> Result<(), ServerFnError> {
    act::<SetSshKeys>().await
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vpsbg_api::{Decode, Notes};

    use super::*;

    #[test]
    fn keys_that_nobody_saw_are_not_taken_away() {
        let server = Server::decode(&json!({ "id": 7 }), &mut Notes::default()).unwrap();
        let sent = |pairs: &[(String, String)]| {
            let mut refusal = Refusal::none();
            SetSshKeys::operation(&server, &Typed::of(pairs), &mut refusal).unwrap();
            refusal.is_empty()
        };
        assert!(!sent(&[]), "no boxes were there");
        assert!(sent(&[(SEEN.to_owned(), "yes".to_owned())]), "none of them was ticked");
    }
}

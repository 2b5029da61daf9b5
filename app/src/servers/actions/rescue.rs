//! Booting the rescue system, and leaving it.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{DisableRescue, EnableRescue, Reason, Secret, Server};

use crate::{
    components::form::Field,
    forms::{Kind, Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        ssh_keys::{KEYS, StoredKeys, chosen},
        tab::ServerTab,
        words::name,
    },
};

/// The password of the rescue system (`RescueRequest`).
const PASSWORD: Rule = Rule::new(Kind::Secret, "password", "Password of the rescue system");

/// Boots the rescue system.
pub struct RescueOn;

impl ServerAction for RescueOn {
    type Operation = EnableRescue;
    const WORD: &'static str = "rescue-on";
    const VERB: &'static str = "Boot rescue";
    const NAME: &'static str = "Boot the rescue system";
    const TO: &'static str = routes::DO_RESCUE_ON;
    const TAB: ServerTab = ServerTab::Boot;
    const FIELDS: &'static [Rule] = &[PASSWORD, KEYS];
    const NAMES: &'static [(&'static str, &'static str)] =
        &[("password", "password"), ("ssh_keys", "key"), ("rescue_mode", "")];

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_enable_rescue()
    }

    fn title(server: &Server) -> String {
        format!("Boot the rescue system on {}?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let name = name(server);
        format!(
            "{name} reboots at once into a small system of the provider, from which its disk can be repaired. What \
             runs on it is offline until it boots its own system again."
        )
    }

    fn fields<'a>(
        account: &'a Account,
        _: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(async move {
            let stored = StoredKeys::read(account).await;
            Ok(view! {
                <p class="hint">"Choose how you get in: with a password, with keys, or with both."</p>
                <Field rule=PASSWORD draft=Some(draft.clone()) hint="It is for the rescue system only."
                    autocomplete="new-password" />
                {stored.boxes(&[], "They are for the rescue system only.", draft.clone())}
            }
            .into_any())
        })
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<EnableRescue> {
        let ssh_keys = chosen(typed, refusal);
        let password = refusal.secret(&PASSWORD, typed.get(PASSWORD.name));
        if password.is_none() && ssh_keys.is_empty() {
            refusal.add(PASSWORD.name, "Enter a password or choose a key: otherwise nobody gets in.");
        }
        // Stands in the command until one of them is there.
        let password = password.or_else(|| ssh_keys.is_empty().then(|| Secret::from(String::new())));
        Some(EnableRescue { id: server.id, password, ssh_keys })
    }
}

/// Boots the server's own system again.
pub struct RescueOff;

impl ServerAction for RescueOff {
    type Operation = DisableRescue;
    const WORD: &'static str = "rescue-off";
    const VERB: &'static str = "Leave rescue";
    const NAME: &'static str = "Leave the rescue system";
    const TO: &'static str = routes::DO_RESCUE_OFF;
    const TAB: ServerTab = ServerTab::Boot;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_disable_rescue()
    }

    fn title(server: &Server) -> String {
        format!("Leave the rescue system on {}?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        format!("{} reboots at once into its own system. That takes about a minute.", name(server))
    }

    fn operation(server: &Server, _: &Typed, _: &mut Refusal) -> Option<DisableRescue> {
        Some(DisableRescue { id: server.id })
    }
}

/// Boots the rescue system.
#[server(prefix = "/do", endpoint = "servers/rescue-on")]
pub async fn boot_rescue_system() -> Result<(), ServerFnError> {
    act::<RescueOn>().await
}

/// Boots the server's own system again.
#[server(prefix = "/do", endpoint = "servers/rescue-off")]
pub async fn leave_rescue_system() -> Result<(), ServerFnError> {
    act::<RescueOff>().await
}

//! Another password for the account that runs a server. It is sent once and kept nowhere.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{ChangeServerPassword, Reason, Secret, Server};

use crate::{
    components::form::Field,
    forms::{Kind, Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        login::login_words,
        reboot::{REBOOT, reboot_tick, reboots},
        tab::ServerTab,
        words::name,
    },
};

/// The new password (`ChangePasswordRequest`).
pub const PASSWORD: Rule =
    Rule::new(Kind::Secret, "password", "New password").required("Enter a password.").shortest(6);

/// Sets the password of a server.
pub struct SetPassword;

impl ServerAction for SetPassword {
    type Operation = ChangeServerPassword;
    const WORD: &'static str = "password";
    const VERB: &'static str = "Set password";
    const NAME: &'static str = "Set password";
    const TO: &'static str = routes::DO_SET_PASSWORD;
    const TAB: ServerTab = ServerTab::Access;
    const FIELDS: &'static [Rule] = &[PASSWORD, REBOOT];
    const NAMES: &'static [(&'static str, &'static str)] = &[("password", "password"), ("reboot", "reboot")];

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_change_password()
    }

    fn title(server: &Server) -> String {
        format!("Set the password of {}?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let (name, login) = (name(server), login_words(server));
        format!(
            "Whoever signs in to {name} as {login} needs the new password. It takes effect with a restart. \
             It is not kept here: write it down."
        )
    }

    fn fields<'a>(_: &'a Account, _: &'a Server, draft: &'a Draft) -> BoxFuture<'a, Result<AnyView, Error>> {
        let fields = view! {
            <Field rule=PASSWORD draft=Some(draft.clone()) hint="At least 6 characters." autocomplete="new-password" />
            {reboot_tick("the password takes effect", draft)}
        };
        Box::pin(std::future::ready(Ok(fields.into_any())))
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<ChangeServerPassword> {
        let typed_password = typed.get(PASSWORD.name);
        refusal.read(&PASSWORD, typed_password);
        // Spaces at its ends belong to it.
        let password = Secret::from(typed_password.to_owned());
        Some(ChangeServerPassword { id: server.id, password, reboot: reboots(typed) })
    }
}

/// Sets the password of a server.
#[server(prefix = "/do", endpoint = "servers/password")]
pub async fn set_server_password() -> Result<(), ServerFnError> {
    act::<SetPassword>().await
}

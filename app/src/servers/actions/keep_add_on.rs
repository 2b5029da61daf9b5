//! Withdrawing the cancellation of an add-on.

use leptos::prelude::*;
use vpsbg_api::{Addon, Reason, Server, UndoCancelServerAddon};

use super::add_on::{ABOUT, called, checked};
use crate::{
    forms::{Refusal, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        tab::ServerTab,
        words::name,
    },
};

/// Keeps an add-on after all.
pub struct KeepAddOn;

impl ServerAction for KeepAddOn {
    type Operation = UndoCancelServerAddon;
    const WORD: &'static str = "keep-add-on";
    const VERB: &'static str = "Keep add-on";
    const NAME: &'static str = "Keep it after all";
    const TO: &'static str = routes::DO_KEEP_ADD_ON;
    const TAB: ServerTab = ServerTab::AddOns;
    const ABOUT: &'static [&'static str] = ABOUT;
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_cancel()
    }

    fn title(server: &Server) -> String {
        format!("Keep an add-on of {} after all?", name(server))
    }

    fn consequence(server: &Server, typed: &Typed) -> String {
        format!(
            "{} of {} no longer ends with its paid period: its cancellation is withdrawn.",
            called(server, typed),
            name(server)
        )
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<UndoCancelServerAddon> {
        let addon = checked(server, typed, refusal, Addon::can_undo_cancel)?;
        Some(UndoCancelServerAddon { server: server.id, addon })
    }
}

/// Withdraws the cancellation of an add-on.
#[server(prefix = "/do", endpoint = "servers/keep-add-on")]
pub async fn withdraw_end_of_add_on() -> Result<(), ServerFnError> {
    act::<KeepAddOn>().await
}

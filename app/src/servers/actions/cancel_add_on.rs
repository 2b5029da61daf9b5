//! Cancelling an add-on at the end of its paid period.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{Addon, CancelServerAddon, Reason, Server};

use super::{
    CancelAddOnNow,
    add_on::{ABOUT, ADD_ON, FIELDS, NAMES, REASON, called, checked, paid_until, reason},
};
use crate::{
    components::form::Field,
    forms::{Refusal, Rule, Typed},
    routes,
    servers::{
        action::{Offer, ServerAction, act},
        tab::ServerTab,
        words::name,
    },
};

/// Lets an add-on end with its period.
pub struct CancelAddOn;

impl ServerAction for CancelAddOn {
    type Operation = CancelServerAddon;
    const WORD: &'static str = "cancel-add-on";
    const VERB: &'static str = "Cancel add-on";
    const NAME: &'static str = "Cancel at the end of the period";
    const TO: &'static str = routes::DO_CANCEL_ADD_ON;
    const TAB: ServerTab = ServerTab::AddOns;
    const FIELDS: &'static [Rule] = FIELDS;
    const ABOUT: &'static [&'static str] = ABOUT;
    const NAMES: &'static [(&'static str, &'static str)] = NAMES;
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_cancel()
    }

    fn title(server: &Server) -> String {
        format!("Cancel an add-on of {}?", name(server))
    }

    fn consequence(server: &Server, typed: &Typed) -> String {
        let end = paid_until(server, typed).map_or_else(
            || "when its paid period ends".to_owned(),
            |day| format!("when its paid period ends, on {day}"),
        );
        format!(
            "{} of {} ends {end}. Until then it stays as it is, and the cancellation can be withdrawn.",
            called(server, typed),
            name(server)
        )
    }

    fn fields<'a>(
        _: &'a Account,
        server: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        let about = draft.value(ADD_ON).unwrap_or_default();
        let other = Offer::of::<CancelAddOnNow>().asked_with(server.id, &[(ADD_ON, about)]);
        let fields = view! {
            <Field rule=REASON draft=Some(draft.clone()) hint="The provider reads it." />
            <p class="hint"><a href=other>"Cancel it at once instead"</a></p>
        };
        Box::pin(std::future::ready(Ok(fields.into_any())))
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<CancelServerAddon> {
        let addon = checked(server, typed, refusal, Addon::can_cancel)?;
        let reason = reason(typed, refusal);
        Some(CancelServerAddon { server: server.id, addon, reason, now: false })
    }
}

/// Cancels an add-on at the end of its period.
#[server(prefix = "/do", endpoint = "servers/cancel-add-on")]
pub async fn let_add_on_end() -> Result<(), ServerFnError> {
    act::<CancelAddOn>().await
}

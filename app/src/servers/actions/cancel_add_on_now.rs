//! Cancelling an add-on at once: what it holds is gone.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{Addon, CancelServerAddon, Reason, Server};

use super::{
    CancelAddOn,
    add_on::{ABOUT, ADD_ON, FIELDS, NAMES, REASON, called, checked, meant, reason},
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
    words::add_ons::Kind,
};

/// Ends an add-on at once.
pub struct CancelAddOnNow;

impl ServerAction for CancelAddOnNow {
    type Operation = CancelServerAddon;
    const WORD: &'static str = "cancel-add-on-now";
    const VERB: &'static str = "Cancel at once";
    const NAME: &'static str = "Cancel at once";
    const TO: &'static str = routes::DO_CANCEL_ADD_ON_NOW;
    const TAB: ServerTab = ServerTab::AddOns;
    const FIELDS: &'static [Rule] = FIELDS;
    const ABOUT: &'static [&'static str] = ABOUT;
    const NAMES: &'static [(&'static str, &'static str)] = NAMES;
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_cancel()
    }

    fn title(server: &Server) -> String {
        format!("Cancel an add-on of {} at once?", name(server))
    }

    fn consequence(server: &Server, typed: &Typed) -> String {
        let key = meant(server, typed).and_then(|addon| addon.name.as_deref());
        let also = match key.map(Kind::of) {
            Some(Kind::Backups) => " No more backups are made; restore what you still need before.",
            Some(Kind::Bandwidth) => " From then on the traffic counts against the limit of the plan.",
            Some(Kind::Cpanel | Kind::RdsSeats | Kind::OfficeSeats) => {
                " What runs under its licence no longer may."
            }
            _ => "",
        };
        format!(
            "{} of {} ends at once. That cannot be withdrawn, and it is not said that the rest of its paid period is given back.{also}",
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
        let other = Offer::of::<CancelAddOn>().asked_with(server.id, &[(ADD_ON, about)]);
        let fields = view! {
            <Field rule=REASON draft=Some(draft.clone()) hint="The provider reads it." />
            <p class="hint"><a href=other>"Cancel it at the end of the period instead"</a></p>
        };
        Box::pin(std::future::ready(Ok(fields.into_any())))
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<CancelServerAddon> {
        let addon = checked(server, typed, refusal, Addon::can_cancel)?;
        let reason = reason(typed, refusal);
        Some(CancelServerAddon { server: server.id, addon, reason, now: true })
    }
}

/// Cancels an add-on at once.
#[server(prefix = "/do", endpoint = "servers/cancel-add-on-now")]
pub async fn end_add_on() -> Result<(), ServerFnError> {
    act::<CancelAddOnNow>().await
}

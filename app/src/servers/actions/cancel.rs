//! Giving up a server: at the end of what is paid, or at once; and keeping it after all.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{CancelServer, Reason, Server, UndoCancelServer};

use crate::{
    components::form::Field,
    forms::{Kind, Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        tab::ServerTab,
        words::name,
    },
    words::time,
};

/// Why, for the provider (`CancelServiceRequest`).
const REASON: Rule = Rule::new(Kind::Text, "reason", "Reason");
const NAMES: &[(&str, &str)] = &[("reason", "reason"), ("now", "")];

/// Cancels a server at the end of the paid period.
pub struct Cancel;

impl ServerAction for Cancel {
    type Operation = CancelServer;
    const WORD: &'static str = "cancel";
    const VERB: &'static str = "Cancel at expiry";
    const NAME: &'static str = "Cancel at expiry";
    const TO: &'static str = routes::DO_CANCEL_SERVER;
    const TAB: ServerTab = ServerTab::Overview;
    const FIELDS: &'static [Rule] = &[REASON];
    const NAMES: &'static [(&'static str, &'static str)] = NAMES;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_cancel()
    }

    fn title(server: &Server) -> String {
        format!("Cancel {} at the end of the paid period?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let (name, end) = (name(server), end(server));
        format!(
            "{name} stays as it is until {end}. Then it is not renewed but suspended, and later terminated with all \
             that is on its disk. Until it is terminated, the cancellation can be undone."
        )
    }

    fn fields<'a>(
        _: &'a Account,
        server: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        fields(server, draft, CancelNow::WORD, "Give it up at once instead")
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<CancelServer> {
        Some(cancelling(server, typed, refusal, false))
    }
}

/// Cancels a server at once.
pub struct CancelNow;

impl ServerAction for CancelNow {
    type Operation = CancelServer;
    const WORD: &'static str = "cancel-now";
    const VERB: &'static str = "Cancel at once";
    const NAME: &'static str = "Cancel at once";
    const TO: &'static str = routes::DO_CANCEL_SERVER_NOW;
    const TAB: ServerTab = ServerTab::Overview;
    const FIELDS: &'static [Rule] = &[REASON];
    const NAMES: &'static [(&'static str, &'static str)] = NAMES;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_cancel()
    }

    fn title(server: &Server) -> String {
        format!("Cancel {} at once?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let (name, end) = (name(server), end(server));
        format!(
            "{name} is suspended at once, although it is paid until {end}: it goes offline. Later it is terminated \
             with all that is on its disk. Until then the cancellation can be undone."
        )
    }

    fn fields<'a>(
        _: &'a Account,
        server: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        fields(server, draft, Cancel::WORD, "Give it up at the end of the paid period instead")
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<CancelServer> {
        Some(cancelling(server, typed, refusal, true))
    }
}

/// Withdraws a cancellation.
pub struct UndoCancel;

impl ServerAction for UndoCancel {
    type Operation = UndoCancelServer;
    const WORD: &'static str = "undo-cancel";
    const VERB: &'static str = "Keep server";
    const NAME: &'static str = "Undo the cancellation";
    const TO: &'static str = routes::DO_UNDO_CANCEL_SERVER;
    const TAB: ServerTab = ServerTab::Overview;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_undo_cancel()
    }

    fn title(server: &Server) -> String {
        format!("Keep {} after all?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        format!("The cancellation of {} is withdrawn. It is paid until {}.", name(server), end(server))
    }

    fn operation(server: &Server, _: &Typed, _: &mut Refusal) -> Option<UndoCancelServer> {
        Some(UndoCancelServer { id: server.id })
    }
}

/// The end of what is paid.
fn end(server: &Server) -> String {
    server.expiry_at.map_or("the end of the paid period".to_owned(), |at| time::day(at.0))
}

fn cancelling(server: &Server, typed: &Typed, refusal: &mut Refusal, now: bool) -> CancelServer {
    let reason = refusal.read(&REASON, typed.get(REASON.name));
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    CancelServer { id: server.id, reason, now }
}

fn fields<'a>(
    server: &Server,
    draft: &Draft,
    other: &'static str,
    words: &'static str,
) -> BoxFuture<'a, Result<AnyView, Error>> {
    let to = routes::server_ask(server.id, ServerTab::Overview.word(), other);
    let fields = view! {
        <Field rule=REASON draft=Some(draft.clone()) hint="The provider reads it." />
        <p><a href=to>{words}</a></p>
    };
    Box::pin(std::future::ready(Ok(fields.into_any())))
}

/// Cancels a server at the end of the paid period.
#[server(prefix = "/do", endpoint = "servers/cancel")]
pub async fn give_server_up() -> Result<(), ServerFnError> {
    act::<Cancel>().await
}

/// Cancels a server at once.
#[server(prefix = "/do", endpoint = "servers/cancel-now")]
pub async fn give_server_up_at_once() -> Result<(), ServerFnError> {
    act::<CancelNow>().await
}

/// Withdraws a cancellation.
#[server(prefix = "/do", endpoint = "servers/undo-cancel")]
pub async fn keep_server() -> Result<(), ServerFnError> {
    act::<UndoCancel>().await
}

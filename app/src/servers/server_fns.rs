//! What may be done with servers.

use gateway::PowerAction;
use leptos::prelude::*;
use vpsbg_api::ServerId;

use super::power_dialog::confirmation;
use crate::{
    forms::{NAME, Refusal, Typed, refused, submit},
    routes,
};

/// Starts, stops or restarts a server. The form is the confirmation.
#[server(prefix = "/do", endpoint = "servers/power")]
pub async fn power(
    #[server(default)] id: String,
    #[server(default)] action: String,
) -> Result<(), ServerFnError> {
    let Ok(id) = id.parse::<ServerId>() else {
        return submit(routes::SERVERS, async move |_, _: Typed| {
            Err(Refusal::whole("Which server? Choose it in the list."))
        })
        .await;
    };
    let Some(action) = PowerAction::from_word(&action) else {
        return submit(&routes::server(id), async move |_, _: Typed| {
            Err(Refusal::whole("What should be done? Choose an action."))
        })
        .await;
    };
    submit(&routes::server_confirm(id, action.word()), async move |account, typed: Typed| {
        // The provider decides in the end; what is certainly in vain is not sent.
        if let Ok(seen) = account.server(id).await {
            action.allowed(&seen.value.server).map_err(|reason| Refusal::whole(reason.to_string()))?;
            confirmation(&seen.value.server, action).check(typed.get(NAME.name))?;
        }
        match account.power(id, action).await {
            Ok(()) => Ok(routes::server(id)),
            Err(error) => Err(refused(&error, &[])),
        }
    })
    .await
}

//! Saying what became of a purchase that nobody can tell of by itself. Sends nothing to the provider.

use gateway::{Decision, Error, PurchaseId};
use leptos::prelude::*;

use crate::{
    forms::{Refusal, Typed, submit},
    routes,
};

/// Writes down what a person found out.
#[server(prefix = "/do", endpoint = "purchases/decide")]
pub async fn decide() -> Result<(), ServerFnError> {
    let Ok(id) = Typed::here().get("id").parse::<PurchaseId>() else {
        return submit(routes::PURCHASES, async move |_, _: Typed| {
            Err(Refusal::whole("Which purchase? Choose it in the list."))
        })
        .await;
    };
    submit(&routes::purchase(id), async move |account, typed: Typed| {
        let (decision, done) = match typed.get("decision") {
            "done" => (Decision::Done, "decided"),
            "not-done" => (Decision::NotDone, "decided"),
            "look-again" => (Decision::LookAgain, "looking"),
            _ => return Err(Refusal::whole("Say what became of it: one of the three buttons.")),
        };
        match account.decide(id, decision).await {
            Ok(_) => Ok(routes::with_query(&routes::purchase(id), &[("done", done)])),
            Err(Error::NotFound) => Err(Refusal::whole(
                "What became of it is known by now: it stands below. Nothing was changed.",
            )),
            Err(error) => Err(Refusal::whole(error.to_string())),
        }
    })
    .await
}

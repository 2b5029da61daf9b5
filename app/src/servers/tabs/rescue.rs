//! Rescue: a small system of the provider that a server boots instead of its own.

use gateway::ServerSeen;
use leptos::prelude::*;

use crate::{
    components::properties::property,
    servers::{
        action::Offer,
        actions::{RescueOff, RescueOn},
    },
    words::NOTHING,
};

/// The section.
pub fn rescue(seen: &ServerSeen) -> AnyView {
    let server = &seen.server;
    let runs = server.state.as_ref().and_then(|state| state.rescue_mode);
    let (words, actions) = match runs {
        Some(true) => ("The rescue system", Offer::of::<RescueOff>().button(server)),
        Some(false) => ("Its own system", Offer::of::<RescueOn>().button(server)),
        // Not told: either may be right.
        None => (
            NOTHING,
            view! { {Offer::of::<RescueOn>().button(server)} {Offer::of::<RescueOff>().button(server)} }
                .into_any(),
        ),
    };
    view! {
        <section aria-labelledby="rescue">
            <div class="section-title">
                <h2 id="rescue">"Rescue"</h2>
                <div class="actions">{actions}</div>
            </div>
            <p class="lead">
                "The rescue system is a small system of the provider. A server boots it instead of its own, so that its \
                 disk can be looked at and repaired. Both ways reboot the server."
            </p>
            <dl class="properties">{property("Runs", view! { {words} })}</dl>
        </section>
    }
    .into_any()
}

//! What a server boots.

use gateway::ServerSeen;
use leptos::prelude::*;

use super::measured_boot::measured_boot;

/// The part of the page. `lost`: the word of an action whose answer was lost.
pub fn boot(seen: &ServerSeen, lost: Option<&str>) -> AnyView {
    view! { <div data-region="boot">{measured_boot(&seen.server, lost)}</div> }.into_any()
}

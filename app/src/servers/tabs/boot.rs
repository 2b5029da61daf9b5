//! What a server boots: a file for each section.

use gateway::ServerSeen;
use leptos::prelude::*;

use super::{measured_boot::measured_boot, rescue::rescue};

/// The part of the page. `lost`: the word of an action whose answer was lost.
pub fn boot(seen: &ServerSeen, lost: Option<&str>) -> AnyView {
    view! { <div data-region="boot">{rescue(seen)} {measured_boot(&seen.server, lost)}</div> }.into_any()
}

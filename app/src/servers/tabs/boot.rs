//! What a server boots: a file for each section.

use gateway::ServerSeen;
use leptos::prelude::*;

use super::rescue::rescue;

/// The part of the page.
pub fn boot(seen: &ServerSeen) -> AnyView {
    view! { <div data-region="boot">{rescue(seen)}</div> }.into_any()
}

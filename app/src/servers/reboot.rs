//! "Reboot now", for what takes effect with the next start of a server.

use gateway::Draft;
use leptos::prelude::*;

use crate::{
    components::form::Tick,
    forms::{Kind, Rule, Typed},
};

/// The box.
pub const REBOOT: Rule = Rule::new(Kind::Tick, "reboot", "Reboot now");

/// The box in a form; `what` takes effect.
pub fn reboot_tick(what: &str, draft: &Draft) -> AnyView {
    let hint = format!("It is offline for about a minute. Without it {what} with its next restart.");
    view! { <Tick rule=REBOOT hint=hint draft=draft.clone() /> }.into_any()
}

/// Whether it is ticked.
pub fn reboots(typed: &Typed) -> bool {
    typed.get(REBOOT.name) == "on"
}

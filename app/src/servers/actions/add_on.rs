//! What the actions on an add-on have in common: which one they are about, and why it is cancelled.

use vpsbg_api::{Addon, AddonId, Reason, Server};

use crate::{
    forms::{Kind, Refusal, Rule, Typed},
    words::{add_ons, time},
};

/// The part of the address that names the add-on.
pub const ADD_ON: &str = "addon";
/// What of the address belongs to these actions.
pub const ABOUT: &[&str] = &[ADD_ON];
/// Why it is cancelled, for the provider (openapi, cancelServerAddon).
pub const REASON: Rule =
    Rule::new(Kind::Text, "reason", "Reason").required("Say why: the provider asks for it.").longest(1000);
/// The fields of a cancellation.
pub const FIELDS: &[Rule] = &[REASON];
/// The provider's names of fields and ours. That it is cancelled already is said of `now`, which is no field here.
pub const NAMES: &[(&str, &str)] = &[("reason", REASON.name), ("now", "")];

/// The add-on that is meant, as far as the server shows it.
pub fn meant<'a>(server: &'a Server, typed: &Typed) -> Option<&'a Addon> {
    let id = typed.get(ADD_ON).parse().ok()?;
    server.addons.iter().find(|addon| addon.id == Some(id))
}

/// Its id. That it is gone, or does not allow it, is noted; None only without an id.
pub fn checked(
    server: &Server,
    typed: &Typed,
    refusal: &mut Refusal,
    allowed: fn(&Addon) -> Result<(), Reason>,
) -> Option<AddonId> {
    let Ok(id) = typed.get(ADD_ON).parse() else {
        refusal.add("", "Which add-on? Choose it in the list.");
        return None;
    };
    match meant(server, typed) {
        None => refusal.add("", "The server no longer has this add-on."),
        Some(addon) => {
            if let Err(reason) = allowed(addon) {
                refusal.add("", reason.to_string());
            }
        }
    }
    Some(id)
}

/// What it is called at the beginning of a sentence.
pub fn called(server: &Server, typed: &Typed) -> String {
    let key = meant(server, typed).and_then(|addon| addon.name.as_deref());
    key.map_or_else(|| "This add-on".to_owned(), add_ons::name)
}

/// The day until which it is paid.
pub fn paid_until(server: &Server, typed: &Typed) -> Option<String> {
    meant(server, typed)?.expiry_at.map(|at| time::day(at.0))
}

/// Why it is given up. Until somebody has typed it, an example stands in the command: the provider wants one.
pub fn reason(typed: &Typed, refusal: &mut Refusal) -> String {
    let reason = refusal.read(&REASON, typed.get(REASON.name));
    if reason.is_empty() { "No longer needed".to_owned() } else { reason.to_owned() }
}

//! What somebody did to a server, as news: "Ada renamed it".

use gateway::AuditRecord;

use crate::activity::outcome;

/// Operations: what was done, and what was to be done.
const DONE: [(&str, &str, &str); 22] = [
    ("startServer", "started it", "start it"),
    ("stopServer", "stopped it", "stop it"),
    ("restartServer", "restarted it", "restart it"),
    ("powerOffServer", "cut its power", "cut its power"),
    ("updateServerHostname", "renamed it", "rename it"),
    ("changeServerPassword", "set its password", "set its password"),
    ("updateServerSshKeys", "set its SSH keys", "set its SSH keys"),
    ("changePrimaryIp", "changed its primary address", "change its primary address"),
    ("enableRescue", "made it boot the rescue system", "make it boot the rescue system"),
    ("disableRescue", "made it leave the rescue system", "make it leave the rescue system"),
    ("cancelServer", "cancelled it", "cancel it"),
    ("undoCancelServer", "undid its cancellation", "undo its cancellation"),
    ("setServerIsos", "changed the ISOs in its drives", "change the ISOs in its drives"),
    ("reinstallServer", "had it reinstalled", "have it reinstalled"),
    ("restoreServer", "had it restored", "have it restored"),
    ("scaleServer", "ordered its move to another plan", "order its move to another plan"),
    ("renewServers", "ordered its renewal", "order its renewal"),
    ("purchaseServerAddons", "ordered add-ons for it", "order add-ons for it"),
    ("scaleServerAddons", "ordered other quantities of its add-ons", "order other quantities of its add-ons"),
    ("cancelServerAddon", "cancelled one of its add-ons", "cancel one of its add-ons"),
    ("undoCancelServerAddon", "kept one of its add-ons after all", "keep one of its add-ons after all"),
    ("attachMeasuredBoot", "changed the image that it boots", "change the image that it boots"),
];

/// What a record tells, up to when it was, and what follows that; None for what is not known here.
pub fn told(record: &AuditRecord, who: &str) -> Option<(String, String)> {
    let (_, did, to_do) = DONE.iter().find(|(id, ..)| *id == record.operation)?;
    let (words, _) = outcome(&record.outcome);
    Some(match record.outcome.as_str() {
        "done" => (format!("{who} {did} "), ".".to_owned()),
        "outcome-unknown" => {
            (format!("{who} wanted to {to_do} "), "; whether it was done is not known.".to_owned())
        }
        _ => (format!("{who} wanted to {to_do} "), format!("; {}.", lower(words))),
    })
}

/// The beginning of a sentence within another.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_one_server_has_words() {
        let changes = vpsbg_api::OPERATIONS.iter().filter(|info| {
            info.route.path.starts_with("/servers/{")
                && info.route.method != vpsbg_api::Method::Get
                && !info.id.starts_with("calculate")
        });
        let without: Vec<_> =
            changes.map(|info| info.id).filter(|id| DONE.iter().all(|(known, ..)| known != id)).collect();
        assert_eq!(without, Vec::<&str>::new());
        for (id, ..) in DONE {
            assert!(vpsbg_api::OPERATIONS.iter().any(|info| info.id == id), "{id} is no operation");
        }
    }

    #[test]
    fn an_outcome_stands_within_the_sentence() {
        assert_eq!(lower("Not done: another task ran"), "not done: another task ran");
        assert_eq!(lower(""), "");
    }
}

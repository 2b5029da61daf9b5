//! What the provider is doing with a server while it is locked. The words of the reasons are not documented (one is:
//! FACTS §2, floating IP), so one that is not known is shown as it was sent.

use vpsbg_api::Server;

use crate::words::time;

/// Reasons in words.
const REASONS: [(&str, &str); 15] = [
    ("snapshot", "A snapshot of it is being made"),
    ("snapshot-delete", "One of its snapshots is being deleted"),
    ("backup", "A backup of it is being made"),
    ("backup-delete", "One of its backups is being deleted"),
    ("deploy", "It is being made"),
    ("reinstall", "It is being reinstalled"),
    ("restore", "It is being restored"),
    ("scale", "It is being moved to another plan"),
    ("change-password", "It restarts for its new password"),
    ("update-ssh-keys", "It restarts for its new SSH keys"),
    ("change-primary-ip", "It restarts for its new primary address"),
    ("rescue-mode", "It restarts, into or out of the rescue system"),
    ("measured-boot", "It restarts to boot another image"),
    ("floating-ip-attach", "A floating IP is being attached to it"),
    ("floating-ip-detach", "A floating IP is being detached from it"),
];

/// What goes on, as the beginning of a sentence.
pub fn locked_by(reason: Option<&str>) -> String {
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else {
        return "A task of the provider is running on it".to_owned();
    };
    match REASONS.iter().find(|(known, _)| *known == reason) {
        Some((_, words)) => (*words).to_owned(),
        None => format!("A task of the provider is running on it ({reason})"),
    }
}

/// What holds a server, and since when, as the beginning of a sentence; None: it is not locked.
pub fn lock(server: &Server) -> Option<String> {
    if server.locked != Some(true) {
        return None;
    }
    let begun = server.locked_at.map(|at| time::relative(at.0, jiff::Timestamp::now()));
    let begun = begun.map(|begun| format!(", begun {begun}")).unwrap_or_default();
    Some(format!("{}{begun}", locked_by(server.lock_reason.as_deref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_told_in_words_or_as_it_was_sent() {
        assert_eq!(locked_by(Some("snapshot")), "A snapshot of it is being made");
        assert_eq!(locked_by(Some("migration")), "A task of the provider is running on it (migration)");
        assert_eq!(locked_by(Some(" ")), locked_by(None));
    }
}

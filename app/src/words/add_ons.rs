//! Add-ons in words: keys as the provider's lists know them (FACTS §4). What is not known is shown as sent.

/// What a key is one of. Of each kind a server has one at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Weekly backups.
    Backups,
    /// A cPanel licence.
    Cpanel,
    /// Traffic without a limit.
    Bandwidth,
    /// Seats for remote desktop.
    RdsSeats,
    /// Seats for Office.
    OfficeSeats,
    /// Anything else.
    Other,
}

impl Kind {
    /// The kind of a key.
    pub fn of(key: &str) -> Self {
        match key {
            "backups" => Self::Backups,
            "microsoft-rds-sal" => Self::RdsSeats,
            "microsoft-office-sal" => Self::OfficeSeats,
            key if key.starts_with("cpanel-") => Self::Cpanel,
            key if key.ends_with("-unmetered") => Self::Bandwidth,
            _ => Self::Other,
        }
    }
}

/// `cPanel Admin, 5 accounts`.
pub fn name(key: &str) -> String {
    match key {
        "backups" => "Weekly backups".to_owned(),
        "microsoft-rds-sal" => "Remote desktop seats".to_owned(),
        "microsoft-office-sal" => "Office seats".to_owned(),
        "windows-server-license" => "Windows Server licence".to_owned(),
        _ => cpanel(key).or_else(|| unmetered(key)).unwrap_or_else(|| key.to_owned()),
    }
}

/// The same inside a sentence: only what is not a name loses its capital.
pub fn in_sentence(key: &str) -> String {
    let name = name(key);
    for (first, smaller) in [("Weekly", "weekly"), ("Remote", "remote"), ("Unmetered", "unmetered")] {
        if let Some(rest) = name.strip_prefix(first) {
            return format!("{smaller}{rest}");
        }
    }
    name
}

fn cpanel(key: &str) -> Option<String> {
    let (tier, accounts) = key.strip_prefix("cpanel-")?.split_once('-')?;
    let accounts: u64 = accounts.parse().ok()?;
    let mut letters = tier.chars();
    let first = letters.next().filter(char::is_ascii_lowercase)?.to_ascii_uppercase();
    let accounts = super::count(accounts, "account");
    Some(format!("cPanel {first}{}, {accounts}", letters.as_str()))
}

fn unmetered(key: &str) -> Option<String> {
    let speed = key.strip_suffix("-unmetered")?;
    let (number, unit) = speed
        .strip_suffix("mbps")
        .map(|number| (number, "Mbps"))
        .or_else(|| Some((speed.strip_suffix("gbps")?, "Gbps")))?;
    let number: u32 = number.parse().ok()?;
    Some(format!("Unmetered traffic at {number} {unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_said_in_words_and_unknown_ones_as_sent() {
        for (key, said) in [
            ("backups", "Weekly backups"),
            ("cpanel-admin-5", "cPanel Admin, 5 accounts"),
            ("cpanel-premier-100", "cPanel Premier, 100 accounts"),
            ("cpanel-solo-1", "cPanel Solo, 1 account"),
            ("100mbps-unmetered", "Unmetered traffic at 100 Mbps"),
            ("1gbps-unmetered", "Unmetered traffic at 1 Gbps"),
            ("windows-server-license", "Windows Server licence"),
            ("microsoft-rds-sal", "Remote desktop seats"),
            ("cpanel-", "cpanel-"),
            ("cpanel-x", "cpanel-x"),
            ("fast-unmetered", "fast-unmetered"),
            ("litespeed", "litespeed"),
            ("", ""),
        ] {
            assert_eq!(name(key), said);
        }
        assert_eq!(in_sentence("backups"), "weekly backups");
        assert_eq!(in_sentence("cpanel-admin-5"), "cPanel Admin, 5 accounts");
    }

    #[test]
    fn keys_have_kinds() {
        assert_eq!(Kind::of("cpanel-new-7"), Kind::Cpanel);
        assert_eq!(Kind::of("10gbps-unmetered"), Kind::Bandwidth);
        assert_eq!(Kind::of("windows-server-license"), Kind::Other);
    }
}

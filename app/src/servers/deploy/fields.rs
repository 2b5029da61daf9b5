//! What is filled in, and how it stands in an address.

use vpsbg_api::SshKeyId;

use crate::{
    forms::{Kind, Rule, Typed},
    routes,
};

/// Months of one payment that the documentation shows (`ServerDeployRequest.billing_cycle`).
pub const CYCLES: [u32; 5] = [1, 3, 6, 12, 24];
/// Servers of one order.
pub const MOST_SERVERS: usize = 10;
/// Seats and addresses of a kind: above that somebody has mistyped.
const MOST: u32 = 100;

/// Its plan.
pub const PLAN: Rule = Rule::new(Kind::Choice, "plan", "Plan").required("Choose a plan.");
/// What is installed.
pub const IMAGE: Rule = Rule::new(Kind::Choice, "image", "Image or app");
/// What the disk is a copy of.
pub const SNAPSHOT: Rule = Rule::new(Kind::Choice, "snapshot", "Snapshot");
/// What the disk is a copy of.
pub const BACKUP: Rule = Rule::new(Kind::Choice, "backup", "Backup");
/// What is in the first drive, above an empty disk.
pub const ISO: Rule = Rule::new(Kind::Choice, "iso", "Empty disk, with an ISO in the first drive");
/// One name a line.
pub const NAMES: Rule = Rule::new(Kind::Text, "names", "Host names").required("Enter a name.").longest(2600);
/// Who may sign in.
pub const KEYS: Rule = Rule::new(Kind::Choice, "key", "SSH keys");
/// How one signs in. Its shortest length is that of `changeServerPassword`.
pub const PASSWORD: Rule = Rule::new(Kind::Secret, "password", "Password").shortest(6).longest(255);
/// The add-on.
pub const BACKUPS: Rule = Rule::new(Kind::Tick, "backups", "Weekly backups, kept for three weeks");
/// The add-on.
pub const CPANEL: Rule = Rule::new(Kind::Choice, "cpanel", "cPanel").longest(64);
/// The add-on.
pub const BANDWIDTH: Rule = Rule::new(Kind::Choice, "bandwidth", "Unmetered traffic").longest(64);
/// The add-on.
pub const RDS: Rule = Rule::new(Kind::Number, "rds", "Remote desktop seats").between(0, MOST);
/// The add-on.
pub const OFFICE: Rule = Rule::new(Kind::Number, "office", "Office seats").between(0, MOST);
/// Beside the first.
pub const IPV4: Rule = Rule::new(Kind::Number, "ipv4", "More IPv4 addresses").between(0, MOST);
/// Beside the first.
pub const IPV4_DDOS: Rule =
    Rule::new(Kind::Number, "ipv4_ddos", "More IPv4 addresses, protected against attacks").between(0, MOST);
/// Beside the first.
pub const IPV6: Rule = Rule::new(Kind::Number, "ipv6", "More IPv6 addresses").between(0, MOST);
/// What makes it cheaper.
pub const PROMO: Rule = Rule::new(Kind::Line, "promo", "Promo code").longest(64);
/// Months of one payment.
pub const CYCLE: Rule = Rule::new(Kind::Choice, "cycle", "Billing cycle").required("Choose a billing cycle.");

/// All fields, in the order of the page.
pub const FIELDS: &[Rule] = &[
    PLAN, IMAGE, SNAPSHOT, BACKUP, ISO, NAMES, KEYS, BACKUPS, CPANEL, BANDWIDTH, RDS, OFFICE, IPV4,
    IPV4_DDOS, IPV6, PROMO, CYCLE, PASSWORD,
];

/// What is said of the fields, without secrets and without what says nothing.
pub fn said(typed: &Typed) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for rule in FIELDS {
        if rule.name == KEYS.name {
            let chosen = typed.chosen(KEYS.name).into_iter();
            let keys = chosen.filter_map(|id| id.parse::<SshKeyId>().ok());
            pairs.extend(keys.map(|id| (format!("{}-{id}", KEYS.name), "on".to_owned())));
            continue;
        }
        let value = typed.get(rule.name);
        let nothing = value.is_empty() || (rule.kind == Kind::Number && value == "0");
        if rule.kind != Kind::Secret && !nothing {
            pairs.push((rule.name.to_owned(), value.to_owned()));
        }
    }
    pairs
}

/// The address of the page, filled in like this.
pub fn address(typed: &Typed) -> String {
    let said = said(typed);
    let pairs: Vec<_> = said.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    routes::with_query(routes::NEW_SERVER, &pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_filled_in_but_no_secrets() {
        let pairs = [
            ("names", "web-1\nweb-2"),
            ("plan", "cloud-vps-2gb"),
            ("password", "hush-hush"),
            ("once", "0123"),
            ("key-61", "on"),
            ("key-nonsense", "on"),
            ("rds", "0"),
            ("ipv4", "2"),
            ("other", "x"),
        ];
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let address = address(&Typed::of(&pairs));
        assert_eq!(address, "/servers/new?plan=cloud-vps-2gb&names=web-1%0Aweb-2&key-61=on&ipv4=2");
    }
}

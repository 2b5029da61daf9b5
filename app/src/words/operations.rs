//! Operations of the contract in the words of people, by family (its tags). The test holds the table against the
//! contract, so that an operation that is added gets its words.

/// A family and its operations: `operationId` and what it does.
type Family = (&'static str, &'static [(&'static str, &'static str)]);

/// All of them, in the order of the contract.
#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    ("User", &[
        ("getUser", "Read the profile"),
        ("updateUser", "Change the profile"),
    ]),
    ("Two-factor login", &[
        ("getTwoFactorSecret", "Make a secret for two-factor login"),
        ("enableTwoFactor", "Switch two-factor login on"),
        ("disableTwoFactor", "Switch two-factor login off"),
    ]),
    ("Balance", &[
        ("getBalance", "Read the balance"),
        ("depositFunds", "Top up the balance"),
        ("listBalanceTransactions", "List movements of the balance"),
    ]),
    ("Affiliate", &[
        ("getAffiliate", "Read the referral programme"),
        ("activateAffiliate", "Join the referral programme"),
        ("updateAffiliate", "Change the referral code"),
        ("listAffiliateConversions", "List referred purchases"),
        ("listAffiliatePayouts", "List payouts"),
    ]),
    ("Invoices", &[
        ("listInvoices", "List invoices"),
        ("downloadInvoice", "Download an invoice"),
        ("downloadInvoices", "Download several invoices"),
    ]),
    ("Tickets", &[
        ("listTickets", "List tickets"),
        ("createTicket", "Open a ticket"),
        ("listSupportDepartments", "List departments"),
        ("listSupportServices", "List services for a ticket"),
        ("getTicket", "Read a ticket"),
        ("replyTicket", "Reply to a ticket"),
        ("resolveTicket", "Mark a ticket as resolved"),
        ("downloadTicketAttachment", "Download a file of a ticket"),
    ]),
    ("Support plans", &[
        ("listSupportPlans", "List support plans"),
        ("purchaseSupportPlan", "Buy a support plan"),
        ("renewSupportPlan", "Renew the support plan"),
        ("cancelSupportPlan", "Cancel the support plan"),
        ("undoCancelSupportPlan", "Keep the support plan after all"),
    ]),
    ("SSH keys", &[
        ("getSshKey", "Read an SSH key"),
        ("updateSshKey", "Change an SSH key"),
        ("deleteSshKey", "Delete an SSH key"),
        ("listSshKeys", "List SSH keys"),
        ("createSshKey", "Add an SSH key"),
    ]),
    ("Change of plan", &[
        ("listScalePlans", "List plans to move a server to"),
        ("scaleServer", "Move a server to another plan"),
        ("calculateScale", "Quote a move to another plan"),
    ]),
    ("Add-ons", &[
        ("listServerAddonPrices", "List add-ons for a server"),
        ("purchaseServerAddons", "Buy add-ons"),
        ("scaleServerAddons", "Change quantities of add-ons"),
        ("calculateServerAddonScale", "Quote quantities of add-ons"),
        ("cancelServerAddon", "Cancel an add-on"),
        ("undoCancelServerAddon", "Keep an add-on after all"),
    ]),
    ("Rescue", &[
        ("enableRescue", "Boot the rescue system"),
        ("disableRescue", "Leave the rescue system"),
    ]),
    ("Servers", &[
        ("listPlans", "List plans"),
        ("listServers", "List servers"),
        ("deployServer", "Order a server"),
        ("getServerStatus", "Read the state of a server"),
        ("getServer", "Read a server"),
        ("getServerMetrics", "Read metrics of a server"),
        ("getServerBandwidth", "Read traffic of a server"),
        ("startServer", "Start a server"),
        ("restartServer", "Restart a server"),
        ("stopServer", "Stop a server"),
        ("powerOffServer", "Cut the power of a server"),
        ("cancelServer", "Cancel a server"),
        ("undoCancelServer", "Keep a server after all"),
        ("changeServerPassword", "Set the password of a server"),
        ("updateServerHostname", "Rename a server"),
        ("updateServerSshKeys", "Set the SSH keys of a server"),
        ("setServerIsos", "Insert or eject ISOs"),
        ("restoreServer", "Restore a server"),
        ("renewServers", "Renew servers"),
        ("reinstallServer", "Reinstall a server"),
        ("changePrimaryIp", "Choose the primary address"),
        ("calculateServersRenew", "Quote a renewal"),
        ("listServerStatuses", "Read the state of all servers"),
    ]),
    ("Plans", &[
        ("listPlanAddons", "List add-ons of a plan"),
        ("listPlanPromoCodes", "List promo codes of a plan"),
    ]),
    ("Snapshots", &[
        ("listSnapshots", "List snapshots"),
        ("deleteSnapshot", "Delete a snapshot"),
    ]),
    ("Backups", &[
        ("listBackups", "List backups"),
        ("deleteBackup", "Delete a backup"),
    ]),
    ("Server images", &[
        ("listServerImages", "List images to install"),
    ]),
    ("Floating IPs", &[
        ("listFloatingIps", "List floating IPs"),
        ("purchaseFloatingIps", "Buy floating IPs"),
        ("listFloatingIpPlans", "List kinds of floating IPs"),
        ("attachFloatingIps", "Attach floating IPs"),
        ("detachFloatingIps", "Detach floating IPs"),
        ("cancelFloatingIps", "Cancel floating IPs"),
        ("undoCancelFloatingIps", "Keep floating IPs after all"),
    ]),
    ("IP addresses", &[
        ("updateIpAddress", "Set the reverse name of an address"),
    ]),
    ("Geo filter", &[
        ("getGeoFilter", "Read the country rule"),
        ("setGeoFilter", "Set the country rule"),
        ("updateGeoFilter", "Change the country rule"),
        ("deleteGeoFilter", "Remove the country rule"),
    ]),
    ("Whitelist", &[
        ("getWhitelist", "Read the whitelist"),
        ("setWhitelist", "Replace the whitelist"),
        ("updateWhitelist", "Change the whitelist"),
        ("deleteWhitelist", "Empty the whitelist"),
    ]),
    ("Blacklist", &[
        ("getBlacklist", "Read the blacklist"),
        ("setBlacklist", "Replace the blacklist"),
        ("updateBlacklist", "Change the blacklist"),
        ("deleteBlacklist", "Empty the blacklist"),
    ]),
    ("Network protection", &[
        ("getProtection", "Read the protection of an address"),
        ("getProtectionBandwidth", "Read filtered traffic"),
        ("listBlockedIps", "List blocked sources"),
        ("listAttacks", "List attacks"),
        ("getAttack", "Read an attack"),
        ("getAttackBandwidth", "Read traffic of an attack"),
    ]),
    ("Orders", &[
        ("listOrders", "List orders"),
        ("getOrder", "Read an order"),
        ("updateOrder", "Change an order"),
        ("deleteOrder", "Drop an order"),
        ("payOrders", "Pay orders"),
        ("changeOrderRenewalPeriod", "Change the period of a renewal"),
    ]),
    ("ISOs", &[
        ("getIso", "Read an ISO"),
        ("deleteIso", "Delete an ISO"),
        ("listIsos", "List ISOs"),
        ("createIso", "Add an ISO"),
    ]),
    ("Measured boot", &[
        ("listMeasuredBootImages", "List kernel images"),
        ("uploadMeasuredBootImage", "Upload a kernel image"),
        ("deleteMeasuredBootImage", "Delete a kernel image"),
        ("attachMeasuredBoot", "Attach or detach a kernel image"),
    ]),
];

/// The family of what the contract does not have: records of an older or newer version.
pub const OTHER: &str = "Other";

/// Family and words of an operation. One that is not in the contract is called by its id.
pub fn of(id: &str) -> (&'static str, &str) {
    let found = FAMILIES.iter().find_map(|(family, operations)| {
        let (_, words) = operations.iter().find(|(known, _)| *known == id)?;
        Some((*family, *words))
    });
    found.unwrap_or((OTHER, id))
}

/// Names of the families, in their order.
pub fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(family, _)| *family)
}

/// The operations of a family, in their order.
pub fn of_family(family: &str) -> impl Iterator<Item = &'static str> {
    let found = FAMILIES.iter().find(move |(known, _)| *known == family);
    found.into_iter().flat_map(|(_, operations)| operations.iter().map(|(id, _)| *id))
}

/// The name of a family in an address: `ssh-keys`.
pub fn slug(family: &str) -> String {
    family.to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_operation_of_the_contract_has_words_of_its_own() {
        let contract =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../api/openapi.yaml")).unwrap();
        let ids: BTreeSet<&str> =
            contract.lines().filter_map(|line| line.trim().strip_prefix("operationId: ")).collect();
        assert!(ids.len() >= 115, "the contract is not read: {}", ids.len());
        let told: Vec<(&str, &str)> =
            FAMILIES.iter().flat_map(|(_, operations)| operations.iter().copied()).collect();
        assert_eq!(told.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>(), ids);
        assert_eq!(told.len(), ids.len(), "an operation stands twice");
        let words: BTreeSet<&str> = told.iter().map(|(_, words)| *words).collect();
        assert_eq!(words.len(), ids.len(), "two operations have the same words");
        for info in vpsbg_api::OPERATIONS {
            assert_ne!(of(info.id).0, OTHER, "{}", info.id);
        }
    }

    #[test]
    fn families_are_told_apart_in_addresses() {
        let slugs: BTreeSet<String> = families().map(slug).collect();
        assert_eq!(slugs.len(), families().count());
        assert!(slugs.contains("ssh-keys") && slugs.contains("servers"));
        assert_eq!(of("noSuchOperation"), (OTHER, "noSuchOperation"));
        assert_eq!(of_family("ISOs").next(), Some("getIso"));
    }
}

//! The calls that the contract's examples of requests about servers are.

use vpsbg_api::{
    AddonChoice, AddonSizes, AttachMeasuredBoot, CancelServer, CancelServerAddon, ChangePrimaryIp,
    ChangeServerPassword, CreateIso, CreateSshKey, DeployServer, DiskSource, EnableRescue, ExtraAddresses,
    PurchaseServerAddons, QuoteRenewal, QuoteScale, QuoteServerAddonScale, ReinstallServer, RenewServers,
    RestoreServer, RestoreSource, ScaleServer, ScaleServerAddons, Secret, SetServerIsos,
    UpdateServerHostname, UpdateServerSshKeys, UpdateSshKey,
};

use super::{
    asked::{Asked, asked},
    servers_side::id,
};

fn secret(text: &str) -> Secret {
    Secret::from(text.to_owned())
}

pub fn calls() -> Vec<Asked> {
    let server = id("4821");
    let plan = "cloud-vps-4gb".to_owned();
    let servers = vec![server, id("4822")];
    let promo_code = Some("spring2603".to_owned());
    let sizes = AddonSizes {
        cpanel: Some("cpanel-pro-30".to_owned()),
        microsoft_rds_sal: Some(5),
        microsoft_office_sal: None,
    };
    let backups = AddonChoice { backups: true, ..AddonChoice::default() };
    let boot =
        |kernel| AttachMeasuredBoot { id: server, kernel, initrd: None, account_password: None, otp: None };
    let deploy = DeployServer {
        hostnames: vec!["web-02".to_owned()],
        plan: "cloud-vps-2gb".to_owned(),
        billing_cycle: 3,
        source: DiskSource::Image(id("73")),
        primary_iso: None,
        secondary_iso: None,
        password: None,
        ssh_keys: vec![id("61")],
        addresses: ExtraAddresses::default(),
        addons: backups.clone(),
        promo_code: None,
    };
    let key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEexampleexampleexampleexampleexampleexample dev@example.org";
    vec![
        asked(&UpdateSshKey { id: id("61"), name: Some("Laptop 2026".to_owned()), key: None }),
        asked(&CreateSshKey { name: "Laptop".to_owned(), key: key.to_owned() }),
        asked(&ScaleServer { id: server, plan: plan.clone(), scale_disk: false }),
        asked(&QuoteScale { id: server, plan, scale_disk: false }),
        asked(&PurchaseServerAddons { server, choice: backups }),
        asked(&ScaleServerAddons { server, sizes: sizes.clone() }),
        asked(&QuoteServerAddonScale { server, sizes }),
        asked(&CancelServerAddon { server, addon: id("771"), reason: "Not needed".to_owned(), now: false }),
        asked(&EnableRescue { id: server, password: Some(secret("temporary-rescue")), ssh_keys: Vec::new() }),
        asked(&deploy),
        asked(&CancelServer {
            id: server,
            reason: Some("Replaced by a larger server".to_owned()),
            now: false,
        }),
        asked(&ChangeServerPassword { id: server, password: secret("correct-horse-battery"), reboot: true }),
        asked(&UpdateServerHostname { id: server, hostname: "web-01".to_owned() }),
        asked(&UpdateServerSshKeys { id: server, ssh_keys: vec![id("61"), id("62")], reboot: false }),
        asked(&SetServerIsos { id: server, primary: Some(id("12")), secondary: None }),
        asked(&RestoreServer { id: server, source: RestoreSource::Snapshot(id("244")) }),
        asked(&RenewServers { servers: servers.clone(), billing_cycle: 3, promo_code: promo_code.clone() }),
        asked(&QuoteRenewal { servers, billing_cycle: 3, promo_code }),
        asked(&ReinstallServer {
            id: server,
            image: id("73"),
            password: None,
            ssh_keys: vec![id("61")],
            hostname: None,
        }),
        asked(&ChangePrimaryIp { id: server, address: id("5121") }),
        asked(&CreateIso { url: "https://mirror.example.org/example-linux-13-netinst.iso".to_owned() }),
        asked(&boot(Some(id("412")))),
        asked(&boot(None)),
    ]
}

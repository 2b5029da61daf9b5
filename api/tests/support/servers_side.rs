//! Calls about servers and what belongs to them, each with everything that can be asked.

use std::str::FromStr;

use jiff::civil::date;
use vpsbg_api::{
    AddonChoice, AddonSizes, AttachMeasuredBoot, BillingState, ByDate, CancelServer, CancelServerAddon,
    ChangePrimaryIp, ChangeServerPassword, CreateIso, CreateSshKey, DeleteBackup, DeleteIso,
    DeleteMeasuredBootImage, DeleteSnapshot, DeleteSshKey, DeployServer, DisableRescue, DiskSource,
    EnableRescue, ExtraAddresses, GetIso, GetServer, GetServerBandwidth, GetServerMetrics, GetServerStatus,
    GetSshKey, Gigabytes, ListBackups, ListIsos, ListMeasuredBootImages, ListPlanAddons, ListPlanPromoCodes,
    ListPlans, ListScalePlans, ListServerAddonPrices, ListServerImages, ListServerStatuses, ListServers,
    ListSnapshots, ListSshKeys, PowerOffServer, PurchaseServerAddons, QuoteRenewal, QuoteScale,
    QuoteServerAddonScale, ReinstallServer, RenewServers, RestartServer, RestoreServer, RestoreSource,
    ScaleServer, ScaleServerAddons, Secret, ServerFilter, ServerSort, SetServerIsos, StartServer, StopServer,
    UndoCancelServer, UndoCancelServerAddon, UnixSeconds, UpdateServerHostname, UpdateServerSshKeys,
    UpdateSshKey, UploadMeasuredBootImage,
};

use super::asked::{Asked, asked};

/// In every secret field.
pub const PASSWORD: &str = "open-sesame-4711";

pub fn id<T: FromStr<Err: std::fmt::Debug>>(number: &str) -> T {
    number.parse().unwrap()
}

pub fn secret() -> Secret {
    Secret::from(PASSWORD.to_owned())
}

pub fn choice() -> AddonChoice {
    AddonChoice {
        backups: true,
        cpanel: Some("cpanel-admin-5".to_owned()),
        bandwidth: Some("1gbps-unmetered".to_owned()),
        microsoft_rds_sal: 2,
        microsoft_office_sal: 3,
    }
}

fn sizes() -> AddonSizes {
    AddonSizes {
        cpanel: Some("cpanel-pro-30".to_owned()),
        microsoft_rds_sal: Some(5),
        microsoft_office_sal: Some(0),
    }
}

pub fn deploy(source: DiskSource) -> DeployServer {
    DeployServer {
        hostnames: vec!["web-02".to_owned()],
        plan: "cloud-vps-2gb".to_owned(),
        billing_cycle: 3,
        source,
        primary_iso: Some(id("12")),
        secondary_iso: Some(id("13")),
        password: Some(secret()),
        ssh_keys: vec![id("61")],
        addresses: ExtraAddresses { ipv4: 1, ipv4_ddos: 2, ipv6: 3 },
        addons: choice(),
        promo_code: Some("spring2603".to_owned()),
    }
}

fn list(sort: ServerSort) -> ListServers {
    ListServers {
        page: 2,
        per_page: Some(50),
        filter: ServerFilter {
            address: Some("203.0.113.24".to_owned()),
            search: Some("web".to_owned()),
            status: vec![BillingState::Active, BillingState::Processing],
        },
        sort: Some(sort),
    }
}

pub fn calls() -> Vec<Asked> {
    [servers(), changes(), money(), belongings()].into_iter().flatten().collect()
}

fn servers() -> Vec<Asked> {
    let server = id("7");
    let moment = Some(UnixSeconds(jiff::Timestamp::from_second(1_772_575_200).unwrap()));
    vec![
        asked(&list(ServerSort::Created(true))),
        asked(&list(ServerSort::Expiry(false))),
        asked(&ListServerStatuses),
        asked(&GetServer { id: server, with_app_guide: true }),
        asked(&GetServerStatus { id: server }),
        asked(&GetServerMetrics { id: server, month: Some((2026, 3)) }),
        asked(&GetServerBandwidth { id: server, start: moment, end: moment }),
        asked(&StartServer { id: server }),
        asked(&RestartServer { id: server }),
        asked(&StopServer { id: server }),
        asked(&PowerOffServer { id: server }),
        asked(&ListScalePlans { id: server }),
        asked(&ListServerAddonPrices { server }),
    ]
}

fn changes() -> Vec<Asked> {
    let server = id("7");
    let addon = id("771");
    let reason = "Replaced".to_owned();
    vec![
        asked(&CancelServer { id: server, reason: Some(reason.clone()), now: true }),
        asked(&CancelServer { id: server, reason: None, now: false }),
        asked(&UndoCancelServer { id: server }),
        asked(&CancelServerAddon { server, addon, reason: reason.clone(), now: true }),
        asked(&CancelServerAddon { server, addon, reason, now: false }),
        asked(&UndoCancelServerAddon { server, addon }),
        asked(&ChangeServerPassword { id: server, password: secret(), reboot: true }),
        asked(&UpdateServerHostname { id: server, hostname: "web-01".to_owned() }),
        asked(&UpdateServerSshKeys { id: server, ssh_keys: vec![id("61"), id("62")], reboot: false }),
        asked(&ChangePrimaryIp { id: server, address: id("5121") }),
        asked(&SetServerIsos { id: server, primary: Some(id("12")), secondary: None }),
        asked(&RestoreServer { id: server, source: RestoreSource::Snapshot(id("244")) }),
        asked(&RestoreServer { id: server, source: RestoreSource::Backup(id("5203")) }),
        asked(&ReinstallServer {
            id: server,
            image: id("73"),
            password: Some(secret()),
            ssh_keys: vec![id("61")],
            hostname: Some("web-01".to_owned()),
        }),
        asked(&EnableRescue { id: server, password: Some(secret()), ssh_keys: vec![id("61")] }),
        asked(&DisableRescue { id: server }),
        asked(&AttachMeasuredBoot {
            id: server,
            kernel: Some(id("412")),
            initrd: Some(id("413")),
            account_password: Some(secret()),
            otp: Some(secret()),
        }),
    ]
}

fn money() -> Vec<Asked> {
    let server = id("7");
    let (servers, plan) = (vec![server, id("8")], "cloud-vps-4gb".to_owned());
    let promo_code = Some("spring2603".to_owned());
    vec![
        asked(&deploy(DiskSource::Image(id("73")))),
        asked(&deploy(DiskSource::Snapshot(id("244")))),
        asked(&deploy(DiskSource::Backup(id("5203")))),
        asked(&QuoteRenewal { servers: servers.clone(), billing_cycle: 3, promo_code: promo_code.clone() }),
        asked(&RenewServers { servers, billing_cycle: 3, promo_code }),
        asked(&QuoteScale { id: server, plan: plan.clone(), scale_disk: true }),
        asked(&ScaleServer { id: server, plan, scale_disk: false }),
        asked(&PurchaseServerAddons { server, choice: choice() }),
        asked(&QuoteServerAddonScale { server, sizes: sizes() }),
        asked(&ScaleServerAddons { server, sizes: sizes() }),
    ]
}

fn belongings() -> Vec<Asked> {
    let (server, day) = (Some(id("7")), Some(date(2026, 3, 1)));
    let (plan, iso, key, name, line) =
        (id("104"), id("12"), id("61"), "Laptop".to_owned(), "ssh-ed25519 AAAA".to_owned());
    vec![
        asked(&ListPlans { page: 2 }),
        asked(&ListPlanAddons { id: plan }),
        asked(&ListPlanPromoCodes { id: plan }),
        asked(&ListServerImages),
        asked(&ListSnapshots { page: 2, server, date: day, sort: Some(ByDate::Newest) }),
        asked(&DeleteSnapshot { id: id("244") }),
        asked(&ListBackups {
            page: 2,
            server,
            date: day,
            size: Some(Gigabytes(50.0)),
            sort: Some(ByDate::Oldest),
        }),
        asked(&DeleteBackup { id: id("5203") }),
        asked(&ListIsos { page: 2 }),
        asked(&GetIso { id: iso }),
        asked(&CreateIso { url: "https://mirror.example.org/a.iso".to_owned() }),
        asked(&DeleteIso { id: iso }),
        asked(&ListSshKeys { page: 2 }),
        asked(&GetSshKey { id: key }),
        asked(&CreateSshKey { name: name.clone(), key: line.clone() }),
        asked(&UpdateSshKey { id: key, name: Some(name), key: Some(line) }),
        asked(&DeleteSshKey { id: key }),
        asked(&ListMeasuredBootImages),
        asked(&UploadMeasuredBootImage { name: "kernel.efi".to_owned(), content: vec![1, 2].into() }),
        asked(&DeleteMeasuredBootImage { id: id("412") }),
    ]
}

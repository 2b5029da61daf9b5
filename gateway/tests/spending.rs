//! Everything that costs money, against the sandbox: its answer lost after it was carried out, and lost before.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Account, PurchaseState, Spent, Timings};
use sandbox::{Stage, quick};
use serde_json::json;
use vpsbg_api::{
    AddonChoice, AddonSizes, DeployServer, DepositFunds, DiskSource, ExtraAddresses, Money, Operation,
    OrderId, PayOrders, PaymentMethod, PurchaseFloatingIps, PurchaseServerAddons, PurchaseSupportPlan,
    RenewServers, RenewSupportPlan, ScaleServer, ScaleServerAddons, SupportLevel,
};
use vpsbg_sandbox::Seed;

/// Two looks, thirty milliseconds apart.
fn moments() -> Timings {
    Timings { purchase_look: Duration::from_millis(30), purchase_pause: Duration::from_millis(5), ..quick() }
}

async fn orders(stage: &Stage) -> u64 {
    let list =
        stage.tell("/orders?per_page=1&filter[status]=awaiting_payment,processing,paid,cancelled").await;
    list["meta"]["total"].as_u64().unwrap()
}

/// What is said when the answer is lost.
async fn lost<O: Operation>(
    stage: &Stage,
    account: &Account,
    operation: &O,
    perform: bool,
) -> gateway::Purchase {
    stage.force(json!({ "operation": O::INFO.id, "reset": true, "perform": perform })).await;
    match account.spend(operation, None).await {
        Ok(Spent::Looking { purchase }) => {
            let settled = account.settled(purchase);
            tokio::time::timeout(Duration::from_secs(30), settled).await.unwrap().unwrap()
        }
        Ok(Spent::Done { .. }) => panic!("{} was answered", O::INFO.id),
        Err(error) => panic!("{} failed: {error}", O::INFO.id),
    }
}

/// Lost without being carried out, then lost after it was: each is told as it is, and sent once.
async fn told_as_it_is<O: Operation>(stage: &Stage, account: &Account, operation: &O, new_orders: u64) {
    let before = orders(stage).await;
    let asked = stage.asked(O::INFO.id).await;
    let not = lost(stage, account, operation, false).await;
    assert_eq!((not.state, not.found.len()), (PurchaseState::NotDone, 0), "{}: {:?}", O::INFO.id, not.found);
    assert_eq!(orders(stage).await, before, "{}", O::INFO.id);
    let done = lost(stage, account, operation, true).await;
    assert_eq!(done.state, PurchaseState::Done, "{}: {:?}", O::INFO.id, done.found);
    assert!(!done.found.is_empty());
    assert_eq!(orders(stage).await, before + new_orders, "{}", O::INFO.id);
    assert_eq!(stage.asked(O::INFO.id).await, asked + 2, "{}", O::INFO.id);
}

fn servers_named(names: &[&str]) -> DeployServer {
    DeployServer {
        hostnames: names.iter().map(|&name| name.to_owned()).collect(),
        plan: "cloud-vps-2gb".to_owned(),
        billing_cycle: 1,
        source: DiskSource::Image("73".parse().unwrap()),
        primary_iso: None,
        secondary_iso: None,
        password: None,
        ssh_keys: Vec::new(),
        addresses: ExtraAddresses::default(),
        addons: AddonChoice::default(),
        promo_code: None,
    }
}

#[tokio::test]
async fn new_servers() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(moments()).await;
    told_as_it_is(&stage, &account, &servers_named(&["fresh-1"]), 1).await;
    told_as_it_is(&stage, &account, &servers_named(&["fresh-2", "fresh-3"]), 1).await;
    // The same names once more: what is there already is not taken for it.
    told_as_it_is(&stage, &account, &servers_named(&["fresh-1"]), 1).await;
}

#[tokio::test]
async fn renewals_of_servers() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(moments()).await;
    let (web, db) = (stage.server_id("web-1").await, stage.server_id("db-1").await);
    let renew = |servers| RenewServers { servers, billing_cycle: 1, promo_code: None };
    told_as_it_is(&stage, &account, &renew(vec![web]), 1).await;
    told_as_it_is(&stage, &account, &renew(vec![db, stage.server_id("web-2").await]), 1).await;
}

#[tokio::test]
async fn another_plan_and_add_ons() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(moments()).await;
    let id = stage.server_id("web-1").await;
    let choice = AddonChoice { cpanel: Some("cpanel-admin-5".to_owned()), ..AddonChoice::default() };
    told_as_it_is(&stage, &account, &PurchaseServerAddons { server: id, choice }, 1).await;
    let sizes = AddonSizes { cpanel: Some("cpanel-pro-30".to_owned()), ..AddonSizes::default() };
    told_as_it_is(&stage, &account, &ScaleServerAddons { server: id, sizes }, 1).await;
    let scale = ScaleServer { id, plan: "cloud-vps-16gb".to_owned(), scale_disk: false };
    told_as_it_is(&stage, &account, &scale, 1).await;
}

#[tokio::test]
async fn floating_ips() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(moments()).await;
    let purchase =
        PurchaseFloatingIps { billing_cycle: 1, ipv4: 2, ipv4_protected: 0, ipv6: 0, server: None };
    told_as_it_is(&stage, &account, &purchase, 1).await;
}

#[tokio::test]
async fn money_paid_in_and_a_support_level() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(moments()).await;
    let deposit = DepositFunds { amount: Money(50.into()), payment_method: PaymentMethod::Bank };
    told_as_it_is(&stage, &account, &deposit, 1).await;
    told_as_it_is(&stage, &account, &RenewSupportPlan { billing_cycle: 1 }, 1).await;
    // Who has no support level yet.
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(moments()).await;
    let level = PurchaseSupportPlan { level: SupportLevel::Professional, billing_cycle: 1 };
    told_as_it_is(&stage, &account, &level, 1).await;
    let open = stage.tell("/orders?per_page=1&filter[status]=awaiting_payment").await;
    let id: OrderId = open["data"][0]["id"].to_string().parse().unwrap();
    told_as_it_is(&stage, &account, &PayOrders { ids: vec![id], payment_method: PaymentMethod::Card }, 0)
        .await;
}

#[tokio::test]
async fn among_five_thousand_servers_nothing_is_said_that_is_not_certain() {
    let stage = Stage::set(Seed::Large).await;
    let account = stage.account(moments()).await;
    let not = lost(&stage, &account, &servers_named(&["fresh-1"]), false).await;
    assert_ne!(not.state, PurchaseState::Done, "{:?}", not.found);
    let done = lost(&stage, &account, &servers_named(&["fresh-1"]), true).await;
    assert_ne!(done.state, PurchaseState::NotDone, "{:?}", done.found);
}

/// A page of a proxy, a refusal dressed as a success, an empty list: none of them shows what was bought.
#[tokio::test]
async fn an_answer_that_shows_nothing_is_no_purchase() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(moments()).await;
    let deposit = DepositFunds { amount: Money(12.into()), payment_method: PaymentMethod::Card };
    let answers = [
        json!({ "status": 200, "body": "<html>Back in a moment</html>", "content_type": "text/html" }),
        json!({ "status": 200, "body": { "message": "Insufficient balance." } }),
        json!({ "status": 201, "body": [] }),
        json!({ "status": 200, "body": "" }),
    ];
    for answer in answers {
        let mut forced = answer.clone();
        forced["operation"] = json!("depositFunds");
        stage.force(forced).await;
        let Ok(Spent::Looking { purchase }) = account.spend(&deposit, None).await else {
            panic!("{answer} passed for a purchase or for a refusal");
        };
        let settled = tokio::time::timeout(Duration::from_secs(30), account.settled(purchase));
        assert_eq!(settled.await.unwrap().unwrap().state, PurchaseState::NotDone, "{answer}");
    }
    assert!(matches!(account.spend(&deposit, None).await, Ok(Spent::Done { .. })));
}

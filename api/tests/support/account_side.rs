//! Calls about the account, its money, its tickets and its addresses, each with everything that can be asked,
//! and with the values of the contract's examples.

use std::{collections::BTreeMap, str::FromStr};

use vpsbg_api::{
    ActivateAffiliate, AttachFloatingIps, AttackId, BillingState, CancelFloatingIps, CancelSupportPlan,
    ChangeRenewalPeriod, CreateTicket, DeleteBlacklist, DeleteGeoFilter, DeleteOrder, DeleteWhitelist,
    DepositFunds, DetachFloatingIps, DisableTwoFactor, DownloadAttachment, DownloadInvoice, DownloadInvoices,
    EnableTwoFactor, FilePart, FloatingIpFilter, GeoAction, GetAffiliate, GetAttack, GetAttackBandwidth,
    GetBalance, GetBlacklist, GetGeoFilter, GetOrder, GetProtection, GetProtectionBandwidth, GetTicket,
    GetTwoFactorSecret, GetUser, GetWhitelist, ListAffiliateConversions, ListAffiliatePayouts, ListAttacks,
    ListBalanceTransactions, ListBlockedIps, ListDepartments, ListFloatingIpPlans, ListFloatingIps,
    ListInvoices, ListOrders, ListServices, ListSupportPlans, ListTickets, Money, OrderStatus, PayOrders,
    PaymentMethod, PromoChange, PurchaseFloatingIps, PurchaseSupportPlan, RenewSupportPlan, ReplyTicket,
    ResolveTicket, ReverseNames, Secret, ServiceKind, SetBlacklist, SetGeoFilter, SetWhitelist, SupportLevel,
    TicketStatus, UndoCancelFloatingIps, UndoCancelSupportPlan, UnixSeconds, UpdateAffiliate,
    UpdateBlacklist, UpdateGeoFilter, UpdateIpAddress, UpdateOrder, UpdateUser, UpdateWhitelist,
};

use super::asked::{Asked, asked};

/// In every secret field.
pub const SECRET: &str = "JBSWY3DPEHPK3PXP";
/// In every code.
pub const CODE: &str = "482913";

fn of<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn list<T: FromStr<Err: std::fmt::Debug>>(texts: &[&str]) -> Vec<T> {
    texts.iter().map(|text| of(text)).collect()
}

fn moment(seconds: i64) -> UnixSeconds {
    UnixSeconds(jiff::Timestamp::from_second(seconds).unwrap())
}

fn file() -> FilePart {
    FilePart {
        field: "attachments[]",
        name: "a.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        content: b"a".to_vec().into(),
    }
}

fn account() -> Vec<Asked> {
    let some_user_data = UpdateUser {
        city: Some("Plovdiv".to_owned()),
        postal_code: Some("4000".to_owned()),
        newsletter: Some(true),
        email_otp_enabled: Some(true),
        ..UpdateUser::default()
    };
    let all_user_data = UpdateUser {
        address: Some("1 Example Street".to_owned()),
        country: Some(of("1")),
        phone_number: Some("+359000000000".to_owned()),
        technical_email: Some("ops@example.org".to_owned()),
        referral_code: Some("a1b2c3".to_owned()),
        language: Some(of("2")),
        company: Some(true),
        company_name: Some("Example Works Ltd".to_owned()),
        company_address: Some("1 Example Street".to_owned()),
        company_number: Some("000000001".to_owned()),
        vat_number: Some("BG000000001".to_owned()),
        ..some_user_data.clone()
    };
    vec![
        asked(&GetTwoFactorSecret),
        asked(&EnableTwoFactor { code: of(CODE), secret_key: Secret::from(SECRET.to_owned()) }),
        asked(&DisableTwoFactor { code: of(CODE) }),
        asked(&GetUser),
        asked(&some_user_data),
        asked(&all_user_data),
        asked(&GetAffiliate),
        asked(&ActivateAffiliate { referral_code: Some("examplecode".to_owned()) }),
        asked(&UpdateAffiliate { referral_code: "examplecode".to_owned() }),
        asked(&ListAffiliateConversions { page: 2 }),
        asked(&ListAffiliatePayouts { page: 2 }),
    ]
}

fn tickets() -> Vec<Asked> {
    let ticket = of("731");
    let create = |files| CreateTicket {
        department: of("2"),
        subject: "No route to the server".to_owned(),
        message: "The server does not answer on port 22.".to_owned(),
        service: Some(("server".to_owned(), of("4821"))),
        files,
    };
    let reply =
        |files| ReplyTicket { id: ticket, message: "It answers again after a restart.".to_owned(), files };
    vec![
        asked(&ListTickets { page: 2, status: vec![TicketStatus::Opened] }),
        asked(&create(Vec::new())),
        asked(&create(vec![file(), file()])),
        asked(&ListDepartments),
        asked(&ListServices),
        asked(&GetTicket { id: ticket }),
        asked(&reply(Vec::new())),
        asked(&reply(vec![file()])),
        asked(&ResolveTicket { id: ticket }),
        asked(&DownloadAttachment { ticket, attachment: of("5") }),
    ]
}

fn money() -> Vec<Asked> {
    let id = of("200731");
    let nothing = UpdateOrder { id, promo_code: PromoChange::Keep, auto_pay: None, payment_method: None };
    let period = ChangeRenewalPeriod {
        id,
        service_type: ServiceKind::Server,
        service_id: of("4821"),
        billing_cycle: 12,
        promo_code: PromoChange::Remove,
    };
    let deposit = DepositFunds { amount: Money(50.into()), payment_method: PaymentMethod::Lightning };
    let level = SupportLevel::Professional;
    vec![
        asked(&GetBalance),
        asked(&deposit),
        asked(&ListBalanceTransactions { page: 2 }),
        asked(&ListInvoices { page: 2 }),
        asked(&DownloadInvoice { id: of("8801") }),
        asked(&DownloadInvoices { ids: list(&["8801", "8802"]) }),
        asked(&ListSupportPlans),
        asked(&PurchaseSupportPlan { level, billing_cycle: 3 }),
        asked(&RenewSupportPlan { billing_cycle: 1 }),
        asked(&CancelSupportPlan { now: false, reason: Some("Replaced by a larger server".to_owned()) }),
        asked(&CancelSupportPlan { now: true, reason: None }),
        asked(&UndoCancelSupportPlan),
        asked(&ListOrders { page: 2, per_page: Some(50), status: vec![OrderStatus::AwaitingPayment] }),
        asked(&GetOrder { id }),
        asked(&UpdateOrder { promo_code: PromoChange::Use("spring2603".to_owned()), ..nothing.clone() }),
        asked(&UpdateOrder {
            promo_code: PromoChange::Remove,
            auto_pay: Some(true),
            payment_method: Some(PaymentMethod::Card),
            ..nothing
        }),
        asked(&DeleteOrder { id }),
        asked(&PayOrders { ids: vec![id], payment_method: PaymentMethod::Balance }),
        asked(&period),
        asked(&ChangeRenewalPeriod { promo_code: PromoChange::Use("spring2612".to_owned()), ..period }),
    ]
}

fn floating_ips() -> Vec<Asked> {
    let ids = vec![of("918")];
    let two = list(&["918", "919"]);
    let server = of("4821");
    let purchase =
        PurchaseFloatingIps { billing_cycle: 1, ipv4: 1, ipv4_protected: 0, ipv6: 0, server: Some(server) };
    let cancel = |now, attached| CancelFloatingIps {
        ids: vec![of("918")],
        now,
        reason: Some("Not needed".to_owned()),
        attached,
    };
    let filter = FloatingIpFilter {
        address: Some("203.0.113.40".to_owned()),
        search: Some("web".to_owned()),
        status: vec![BillingState::Active],
        ddos_protected: Some(true),
    };
    let by_address = [("2001:db8:10::1".to_owned(), "web-01.example.org".to_owned())];
    let named = |reverse_names| UpdateIpAddress { id: of("5120"), reverse_names };
    vec![
        asked(&ListFloatingIps { page: 2, per_page: Some(50), filter }),
        asked(&purchase),
        asked(&PurchaseFloatingIps { server: None, ..purchase }),
        asked(&ListFloatingIpPlans),
        asked(&AttachFloatingIps { ids: ids.clone(), server }),
        asked(&AttachFloatingIps { ids: two, server }),
        asked(&DetachFloatingIps { ids: ids.clone() }),
        asked(&cancel(false, false)),
        asked(&cancel(true, false)),
        asked(&cancel(false, true)),
        asked(&cancel(true, true)),
        asked(&UndoCancelFloatingIps { ids }),
        asked(&named(ReverseNames::One("web-01.example.org".to_owned()))),
        asked(&named(ReverseNames::ByAddress(BTreeMap::from(by_address)))),
    ]
}

fn protection() -> Vec<Asked> {
    let id = of("5302");
    let (start, end) = (Some(moment(1_772_700_000)), Some(moment(1_772_800_000)));
    let attack: AttackId = of("k7Qm2Zt9LxWb4Rc");
    let networks: Vec<_> = list(&["203.0.113.9", "198.51.100.0/24"]);
    let (add, remove): (Vec<_>, Vec<_>) = (list(&["192.0.2.10"]), list(&["203.0.113.9/32"]));
    let (action, countries) = (GeoAction::Allow, list(&["BG", "ro"]));
    vec![
        asked(&GetGeoFilter { id }),
        asked(&SetGeoFilter { id, action: action.clone(), countries: countries.clone() }),
        asked(&UpdateGeoFilter { id, active: Some(false), action: None, countries: None }),
        asked(&UpdateGeoFilter { id, active: None, action: Some(action), countries: Some(countries) }),
        asked(&DeleteGeoFilter { id }),
        asked(&GetWhitelist { id }),
        asked(&SetWhitelist { id, networks: networks.clone() }),
        asked(&UpdateWhitelist { id, active: None, add: add.clone(), remove: remove.clone() }),
        asked(&UpdateWhitelist { id, active: Some(true), add: Vec::new(), remove: Vec::new() }),
        asked(&DeleteWhitelist { id }),
        asked(&GetBlacklist { id }),
        asked(&SetBlacklist { id, networks }),
        asked(&UpdateBlacklist { id, active: None, add, remove }),
        asked(&UpdateBlacklist { id, active: Some(true), add: Vec::new(), remove: Vec::new() }),
        asked(&DeleteBlacklist { id }),
        asked(&GetProtection { id }),
        asked(&GetProtectionBandwidth { id, start, end }),
        asked(&ListBlockedIps { id, page: 2, per_page: Some(50) }),
        asked(&ListAttacks { id, start, end, page: 2, per_page: Some(50) }),
        asked(&GetAttack { id, attack: attack.clone() }),
        asked(&GetAttackBandwidth { id, attack }),
    ]
}

pub fn calls() -> Vec<Asked> {
    [account(), tickets(), money(), floating_ips(), protection()].into_iter().flatten().collect()
}

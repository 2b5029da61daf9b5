//! Ordering servers.

use gateway::Account;
use leptos::prelude::*;
use vpsbg_api::{Deployed, Secret};

use super::{
    choices::{look_now, terms_now},
    estimate::estimate,
    fields::{
        BACKUP, BACKUPS, BANDWIDTH, CPANEL, CYCLE, IMAGE, IPV4, IPV4_DDOS, IPV6, ISO, KEYS, NAMES, OFFICE,
        PASSWORD, PLAN, PROMO, RDS, SNAPSHOT, address,
    },
    sum::MISSING,
    wish::{self, Wish},
};
use crate::{
    forms::{Refusal, Typed, submit},
    routes,
    spending::{UNKNOWN_NOW, led_by, not_above, price_shown},
};

/// The provider's names for our fields.
const THEIR_NAMES: [(&str, &str); 18] = [
    ("name", NAMES.name),
    ("plan", PLAN.name),
    ("billing_cycle", CYCLE.name),
    ("image_id", IMAGE.name),
    ("snapshot_id", SNAPSHOT.name),
    ("backup_id", BACKUP.name),
    ("primary_iso_id", ISO.name),
    ("password", PASSWORD.name),
    ("ssh_keys", KEYS.name),
    ("extra_ipv4", IPV4.name),
    ("extra_ipv4_ddos", IPV4_DDOS.name),
    ("extra_ipv6", IPV6.name),
    ("backups", BACKUPS.name),
    ("cpanel", CPANEL.name),
    ("bandwidth", BANDWIDTH.name),
    ("microsoft_rds_sal", RDS.name),
    ("microsoft_office_sal", OFFICE.name),
    ("promo_code", PROMO.name),
];

/// Orders servers: everything is checked again, and what could have become dearer meanwhile is said.
#[server(prefix = "/do", endpoint = "servers/deploy")]
pub async fn deploy() -> Result<(), ServerFnError> {
    let page = address(&Typed::here());
    submit(&page, async move |account, typed: Typed| {
        let wish = checked(&account, &typed).await?;
        let several = wish.order.hostnames.len() > 1;
        let spent = account.spend(&wish.order, price_shown(&typed).with_vat).await;
        led_by(spent, |_, Deployed(servers)| leads_to(&servers, several), &THEIR_NAMES)
    })
    .await
}

/// What is ordered, if it is right and costs no more than was shown.
async fn checked(account: &Account, typed: &Typed) -> Result<Wish, Refusal> {
    let (plans, choices) = look_now(account).await;
    let mut refusal = Refusal::none();
    let wish = wish::read(typed, plans.as_ref(), &choices, &mut refusal);
    let needs_a_way_in = wish.as_ref().is_some_and(Wish::needs_a_way_in);
    // Spaces belong to a password; its ends are cut off nowhere.
    let password = typed.get(PASSWORD.name);
    if let Err(problem) = PASSWORD.check(password) {
        refusal.add(PASSWORD.name, problem);
    } else if password.trim().is_empty() && needs_a_way_in {
        refusal.add(PASSWORD.name, "Enter a password, or choose an SSH key above.");
    }
    let mut wish = wish.filter(|_| refusal.is_empty()).ok_or(refusal)?;
    wish.order.password = (!password.trim().is_empty()).then(|| Secret::from(password.to_owned()));
    let now = match &wish.plan {
        Some(plan) => Some(estimate(&wish, &terms_now(account, plan.id).await)),
        None => None,
    };
    not_above(price_shown(typed), &now.as_ref().map(|now| now.total))?;
    // A part that has lost its price would make the sum look lower.
    let shown: Vec<&str> = typed.get(MISSING).lines().collect();
    let lost = now.iter().flat_map(|now| &now.missing).any(|part| !shown.contains(&part.as_str()));
    if lost { Err(Refusal::whole(UNKNOWN_NOW)) } else { Ok(wish) }
}

/// To the server, or to all that are being made: the answer may tell of one of them only.
fn leads_to(servers: &[vpsbg_api::Server], several: bool) -> String {
    match servers {
        [one] if !several => routes::with_query(&routes::server(one.id), &[("done", "deployed")]),
        _ => routes::servers_being_made(),
    }
}

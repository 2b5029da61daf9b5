//! What is filled in, part by part. A part that could not be read says so and keeps what was chosen.

use gateway::{Draft, Reading};
use leptos::prelude::*;
use vpsbg_api::{Backup, Plan, ServerImage, Snapshot};

use super::{
    choices::{Choices, Found, Part, Terms},
    estimate::of_months,
    fields::{
        BACKUP, BACKUPS, BANDWIDTH, CPANEL, CYCLE, CYCLES, IMAGE, IPV4, IPV4_DDOS, IPV6, ISO, KEYS,
        MOST_SERVERS, NAMES, OFFICE, PLAN, PROMO, RDS, SNAPSHOT,
    },
};
use crate::{
    components::{
        form::{Choice, Choosable, Field, Hidden, OneOf, SomeOf, Tick},
        notice::{staleness_of, trouble},
    },
    forms::Rule,
    plans::{Catalogue, facts, months, name},
    server_images::{self, is_app},
    words::{money::euro, or_dash, sizes, time},
};

/// A part under its heading.
fn part(id: &'static str, title: &'static str, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <div class="form">{inside.into_any()}</div>
        </section>
    }
    .into_any()
}

/// The plan, as cards.
pub fn plan(plans: &Reading<Catalogue>, draft: &Draft) -> AnyView {
    let options: Vec<Choosable> = plans.value.plans.iter().filter_map(card).collect();
    part(
        "plan",
        "Plan",
        view! {
            {staleness_of(plans, "the plans")}
            <OneOf rule=PLAN options=options hint="Prices are for one month." draft=draft.clone() />
        },
    )
}

fn card(plan: &Plan) -> Option<Choosable> {
    let key = plan.key.as_deref()?;
    let least = plan.minimum_billing_cycle.filter(|least| *least > 1);
    let least = least.map(|least| format!(" Sold for at least {}.", months(least))).unwrap_or_default();
    let price = format!("{} without VAT, {} with VAT.", euro(plan.price), euro(plan.price_with_vat));
    let hint = format!("{}. {price}{least}", facts(plan));
    let not_now = plan.can_order().err().map(|reason| reason.to_string());
    Some(Choosable::new(key, name(plan)).hint(hint).unless(not_now))
}

/// What is on the disk: one of four.
pub fn disk(choices: &Choices, draft: &Draft) -> AnyView {
    let isos = |iso: &vpsbg_api::Iso| {
        let size = iso.size.map(|size| format!(", {}", sizes::bytes(size.0))).unwrap_or_default();
        let name = iso.name.clone().unwrap_or_else(|| format!("ISO {}", iso.id));
        let not_now = iso.can_mount().err().map(|reason| format!(". {reason}")).unwrap_or_default();
        (iso.id.to_string(), format!("{name}{size}{not_now}"))
    };
    part(
        "disk",
        "What is on the disk",
        view! {
            <p class="hint">"Choose one of these four."</p>
            {images(&choices.images, draft)}
            {one(SNAPSHOT, "the snapshots", &choices.snapshots, snapshot, draft)}
            {one(BACKUP, "the backups", &choices.backups, backup, draft)}
            {one(ISO, "the ISOs", &choices.isos, isos, draft)}
        },
    )
}

/// Systems first, then apps.
fn images(part: &Part<ServerImage>, draft: &Draft) -> AnyView {
    let sorted = part.as_ref().map(|reading| {
        let mut rows = reading.value.rows.clone();
        rows.sort_by_key(is_app);
        reading.with(Found { rows, is_whole: reading.value.is_whole })
    });
    let text = |image: &ServerImage| {
        let app = if is_app(image) { "App: " } else { "" };
        (or_dash(image.id), format!("{app}{}", server_images::name(image)))
    };
    one(IMAGE, "the images", &sorted.map_err(Clone::clone), text, draft)
}

fn snapshot(snapshot: &Snapshot) -> (String, String) {
    let name = snapshot.name.clone().unwrap_or_else(|| format!("Snapshot {}", snapshot.id));
    let at = snapshot.created_at.map(|at| format!(", {}", time::for_files(at.0))).unwrap_or_default();
    let size = snapshot.size.map(|size| format!(", {}", sizes::gigabytes(size))).unwrap_or_default();
    (snapshot.id.to_string(), format!("{name}{at}{size}"))
}

fn backup(backup: &Backup) -> (String, String) {
    let name = backup.name.clone().unwrap_or_else(|| format!("Backup {}", backup.id));
    let of = backup.server_hostname.clone().map(|server| format!(" of {server}")).unwrap_or_default();
    let at = backup.created_at.map(|at| format!(", {}", time::for_files(at.0))).unwrap_or_default();
    let size = backup.size.map(|size| format!(", {}", sizes::gigabytes(size))).unwrap_or_default();
    (backup.id.to_string(), format!("{name}{of}{at}{size}"))
}

/// A choice of one object, or none.
fn one<T>(
    rule: Rule,
    what: &str,
    part: &Part<T>,
    text: impl Fn(&T) -> (String, String),
    draft: &Draft,
) -> AnyView {
    match part {
        Err(error) => missing(rule.name, what, error, draft),
        Ok(reading) => {
            let options = reading.value.rows.iter().map(text).collect();
            let more = (!reading.value.is_whole).then(|| "These may not be all.".to_owned());
            view! { {staleness_of(reading, what)} {choice(rule, options, more, draft)} }.into_any()
        }
    }
}

/// A choice with the way to choose nothing. What was chosen stays chosen, also when it is not among the options.
fn choice(rule: Rule, mut options: Vec<(String, String)>, hint: Option<String>, draft: &Draft) -> AnyView {
    let chosen = draft.value(rule.name).unwrap_or_default();
    if !chosen.is_empty() && !options.iter().any(|(value, _)| value == chosen) {
        let short: String = chosen.chars().take(64).collect();
        options.insert(0, (chosen.to_owned(), format!("{short}, not in the list")));
    }
    options.insert(0, (String::new(), "Not chosen".to_owned()));
    view! { <Choice rule=rule options=options hint=hint.unwrap_or_default() draft=Some(draft.clone()) /> }
        .into_any()
}

/// A part that could not be read.
fn missing(field: &'static str, what: &str, error: &gateway::Error, draft: &Draft) -> AnyView {
    let kept = draft.value(field).filter(|value| !value.is_empty()).map(str::to_owned);
    view! { {trouble(error, what)} {kept.map(|value| view! { <Hidden name=field value=value /> })} }
        .into_any()
}

/// Names and who may sign in.
pub fn names_and_keys(choices: &Choices, draft: &Draft) -> AnyView {
    let hint = format!("One a line: a server for each, up to {MOST_SERVERS}.");
    let keys = match &choices.keys {
        Err(error) => {
            let kept = draft.values.iter().filter(|(name, _)| name.starts_with("key-")).cloned();
            let kept = kept.map(|(name, value)| view! { <Hidden name=name value=value /> }).collect_view();
            view! { {trouble(error, "the SSH keys")} {kept} }.into_any()
        }
        Ok(reading) if reading.value.rows.is_empty() => {
            view! { <p class="hint">"SSH keys: there is none in the account: a password is needed."</p> }
                .into_any()
        }
        Ok(reading) => {
            let options = reading.value.rows.iter().map(|key| {
                let name = key.name.clone().unwrap_or_else(|| format!("Key {}", key.id));
                Choosable::new(key.id, name).hint(key.fingerprint.clone().unwrap_or_default())
            });
            let options: Vec<Choosable> = options.collect();
            view! {
                {staleness_of(reading, "the SSH keys")}
                <SomeOf rule=KEYS options=options hint="They are put on all of the servers." draft=draft.clone() />
            }
            .into_any()
        }
    };
    part(
        "names",
        "Names and access",
        view! {
            <Field rule=NAMES hint=hint draft=Some(draft.clone()) autocomplete="off" />
            {keys}
        },
    )
}

/// What is added. Prices are those for the chosen plan.
pub fn addons(terms: Option<&Terms>, draft: &Draft) -> AnyView {
    let price = |key: &str| {
        let price = terms?.price(key)?;
        Some(format!("{} a month without VAT, {} with VAT.", euro(price.net), euro(price.with_vat)))
    };
    let keys = |passes: fn(&str) -> bool| {
        let options = terms.map(|terms| terms.keys(passes)).unwrap_or_default();
        let text = |key: String| {
            let price = price(&key).map(|price| format!(": {price}")).unwrap_or_default();
            (key.clone(), format!("{key}{price}"))
        };
        options.into_iter().map(text).collect::<Vec<_>>()
    };
    let seats = |key: &str| price(key).map(|price| format!("Each {price} For Windows only."));
    let (trouble_with, old) = match terms.map(|terms| &terms.addons) {
        Some(Err(error)) => (Some(trouble(error, "the add-ons of the plan")), None),
        Some(Ok(reading)) => (None, staleness_of(reading, "the add-ons of the plan")),
        None => (None, None),
    };
    let ask = terms.is_none().then(|| {
        view! { <p class="hint">"Their prices depend on the plan: choose one and show the sum to see them."</p> }
    });
    part(
        "addons",
        "Add-ons",
        view! {
            {ask}
            {old}
            {trouble_with}
            <Tick rule=BACKUPS hint=price("backups").unwrap_or_default() draft=draft.clone() />
            {choice(CPANEL, keys(|key| key.starts_with("cpanel")), None, draft)}
            {choice(BANDWIDTH, keys(|key| key.ends_with("-unmetered")), None, draft)}
            <Field rule=RDS hint=seats("microsoft-rds-sal").unwrap_or_default() draft=Some(draft.clone()) />
            <Field rule=OFFICE hint=seats("microsoft-office-sal").unwrap_or_default() draft=Some(draft.clone()) />
        },
    )
}

/// More addresses.
pub fn addresses(draft: &Draft) -> AnyView {
    part(
        "addresses",
        "More addresses",
        view! {
            <p class="hint">"Beside the first one of each server. Their price stands in the order."</p>
            <Field rule=IPV4 draft=Some(draft.clone()) />
            <Field rule=IPV4_DDOS draft=Some(draft.clone()) />
            <Field rule=IPV6 draft=Some(draft.clone()) />
        },
    )
}

/// For how long, and what makes it cheaper.
pub fn payment(plan: Option<&Plan>, terms: Option<&Terms>, draft: &Draft) -> AnyView {
    let cycles = CYCLES
        .iter()
        .filter(|cycle| plan.is_none_or(|plan| plan.can_be_paid_for(**cycle).is_ok()))
        .map(|cycle| {
            let price = plan.map(|plan| of_months(plan, *cycle)).filter(|price| price.net.is_some());
            let price = price.map(|price| {
                format!(": about {} without VAT, {} with VAT", euro(price.net), euro(price.with_vat))
            });
            (cycle.to_string(), format!("{}{}", months(*cycle), price.unwrap_or_default()))
        })
        .collect();
    let known = terms.and_then(|terms| terms.codes.as_ref().ok()).map(|codes| {
        let codes = codes.value.iter().filter_map(|promo| promo.code.clone()).collect::<Vec<_>>();
        if codes.is_empty() { String::new() } else { format!("Known for this plan: {}.", codes.join(", ")) }
    });
    let (missing, old) = match terms.map(|terms| &terms.codes) {
        Some(Err(error)) => {
            let words = format!("The promo codes of the plan cannot be read: {error}");
            (Some(view! { <p class="hint">{words}</p> }), None)
        }
        Some(Ok(reading)) => (None, staleness_of(reading, "the promo codes of the plan")),
        None => (None, None),
    };
    part(
        "payment",
        "Payment",
        view! {
            <Choice rule=CYCLE options=cycles hint="Months that are paid at once." draft=Some(draft.clone()) />
            {old}
            {missing}
            <Field rule=PROMO hint=known.unwrap_or_default() draft=Some(draft.clone()) autocomplete="off" />
        },
    )
}

//! What was filled in, checked against what there is. A rule speaks only where the provider's answer is certain: what
//! could not be read stops nobody.

use std::str::FromStr;

use vpsbg_api::{AddonChoice, DeployServer, DiskSource, ExtraAddresses, Gigabytes, IsoId, Plan, SshKeyId};

use super::{
    choices::{Choices, Part},
    fields::{
        BACKUP, BACKUPS, BANDWIDTH, CPANEL, CYCLE, CYCLES, IMAGE, IPV4, IPV4_DDOS, IPV6, ISO, KEYS,
        MOST_SERVERS, NAMES, OFFICE, PLAN, PROMO, RDS, SNAPSHOT,
    },
};
use crate::{
    forms::{Refusal, Rule, Typed},
    plans::{Catalogue, months},
    server_images,
    servers::hostname::{HOSTNAME, problem},
    words::sizes,
};

/// What somebody wants to order.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What will be sent, without the password.
    pub order: DeployServer,
    /// Its plan, if there is word on it.
    pub plan: Option<Plan>,
    /// What is on the disk, in words.
    pub disk: String,
    /// Its system needs a licence.
    pub is_windows: bool,
}

impl Wish {
    /// Somebody must be able to sign in: only an installation makes an account.
    pub fn needs_a_way_in(&self) -> bool {
        matches!(self.order.source, DiskSource::Image(_)) && self.order.ssh_keys.is_empty()
    }
}

/// What was filled in, if it is right; what is wrong is noted.
pub fn read(
    typed: &Typed,
    plans: Option<&Catalogue>,
    choices: &Choices,
    refusal: &mut Refusal,
) -> Option<Wish> {
    let mut wrong = Refusal::none();
    let plan = plan(typed, plans, &mut wrong);
    let disk = disk(typed, choices, plan.as_ref(), &mut wrong);
    let hostnames = names(typed, &mut wrong);
    let ssh_keys = keys(typed, choices, &mut wrong);
    let billing_cycle = cycle(typed, plan.as_ref(), &mut wrong);
    let text = |rule: &Rule, wrong: &mut Refusal| {
        let text = wrong.read(rule, typed.get(rule.name));
        (!text.is_empty()).then(|| text.to_owned())
    };
    let addons = AddonChoice {
        backups: typed.get(BACKUPS.name) == "on",
        cpanel: text(&CPANEL, &mut wrong),
        bandwidth: text(&BANDWIDTH, &mut wrong),
        microsoft_rds_sal: number(&RDS, typed, &mut wrong),
        microsoft_office_sal: number(&OFFICE, typed, &mut wrong),
    };
    let addresses = ExtraAddresses {
        ipv4: number(&IPV4, typed, &mut wrong),
        ipv4_ddos: number(&IPV4_DDOS, typed, &mut wrong),
        ipv6: number(&IPV6, typed, &mut wrong),
    };
    let promo_code = text(&PROMO, &mut wrong);
    if !wrong.is_empty() {
        refusal.join(wrong);
        return None;
    }
    let Disk { source, iso, words, is_windows } = disk?;
    let order = DeployServer {
        hostnames,
        plan: typed.get(PLAN.name).trim().to_owned(),
        billing_cycle: billing_cycle?,
        source,
        primary_iso: iso,
        secondary_iso: None,
        password: None,
        ssh_keys,
        addresses,
        addons,
        promo_code,
    };
    Some(Wish { order, plan, disk: words, is_windows })
}

fn plan(typed: &Typed, plans: Option<&Catalogue>, wrong: &mut Refusal) -> Option<Plan> {
    let key = wrong.read(&PLAN, typed.get(PLAN.name));
    let plan = plans?.find(key);
    match plan {
        None if !key.is_empty() && plans.is_some_and(|plans| plans.is_whole) => {
            wrong.add(PLAN.name, "The provider does not sell this plan any more: choose another.");
        }
        None => {}
        Some(plan) => {
            if let Err(reason) = plan.can_order() {
                wrong.add(PLAN.name, format!("{reason} Choose another."));
            }
        }
    }
    plan.cloned()
}

/// What is on the disk.
struct Disk {
    source: DiskSource,
    iso: Option<IsoId>,
    words: String,
    is_windows: bool,
}

impl Disk {
    fn of(source: DiskSource, words: String) -> Self {
        Self { source, iso: None, words, is_windows: false }
    }
}

fn disk(typed: &Typed, choices: &Choices, plan: Option<&Plan>, wrong: &mut Refusal) -> Option<Disk> {
    let all = [IMAGE, SNAPSHOT, BACKUP, ISO];
    let chosen: Vec<&Rule> = all.iter().filter(|rule| !typed.get(rule.name).trim().is_empty()).collect();
    let rule = match chosen[..] {
        [one] => one,
        [] => {
            wrong.add(IMAGE.name, "Choose what is on the disk: an image, a snapshot, a backup or an ISO.");
            return None;
        }
        _ => {
            wrong.add(IMAGE.name, "Only one can be on the disk: an image, a snapshot, a backup or an ISO.");
            return None;
        }
    };
    let id = typed.get(rule.name).trim();
    if rule.name == IMAGE.name {
        let (id, image) = one_of(&choices.images, id, |image, id| image.id == Some(id), rule, wrong)?;
        let words = image.map_or_else(|| format!("image {id}"), server_images::name);
        let is_windows = image.is_some_and(server_images::is_windows);
        return Some(Disk { is_windows, ..Disk::of(DiskSource::Image(id), words) });
    }
    if rule.name == SNAPSHOT.name {
        let (id, snapshot) = one_of(&choices.snapshots, id, |snapshot, id| snapshot.id == id, rule, wrong)?;
        fits(snapshot.and_then(|snapshot| snapshot.size), plan, rule, wrong);
        let name = snapshot.and_then(|snapshot| snapshot.name.clone()).unwrap_or_else(|| id.to_string());
        return Some(Disk::of(DiskSource::Snapshot(id), format!("a copy of the snapshot {name}")));
    }
    if rule.name == BACKUP.name {
        let (id, backup) = one_of(&choices.backups, id, |backup, id| backup.id == id, rule, wrong)?;
        fits(backup.and_then(|backup| backup.size), plan, rule, wrong);
        let name = backup.and_then(|backup| backup.name.clone()).unwrap_or_else(|| id.to_string());
        return Some(Disk::of(DiskSource::Backup(id), format!("a copy of the backup {name}")));
    }
    let (id, iso) = one_of(&choices.isos, id, |iso, id| iso.id == id, rule, wrong)?;
    if let Some(Err(reason)) = iso.map(vpsbg_api::Iso::can_mount) {
        wrong.add(rule.name, reason.to_string());
    }
    let name = iso.and_then(|iso| iso.name.clone()).unwrap_or_else(|| format!("ISO {id}"));
    let words = format!("empty, with {name} in the first drive");
    Some(Disk { iso: Some(id), ..Disk::of(DiskSource::Empty, words) })
}

/// The one that was chosen, and what is known of it. What is certainly gone is noted.
fn one_of<'a, T, I: FromStr + Copy>(
    part: &'a Part<T>,
    id: &str,
    is: impl Fn(&T, I) -> bool,
    rule: &Rule,
    wrong: &mut Refusal,
) -> Option<(I, Option<&'a T>)> {
    let Ok(id) = id.parse::<I>() else {
        wrong.add(rule.name, "Choose one of the list.");
        return None;
    };
    let found = part.as_ref().ok().map(|reading| reading.value.as_ref());
    let known = found.and_then(|found| found.rows.iter().find(|row| is(row, id)));
    if known.is_none() && found.is_some_and(|found| found.is_whole) {
        wrong.add(rule.name, "It is not there any more: choose another.");
    }
    Some((id, known))
}

/// A copy of a disk needs as much room.
fn fits(size: Option<Gigabytes>, plan: Option<&Plan>, rule: &Rule, wrong: &mut Refusal) {
    if let Some((size, room)) = size.zip(plan.and_then(|plan| plan.disk))
        && size > room
    {
        let (size, room) = (sizes::gigabytes(size), sizes::gigabytes(room));
        wrong.add(rule.name, format!("It needs a disk of {size}; that of the plan has {room}."));
    }
}

fn names(typed: &Typed, wrong: &mut Refusal) -> Vec<String> {
    let text = wrong.read(&NAMES, typed.get(NAMES.name));
    let names: Vec<&str> = text.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > MOST_SERVERS {
        wrong.add(NAMES.name, format!("At most {MOST_SERVERS} servers at once; these are {}.", names.len()));
    }
    for (place, name) in names.iter().take(MOST_SERVERS).enumerate() {
        match HOSTNAME.check(name) {
            Err(words) => wrong.add(NAMES.name, format!("{name}: {words}")),
            Ok(name) => {
                if let Some(words) = problem(name) {
                    wrong.add(NAMES.name, format!("{name}: {words}"));
                }
            }
        }
        if names[..place].iter().any(|other| other.eq_ignore_ascii_case(name)) {
            wrong.add(NAMES.name, format!("{name} stands there twice."));
        }
    }
    names.into_iter().map(str::to_owned).collect()
}

fn keys(typed: &Typed, choices: &Choices, wrong: &mut Refusal) -> Vec<SshKeyId> {
    let chosen = typed.chosen(KEYS.name).into_iter();
    let keys: Vec<SshKeyId> = chosen.filter_map(|id| id.parse().ok()).collect();
    let found = choices.keys.as_ref().ok().map(|reading| reading.value.as_ref());
    let gone = |id: &&SshKeyId| {
        found.is_some_and(|found| found.is_whole && !found.rows.iter().any(|key| key.id == **id))
    };
    if keys.iter().any(|id| gone(&id)) {
        wrong.add(KEYS.name, "One of the keys that were chosen is not there any more: choose again.");
    }
    keys
}

fn cycle(typed: &Typed, plan: Option<&Plan>, wrong: &mut Refusal) -> Option<u32> {
    let text = wrong.read(&CYCLE, typed.get(CYCLE.name));
    if text.is_empty() {
        return None;
    }
    let Some(cycle) = text.parse().ok().filter(|cycle| CYCLES.contains(cycle)) else {
        wrong.add(CYCLE.name, "Choose one of the list.");
        return None;
    };
    if let Some(Err(reason)) = plan.map(|plan| plan.can_be_paid_for(cycle)) {
        let least = plan.and_then(|plan| plan.minimum_billing_cycle).map(months);
        wrong.add(CYCLE.name, format!("{reason} At least {}.", least.unwrap_or_default()));
    }
    Some(cycle)
}

fn number(rule: &Rule, typed: &Typed, wrong: &mut Refusal) -> u32 {
    wrong.read(rule, typed.get(rule.name)).parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use gateway::Error;

    use super::*;

    fn nothing_known() -> Choices {
        Choices {
            images: Err(Error::TimedOut),
            snapshots: Err(Error::TimedOut),
            backups: Err(Error::TimedOut),
            isos: Err(Error::TimedOut),
            keys: Err(Error::TimedOut),
        }
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let usual = [("plan", "cloud-vps-2gb"), ("image", "73"), ("names", "web-1"), ("cycle", "3")];
        let usual = usual.iter().filter(|(name, _)| !pairs.iter().any(|(other, _)| other == name));
        let all = usual.chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Typed::of(&all.collect::<Vec<_>>())
    }

    #[test]
    fn what_could_not_be_read_stops_nobody() {
        let typed = typed(&[("names", " web-1 \n\nweb-2.example.org"), ("key-61", "on"), ("ipv4", "2")]);
        let wish = read(&typed, None, &nothing_known(), &mut Refusal::none()).unwrap();
        assert_eq!(wish.order.hostnames, ["web-1", "web-2.example.org"]);
        assert_eq!((wish.order.plan.as_str(), wish.order.billing_cycle), ("cloud-vps-2gb", 3));
        assert_eq!((wish.order.ssh_keys.len(), wish.order.addresses.ipv4), (1, 2));
        assert!(!wish.needs_a_way_in());
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let eleven = (1..=11).map(|number| format!("web-{number}")).collect::<Vec<_>>().join("\n");
        for bad in [
            ("plan", ""),
            ("image", "x"),
            ("image", ""),
            ("iso", "5"),
            ("names", ""),
            ("names", "web 1"),
            ("names", "-web"),
            ("names", "web-1\nWEB-1"),
            ("names", eleven.as_str()),
            ("cycle", ""),
            ("cycle", "2"),
            ("ipv4", "1000"),
            ("rds", "-1"),
            ("office", "many"),
        ] {
            let mut refusal = Refusal::none();
            assert!(read(&typed(&[bad]), None, &nothing_known(), &mut refusal).is_none(), "{bad:?}");
            assert!(!refusal.is_empty(), "{bad:?}");
        }
    }

    #[test]
    fn a_plan_that_is_certainly_gone_is_refused() {
        let none = |is_whole| Catalogue { plans: Vec::new(), is_whole };
        let wish =
            |is_whole| read(&typed(&[]), Some(&none(is_whole)), &nothing_known(), &mut Refusal::none());
        assert!(wish(true).is_none());
        assert!(wish(false).is_some());
    }
}

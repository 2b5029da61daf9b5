//! What it will cost, as far as it can be told. The provider has no quote for this (FACTS §5.8): this is the one place
//! where prices are added up by us, and every page that shows it says so.

use rust_decimal::{Decimal, RoundingStrategy};
use vpsbg_api::{Money, Price};

use super::{choices::Terms, wish::Wish};

/// What the add-ons of a Windows system are called (FACTS §4).
const WINDOWS: &str = "windows-server-license";

/// A part of the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub what: String,
    /// Of one server and month, all pieces of it.
    pub monthly: Price,
    /// For all servers and months.
    pub whole: Price,
}

/// A price that is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// The parts.
    pub lines: Vec<Line>,
    /// What the promo code takes away: negative.
    pub discount: Option<Line>,
    /// The sum.
    pub total: Price,
    /// What is not in it, and why.
    pub missing: Vec<String>,
}

/// Adds it up.
pub fn estimate(wish: &Wish, terms: &Terms) -> Estimate {
    let times = Decimal::from(wish.order.billing_cycle) * Decimal::from(wish.order.hostnames.len());
    let mut missing = Vec::new();
    let mut lines = Vec::new();
    let mut add = |what: String, pieces: u32, price: Option<Price>| match price {
        Some(price) if price.net.is_some() => {
            let monthly = scaled(price, Decimal::from(pieces));
            lines.push(Line { what, monthly, whole: scaled(monthly, times) });
        }
        _ => missing.push(format!("{what}: the provider tells no price.")),
    };
    let name = wish.plan.as_ref().map_or_else(|| wish.order.plan.clone(), crate::plans::name);
    add(format!("Plan {name}"), 1, wish.plan.as_ref().map(vpsbg_api::Plan::monthly_price));
    let addons = &wish.order.addons;
    if addons.backups {
        add("Backups".to_owned(), 1, terms.price("backups"));
    }
    for key in [&addons.cpanel, &addons.bandwidth].into_iter().flatten() {
        add(key.clone(), 1, terms.price(key));
    }
    if wish.is_windows {
        add("Windows licence".to_owned(), 1, terms.price(WINDOWS));
    }
    let seats = [
        ("Remote desktop seats", "microsoft-rds-sal", addons.microsoft_rds_sal),
        ("Office seats", "microsoft-office-sal", addons.microsoft_office_sal),
    ];
    for (what, key, count) in seats.into_iter().filter(|(.., count)| *count > 0) {
        add(format!("{what}, {count}"), count, terms.price(key));
    }
    let more = wish.order.addresses;
    if more.ipv4 + more.ipv4_ddos + more.ipv6 > 0 {
        missing.push("More addresses: the provider has no list with their price.".to_owned());
    }
    // Without the plan the rest is no sum.
    let plan_is_known = wish.plan.as_ref().is_some_and(|plan| plan.price.is_some());
    let sum = if plan_is_known { sum(&lines) } else { Price { net: None, with_vat: None } };
    let discount = discount(wish, terms, sum, &mut missing);
    let total = match &discount {
        Some(discount) => added(sum, discount.whole),
        None => sum,
    };
    Estimate { lines, discount, total, missing }
}

/// What the promo code takes away, if the provider lists it for this plan and cycle.
fn discount(wish: &Wish, terms: &Terms, sum: Price, missing: &mut Vec<String>) -> Option<Line> {
    let code = wish.order.promo_code.as_deref()?;
    let Some(promo) = terms.code(code) else {
        missing.push(format!("Promo code {code}: it is not in the provider's list for this plan."));
        return None;
    };
    if let Err(reason) = promo.can_be_used_for(wish.order.billing_cycle) {
        missing.push(format!("Promo code {code}: {reason}"));
        return None;
    }
    let percent = promo.percentage?.0;
    let share = percent.to_string().parse::<Decimal>().ok()? / Decimal::from(-100);
    let whole = scaled(sum, share);
    let what = format!("Promo code {code}, {} %", crate::words::sizes::short(percent));
    Some(Line { what, monthly: Price { net: None, with_vat: None }, whole })
}

fn sum(lines: &[Line]) -> Price {
    let zero = Price { net: Some(Money(Decimal::ZERO)), with_vat: Some(Money(Decimal::ZERO)) };
    lines.iter().fold(zero, |sum, line| added(sum, line.whole))
}

fn added(one: Price, other: Price) -> Price {
    let add = |one: Option<Money>, other: Option<Money>| Some(Money(one?.0 + other?.0));
    Price { net: add(one.net, other.net), with_vat: add(one.with_vat, other.with_vat) }
}

/// So many times as much, in whole cents.
fn scaled(price: Price, times: Decimal) -> Price {
    let scale = |money: Option<Money>| {
        let exact = money?.0.checked_mul(times)?;
        Some(Money(exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)))
    };
    Price { net: scale(price.net), with_vat: scale(price.with_vat) }
}

/// What a plan costs for so many months at once, without anything else.
pub fn of_months(plan: &vpsbg_api::Plan, months: u32) -> Price {
    scaled(plan.monthly_price(), Decimal::from(months))
}

#[cfg(test)]
mod tests {
    use gateway::Reading;
    use serde_json::json;
    use vpsbg_api::{
        AddonChoice, AddonPrice, Decode, DeployServer, DiskSource, ExtraAddresses, Notes, Plan, PromoCode,
    };

    use super::*;

    fn of<T: Decode>(value: &serde_json::Value) -> T {
        T::decode(value, &mut Notes::default()).unwrap()
    }

    fn wish(promo: Option<&str>) -> Wish {
        Wish {
            order: DeployServer {
                hostnames: vec!["web-1".to_owned(), "web-2".to_owned()],
                plan: "cloud-vps-2gb".to_owned(),
                billing_cycle: 3,
                source: DiskSource::Empty,
                primary_iso: None,
                secondary_iso: None,
                password: None,
                ssh_keys: Vec::new(),
                addresses: ExtraAddresses { ipv4: 1, ..ExtraAddresses::default() },
                addons: AddonChoice { backups: true, ..AddonChoice::default() },
                promo_code: promo.map(str::to_owned),
            },
            plan: Some(of::<Plan>(
                &json!({ "key": "cloud-vps-2gb", "price": 22.33, "price_with_vat": 26.8 }),
            )),
            disk: "empty".to_owned(),
            is_windows: false,
        }
    }

    fn terms() -> Terms {
        let addons: Vec<AddonPrice> = of(&json!([{ "key": "backups", "price": 5, "price_with_vat": 6 }]));
        let codes: Vec<PromoCode> =
            of(&json!([{ "code": "spring2603", "percentage": 10, "minimum_billing_cycle": 3 }]));
        Terms { addons: Ok(Reading::now(addons)), codes: Ok(Reading::now(codes)) }
    }

    fn price(net: &str, with_vat: &str) -> Price {
        let money = |text: &str| Some(Money(text.parse().unwrap()));
        Price { net: money(net), with_vat: money(with_vat) }
    }

    #[test]
    fn every_part_counts_for_all_servers_and_months() {
        let estimate = estimate(&wish(None), &terms());
        // (22.33 + 5) and (26.80 + 6), for two servers and three months.
        assert_eq!(estimate.total, price("163.98", "196.80"));
        assert_eq!(estimate.lines.len(), 2);
        assert_eq!(estimate.missing.len(), 1, "more addresses have no price: {:?}", estimate.missing);
    }

    #[test]
    fn a_code_counts_only_where_the_provider_lists_it() {
        let with = estimate(&wish(Some("SPRING2603")), &terms());
        assert_eq!(with.total, price("147.58", "177.12"));
        let without = estimate(&wish(Some("winter")), &terms());
        assert_eq!(without.total, price("163.98", "196.80"));
        assert_eq!(without.missing.len(), 2);
    }

    #[test]
    fn without_the_price_of_the_plan_there_is_no_sum() {
        let estimate = estimate(&Wish { plan: None, ..wish(None) }, &terms());
        assert_eq!(estimate.total, Price { net: None, with_vat: None });
    }
}

//! Add-ons to buy: what was chosen, in the address as in the form, and what that costs by the list.

use rust_decimal::Decimal;
use vpsbg_api::{AddonChoice, AddonPrice, Money, Price};

use crate::{
    forms::{Kind, Refusal, Rule, Typed},
    words::add_ons,
};

/// Most seats that are asked for at once.
pub const MOST_SEATS: u32 = 100;

/// Weekly backups.
pub const BACKUPS: Rule = Rule::new(Kind::Tick, "backups", "Weekly backups");
/// Key of a cPanel licence; empty: none.
pub const CPANEL: Rule = Rule::new(Kind::Choice, "cpanel", "cPanel licence").longest(100);
/// Key of unmetered traffic; empty: none.
pub const BANDWIDTH: Rule = Rule::new(Kind::Choice, "bandwidth", "Unmetered traffic").longest(100);
/// Seats for remote desktop.
pub const RDS: Rule = Rule::new(Kind::Number, "rds", "Remote desktop seats").between(0, MOST_SEATS);
/// Seats for Office.
pub const OFFICE: Rule = Rule::new(Kind::Number, "office", "Office seats").between(0, MOST_SEATS);
/// All of them.
pub const FIELDS: &[Rule] = &[BACKUPS, CPANEL, BANDWIDTH, RDS, OFFICE];

/// The provider's names for our fields.
pub const NAMES: &[(&str, &str)] = &[
    ("backups", BACKUPS.name),
    ("cpanel", CPANEL.name),
    ("bandwidth", BANDWIDTH.name),
    ("microsoft_rds_sal", RDS.name),
    ("microsoft_office_sal", OFFICE.name),
];

/// What was chosen; what is wrong with it is noted, also that it is nothing.
pub fn read(typed: &Typed, wrong: &mut Refusal) -> AddonChoice {
    let choice = AddonChoice {
        backups: typed.get(BACKUPS.name) == "on",
        cpanel: key(&CPANEL, typed, wrong),
        bandwidth: key(&BANDWIDTH, typed, wrong),
        microsoft_rds_sal: seats(&RDS, typed, wrong).unwrap_or(0),
        microsoft_office_sal: seats(&OFFICE, typed, wrong).unwrap_or(0),
    };
    if wrong.is_empty() && choice == AddonChoice::default() {
        wrong.add("", "Choose at least one add-on.");
    }
    choice
}

/// A key that was chosen.
pub fn key(rule: &Rule, typed: &Typed, wrong: &mut Refusal) -> Option<String> {
    let key = wrong.read(rule, typed.get(rule.name));
    (!key.is_empty()).then(|| key.to_owned())
}

/// A number that was typed. None: nothing was, or nothing sensible, which is noted.
pub fn seats(rule: &Rule, typed: &Typed, wrong: &mut Refusal) -> Option<u32> {
    wrong.read(rule, typed.get(rule.name)).parse().ok()
}

/// Keys of the list with how many of each.
pub fn wanted(choice: &AddonChoice) -> Vec<(String, u32)> {
    let seats = |key: &str, count: u32| (count > 0).then(|| (key.to_owned(), count));
    let one = |key: &Option<String>| key.clone().map(|key| (key, 1));
    [
        choice.backups.then(|| ("backups".to_owned(), 1)),
        one(&choice.cpanel),
        one(&choice.bandwidth),
        seats("microsoft-rds-sal", choice.microsoft_rds_sal),
        seats("microsoft-office-sal", choice.microsoft_office_sal),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The sum of the list prices: an estimate, because the provider has no quote for add-ons (FACTS §5.8). What has no
/// price makes the sum unknown.
pub fn estimate(choice: &AddonChoice, prices: &[AddonPrice]) -> Price {
    let wanted = wanted(choice);
    let sum = |face: fn(&AddonPrice) -> Option<Money>| {
        let each = wanted.iter().map(|(key, count)| {
            let price = prices.iter().find(|price| price.key.as_ref() == Some(key)).and_then(face)?;
            Some(price.0 * Decimal::from(*count))
        });
        each.sum::<Option<Decimal>>().map(Money)
    };
    Price { net: sum(|price| price.price), with_vat: sum(|price| price.price_with_vat) }
}

/// `weekly backups and 3 remote desktop seats`.
pub fn in_words(choice: &AddonChoice) -> String {
    let counted = |(key, count): (String, u32)| match add_ons::Kind::of(&key) {
        add_ons::Kind::RdsSeats => crate::words::count(u64::from(count), "remote desktop seat"),
        add_ons::Kind::OfficeSeats => crate::words::count(u64::from(count), "Office seat"),
        _ => add_ons::in_sentence(&key),
    };
    let mut all: Vec<String> = wanted(choice).into_iter().map(counted).collect();
    let last = all.pop().unwrap_or_default();
    if all.is_empty() { last } else { format!("{} and {last}", all.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Typed::of(&pairs)
    }

    fn price(key: &str, net: Option<i64>) -> AddonPrice {
        let money = |euro: i64| Money(Decimal::from(euro));
        AddonPrice {
            key: Some(key.to_owned()),
            price: net.map(money),
            price_with_vat: net.map(|net| money(net * 2)),
        }
    }

    #[test]
    fn nothing_is_an_error_and_so_are_a_thousand_seats() {
        for (pairs, field) in [
            (&[][..], ""),
            (&[("rds", "0"), ("cpanel", "")][..], ""),
            (&[("rds", "1000"), ("backups", "on")][..], "rds"),
            (&[("office", "-1")][..], "office"),
            (&[("office", "two")][..], "office"),
        ] {
            let mut wrong = Refusal::none();
            read(&typed(pairs), &mut wrong);
            let errors = wrong.into_errors();
            assert_eq!(errors.len(), 1, "{pairs:?}: {errors:?}");
            assert_eq!(errors[0].0, field, "{pairs:?}");
        }
        let mut wrong = Refusal::none();
        let choice =
            read(&typed(&[("rds", "100"), ("office", ""), ("bandwidth", "1gbps-unmetered")]), &mut wrong);
        assert!(wrong.is_empty());
        assert_eq!((choice.microsoft_rds_sal, choice.bandwidth.as_deref()), (100, Some("1gbps-unmetered")));
        assert_eq!(in_words(&choice), "unmetered traffic at 1 Gbps and 100 remote desktop seats");
    }

    #[test]
    fn the_estimate_is_the_sum_of_the_list_or_unknown() {
        let prices =
            [price("backups", Some(5)), price("microsoft-rds-sal", Some(12)), price("cpanel-x-1", None)];
        let choice = AddonChoice { backups: true, microsoft_rds_sal: 3, ..AddonChoice::default() };
        let sum = estimate(&choice, &prices);
        assert_eq!(sum.net, Some(Money(Decimal::from(41))));
        assert_eq!(sum.with_vat, Some(Money(Decimal::from(82))));
        for cpanel in ["cpanel-x-1", "cpanel-y-2"] {
            let choice = AddonChoice { cpanel: Some(cpanel.to_owned()), ..choice.clone() };
            assert_eq!(estimate(&choice, &prices), Price { net: None, with_vat: None }, "{cpanel}");
        }
    }
}

//! What a renewal is wished to be: in the address of the page, and the same in its form.

use vpsbg_api::{QuoteRenewal, RenewServers, ServerId};

use crate::{
    forms::{Kind, Refusal, Rule, Typed},
    routes,
    words::count,
};

/// Lengths that are offered, in months (FACTS §1, money).
const OFFERED: [u32; 5] = [1, 3, 6, 12, 24];
/// Servers at once: as many as a list gathers.
pub const MOST: usize = 300;

/// For how long.
pub const MONTHS: Rule = Rule::new(Kind::Choice, "months", "For how long").required("Choose for how long.");
/// What makes it cheaper.
pub const PROMO: Rule = Rule::new(Kind::Line, "promo", "Promo code").longest(64);
/// The fields of the form.
pub const FIELDS: &[Rule] = &[MONTHS, PROMO];
/// The provider's names of fields and ours.
pub const NAMES: &[(&str, &str)] = &[("billing_cycle", MONTHS.name), ("promo_code", PROMO.name)];

/// Which servers, for how long, with which code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Which servers, each once, in the order in which they were named.
    pub servers: Vec<ServerId>,
    /// Months, as typed; empty: nobody has chosen.
    pub months: String,
    /// The code, as typed.
    pub promo: String,
    /// The list from which they were chosen, as an address.
    pub from: String,
}

impl Wish {
    /// What an address asks. Rows of a list come as `row`, from elsewhere as `server`.
    pub fn of_address(pairs: &[(String, String)]) -> Self {
        let get = |wanted: &str| {
            pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let named = pairs.iter().filter(|(name, _)| name == "server" || name == "row");
        Self {
            servers: each_once(named.flat_map(|(_, ids)| routes::apart(ids))),
            months: get(MONTHS.name),
            promo: get(PROMO.name),
            from: get("from"),
        }
    }

    /// What a form asks. Its servers stand in one field: of several with the same name one would count.
    pub fn of_form(typed: &Typed) -> Self {
        Self {
            servers: each_once(typed.get("servers").split(',').filter_map(|id| id.trim().parse().ok())),
            months: typed.get(MONTHS.name).to_owned(),
            promo: typed.get(PROMO.name).to_owned(),
            from: typed.get("from").to_owned(),
        }
    }

    /// The page that asks the same.
    pub fn address(&self) -> String {
        routes::renew(&self.servers, &self.months, &self.promo, &self.from)
    }

    /// The servers as the form carries them.
    pub fn listed(&self) -> String {
        let ids: Vec<_> = self.servers.iter().map(ToString::to_string).collect();
        ids.join(",")
    }

    /// Quote and order. What is wrong with the fields is noted; then there are none.
    pub fn operations(&self, refusal: &mut Refusal) -> Option<(QuoteRenewal, RenewServers)> {
        let months = refusal.read(&MONTHS, &self.months);
        let offered = OFFERED.into_iter().find(|offered| offered.to_string() == months);
        if offered.is_none() && !months.is_empty() {
            refusal.add(MONTHS.name, "Choose 1, 3, 6, 12 or 24 months.");
        }
        let promo = refusal.read(&PROMO, &self.promo);
        if !refusal.is_empty() {
            return None;
        }
        let (servers, billing_cycle) = (self.servers.clone(), offered?);
        let promo_code = (!promo.is_empty()).then(|| promo.to_owned());
        let quote = QuoteRenewal { servers: servers.clone(), billing_cycle, promo_code: promo_code.clone() };
        Some((quote, RenewServers { servers, billing_cycle, promo_code }))
    }
}

/// Value and text of the lengths that are offered.
pub fn lengths() -> Vec<(String, String)> {
    OFFERED.map(|months| (months.to_string(), count(u64::from(months), "month"))).into()
}

/// A length that a server has already and that is offered; else the shortest.
pub fn usual_length(cycle: Option<u32>) -> String {
    cycle.filter(|cycle| OFFERED.contains(cycle)).unwrap_or(OFFERED[0]).to_string()
}

fn each_once(ids: impl Iterator<Item = ServerId>) -> Vec<ServerId> {
    let mut seen = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(query: &str) -> Wish {
        Wish::of_address(&serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap())
    }

    #[test]
    fn the_form_leads_back_to_what_was_asked() {
        let asked = wish("server=7&row=12&server=7&server=x&months=12&promo=a+b&from=%2Fservers%3Fq%3Dweb");
        assert_eq!(asked.listed(), "7,12");
        let typed: Vec<(String, String)> = [
            ("servers", asked.listed().as_str()),
            ("months", "12"),
            ("promo", "a b"),
            ("from", "/servers?q=web"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let typed = Wish::of_form(&Typed::of(&typed));
        assert_eq!(typed, asked);
        let address = typed.address();
        assert_eq!(address, "/servers/renew?server=7.12&months=12&promo=a+b&from=%2Fservers%3Fq%3Dweb");
        assert_eq!(wish(address.split_once('?').unwrap().1), asked);
    }

    #[test]
    fn only_what_is_offered_is_asked_for() {
        let (quote, renew) = wish("server=7&months=6").operations(&mut Refusal::none()).unwrap();
        assert_eq!((quote.billing_cycle, renew.billing_cycle, renew.promo_code), (6, 6, None));
        for bad in ["", "0", "2", "-1", "012", "six", "99999999999"] {
            let mut refusal = Refusal::none();
            assert!(wish(&format!("server=7&months={bad}")).operations(&mut refusal).is_none(), "{bad}");
            assert_eq!(refusal.into_errors()[0].0, "months", "{bad}");
        }
        let long = format!("server=7&months=1&promo={}", "a".repeat(65));
        let mut refusal = Refusal::none();
        assert!(wish(&long).operations(&mut refusal).is_none());
        assert_eq!(refusal.into_errors()[0].0, "promo");
    }

    #[test]
    fn the_usual_length_is_the_one_that_it_has() {
        assert_eq!([usual_length(Some(12)), usual_length(Some(5)), usual_length(None)], ["12", "1", "1"]);
    }
}

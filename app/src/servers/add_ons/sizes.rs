//! New sizes of add-ons that a server has: what it has now, what was chosen, and what is sent for it.

use vpsbg_api::{AddonSizes, Server};

use super::choice::{CPANEL, OFFICE, RDS, key, seats};
use crate::{
    forms::{Refusal, Rule, Typed},
    words::add_ons::Kind,
};

/// All fields.
pub const FIELDS: &[Rule] = &[CPANEL, RDS, OFFICE];

/// Seats that a server has. How many, the provider may not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats(pub Option<u32>);

/// What a server has whose size can be changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Present {
    /// Key of its cPanel licence.
    pub cpanel: Option<String>,
    /// Its seats for remote desktop, if it has any.
    pub rds: Option<Seats>,
    /// Its seats for Office.
    pub office: Option<Seats>,
}

impl Present {
    /// What this server has.
    pub fn of(server: &Server) -> Self {
        let mut present = Self::default();
        for addon in &server.addons {
            let Some(key) = addon.name.as_deref() else { continue };
            match Kind::of(key) {
                Kind::Cpanel => present.cpanel = Some(key.to_owned()),
                Kind::RdsSeats => present.rds = Some(Seats(addon.quantity)),
                Kind::OfficeSeats => present.office = Some(Seats(addon.quantity)),
                Kind::Backups | Kind::Bandwidth | Kind::Other => {}
            }
        }
        present
    }

    /// Nothing of it can have another size.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What stands in the fields before anybody typed.
    pub fn at_first(&self) -> Vec<(String, String)> {
        let number = |seats: Option<Seats>| known(seats).map(|seats| seats.to_string());
        let all = [(CPANEL, self.cpanel.clone()), (RDS, number(self.rds)), (OFFICE, number(self.office))];
        all.into_iter().filter_map(|(rule, value)| Some((rule.name.to_owned(), value?))).collect()
    }

    /// What was chosen; what is wrong with it is noted, also that nothing changes. Seats that stay are named as well:
    /// one table of the provider demands those for remote desktop (openapi, `AddonScaleRequest`).
    pub fn changed(&self, typed: &Typed, wrong: &mut Refusal) -> AddonSizes {
        let cpanel = key(&CPANEL, typed, wrong).filter(|key| self.cpanel.as_ref() != Some(key));
        let rds = seats(&RDS, typed, wrong).or(known(self.rds));
        let office = seats(&OFFICE, typed, wrong).or(known(self.office));
        let same = cpanel.is_none() && rds == known(self.rds) && office == known(self.office);
        if same && wrong.is_empty() {
            wrong.add("", "Nothing changes: choose another size.");
        }
        AddonSizes { cpanel, microsoft_rds_sal: rds, microsoft_office_sal: office }
    }
}

fn known(seats: Option<Seats>) -> Option<u32> {
    seats.and_then(|seats| seats.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(present: &Present, pairs: &[(&str, &str)]) -> (AddonSizes, Vec<(String, String)>) {
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut wrong = Refusal::none();
        (present.changed(&Typed::of(&pairs), &mut wrong), wrong.into_errors())
    }

    #[test]
    fn only_what_changes_is_worth_a_price() {
        let present =
            Present { cpanel: Some("cpanel-pro-30".to_owned()), rds: Some(Seats(Some(3))), office: None };
        for same in [&[][..], &[("cpanel", "cpanel-pro-30"), ("rds", "3")][..], &[("rds", "")][..]] {
            assert_eq!(changed(&present, same).1.len(), 1, "{same:?}");
        }
        let (sizes, errors) = changed(&present, &[("cpanel", "cpanel-plus-50"), ("rds", "3")]);
        assert!(errors.is_empty());
        let wanted = AddonSizes {
            cpanel: Some("cpanel-plus-50".to_owned()),
            microsoft_rds_sal: Some(3),
            microsoft_office_sal: None,
        };
        assert_eq!(sizes, wanted);
        let (sizes, errors) = changed(&present, &[("cpanel", "cpanel-pro-30"), ("rds", "0")]);
        assert!(errors.is_empty());
        assert_eq!((sizes.cpanel, sizes.microsoft_rds_sal), (None, Some(0)));
        let (_, errors) = changed(&present, &[("rds", "1000")]);
        assert_eq!(errors[0].0, "rds");
    }
}

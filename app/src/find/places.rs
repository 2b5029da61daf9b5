//! The places of the product: those of the navigation, and the forms that make something new.

use super::{kinds::Item, matching::Sought};
use crate::{components::frame::NAVIGATION, routes};

/// Places that are in no navigation: address, name, hint.
const OTHERS: [(&str, &str, &str); 5] = [
    (routes::NEW_SERVER, "New server", "Compute"),
    (routes::COMPARE_PLANS, "Compare plans", "Compute"),
    (routes::NEW_ISO, "Add ISO", "Compute"),
    (routes::NEW_TICKET, "New ticket", "Support"),
    (routes::KEYS, "Keys", "What each key does"),
];

/// The places that fit, the best first.
pub fn places(sought: &Sought) -> Vec<Item> {
    let navigation = NAVIGATION.iter().flat_map(|(group, places)| {
        places.iter().map(|place| Item::new(place.name, *group, place.address.to_owned()))
    });
    let others = OTHERS.iter().map(|(address, name, hint)| Item::new(*name, *hint, (*address).to_owned()));
    let all: Vec<Item> = navigation.chain(others).collect();
    sought.best(&all, |place| vec![place.name.clone()]).into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_name() {
        let names = |typed: &str| -> Vec<String> {
            places(&Sought::of(typed)).into_iter().map(|place| place.name).collect()
        };
        assert_eq!(names("iso"), ["ISOs", "Add ISO"]);
        assert_eq!(names("new"), ["New server", "New ticket"]);
        assert!(names("").len() > 6 && names("")[0] == "Overview");
        assert!(names("nothing of the kind").is_empty());
    }
}

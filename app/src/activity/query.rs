//! The address of the page and of the file: what narrows the records. Nothing of it is kept anywhere else.

use gateway::{AuditFilter, Outcomes, Who};

use crate::words::{
    days,
    operations::{families, of_family, slug},
};

/// How a family is told from an operation in the address.
const FAMILY: &str = "family:";
/// How a name is told from "no name" in the address.
const NAME: &str = "name:";

/// The outcomes: the word in the address and the text.
pub const OUTCOMES: [(&str, &str); 4] =
    [("", "All outcomes"), ("done", "Done"), ("not-done", "Not done"), ("unknown", "Not known")];

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// `name:Ada`, or `nobody` for who gave no name.
    pub who: String,
    /// `startServer`, or `family:servers`.
    pub what: String,
    /// One of [`OUTCOMES`].
    pub outcome: String,
    /// `server 7`, or `server`.
    pub object: String,
    /// First day, as `2026-03-04`.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl Query {
    /// What the values of the filters ask for.
    pub fn of(value: impl Fn(&str) -> String) -> Self {
        let text = |name: &str| value(name).trim().to_owned();
        Self {
            // Names are kept as they were given: trimmed, one would be another one.
            who: value("who"),
            what: text("what"),
            outcome: text("outcome"),
            object: text("object"),
            from: text("from"),
            to: text("to"),
        }
    }

    /// The records that are asked for.
    ///
    /// # Errors
    /// A sentence when a part of the address cannot be meant: showing all instead would look like an answer.
    pub fn filter(&self) -> Result<AuditFilter, String> {
        let who = match self.who.as_str() {
            "" => None,
            "nobody" => Some(Who::Nameless),
            other => Some(Who::Named(other.strip_prefix(NAME).ok_or("There is no such person.")?.to_owned())),
        };
        let operations = match self.what.strip_prefix(FAMILY) {
            Some(family) => {
                let family = families().find(|known| slug(known) == family);
                of_family(family.ok_or("There is no such family of actions.")?).map(str::to_owned).collect()
            }
            None if self.what.is_empty() => Vec::new(),
            None => vec![self.what.clone()],
        };
        let outcomes = match self.outcome.as_str() {
            "" => None,
            "done" => Some(Outcomes::Done),
            "not-done" => Some(Outcomes::NotDone),
            "unknown" => Some(Outcomes::Unknown),
            _ => return Err("There is no such outcome.".to_owned()),
        };
        if !self.object.is_empty() && self.object.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("Write the kind too: server {}.", self.object));
        }
        let object = (!self.object.is_empty()).then(|| self.object.to_lowercase());
        let (from, before) = days::between(&self.from, &self.to)?;
        Ok(AuditFilter { who, operations, outcomes, object, request: None, from, before })
    }
}

/// A person in the address.
pub fn who_word(who: &Who) -> String {
    match who {
        Who::Nameless => "nobody".to_owned(),
        Who::Named(name) => format!("{NAME}{name}"),
    }
}

/// A family in the address.
pub fn family_word(family: &str) -> String {
    format!("{FAMILY}{}", slug(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Query {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
        Query::of(|name| {
            pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).unwrap_or_default()
        })
    }

    fn filter(query: &str) -> Result<AuditFilter, String> {
        read(query).filter()
    }

    #[test]
    fn days_are_days_in_sofia_and_the_last_one_counts() {
        let filter = filter("from=2026-03-04&to=2026-03-05").unwrap();
        assert_eq!(filter.from.unwrap().to_string(), "2026-03-03T22:00:00Z");
        assert_eq!(filter.before.unwrap().to_string(), "2026-03-05T22:00:00Z");
        // The day on which summer begins has 23 hours.
        let filter = self::filter("from=2026-03-29&to=2026-03-29").unwrap();
        let hours = (filter.before.unwrap().as_second() - filter.from.unwrap().as_second()) / 3600;
        assert_eq!(hours, 23);
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        for bad in [
            "from=yesterday",
            "from=2026-02-30",
            "to=2026-3-4",
            "to=2026-03-04T10:00",
            "from=2026-03-05&to=2026-03-04",
            "to=9999-12-31",
            "outcome=perhaps",
            "what=family:nothing",
            "who=Ada",
        ] {
            assert!(filter(bad).is_err(), "{bad}");
        }
        assert_eq!(filter("").unwrap(), AuditFilter::default());
        assert_eq!(filter("nonsense=1&who=&what=").unwrap(), AuditFilter::default());
    }

    #[test]
    fn words_of_the_address_are_told_apart() {
        let (who, what) = (who_word(&Who::Named("nobody".to_owned())), family_word("SSH keys"));
        let query = read(&serde_urlencoded::to_string([("who", who), ("what", what)]).unwrap());
        let filter = query.filter().unwrap();
        assert_eq!(filter.who, Some(Who::Named("nobody".to_owned())));
        assert!(filter.operations.contains(&"createSshKey".to_owned()));
    }

    #[test]
    fn a_name_is_looked_for_as_it_was_given() {
        assert_eq!(read("who=name:Ada+").filter().unwrap().who, Some(Who::Named("Ada ".to_owned())));
        assert_eq!(read("object=+server+7+").object, "server 7");
    }

    #[test]
    fn a_number_alone_is_no_object() {
        let problem = read("object=7").filter().unwrap_err();
        assert_eq!(problem, "Write the kind too: server 7.");
    }
}

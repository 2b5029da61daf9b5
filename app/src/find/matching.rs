//! What was typed, and what it fits.

use crate::components::form::SEARCH;

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// As typed, without spaces at the ends.
    pub typed: String,
    /// Its words, without regard to capitals.
    words: Vec<String>,
}

/// How well something fits; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is just that.
    Exact,
    /// It begins so.
    Begins,
    /// Each word begins one of its words.
    Words,
    /// It has all of it somewhere.
    Within,
}

impl Sought {
    /// What was typed. What is longer than a search may be is cut.
    pub fn of(typed: &str) -> Self {
        let typed = SEARCH.cut(typed);
        let words = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
        Self { typed, words }
    }

    /// True when nothing was typed: then everything fits.
    pub fn is_nothing(&self) -> bool {
        self.words.is_empty()
    }

    /// The number that was typed, if it is nothing but one (`4821` or `#4821`): an id, perhaps.
    pub fn id<Id: std::str::FromStr>(&self) -> Option<Id> {
        self.typed.strip_prefix('#').unwrap_or(&self.typed).parse().ok()
    }

    /// How well it fits something with these texts: name, address, id, or whatever it is known by. Every word must be
    /// in one of them.
    pub fn fit(&self, texts: &[String]) -> Option<Fit> {
        let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        let whole = self.words.join(" ");
        let whole = whole.strip_prefix('#').unwrap_or(&whole);
        if texts.iter().any(|text| text == whole) {
            return Some(Fit::Exact);
        }
        if texts.iter().any(|text| text.starts_with(whole)) {
            return Some(Fit::Begins);
        }
        let all = |has: fn(&str, &str) -> bool| {
            self.words.iter().all(|word| texts.iter().any(|text| has(text, word)))
        };
        if all(|text, word| {
            text.split(|letter: char| !letter.is_alphanumeric()).any(|part| part.starts_with(word))
        }) {
            return Some(Fit::Words);
        }
        all(|text, word| text.contains(word)).then_some(Fit::Within)
    }

    /// Those of some rows that fit, the best first, otherwise in their order.
    pub fn best<'a, T>(&self, rows: &'a [T], texts: impl Fn(&T) -> Vec<String>) -> Vec<&'a T> {
        let mut fitting: Vec<_> = rows.iter().filter_map(|row| Some((self.fit(&texts(row))?, row))).collect();
        fitting.sort_by_key(|(fit, _)| *fit);
        fitting.into_iter().map(|(_, row)| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(typed: &str, texts: &[&str]) -> Option<Fit> {
        Sought::of(typed).fit(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_better_it_fits_the_earlier_it_comes() {
        let texts = ["Web-1.example.org", "203.0.113.4", "4821"];
        for (typed, expected) in [
            ("web-1.example.org", Some(Fit::Exact)),
            (" 203.0.113.4 ", Some(Fit::Exact)),
            ("4821", Some(Fit::Exact)),
            ("#4821", Some(Fit::Exact)),
            ("WEB-1", Some(Fit::Begins)),
            ("203.0", Some(Fit::Begins)),
            ("example", Some(Fit::Words)),
            ("org web", Some(Fit::Words)),
            ("113 web", Some(Fit::Words)),
            ("xample", Some(Fit::Within)),
            ("eb-1 82", Some(Fit::Within)),
            ("web db", None),
            ("5821", None),
            ("", Some(Fit::Begins)),
        ] {
            assert_eq!(fit(typed, &texts), expected, "{typed}");
        }
        let rows = ["old-web", "my web", "web", "web-2"].map(str::to_owned);
        let best = Sought::of("web").best(&rows, |row| vec![row.clone()]);
        assert_eq!(best, ["web", "web-2", "old-web", "my web"]);
    }

    #[test]
    fn letters_of_all_the_world_are_found_in_either_case() {
        assert_eq!(fit("ПОЩА", &["поща-1"]), Some(Fit::Begins));
        assert_eq!(fit("été", &["L'ÉTÉ"]), Some(Fit::Words));
        assert_eq!(fit("<b>", &["a <b>bold</b> name"]), Some(Fit::Within));
    }

    #[test]
    fn only_a_whole_number_is_an_id() {
        let id = |typed: &str| Sought::of(typed).id::<vpsbg_api::ServerId>().map(vpsbg_api::ServerId::get);
        assert_eq!((id("7"), id(" #4821 ")), (Some(7), Some(4821)));
        for none in ["", "#", "0", "-7", "7.5", "7 8", "seven", "##7"] {
            assert_eq!(id(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(Sought::of(&"a".repeat(5000)).typed.len(), 100);
        assert!(Sought::of(" \t ").is_nothing());
    }
}

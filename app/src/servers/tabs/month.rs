//! Months of Europe/Sofia, as the provider counts traffic by them (FACTS §1, time).

use jiff::{Timestamp, ToSpan, civil::Date};
use vpsbg_api::{GetServerBandwidth, ServerId, UnixSeconds};

use crate::words::time::{in_sofia, start_of_day};

/// A month, by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month(Date);

impl Month {
    /// The one of a moment.
    pub fn of(at: Timestamp) -> Self {
        Self(in_sofia(at).date().first_of_month())
    }

    /// The one of a word (`2026-10`): the present one for what is none, or has not begun.
    pub fn from_word(word: Option<&str>, now: Timestamp) -> Self {
        let present = Self::of(now);
        let asked = word.filter(|word| word.len() == 7).and_then(|word| format!("{word}-01").parse().ok());
        match asked.map(Self) {
            Some(asked) if asked.0 <= present.0 && asked.0.year() >= 2000 => asked,
            _ => present,
        }
    }

    /// The one before.
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// The word in addresses.
    pub fn word(self) -> String {
        self.0.strftime("%Y-%m").to_string()
    }

    /// `October 2026`.
    pub fn name(self) -> String {
        self.0.strftime("%B %Y").to_string()
    }

    /// From its first moment to the first of the next month.
    pub fn span(self) -> Option<(Timestamp, Timestamp)> {
        Some((start_of_day(self.0)?, start_of_day(self.0.saturating_add(1.month()))?))
    }

    /// Some months up to the present one, newest first: none before the first one, but this one in any case.
    pub fn choices(self, first: Self, present: Self, most: usize) -> Vec<Self> {
        let mut all: Vec<Self> = std::iter::successors(Some(present), |month| Some(month.before()))
            .take_while(|month| month.0 >= first.0)
            .take(most)
            .collect();
        if !all.contains(&self) {
            all.push(self);
        }
        all
    }

    /// What asks for its traffic. The present one is what the provider gives by itself.
    pub fn operation(self, id: ServerId, now: Timestamp) -> GetServerBandwidth {
        let span = self.span().filter(|_| self != Self::of(now));
        let second = |at: Timestamp| Timestamp::from_second(at.as_second()).ok().map(UnixSeconds);
        let last = |at: Timestamp| Timestamp::from_second(at.as_second() - 1).ok().map(UnixSeconds);
        let (start, end) = (span.and_then(|(from, _)| second(from)), span.and_then(|(_, to)| last(to)));
        GetServerBandwidth { id, start, end }
    }
}

#[cfg(test)]
mod tests {
    use vpsbg_api::Operation;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_that_of_sofia() {
        // Midnight in Sofia is an hour or two or three before that of UTC.
        assert_eq!(Month::of(at("2026-10-31T22:30:00Z")).word(), "2026-11");
        let october = Month::of(at("2026-10-31T21:30:00Z"));
        assert_eq!((october.word(), october.name()), ("2026-10".to_owned(), "October 2026".to_owned()));
        assert_eq!(october.span(), Some((at("2026-09-30T21:00:00Z"), at("2026-10-31T22:00:00Z"))));
    }

    #[test]
    fn nonsense_is_the_present_month() {
        let now = at("2026-11-25T12:00:00Z");
        for word in ["2026-12", "2026-13", "2026", "october", "2026-1", "0001-01", "2026-10-01", ""] {
            assert_eq!(Month::from_word(Some(word), now).word(), "2026-11", "{word}");
        }
        assert_eq!(Month::from_word(Some("2026-02"), now).word(), "2026-02");
        assert_eq!(Month::from_word(None, now).word(), "2026-11");
    }

    #[test]
    fn months_are_offered_from_the_first_one_on() {
        let present = Month::of(at("2026-02-10T12:00:00Z"));
        let first = Month::of(at("2025-12-10T12:00:00Z"));
        let words = |all: Vec<Month>| all.into_iter().map(Month::word).collect::<Vec<_>>().join(" ");
        assert_eq!(words(present.choices(first, present, 6)), "2026-02 2026-01 2025-12");
        assert_eq!(words(present.choices(first, present, 2)), "2026-02 2026-01");
        let old = Month::of(at("2025-06-10T12:00:00Z"));
        assert_eq!(words(old.choices(first, present, 2)), "2026-02 2026-01 2025-06");
    }

    #[test]
    fn an_earlier_month_is_asked_for_by_its_seconds() {
        let (id, now) = ("7".parse().unwrap(), at("2026-11-25T12:00:00Z"));
        assert!(Month::of(now).operation(id, now).query().is_empty());
        let october = Month::from_word(Some("2026-10"), now).operation(id, now).query();
        assert_eq!(october[0], ("filter[start]", at("2026-09-30T21:00:00Z").as_second().to_string()));
        assert_eq!(october[1], ("filter[end]", at("2026-10-31T21:59:59Z").as_second().to_string()));
    }
}

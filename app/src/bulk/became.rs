//! What became of the rows of a job, in four words: of seven outcomes nobody would know which to choose.

use gateway::{BulkCounts, RowOutcome};

use crate::components::list::none_of;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It was done.
    Done,
    /// It was certainly not done: refused, not possible, or not sent because the job was stopped.
    NotDone,
    /// Nobody knows.
    Unknown,
    /// Its turn is still to come, or its answer.
    Waiting,
}

impl Became {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::NotDone, Self::Unknown, Self::Waiting];

    /// What became of a row with this outcome.
    pub fn of(outcome: &RowOutcome) -> Self {
        match outcome {
            RowOutcome::Done => Self::Done,
            RowOutcome::Failed { .. } | RowOutcome::NotPossible(_) | RowOutcome::Stopped => Self::NotDone,
            RowOutcome::Unknown => Self::Unknown,
            RowOutcome::Waiting | RowOutcome::Sending => Self::Waiting,
        }
    }

    /// Of how many rows it became.
    pub fn number(self, counts: &BulkCounts) -> usize {
        match self {
            Self::Done => counts.done,
            Self::NotDone => counts.failed + counts.not_possible + counts.stopped,
            Self::Unknown => counts.unknown,
            Self::Waiting => counts.waiting + counts.sending,
        }
    }

    /// The word in addresses; the same as for the records of what was done.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not-done",
            Self::Unknown => "unknown",
            Self::Waiting => "waiting",
        }
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::NotDone => "Not done",
            Self::Unknown => "Not known",
            Self::Waiting => "Waiting",
        }
    }

    /// What a word of an address means; nothing if it is empty.
    ///
    /// # Errors
    /// A sentence on a word that is none of them: everything would look like the answer to it.
    pub fn asked(word: &str) -> Result<Option<Self>, String> {
        if word.is_empty() {
            return Ok(None);
        }
        let known = Self::ALL.into_iter().find(|became| became.word() == word);
        known.map(Some).ok_or_else(|| none_of(word, "Outcome"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_of_the_four() {
        let counts = BulkCounts {
            waiting: 1,
            sending: 2,
            done: 4,
            failed: 8,
            not_possible: 16,
            unknown: 32,
            stopped: 64,
        };
        let numbers = Became::ALL.map(|became| became.number(&counts));
        assert_eq!(numbers, [4, 88, 32, 3]);
        assert_eq!(numbers.iter().sum::<usize>(), counts.total());
    }

    #[test]
    fn words_of_addresses_lead_back_and_others_are_said() {
        for became in Became::ALL {
            assert_eq!(Became::asked(became.word()), Ok(Some(became)));
        }
        assert_eq!(Became::asked(""), Ok(None));
        assert!(Became::asked("failed").is_err());
    }
}

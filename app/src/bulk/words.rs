//! The words of bulk jobs: used by the pages and by the live stream.

use std::hash::Hash;

use gateway::{BulkAction, BulkCounts, BulkId, BulkJob, BulkRow, BulkState, Error, RowOutcome};
use vpsbg_api::{DeleteIso, ResolveTicket, RestartServer, StartServer, StopServer};

use super::became::Became;
use crate::{
    components::{
        badge::Tone,
        progress::{HowFar, thousandths},
    },
    forms::Confirmation,
    live::Values,
    words::count,
};

/// The verb on buttons.
pub fn verb(action: BulkAction) -> &'static str {
    match action {
        BulkAction::StartServers => "Start",
        BulkAction::StopServers => "Stop",
        BulkAction::RestartServers => "Restart",
        BulkAction::DeleteIsos => "Delete",
        BulkAction::ResolveTickets => "Mark as resolved",
    }
}

/// What one of its objects is.
pub fn unit(action: BulkAction) -> &'static str {
    match action {
        BulkAction::StartServers | BulkAction::StopServers | BulkAction::RestartServers => "server",
        BulkAction::DeleteIsos => "ISO",
        BulkAction::ResolveTickets => "ticket",
    }
}

/// `Restart 3 servers`.
pub fn title(action: BulkAction, number: u64) -> String {
    match action {
        BulkAction::ResolveTickets => format!("Mark {} as resolved", count(number, unit(action))),
        _ => format!("{} {}", verb(action), count(number, unit(action))),
    }
}

/// `Restart servers`, whatever their number.
pub fn deed(action: BulkAction) -> String {
    let what = unit(action);
    match action {
        BulkAction::ResolveTickets => format!("Mark {what}s as resolved"),
        _ => format!("{} {what}s", verb(action)),
    }
}

/// What is asked before a job over `number` objects, the first of them `first`.
pub fn confirmation(action: BulkAction, number: u64, first: u64) -> Option<Confirmation> {
    let what = count(number, unit(action));
    let id = first.to_string();
    let (server, iso, ticket) = (id.parse().ok(), id.parse().ok(), id.parse().ok());
    Some(match action {
        BulkAction::StartServers => {
            let words = "They start one after the other; each takes up to a minute.";
            Confirmation::of(&StartServer { id: server? }, &what, words)
        }
        BulkAction::StopServers => {
            let words =
                "They shut down one after the other, and are offline until somebody starts them again.";
            Confirmation::of(&StopServer { id: server? }, &what, words)
        }
        BulkAction::RestartServers => {
            let words = "They restart one after the other, from outside: each is offline for about a minute.";
            Confirmation::of(&RestartServer { id: server? }, &what, words)
        }
        BulkAction::DeleteIsos => {
            let words =
                "The provider removes the files at once. They can be downloaded again from their addresses.";
            Confirmation::of(&DeleteIso { id: iso? }, &what, words)
        }
        BulkAction::ResolveTickets => {
            let words = "They are marked as resolved. A reply opens one again.";
            Confirmation::of(&ResolveTicket { id: ticket? }, &what, words)
        }
    })
}

/// Where a job stands, in a word.
pub fn state(state: BulkState, queued: bool) -> (&'static str, Tone) {
    match state {
        BulkState::Running if queued => ("Waiting for another job", Tone::Busy),
        BulkState::Running => ("At work", Tone::Busy),
        BulkState::Paused(_) => ("Paused", Tone::Warning),
        BulkState::Finished => ("Finished", Tone::Good),
        BulkState::Stopped => ("Stopped", Tone::Quiet),
    }
}

/// What became of one object, in a word.
pub fn outcome(outcome: &RowOutcome) -> (&'static str, Tone) {
    match outcome {
        RowOutcome::Waiting => ("Waiting", Tone::Quiet),
        RowOutcome::Sending => ("Being sent", Tone::Busy),
        RowOutcome::Done => ("Done", Tone::Good),
        RowOutcome::Failed { .. } => ("Not done", Tone::Bad),
        RowOutcome::NotPossible(_) => ("Not possible", Tone::Warning),
        RowOutcome::Unknown => ("Not known", Tone::Warning),
        RowOutcome::Stopped => ("Not sent", Tone::Quiet),
    }
}

/// Why, if there is more to say.
pub fn reason(outcome: &RowOutcome) -> String {
    match outcome {
        RowOutcome::Failed { sentence, .. } | RowOutcome::NotPossible(sentence) => sentence.clone(),
        RowOutcome::Unknown => "It was sent, and the answer was lost. Look before you repeat it.".to_owned(),
        RowOutcome::Stopped => "The job was stopped before its turn.".to_owned(),
        RowOutcome::Waiting | RowOutcome::Sending | RowOutcome::Done => String::new(),
    }
}

/// `38 of 40: 35 done, 3 not done`.
pub fn progress(counts: &BulkCounts) -> String {
    let parts = [
        (counts.done, "done"),
        (counts.failed, "not done"),
        (counts.not_possible, "not possible"),
        (counts.unknown, "not known"),
        (counts.stopped, "not sent"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    let so_far = format!("{} of {}", counts.settled(), counts.total());
    if parts.is_empty() { so_far } else { format!("{so_far}: {}", parts.join(", ")) }
}

/// How far a job is.
pub fn how_far(job: &BulkJob) -> HowFar {
    let (word, tone) = state(job.state, job.queued);
    HowFar {
        key: key(job.id),
        label: "Settled".to_owned(),
        bar: thousandths(job.counts.settled() as u64, job.counts.total() as u64),
        state: Some((tone, word.to_owned())),
        done: Some(progress(&job.counts)),
        pace: None,
    }
}

/// What the live values of a job are of.
fn key(id: BulkId) -> String {
    format!("bulk-{id}")
}

/// The key of one part of one of its rows.
pub fn row_key(id: BulkId, row: &BulkRow, part: &str) -> String {
    format!("{}-{}-{part}", key(id), row.id)
}

/// The key of how many rows became this.
pub fn number_key(id: BulkId, became: Became) -> String {
    format!("{}-number-{}", key(id), became.word())
}

/// The words of a job for the stream.
pub fn live_values(job: &BulkJob, values: &mut Values) {
    how_far(job).live_values(values);
    for became in Became::ALL {
        values.text(&number_key(job.id, became), &became.number(&job.counts).to_string());
    }
    for row in &job.rows {
        let (word, tone) = outcome(&row.outcome);
        values.put(&row_key(job.id, row, "outcome"), "data-tone", tone.name());
        values.text(&row_key(job.id, row, "outcome.word"), word);
        values.text(&row_key(job.id, row, "reason"), &reason(&row.outcome));
    }
}

/// The shape of a job's page: what may be done with the job.
pub fn shape(read: Result<&BulkJob, &Error>) -> String {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    match read {
        Ok(job) => {
            (job.state, job.queued, job.held_until.is_some(), job.counts.sending > 0 && !job.is_active())
                .hash(&mut hasher);
        }
        Err(error) => error.code().hash(&mut hasher),
    }
    format!("{:x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_says_what_it_does_and_how_far_it_is() {
        assert_eq!(title(BulkAction::RestartServers, 1), "Restart 1 server");
        assert_eq!(title(BulkAction::ResolveTickets, 3), "Mark 3 tickets as resolved");
        assert_eq!(deed(BulkAction::DeleteIsos), "Delete ISOs");
        assert_eq!(deed(BulkAction::ResolveTickets), "Mark tickets as resolved");
        let counts = BulkCounts { waiting: 2, done: 35, failed: 3, ..BulkCounts::default() };
        assert_eq!(progress(&counts), "38 of 40: 35 done, 3 not done");
    }

    #[test]
    fn what_destroys_has_its_number_typed() {
        let asks = confirmation(BulkAction::DeleteIsos, 3, 7).unwrap();
        assert_eq!(asks.name_to_type(), Some("3 ISOs"));
        assert!(confirmation(BulkAction::StartServers, 3, 7).unwrap().name_to_type().is_none());
        assert!(confirmation(BulkAction::StartServers, 3, 0).is_none_or(|asks| !asks.hurts()));
    }
}

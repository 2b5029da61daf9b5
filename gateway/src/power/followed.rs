//! What was noted of power actions, held against what the provider shows.

use std::collections::HashMap;

use vpsbg_api::ServerId;

use super::{PowerAction, PowerState, RECENT};
use crate::{
    Account,
    storage::{millis, now},
};

/// A row of `power_actions`.
type Row = (String, i64, bool, Option<i64>, bool);

/// A power action as it was noted. Moments are milliseconds of Unix time.
#[derive(Debug, Clone, Copy)]
struct Note {
    action: PowerAction,
    started_at: i64,
    /// The server was seen stopped since.
    seen_off: bool,
    settled_at: Option<i64>,
    /// The provider answered; false where the answer was lost.
    answered: bool,
}

impl Note {
    fn of((word, started_at, seen_off, settled_at, answered): Row) -> Option<Self> {
        let action = PowerAction::from_word(&word)?;
        Some(Self { action, started_at, seen_off, settled_at, answered })
    }
}

/// Whether a server runs, and when that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) running: Option<bool>,
    pub(super) read_at: jiff::Timestamp,
}

impl Account {
    /// What is known of one server's power beyond what was seen.
    pub(super) async fn followed(&self, server: ServerId, seen: Seen) -> Result<PowerState, sqlx::Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT action, started_at, seen_off, settled_at, answered FROM power_actions \
             WHERE account = $1 AND server = $2",
        )
        .bind(&self.owner().0[..])
        .bind(number(server))
        .fetch_optional(&self.gateway.0.pool)
        .await?;
        match row.and_then(Note::of) {
            Some(note) => self.held_against(server, note, seen).await,
            None => Ok(PowerState::Steady),
        }
    }

    /// The servers of which something was asked that the provider does not show yet. `seen` tells of each what was
    /// seen last; of a server for which it tells nothing, nothing is known here either.
    pub(super) async fn all_followed(
        &self,
        seen: impl Fn(ServerId) -> Option<Seen>,
    ) -> Result<HashMap<ServerId, PowerAction>, sqlx::Error> {
        let rows: Vec<(i64, String, i64, bool, Option<i64>, bool)> = sqlx::query_as(
            "SELECT server, action, started_at, seen_off, settled_at, answered FROM power_actions \
             WHERE account = $1 AND settled_at IS NULL AND started_at > $2",
        )
        .bind(&self.owner().0[..])
        .bind(now() - millis(self.gateway.0.timings.settle))
        .fetch_all(&self.gateway.0.pool)
        .await?;
        let mut followed = HashMap::new();
        for (server, action, started_at, seen_off, settled_at, answered) in rows {
            let Ok(id) = server.to_string().parse() else { continue };
            let Some(note) = Note::of((action, started_at, seen_off, settled_at, answered)) else { continue };
            let Some(seen) = seen(id) else { continue };
            if let PowerState::Following { action, .. } = self.held_against(id, note, seen).await? {
                followed.insert(id, action);
            }
        }
        Ok(followed)
    }

    /// What a note has come to by what was seen; what that shows is noted too.
    async fn held_against(&self, id: ServerId, note: Note, seen: Seen) -> Result<PowerState, sqlx::Error> {
        let Note { action, started_at, answered, .. } = note;
        let running = seen.running;
        let read_at = seen.read_at.as_millisecond();
        if let Some(settled_at) = note.settled_at {
            let at = moment(settled_at);
            let opposite = running.is_some_and(|running| running != action.ends_running());
            return Ok(match now() - settled_at {
                since if since > millis(RECENT) => PowerState::Steady,
                _ if opposite && read_at > settled_at => PowerState::Undone { action, at },
                _ => PowerState::Settled { action, at },
            });
        }
        // Only a look after the action says anything about it.
        let later = read_at > started_at;
        let seen_off = note.seen_off || (later && running == Some(false));
        // A running server says nothing of a restart whose answer was lost: it may never have begun.
        let unseen = answered && read_at - started_at > millis(self.gateway.0.timings.unseen_restart);
        let shows = later
            && match action {
                PowerAction::Start => running == Some(true),
                PowerAction::Stop | PowerAction::PowerOff => running == Some(false),
                PowerAction::Restart => running == Some(true) && (seen_off || unseen),
            };
        if shows || (seen_off && !note.seen_off && action == PowerAction::Restart) {
            sqlx::query(
                "UPDATE power_actions SET seen_off = $3, settled_at = $4 \
                 WHERE account = $1 AND server = $2 AND started_at = $5 AND settled_at IS NULL",
            )
            .bind(&self.owner().0[..])
            .bind(number(id))
            .bind(seen_off)
            .bind(shows.then_some(read_at))
            .bind(started_at)
            .execute(&self.gateway.0.pool)
            .await?;
        }
        let since = moment(started_at);
        let waited = now() - started_at;
        Ok(if shows {
            PowerState::Settled { action, at: seen.read_at }
        } else if waited <= millis(self.gateway.0.timings.settle) {
            PowerState::Following { action, since }
        } else if waited <= millis(RECENT) {
            PowerState::Unsettled { action, since }
        } else {
            PowerState::Steady
        })
    }
}

fn number(server: ServerId) -> i64 {
    i64::try_from(server.get()).unwrap_or(i64::MAX)
}

fn moment(millis: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(millis).unwrap_or_default()
}

//! Jobs in the database. A row goes from waiting to sending only while its job runs, so that a job that was stopped
//! sends nothing more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};

use super::{BulkAction, BulkId, BulkItem, BulkPhase, BulkRow, BulkState, PauseReason, RowOutcome};
use crate::{AccountKey, Actor, Error, Gateway, storage::now};

/// Rows that are written by one statement.
const BATCH: usize = 500;

/// A job without its rows.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) id: BulkId,
    pub(super) action: BulkAction,
    pub(super) state: BulkState,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) person: Option<String>,
}

/// A row that something is to be done about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) number: i64,
    pub(super) object: u64,
    /// Milliseconds since 1970 of its last change.
    pub(super) changed_at: i64,
}

/// Who a job belongs to and who works, sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Who {
    /// The name of who started it.
    person: Option<String>,
    /// Who is named in audit records: who started it, or let it go on.
    pub(super) actor: Actor,
}

/// Id, action, state, why, when it was started, when it ended, the sealed part.
pub(super) type HeadRow = (String, String, String, Option<String>, i64, Option<i64>, Vec<u8>);

/// Place, object, outcome, code, what is said (sealed), when it changed.
type ResultRow = (i64, i64, String, Option<String>, Option<Vec<u8>>, Option<i64>);

pub(super) const HEAD: &str = "SELECT id, action, state, why, started_at, ended_at, sealed FROM bulk_jobs";

/// The jobs of one account.
pub(super) struct Jobs<'gateway> {
    pub(super) gateway: &'gateway Gateway,
    owner: AccountKey,
}

impl<'gateway> Jobs<'gateway> {
    pub(super) fn of(gateway: &'gateway Gateway, owner: AccountKey) -> Self {
        Self { gateway, owner }
    }

    /// Writes a job down, all its rows waiting.
    pub(super) async fn begin(
        &self,
        id: BulkId,
        action: BulkAction,
        items: &[BulkItem],
        actor: &Actor,
    ) -> Result<(), Error> {
        let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
        let names = serde_json::to_vec(&names).map_err(|_| Error::Internal)?;
        let who = Who { person: actor.person.clone(), actor: actor.clone() };
        let mut transaction = self.gateway.0.pool.begin().await.map_err(internal)?;
        sqlx::query(
            // Of two in the same millisecond it is still certain which came first.
            "INSERT INTO bulk_jobs (id, account, action, state, session, started_at, changed_at, sealed, names) \
             SELECT $1, $2, $3, 'running', $4, \
             CASE WHEN MAX(started_at) >= $5 THEN MAX(started_at) + 1 ELSE $5 END, $5, $6, $7 \
             FROM bulk_jobs WHERE account = $2",
        )
        .bind(id.to_string())
        .bind(&self.owner.0[..])
        .bind(action.word())
        .bind(&actor.session[..])
        .bind(now())
        .bind(self.sealed(id, &who)?)
        .bind(self.gateway.0.key.seal(&names, &Self::place("names", id)))
        .execute(&mut *transaction)
        .await
        .map_err(internal)?;
        let places: Vec<(usize, i64)> = items.iter().map(|item| number(item.id)).enumerate().collect();
        for batch in places.chunks(BATCH) {
            let mut insert: QueryBuilder<Sqlite> =
                QueryBuilder::new("INSERT INTO bulk_rows (job, place, object, outcome) ");
            insert.push_values(batch, |mut row, (place, object)| {
                let place = i64::try_from(*place).unwrap_or(i64::MAX);
                row.push_bind(id.to_string()).push_bind(place).push_bind(*object).push("'waiting'");
            });
            insert.build().execute(&mut *transaction).await.map_err(internal)?;
        }
        transaction.commit().await.map_err(internal)
    }

    /// A job without its rows.
    pub(super) async fn head(&self, id: BulkId) -> Result<Head, Error> {
        let query = format!("{HEAD} WHERE account = $1 AND id = $2");
        let row: Option<HeadRow> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&self.owner.0[..])
            .bind(id.to_string())
            .fetch_optional(&self.gateway.0.pool)
            .await
            .map_err(internal)?;
        row.and_then(|row| self.opened(row)).ok_or(Error::NotFound)
    }

    /// A job with its rows.
    pub(super) async fn whole(&self, id: BulkId) -> Result<(Head, Vec<BulkRow>), Error> {
        let head = self.head(id).await?;
        let names: Vec<u8> = sqlx::query_scalar("SELECT names FROM bulk_jobs WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&self.gateway.0.pool)
            .await
            .map_err(internal)?
            .ok_or(Error::NotFound)?;
        let names = self.gateway.0.key.open(&names, &Self::place("names", id));
        let names: Option<Vec<String>> = names.and_then(|names| serde_json::from_slice(&names).ok());
        let Some(mut names) = names else {
            tracing::error!(bulk = %id, "the names of a bulk job do not open");
            return Err(Error::Internal);
        };
        let rows: Vec<ResultRow> = sqlx::query_as(
            "SELECT place, object, outcome, code, said, changed_at FROM bulk_rows WHERE job = $1 \
             ORDER BY place",
        )
        .bind(id.to_string())
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        let rows = rows.into_iter().map(|(place, object, word, code, said, changed_at)| {
            let name = usize::try_from(place).ok().and_then(|place| names.get_mut(place));
            BulkRow {
                id: object.unsigned_abs(),
                name: name.map(std::mem::take).unwrap_or_default(),
                outcome: self.outcome(id, place, &word, code, said),
                at: changed_at.map(moment),
            }
        });
        Ok((head, rows.collect()))
    }

    fn outcome(
        &self,
        id: BulkId,
        place: i64,
        word: &str,
        code: Option<String>,
        said: Option<Vec<u8>>,
    ) -> RowOutcome {
        let sentence = || {
            let said = said.and_then(|said| self.gateway.0.key.open(&said, &Self::row_place(id, place)));
            said.map(|said| String::from_utf8_lossy(&said).into_owned()).unwrap_or_default()
        };
        match word {
            "waiting" => RowOutcome::Waiting,
            "sending" => RowOutcome::Sending,
            "done" => RowOutcome::Done,
            "failed" => RowOutcome::Failed { code: code.unwrap_or_default(), sentence: sentence() },
            "not-possible" => RowOutcome::NotPossible(sentence()),
            "stopped" => RowOutcome::Stopped,
            _ => RowOutcome::Unknown,
        }
    }

    /// Whether a job runs.
    pub(super) async fn runs(&self, id: BulkId) -> Result<bool, Error> {
        let state: Option<String> = sqlx::query_scalar("SELECT state FROM bulk_jobs WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&self.gateway.0.pool)
            .await
            .map_err(internal)?;
        Ok(state.as_deref() == Some("running"))
    }

    /// Ends the running of a job; false when it did not run.
    pub(super) async fn end(&self, id: BulkId, paused: Option<PauseReason>) -> Result<bool, Error> {
        let ended = sqlx::query(
            "UPDATE bulk_jobs SET state = $2, why = $3, changed_at = $4, ended_at = $5 \
             WHERE id = $1 AND state = 'running'",
        )
        .bind(id.to_string())
        .bind(if paused.is_some() { "paused" } else { "finished" })
        .bind(paused.map(PauseReason::word))
        .bind(now())
        .bind(paused.is_none().then(now))
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(ended.rows_affected() == 1)
    }

    /// A person stops a job: what waits is over. False when it had ended.
    pub(super) async fn stop(&self, id: BulkId) -> Result<bool, Error> {
        let mut transaction = self.gateway.0.pool.begin().await.map_err(internal)?;
        let stopped = sqlx::query(
            "UPDATE bulk_jobs SET state = 'stopped', why = NULL, changed_at = $3, ended_at = $4 \
             WHERE id = $1 AND account = $2 AND (state = 'running' OR state = 'paused')",
        )
        .bind(id.to_string())
        .bind(&self.owner.0[..])
        .bind(now())
        .bind(now())
        .execute(&mut *transaction)
        .await
        .map_err(internal)?;
        if stopped.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "UPDATE bulk_rows SET outcome = 'stopped', changed_at = $2 \
             WHERE job = $1 AND outcome = 'waiting'",
        )
        .bind(id.to_string())
        .bind(now())
        .execute(&mut *transaction)
        .await
        .map_err(internal)?;
        transaction.commit().await.map_err(internal)?;
        Ok(true)
    }

    /// A person lets a paused job go on. False when it does not pause.
    pub(super) async fn resume(&self, id: BulkId, actor: &Actor) -> Result<bool, Error> {
        let who = Who { person: self.head(id).await?.person, actor: actor.clone() };
        let resumed = sqlx::query(
            "UPDATE bulk_jobs SET state = 'running', why = NULL, changed_at = $3, session = $4, sealed = $5 \
             WHERE id = $1 AND account = $2 AND state = 'paused'",
        )
        .bind(id.to_string())
        .bind(&self.owner.0[..])
        .bind(now())
        .bind(&actor.session[..])
        .bind(self.sealed(id, &who)?)
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(resumed.rows_affected() == 1)
    }

    /// The first row that waits.
    pub(super) async fn next(&self, id: BulkId) -> Result<Option<Place>, Error> {
        Ok(self.places(id, "waiting", 1).await?.pop())
    }

    /// The rows of unknown outcome.
    pub(super) async fn unknown(&self, id: BulkId) -> Result<Vec<Place>, Error> {
        self.places(id, "unknown", i64::MAX).await
    }

    async fn places(&self, id: BulkId, word: &str, limit: i64) -> Result<Vec<Place>, Error> {
        let rows: Vec<(i64, i64, Option<i64>)> = sqlx::query_as(
            "SELECT place, object, changed_at FROM bulk_rows WHERE job = $1 AND outcome = $2 \
             ORDER BY place LIMIT $3",
        )
        .bind(id.to_string())
        .bind(word)
        .bind(limit)
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        let place = |(place, object, changed_at): (i64, i64, Option<i64>)| Place {
            number: place,
            object: object.unsigned_abs(),
            changed_at: changed_at.unwrap_or_default(),
        };
        Ok(rows.into_iter().map(place).collect())
    }

    /// A row is about to be sent. False when its job does not run any more: then it must not be.
    pub(super) async fn sending(&self, id: BulkId, place: i64) -> Result<bool, Error> {
        let marked = sqlx::query(
            "UPDATE bulk_rows SET outcome = 'sending', changed_at = $3 \
             WHERE job = $1 AND place = $2 AND outcome = 'waiting' \
             AND EXISTS (SELECT 1 FROM bulk_jobs WHERE id = $1 AND state = 'running')",
        )
        .bind(id.to_string())
        .bind(place)
        .bind(now())
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(marked.rows_affected() == 1)
    }

    /// A row that was about to be sent certainly was not: it waits again, unless the job was stopped meanwhile.
    pub(super) async fn not_sent(&self, id: BulkId, place: i64) -> Result<(), Error> {
        sqlx::query(
            "UPDATE bulk_rows SET changed_at = $3, outcome = \
             CASE WHEN EXISTS (SELECT 1 FROM bulk_jobs WHERE id = $1 AND state = 'stopped') \
             THEN 'stopped' ELSE 'waiting' END \
             WHERE job = $1 AND place = $2 AND outcome = 'sending'",
        )
        .bind(id.to_string())
        .bind(place)
        .bind(now())
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(())
    }

    /// A row has its result. What a stopped job did not send stays stopped.
    pub(super) async fn settle(&self, id: BulkId, place: i64, outcome: &RowOutcome) -> Result<(), Error> {
        let (code, said) = match outcome {
            RowOutcome::Failed { code, sentence } => (Some(code.as_str()), Some(sentence.as_str())),
            RowOutcome::NotPossible(sentence) => (None, Some(sentence.as_str())),
            _ => (None, None),
        };
        let said = said.map(|said| self.gateway.0.key.seal(said.as_bytes(), &Self::row_place(id, place)));
        sqlx::query(
            "UPDATE bulk_rows SET outcome = $3, code = $4, said = $5, changed_at = $6 \
             WHERE job = $1 AND place = $2 AND outcome <> 'stopped'",
        )
        .bind(id.to_string())
        .bind(place)
        .bind(outcome.word())
        .bind(code)
        .bind(said)
        .bind(now())
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(())
    }

    /// What stands as sending and nobody sends: its outcome could not be noted.
    pub(super) async fn give_up_sending(&self, id: BulkId) -> Result<(), Error> {
        sqlx::query(
            "UPDATE bulk_rows SET outcome = 'unknown', changed_at = $2 WHERE job = $1 AND outcome = 'sending'",
        )
        .bind(id.to_string())
        .bind(now())
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(())
    }

    /// Who works, from the sealed part of a job.
    pub(super) fn who(&self, id: BulkId, sealed: &[u8]) -> Option<Who> {
        let who = self.gateway.0.key.open(sealed, &Self::place("job", id));
        let who = who.and_then(|text| serde_json::from_slice(&text).ok());
        if who.is_none() {
            tracing::error!(bulk = %id, "a bulk job does not open");
        }
        who
    }

    fn sealed(&self, id: BulkId, who: &Who) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_vec(who).map_err(|_| Error::Internal)?;
        Ok(self.gateway.0.key.seal(&text, &Self::place("job", id)))
    }

    /// What a sealed part is bound to. Not to the owner: a token's jobs move to its user when that is learned.
    fn place(what: &str, id: BulkId) -> Vec<u8> {
        [b"bulk ", what.as_bytes(), b" ", &id.0].concat()
    }

    fn row_place(id: BulkId, place: i64) -> Vec<u8> {
        [&Self::place("row", id)[..], &place.to_be_bytes()].concat()
    }

    /// A job that does not open is one for the log, not for a person.
    pub(super) fn opened(
        &self,
        (id, action, state, why, started_at, ended_at, sealed): HeadRow,
    ) -> Option<Head> {
        let id: BulkId = id.parse().ok()?;
        let state = match BulkPhase::from_word(&state)? {
            BulkPhase::Running => BulkState::Running,
            BulkPhase::Paused => BulkState::Paused(PauseReason::from_word(&why?)?),
            BulkPhase::Finished => BulkState::Finished,
            BulkPhase::Stopped => BulkState::Stopped,
        };
        Some(Head {
            id,
            action: BulkAction::from_word(&action)?,
            state,
            started_at: moment(started_at),
            ended_at: ended_at.map(moment),
            person: self.who(id, &sealed)?.person,
        })
    }
}

fn number(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or_default()
}

pub(super) fn internal(error: sqlx::Error) -> Error {
    tracing::error!(%error, "bulk jobs cannot be read or written");
    Error::Internal
}

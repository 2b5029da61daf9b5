//! Jobs as a list: what narrows them, a page of them, and all of them for a file. A job in a list has its counts and
//! not its rows.

use std::{collections::HashMap, time::Duration};

use futures::Stream;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite};

use super::{
    BulkAction, BulkCounts, BulkId, BulkState,
    store::{HEAD, HeadRow, internal},
};
use crate::{
    Account, Error, StoredPage, StoredRows,
    stored::{cut_batch, cut_page, in_batches, last_of_full},
};

/// Where a job stands, whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BulkPhase {
    /// [`BulkState::Running`].
    Running,
    /// [`BulkState::Paused`].
    Paused,
    /// [`BulkState::Finished`].
    Finished,
    /// [`BulkState::Stopped`].
    Stopped,
}

impl BulkPhase {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Running, Self::Paused, Self::Finished, Self::Stopped];

    /// The word in addresses and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
        }
    }

    /// The phase of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }
}

/// What narrows the jobs. The default is all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkFilter {
    /// Only those that stand there.
    pub phase: Option<BulkPhase>,
    /// Only those that do this.
    pub action: Option<BulkAction>,
}

/// A job in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkSummary {
    /// Its id, for its address.
    pub id: BulkId,
    /// What is done.
    pub action: BulkAction,
    /// Where it stands.
    pub state: BulkState,
    /// True while it waits because another job of the account is at work.
    pub queued: bool,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it was finished or stopped.
    pub ended_at: Option<Timestamp>,
    /// Who started it, if the name is known.
    pub person: Option<String>,
    /// How many objects have which outcome.
    pub counts: BulkCounts,
}

impl Account {
    /// A page of the jobs of this account that match, newest first. Pages count from 1.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails.
    pub async fn bulks(&self, filter: BulkFilter, page: u64) -> Result<StoredPage<BulkSummary>, Error> {
        let mut query = QueryBuilder::new("SELECT COUNT(*) FROM bulk_jobs");
        self.narrow_bulks(&mut query, filter);
        let pool = &self.gateway.0.pool;
        let total: i64 = query.build_query_scalar().fetch_one(pool).await.map_err(internal)?;
        let mut query = QueryBuilder::new(HEAD);
        self.narrow_bulks(&mut query, filter);
        query.push(NEWEST_FIRST);
        cut_page(&mut query, page);
        let heads = query.build_query_as().fetch_all(pool).await.map_err(internal)?;
        Ok(StoredPage::of(self.summaries(heads).await?, total))
    }

    /// All jobs that match, newest first, in batches. An error is the last item.
    pub fn bulks_all(
        &self,
        filter: BulkFilter,
    ) -> impl Stream<Item = Result<StoredRows<BulkSummary>, Error>> + Send + use<> {
        in_batches(self, (i64::MAX, String::new()), move |account, (at, id)| async move {
            let mut query = QueryBuilder::new(HEAD);
            account.narrow_bulks(&mut query, filter);
            query.push(" AND (started_at, id) < (").push_bind(at).push(", ").push_bind(id).push(")");
            query.push(NEWEST_FIRST);
            cut_batch(&mut query);
            let heads: Vec<HeadRow> =
                query.build_query_as().fetch_all(&account.gateway.0.pool).await.map_err(internal)?;
            let next = last_of_full(&heads).map(|(id, .., at, _, _)| (*at, id.clone()));
            Ok((account.summaries(heads).await?, next))
        })
    }

    /// How long jobs are kept after their end.
    pub fn bulks_kept(&self) -> Duration {
        self.gateway.0.timings.bulk
    }

    fn narrow_bulks(&self, query: &mut QueryBuilder<Sqlite>, filter: BulkFilter) {
        query.push(" WHERE account = ").push_bind(self.owner().0.to_vec());
        if let Some(phase) = filter.phase {
            query.push(" AND state = ").push_bind(phase.word());
        }
        if let Some(action) = filter.action {
            query.push(" AND action = ").push_bind(action.word());
        }
    }

    /// The jobs with their counts. One that does not open is one for the log, and counted.
    async fn summaries(&self, rows: Vec<HeadRow>) -> Result<StoredRows<BulkSummary>, Error> {
        let read = rows.len();
        let jobs = self.jobs();
        let heads: Vec<_> = rows.into_iter().filter_map(|row| jobs.opened(row)).collect();
        let mut counts = self.counts(heads.iter().map(|head| head.id)).await?;
        let owner = self.owner_state();
        let working = owner.bulks.working.lock().as_ref().map(|(id, _)| *id);
        let summaries = heads.into_iter().map(|head| {
            let counts = counts.remove(&head.id).unwrap_or_default();
            BulkSummary {
                id: head.id,
                action: head.action,
                state: head.state,
                queued: head.state == BulkState::Running && working != Some(head.id) && counts.waiting > 0,
                started_at: head.started_at,
                ended_at: head.ended_at,
                person: head.person,
                counts,
            }
        });
        Ok(StoredRows::opened(summaries.collect(), read))
    }

    async fn counts(
        &self,
        ids: impl ExactSizeIterator<Item = BulkId>,
    ) -> Result<HashMap<BulkId, BulkCounts>, Error> {
        let mut counts: HashMap<BulkId, BulkCounts> = HashMap::new();
        if ids.len() == 0 {
            return Ok(counts);
        }
        let mut query = QueryBuilder::new("SELECT job, outcome, COUNT(*) FROM bulk_rows WHERE job IN (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(id.to_string());
        }
        query.push(") GROUP BY job, outcome");
        let pool = &self.gateway.0.pool;
        let numbers: Vec<(String, String, i64)> =
            query.build_query_as().fetch_all(pool).await.map_err(internal)?;
        for (id, word, number) in numbers {
            if let Ok(id) = id.parse() {
                counts.entry(id).or_default().add(&word, usize::try_from(number).unwrap_or_default());
            }
        }
        Ok(counts)
    }
}

/// Of two in the same millisecond it is still certain which comes first.
const NEWEST_FIRST: &str = " ORDER BY started_at DESC, id DESC";

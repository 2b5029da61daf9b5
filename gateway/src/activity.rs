//! The audit records, read: filters, pages, and all that matches one after the other. Writing is in `audit`.
//!
//! An account sees its own records only: those of all tokens of its owner, as far as the provider tells whose they
//! are.

use futures::Stream;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};

use crate::{
    Account, Error, StoredPage,
    storage::now,
    stored::{cut_batch, cut_page, in_batches, last_of_full},
};

/// Names and operations offered at most.
const MAX_CHOICES: i64 = 200;

/// Whose deeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Of who gave no name at sign-in.
    Nameless,
    /// Of who gave this name.
    Named(String),
}

/// Which outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcomes {
    /// Done.
    Done,
    /// Certainly not done.
    NotDone,
    /// Nobody knows.
    Unknown,
}

/// What narrows the records. The default is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only of this person.
    pub who: Option<Who>,
    /// Only these operations (`operationId`); empty: all.
    pub operations: Vec<String>,
    /// Only with these outcomes.
    pub outcomes: Option<Outcomes>,
    /// Only on this object (`server 7`), on all objects of a kind (`server`), or on the account as a whole
    /// (`account`); upper and lower case are the same, and so are one and several (`servers 7`).
    pub object: Option<String>,
    /// Only of this request ([`AuditRecord::request_id`]).
    pub request: Option<String>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

/// One record: somebody changed something, or tried to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// When.
    pub at: Timestamp,
    /// `operationId` of the contract.
    pub operation: String,
    /// `server 7`; None: the account as a whole.
    pub object: Option<String>,
    /// `done`, or the code of an [`Error`].
    pub outcome: String,
    /// The name given at sign-in.
    pub person: Option<String>,
    /// The session in short: the first eight digits of the SHA-256 of its id.
    pub session: String,
    /// Where the request came from.
    pub address: Option<String>,
    /// Id of the request, as in the log.
    pub request_id: String,
    id: Vec<u8>,
}

impl Account {
    /// Whether a record is of something that was done in this session.
    pub fn did(&self, record: &AuditRecord) -> bool {
        record.session == hex::encode(&self.actor.session[..4])
    }

    /// A page of the records that match, newest first. Pages count from 1.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database cannot be read.
    pub async fn audit(&self, filter: &AuditFilter, page: u64) -> Result<StoredPage<AuditRecord>, Error> {
        let read = async {
            let pool = &self.gateway.0.pool;
            let mut query = QueryBuilder::new("SELECT count(*) FROM audit");
            self.narrow(&mut query, filter);
            let total: i64 = query.build_query_scalar().fetch_one(pool).await?;
            let mut query = QueryBuilder::new(COLUMNS);
            self.narrow(&mut query, filter);
            query.push(NEWEST_FIRST);
            cut_page(&mut query, page);
            let rows = query.build().fetch_all(pool).await?;
            let rows = rows.iter().map(record).collect::<Result<Vec<_>, _>>()?;
            Ok(StoredPage::of(rows, total))
        };
        read.await.map_err(unreadable)
    }

    /// All records that match and are written by now, newest first, in batches. An error is the last item.
    pub fn audit_all(
        &self,
        filter: AuditFilter,
    ) -> impl Stream<Item = Result<Vec<AuditRecord>, Error>> + Send + use<> {
        in_batches(self, (now(), vec![u8::MAX; 16]), move |account, (at, id)| {
            let filter = filter.clone();
            async move {
                let rows = account.audit_after(&filter, at, &id).await.map_err(unreadable)?;
                let next = last_of_full(&rows).map(|last| (last.at.as_millisecond(), last.id.clone()));
                Ok((rows, next))
            }
        })
    }

    /// The next records after (that is, older than) a place in the order.
    async fn audit_after(
        &self,
        filter: &AuditFilter,
        at: i64,
        id: &[u8],
    ) -> Result<Vec<AuditRecord>, sqlx::Error> {
        let mut query = QueryBuilder::new(COLUMNS);
        self.narrow(&mut query, filter);
        // As one value: two conditions with OR would not be a place in the index.
        query.push(" AND (at, id) < (").push_bind(at).push(", ").push_bind(id.to_vec()).push(")");
        query.push(NEWEST_FIRST);
        cut_batch(&mut query);
        let rows = query.build().fetch_all(&self.gateway.0.pool).await?;
        rows.iter().map(record).collect()
    }

    /// Who has records: names in their order, and whether some have none.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database cannot be read.
    pub async fn audit_people(&self) -> Result<Vec<Who>, Error> {
        let names: Vec<Option<String>> = sqlx::query_scalar(
            "SELECT DISTINCT person FROM audit WHERE account = $1 ORDER BY person LIMIT $2",
        )
        .bind(&self.owner().0[..])
        .bind(MAX_CHOICES)
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(unreadable)?;
        Ok(names.into_iter().map(|name| name.map_or(Who::Nameless, Who::Named)).collect())
    }

    /// How long records are kept.
    pub fn audit_kept(&self) -> std::time::Duration {
        self.gateway.0.timings.audit
    }

    /// Operations that have records.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database cannot be read.
    pub async fn audit_operations(&self) -> Result<Vec<String>, Error> {
        sqlx::query_scalar(
            "SELECT DISTINCT operation FROM audit WHERE account = $1 ORDER BY operation LIMIT $2",
        )
        .bind(&self.owner().0[..])
        .bind(MAX_CHOICES)
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(unreadable)
    }

    fn narrow(&self, query: &mut QueryBuilder<Sqlite>, filter: &AuditFilter) {
        query.push(" WHERE account = ").push_bind(self.owner().0.to_vec());
        match &filter.who {
            Some(Who::Nameless) => {
                query.push(" AND person IS NULL");
            }
            Some(Who::Named(name)) => {
                query.push(" AND person = ").push_bind(name.clone());
            }
            None => {}
        }
        if !filter.operations.is_empty() {
            query.push(" AND operation IN (");
            let mut list = query.separated(", ");
            for operation in &filter.operations {
                list.push_bind(operation.clone());
            }
            query.push(")");
        }
        match filter.outcomes {
            Some(Outcomes::Done) => query.push(" AND outcome = 'done'"),
            Some(Outcomes::Unknown) => query.push(" AND outcome = 'outcome-unknown'"),
            Some(Outcomes::NotDone) => query.push(" AND outcome NOT IN ('done', 'outcome-unknown')"),
            None => query,
        };
        if let Some(object) = &filter.object {
            about(query, object);
        }
        if let Some(request) = &filter.request {
            query.push(" AND request_id = ").push_bind(request.clone());
        }
        if let Some(from) = filter.from {
            query.push(" AND at >= ").push_bind(from.as_millisecond());
        }
        if let Some(before) = filter.before {
            query.push(" AND at < ").push_bind(before.as_millisecond());
        }
    }
}

/// Records name one object (`server 7`), several (`servers 5, 7`), or two that belong together (`server 7, addon 3`).
/// A kind without a number stands for all of its kind, `account` for the account as a whole, which records name by
/// nothing. Upper and lower case are the same.
fn about(query: &mut QueryBuilder<Sqlite>, object: &str) {
    let object = object.to_lowercase();
    if object == "account" {
        query.push(" AND object IS NULL");
        return;
    }
    let object = object.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    query.push(" AND (");
    names(query, &object);
    // Several may be typed where records name one.
    let (kind, id) = numbered(&object).unwrap_or((&object, ""));
    if let Some(kind) = kind.strip_suffix('s') {
        query.push(" OR ");
        names(query, format!("{kind} {id}").trim_end());
    }
    query.push(")");
}

/// Kind and number of `server 7`.
fn numbered(object: &str) -> Option<(&str, &str)> {
    object.rsplit_once(' ').filter(|(_, id)| id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True of records that name this object.
fn names(query: &mut QueryBuilder<Sqlite>, object: &str) {
    let mut patterns =
        vec![object.to_owned(), format!("{object} %"), format!("{object}, %"), format!("{object}s %")];
    patterns.extend([format!("%, {object}"), format!("%, {object}, %"), format!("%, {object} %")]);
    let numbered = numbered(object);
    if let Some((kind, id)) = numbered {
        patterns.push(format!("{kind}s {id}, %"));
    }
    query.push("(");
    for (number, pattern) in patterns.into_iter().enumerate() {
        query.push(if number == 0 { "" } else { " OR " });
        like(query, pattern);
    }
    // Not the first of several.
    if let Some((kind, id)) = numbered {
        query.push(" OR (");
        like(query, format!("{kind}s %"));
        query.push(" AND (");
        like(query, format!("%, {id}"));
        query.push(" OR ");
        like(query, format!("%, {id}, %"));
        query.push("))");
    }
    query.push(")");
}

fn like(query: &mut QueryBuilder<Sqlite>, pattern: String) {
    query.push("lower(object) LIKE ").push_bind(pattern).push(r" ESCAPE '\'");
}

const COLUMNS: &str =
    "SELECT id, at, operation, object, outcome, person, session, address, request_id FROM audit";
const NEWEST_FIRST: &str = " ORDER BY at DESC, id DESC";

fn record(row: &SqliteRow) -> Result<AuditRecord, sqlx::Error> {
    let session: Vec<u8> = row.try_get("session")?;
    Ok(AuditRecord {
        at: Timestamp::from_millisecond(row.try_get("at")?).unwrap_or(Timestamp::UNIX_EPOCH),
        operation: row.try_get("operation")?,
        object: row.try_get("object")?,
        outcome: row.try_get("outcome")?,
        person: row.try_get("person")?,
        session: hex::encode(session.get(..4).unwrap_or(&session)),
        address: row.try_get("address")?,
        request_id: row.try_get("request_id")?,
        id: row.try_get("id")?,
    })
}

fn unreadable(error: sqlx::Error) -> Error {
    tracing::error!(%error, "the audit records could not be read");
    Error::Internal
}

//! The journal as a list: what narrows it, a page of it, and all of it for a file.

use futures::Stream;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite};
use vpsbg_api::Permission;

use super::{
    Purchase, PurchaseState,
    store::{ROW, Row, internal},
};
use crate::{
    Account, Error, StoredPage, StoredRows,
    stored::{cut_batch, cut_page, in_batches, last_of_full},
};

/// Operations offered at most.
const MAX_CHOICES: i64 = 200;

/// What narrows the purchases. The default is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PurchaseFilter {
    /// Only those of which this became.
    pub state: Option<PurchaseState>,
    /// Only this operation (`operationId`).
    pub operation: Option<String>,
    /// Not sent before this moment.
    pub from: Option<Timestamp>,
    /// Sent before this moment.
    pub before: Option<Timestamp>,
}

impl Account {
    /// A page of the purchases of this account's owner that match, newest first. Pages count from 1.
    ///
    /// # Errors
    /// As [`Account::purchases`].
    pub async fn purchases_page(
        &self,
        filter: &PurchaseFilter,
        page: u64,
    ) -> Result<StoredPage<Purchase>, Error> {
        self.permit(Permission::BillingRead)?;
        let mut query = QueryBuilder::new("SELECT COUNT(*) FROM purchases");
        self.narrow_purchases(&mut query, filter);
        let pool = &self.gateway.0.pool;
        let total: i64 = query.build_query_scalar().fetch_one(pool).await.map_err(internal)?;
        let mut query = QueryBuilder::new(ROW);
        self.narrow_purchases(&mut query, filter);
        query.push(NEWEST_FIRST);
        cut_page(&mut query, page);
        let rows = query.build_query_as().fetch_all(pool).await.map_err(internal)?;
        Ok(StoredPage::of(self.opened_purchases(rows), total))
    }

    /// All purchases that match, newest first, in batches. An error is the last item.
    pub fn purchases_all(
        &self,
        filter: PurchaseFilter,
    ) -> impl Stream<Item = Result<StoredRows<Purchase>, Error>> + Send + use<> {
        in_batches(self, (i64::MAX, String::new()), move |account, (at, id)| {
            let filter = filter.clone();
            async move {
                account.permit(Permission::BillingRead)?;
                let mut query = QueryBuilder::new(ROW);
                account.narrow_purchases(&mut query, &filter);
                query.push(" AND (created_at, id) < (").push_bind(at).push(", ").push_bind(id).push(")");
                query.push(NEWEST_FIRST);
                cut_batch(&mut query);
                let rows: Vec<Row> =
                    query.build_query_as().fetch_all(&account.gateway.0.pool).await.map_err(internal)?;
                let next = last_of_full(&rows).map(|(id, _, _, at, _, _)| (*at, id.clone()));
                Ok((account.opened_purchases(rows), next))
            }
        })
    }

    /// Operations that were bought with.
    ///
    /// # Errors
    /// As [`Account::purchases`].
    pub async fn purchase_operations(&self) -> Result<Vec<String>, Error> {
        self.permit(Permission::BillingRead)?;
        sqlx::query_scalar(
            "SELECT DISTINCT operation FROM purchases WHERE account = $1 ORDER BY operation LIMIT $2",
        )
        .bind(&self.owner().0[..])
        .bind(MAX_CHOICES)
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(internal)
    }

    fn narrow_purchases(&self, query: &mut QueryBuilder<Sqlite>, filter: &PurchaseFilter) {
        query.push(" WHERE account = ").push_bind(self.owner().0.to_vec());
        if let Some(state) = filter.state {
            query.push(" AND state = ").push_bind(state.word());
        }
        if let Some(operation) = &filter.operation {
            query.push(" AND operation = ").push_bind(operation.clone());
        }
        if let Some(from) = filter.from {
            query.push(" AND created_at >= ").push_bind(from.as_millisecond());
        }
        if let Some(before) = filter.before {
            query.push(" AND created_at < ").push_bind(before.as_millisecond());
        }
    }

    /// One that does not open is one for the log, and counted.
    fn opened_purchases(&self, rows: Vec<Row>) -> StoredRows<Purchase> {
        let (read, journal) = (rows.len(), self.gateway.journal());
        let papers = rows.into_iter().filter_map(|row| journal.opened(row));
        StoredRows::opened(papers.map(Into::into).collect(), read)
    }
}

/// Of two in the same millisecond it is still certain which comes first.
const NEWEST_FIRST: &str = " ORDER BY created_at DESC, id DESC";

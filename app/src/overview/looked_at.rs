//! The servers that are looked at for what needs attention: all of them, as far as one page may ask for them.

use gateway::{Account, Error, Gathering, MOST_GATHERED, Reading};
use vpsbg_api::{ListServers, Page, Server, ServerFilter, ServerSort};

use super::attention::{half_told, told_wholly};

/// Rows of a page: the most the provider gives (`per_page` of `listServers`).
const ROWS: u64 = 50;

/// Servers that are active or suspended, and which of them these are.
#[derive(Debug, Clone)]
pub struct LookedAt {
    /// The servers.
    pub rows: Vec<Server>,
    /// How many there are in all.
    pub total: u64,
    /// What was not looked at, if anything.
    pub rest: Option<String>,
    /// How many are still to be looked at one by one, for what the list does not tell.
    pub to_come: usize,
    /// Why that cannot be told, if so.
    pub failed: Option<Error>,
}

/// Reads them, and what only their own calls tell as far as it is known by now: the rest comes in the background.
///
/// # Errors
/// [`Error`].
pub async fn servers(account: &Account) -> Result<Reading<LookedAt>, Error> {
    let reading = listed(account).await?;
    let mut looked_at = reading.value.as_ref().clone();
    let half_told: Vec<_> =
        looked_at.rows.iter().filter(|server| half_told(server)).map(|server| server.id).collect();
    match account.servers_one_by_one(&half_told).await {
        Ok(closely) => {
            let whole = |row: Server| match closely.seen.get(&row.id) {
                Some(known) => told_wholly(row, known),
                None => row,
            };
            looked_at.rows = looked_at.rows.into_iter().map(whole).collect();
            looked_at.to_come = closely.to_come;
            looked_at.failed = closely.failed;
        }
        Err(error) => looked_at.failed = Some(error),
    }
    Ok(reading.with(looked_at))
}

/// Of too many those whose paid time ends first: that is what cannot wait.
async fn listed(account: &Account) -> Result<Reading<LookedAt>, Error> {
    let list =
        |sort| move |page| ListServers { page, per_page: Some(ROWS), filter: ServerFilter::default(), sort };
    let total = match account.gather(list(None)).await? {
        Gathering::All(reading) => {
            let rows = reading.value.rows.clone();
            let rest = (reading.value.broken > 0).then(|| {
                let broken = crate::words::count(reading.value.broken as u64, "server");
                format!("{broken} came in a form that could not be read.")
            });
            let total = (rows.len() + reading.value.broken) as u64;
            return Ok(reading.with(LookedAt { rows, total, rest, to_come: 0, failed: None }));
        }
        Gathering::TooMany(total) => total,
    };
    let first = account.read(&list(Some(ServerSort::Expiry(false)))(1)).await?;
    Ok(first.with(of_many(&first.value, total)))
}

fn of_many(page: &Page<Server>, total: Option<u64>) -> LookedAt {
    let rows = page.rows.clone();
    let rest = format!(
        "Of more than {MOST_GATHERED} servers only the {} whose paid time ends first were looked at.",
        rows.len()
    );
    LookedAt {
        total: total.or(page.total).unwrap_or(rows.len() as u64),
        rows,
        rest: Some(rest),
        to_come: 0,
        failed: None,
    }
}

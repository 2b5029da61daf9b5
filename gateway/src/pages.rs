//! Lists over all their pages: gathered for what the provider cannot filter or sort (design §3: up to 300 rows), and
//! one page after the other, within the background budget, for files.

mod walk;

use std::time::Duration;

use futures::{StreamExt, future::join_all, stream, stream::BoxStream};
use vpsbg_api::{Encode, Operation, Page};

pub use self::walk::{Step, Walk};
use crate::{Account, Error, Freshness, Reading};

/// Rows that are gathered at most.
pub const MOST_GATHERED: u64 = 300;
/// Pages that are gathered at most, where the provider does not say how many rows there are.
const MOST_PAGES: u64 = 20;
/// Pages that are asked for at most for a file, where the provider does not say how many there are.
const MOST_UNCOUNTED: u64 = 500;
/// A page that could not be had is asked for so often, one after the other.
const TRIES: u32 = 4;

/// All rows of a list.
#[derive(Debug, Clone)]
pub struct Gathered<T> {
    /// The rows in the provider's order.
    pub rows: Vec<T>,
    /// Rows that could not be read.
    pub broken: usize,
}

/// What gathering gave.
#[derive(Debug, Clone)]
pub enum Gathering<T> {
    /// All rows; as old as the oldest of their pages.
    All(Reading<Gathered<T>>),
    /// There are more than [`MOST_GATHERED`] rows: how many, if the provider says so.
    TooMany(Option<u64>),
}

impl Account {
    /// All rows of a list, from the cache where it holds them. `of_page` makes the operation of a page, from 1.
    ///
    /// # Errors
    /// [`Error`] of the first page that could not be read: a part is never taken for the whole.
    pub async fn gather<O, T>(&self, of_page: impl Fn(u64) -> O) -> Result<Gathering<T>, Error>
    where
        O: Operation<Answer = Page<T>>,
        T: Clone + Encode + Send + Sync + 'static,
    {
        let first = self.read(&of_page(1)).await?;
        if let Some(total) = first.value.total.filter(|total| *total > MOST_GATHERED) {
            return Ok(Gathering::TooMany(Some(total)));
        }
        let mut walk = Walk::default();
        let mut step = walk.step(&first.value);
        let mut pages = vec![first];
        if let Some(last) = pages[0].value.last {
            if last > MOST_PAGES {
                return Ok(Gathering::TooMany(pages[0].value.total));
            }
            let rest: Vec<O> = (2..=last).map(&of_page).collect();
            for read in join_all(rest.iter().map(|operation| self.read(operation))).await {
                pages.push(read?);
            }
            step = Step::End;
        }
        // Where nobody counts, each page tells whether another follows.
        while let Step::On(next) = step {
            if next > MOST_PAGES {
                return Ok(Gathering::TooMany(None));
            }
            let page = self.read(&of_page(next)).await?;
            step = walk.step(&page.value);
            match step {
                Step::On(_) | Step::End => pages.push(page),
                Step::Again => {}
                Step::Lost => return Ok(Gathering::TooMany(None)),
            }
        }
        let rows: usize = pages.iter().map(|page| page.value.rows.len()).sum();
        if rows as u64 > MOST_GATHERED {
            return Ok(Gathering::TooMany(None));
        }
        Ok(Gathering::All(together(&pages)))
    }

    /// The pages of a list from the first to the last, as they come: within the background budget, past the cache.
    /// Waits when the provider wants a pause; ends with the error of a page that could not be had.
    pub fn every_page<O, T>(
        &self,
        of_page: impl Fn(u64) -> O + Send + 'static,
    ) -> BoxStream<'static, Result<Reading<Page<T>>, Error>>
    where
        O: Operation<Answer = Page<T>>,
        T: Encode + Send + Sync + 'static,
    {
        // A file takes as long as it takes: no page waits for it.
        let account = Self { deadline: None, ..self.clone() };
        let pages = stream::try_unfold((Some(1), Walk::default()), move |(next, mut walk)| {
            let operation = next.map(&of_page);
            let account = account.clone();
            async move {
                let Some(operation) = operation else { return Ok(None) };
                // Who has signed out meanwhile gets no more of it.
                if !account.session_goes_on().await? {
                    return Err(Error::TokenRefused);
                }
                let reading = account.page_of_a_file(&operation).await?;
                match walk.step(&reading.value) {
                    // Where nobody counts, pages without an end are no list.
                    Step::On(next) if reading.value.last.is_none() && next > MOST_UNCOUNTED => {
                        Err(Error::NotUnderstood)
                    }
                    Step::On(next) => Ok(Some((reading, (Some(next), walk)))),
                    Step::End => Ok(Some((reading, (None, walk)))),
                    Step::Again => Ok(None),
                    Step::Lost => Err(Error::NotUnderstood),
                }
            }
        });
        pages.boxed()
    }

    /// How many requests a minute background work makes at most: to tell how long it will take.
    pub fn background_per_minute(&self) -> u32 {
        self.state.budget.background_per_minute()
    }

    /// A fresh page, or an error: what a file says must be so now.
    async fn page_of_a_file<O, T>(&self, operation: &O) -> Result<Reading<Page<T>>, Error>
    where
        O: Operation<Answer = Page<T>>,
        T: Send + Sync + 'static,
    {
        let mut tries = 0;
        loop {
            let read = self.read_anew(operation).await;
            let error = match read {
                Ok(reading) => match reading.stale() {
                    None => return Ok(reading),
                    Some(why) => why.clone(),
                },
                Err(error) => error,
            };
            tries += 1;
            match error {
                Error::RateLimited(pause) if tries < TRIES => {
                    tokio::time::sleep(pause.min(Duration::from_secs(120))).await;
                }
                error => return Err(error),
            }
        }
    }
}

fn together<T: Clone>(pages: &[Reading<Page<T>>]) -> Reading<Gathered<T>> {
    let gathered = Gathered {
        rows: pages.iter().flat_map(|page| page.value.rows.iter().cloned()).collect(),
        broken: pages.iter().map(|page| page.value.broken).sum(),
    };
    // A list is as old as the oldest of its pages.
    let stale = pages.iter().find(|page| page.freshness != Freshness::Fresh);
    let oldest = pages.iter().min_by_key(|page| page.read_at);
    stale.or(oldest).unwrap_or(&pages[0]).with(gathered)
}

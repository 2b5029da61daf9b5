//! All plans at once: what a key means can only be told with all of them at hand.

use gateway::{Account, Error, Gathering, Reading, Step, Walk};
use vpsbg_api::{ListPlans, Plan};

/// The plans of the provider.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Those that could be read, in the provider's order.
    pub plans: Vec<Plan>,
    /// These are certainly all: a key that none of them has is no plan's.
    pub is_whole: bool,
}

impl Catalogue {
    /// The plan of a key.
    pub fn find(&self, key: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.key.as_deref() == Some(key))
    }
}

/// Reads them, from the cache where it holds them.
///
/// # Errors
/// [`Error`].
pub async fn catalogue(account: &Account) -> Result<Reading<Catalogue>, Error> {
    match account.gather(|page| ListPlans { page }).await? {
        Gathering::All(reading) => {
            let is_whole = reading.value.broken == 0 && reading.stale().is_none();
            Ok(reading.with(Catalogue { plans: reading.value.rows.clone(), is_whole }))
        }
        // Nobody sells so many: then the first ones are better than none.
        Gathering::TooMany(_) => {
            let first = account.read(&ListPlans { page: 1 }).await?;
            Ok(first.with(Catalogue { plans: first.value.rows.clone(), is_whole: false }))
        }
    }
}

/// Reads them past the cache: for what is bought now.
///
/// # Errors
/// [`Error`].
pub async fn catalogue_now(account: &Account) -> Result<Catalogue, Error> {
    /// More pages than this nobody has.
    const PAGES: u64 = 10;
    let mut all = Catalogue { plans: Vec::new(), is_whole: true };
    let (mut walk, mut page) = (Walk::default(), 1);
    loop {
        let read = account.read_now(&ListPlans { page }).await?;
        let step = walk.step(&read);
        if step.is_new() {
            all.is_whole &= read.broken == 0;
            all.plans.extend(read.rows);
        }
        match step {
            Step::On(next) if next <= PAGES => page = next,
            Step::On(_) | Step::Lost => return Ok(Catalogue { is_whole: false, ..all }),
            Step::End | Step::Again => return Ok(all),
        }
    }
}

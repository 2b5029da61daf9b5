//! Power of all servers at once, if the provider offers it (only the title of that call is known).

use std::collections::HashMap;

use vpsbg_api::{ListServerStatuses, ServerId, StatusEntry};

use crate::{Account, Error, Reading};

/// Live state by server.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusesSeen(pub HashMap<ServerId, StatusEntry>);

impl Account {
    /// Live state of all servers, for a page.
    ///
    /// # Errors
    /// [`Error`]; often [`Error::NotOffered`].
    pub async fn statuses(&self) -> Result<Reading<StatusesSeen>, Error> {
        self.read(&ListServerStatuses).await.map(|reading| by_server(&reading))
    }

    /// Live state of all servers, for the poller: past the cache.
    pub(crate) async fn statuses_anew(&self) -> Result<Reading<StatusesSeen>, Error> {
        self.read_anew(&ListServerStatuses).await.map(|reading| by_server(&reading))
    }
}

fn by_server(reading: &Reading<Vec<StatusEntry>>) -> Reading<StatusesSeen> {
    let entries = reading.value.iter().map(|entry| (entry.id, entry.clone())).collect();
    reading.with(StatusesSeen(entries))
}

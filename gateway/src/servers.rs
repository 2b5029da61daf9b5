//! Power of all servers at once, if the provider offers it (only the title of that call is known).

use std::collections::HashMap;

use vpsbg_api::{ListServerStatuses, ServerId, StatusEntry};

use crate::{Account, Error, PowerAction, Reading};

/// Live state by server.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusesSeen {
    /// As the provider tells it.
    pub entries: HashMap<ServerId, StatusEntry>,
    /// What was asked of their power and is not shown yet.
    pub asked: HashMap<ServerId, PowerAction>,
}

impl StatusesSeen {
    /// True when something may still change by itself.
    pub fn is_active(&self) -> bool {
        !self.asked.is_empty()
    }
}

impl Account {
    /// Live state of all servers, for a page.
    ///
    /// # Errors
    /// [`Error`]; often [`Error::NotOffered`].
    pub async fn statuses(&self) -> Result<Reading<StatusesSeen>, Error> {
        let reading = self.read(&ListServerStatuses).await?;
        self.by_server(&reading).await
    }

    /// Live state of all servers, for the poller: past the cache.
    pub(crate) async fn statuses_anew(&self) -> Result<Reading<StatusesSeen>, Error> {
        let reading = self.read_anew(&ListServerStatuses).await?;
        self.by_server(&reading).await
    }

    async fn by_server(&self, reading: &Reading<Vec<StatusEntry>>) -> Result<Reading<StatusesSeen>, Error> {
        let entries: HashMap<_, _> = reading.value.iter().map(|entry| (entry.id, entry.clone())).collect();
        let running = |id| entries.get(&id).and_then(|entry| entry.running);
        let asked = self.power_asked(running, reading.read_at).await?;
        Ok(reading.with(StatusesSeen { entries, asked }))
    }
}

//! The stop of the program: no change is sent any more, and one that was sent gets its answer and its record.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::{Gateway, account::Ended};

/// After the longest that an answer can take, in which its record is written.
const BIT: Duration = Duration::from_secs(2);

/// Changes that were begun, and whether the program stops.
#[derive(Default)]
pub(crate) struct Changes {
    under_way: watch::Sender<usize>,
    /// Until when it waits for them, once it stops.
    until: OnceLock<Instant>,
}

/// A change that must come to its end.
pub(crate) struct UnderWay(Arc<Changes>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.send_modify(|changes| *changes -= 1);
    }
}

impl Gateway {
    /// Begins a change. It counts as under way for as long as the value lives.
    pub(crate) fn under_way(&self) -> UnderWay {
        let changes = Arc::clone(&self.0.changes_under_way);
        changes.under_way.send_modify(|changes| *changes += 1);
        UnderWay(changes)
    }

    /// Whether nothing may be sent any more that changes something.
    pub(crate) fn is_stopping(&self) -> bool {
        self.0.changes_under_way.until.get().is_some()
    }

    /// From now on every change is refused with [`crate::Error::Stopping`]. Resolves when those that were sent before
    /// have been answered and written down: at the latest when the provider's time to answer is over, however often
    /// this is asked.
    pub async fn finish_changes(&self) {
        let timings = self.timings();
        let longest = timings.connect + timings.answer + BIT;
        let until = *self.0.changes_under_way.until.get_or_init(|| Instant::now() + longest);
        let mut changes = self.0.changes_under_way.under_way.subscribe();
        let open = *changes.borrow_and_update();
        if open == 0 {
            return;
        }
        tracing::info!(open, "waiting for the answers to changes that were sent");
        let ended = tokio::time::timeout_at(until, changes.wait_for(|open| *open == 0)).await;
        if ended.is_err() {
            tracing::warn!("changes had no answer in time: what became of them is not written down");
        }
    }

    /// Ends what is open, waits for the changes that were sent ([`Gateway::finish_changes`]) and closes the database.
    /// Purchases that are being looked for are looked for again after the next start, bulk jobs go on.
    pub async fn close(&self) {
        let _ = self.0.ended.send(Ended::Everything);
        self.finish_changes().await;
        self.0.pool.close().await;
    }
}

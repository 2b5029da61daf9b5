//! Live feeds: one poller per account and resource, however many browsers look.
//!
//! A subscriber gets the present value at once and from then on always the newest; who is slow skips, nothing
//! queues. The poller ends when nobody looks.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;
use vpsbg_api::{GetServer, ListIsos, ListServerStatuses, Operation, Permission, ServerId};

use crate::{
    Account, BulkId, BulkJob, Error, IsosSeen, Reading, ServerSeen, StatusesSeen, shared::AccountState,
};

/// What can be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feed {
    /// All ISOs and their downloads.
    Isos,
    /// One server.
    Server(ServerId),
    /// Power of all servers.
    Statuses,
    /// A bulk job: out of our own storage, the provider is not asked.
    Bulk(BulkId),
}

impl Feed {
    /// What a person must be allowed to see it.
    fn permission(self) -> Option<Permission> {
        match self {
            Self::Isos => Some(ListIsos::INFO.permission),
            Self::Server(_) => Some(GetServer::INFO.permission),
            Self::Statuses => Some(ListServerStatuses::INFO.permission),
            Self::Bulk(_) => None,
        }
    }

    fn refused(self, error: Error) -> Live {
        match self {
            Self::Isos => Live::Isos(Err(error)),
            Self::Server(_) => Live::Server(Box::new(Err(error))),
            Self::Statuses => Live::Statuses(Err(error)),
            Self::Bulk(_) => Live::Bulk(Err(error)),
        }
    }
}

/// The newest value of a feed.
#[derive(Debug, Clone)]
pub enum Live {
    /// All ISOs.
    Isos(Result<Reading<IsosSeen>, Error>),
    /// One server.
    Server(Box<Result<Reading<ServerSeen>, Error>>),
    /// Power of all servers.
    Statuses(Result<Reading<StatusesSeen>, Error>),
    /// A bulk job.
    Bulk(Result<Arc<BulkJob>, Error>),
}

impl Live {
    /// Why there is no present value, if so.
    pub fn trouble(&self) -> Option<&Error> {
        match self {
            Self::Isos(result) => trouble(result),
            Self::Server(result) => trouble(result),
            Self::Statuses(result) => trouble(result),
            Self::Bulk(result) => result.as_ref().err(),
        }
    }

    /// True when something may still change by itself: then it is looked at often.
    fn is_active(&self) -> bool {
        match self {
            Self::Isos(Ok(reading)) => reading.value.is_active(),
            Self::Server(result) => result.as_ref().as_ref().is_ok_and(|reading| reading.value.is_active()),
            Self::Statuses(Ok(reading)) => reading.value.is_active(),
            Self::Bulk(Ok(job)) => job.is_active(),
            _ => false,
        }
    }
}

fn trouble<T>(result: &Result<Reading<T>, Error>) -> Option<&Error> {
    match result {
        Ok(reading) => reading.stale(),
        Err(error) => Some(error),
    }
}

impl Account {
    /// Watches something. The receiver holds `None` until the first value is there.
    /// Who may not see it gets that answer and nothing more: the poller serves everybody who may.
    pub fn watch(&self, feed: Feed) -> watch::Receiver<Option<Live>> {
        if let Err(error) = feed.permission().map_or(Ok(()), |permission| self.permit(permission)) {
            return watch::channel(Some(feed.refused(error))).1;
        }
        let mut feeds = self.state.feeds.lock();
        if let Some(sender) = feeds.get(&feed) {
            return sender.subscribe();
        }
        let (sender, receiver) = watch::channel(None);
        feeds.insert(feed, sender.clone());
        drop(feeds);
        tokio::spawn(poll(self.for_house(), feed, sender));
        receiver
    }

    /// The value for a subscriber that comes first: what pages were just shown.
    async fn present(&self, feed: Feed) -> Live {
        match feed {
            Feed::Isos => Live::Isos(self.isos().await),
            Feed::Server(id) => Live::Server(Box::new(self.server(id).await)),
            Feed::Statuses => Live::Statuses(self.statuses().await),
            Feed::Bulk(id) => Live::Bulk(self.bulk(&id).await.map(Arc::new)),
        }
    }

    async fn anew(&self, feed: Feed) -> Live {
        match feed {
            Feed::Isos => Live::Isos(self.isos_anew().await),
            Feed::Server(id) => Live::Server(Box::new(self.server_anew(id).await)),
            Feed::Statuses => Live::Statuses(self.statuses_anew().await),
            Feed::Bulk(id) => Live::Bulk(self.bulk(&id).await.map(Arc::new)),
        }
    }
}

async fn poll(account: Account, feed: Feed, sender: watch::Sender<Option<Live>>) {
    // Somebody changed something: look at once.
    let (state, owner) = (Arc::clone(&account.state), account.owner_state());
    let changes = if matches!(feed, Feed::Bulk(_)) { &owner.bulks.changed } else { &state.changed };
    let changed = changes.notified();
    tokio::pin!(changed);
    changed.as_mut().enable();
    let mut live = account.present(feed).await;
    loop {
        let pause = pause(&account, &live);
        let refused = matches!(live.trouble(), Some(Error::TokenRefused));
        sender.send_replace(Some(live));
        if nobody_looks(&account.state, feed, &sender) {
            return;
        }
        if refused {
            account.state.feeds.lock().remove(&feed);
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = &mut changed => {}
            () = sender.closed() => {}
        }
        if nobody_looks(&account.state, feed, &sender) {
            return;
        }
        // From here on, so that a change during the look is not missed.
        changed.set(changes.notified());
        changed.as_mut().enable();
        live = account.anew(feed).await;
    }
}

/// Until the next look: often while something changes, slowly otherwise, and not before the provider wants it.
fn pause(account: &Account, live: &Live) -> Duration {
    let timings = &account.gateway.0.timings;
    match live.trouble() {
        Some(Error::RateLimited(pause)) => *pause,
        Some(Error::StillWaiting) => Duration::ZERO,
        None if live.is_active() => timings.poll_active,
        _ => timings.poll_idle,
    }
}

/// True, and the feed is gone, when nobody is subscribed. Under the lock, so that nobody subscribes meanwhile.
fn nobody_looks(state: &Arc<AccountState>, feed: Feed, sender: &watch::Sender<Option<Live>>) -> bool {
    let mut feeds = state.feeds.lock();
    let nobody = sender.receiver_count() == 0;
    // Only its own entry: after a refusal another poller may stand there.
    if nobody && feeds.get(&feed).is_some_and(|own| own.same_channel(sender)) {
        feeds.remove(&feed);
    }
    nobody
}

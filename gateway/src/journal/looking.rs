//! Looking for a purchase whose answer was lost: reads, compares with what was there before, and says done, not
//! done or unknown, each only when it is true.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    PurchaseId, PurchaseState, Sign,
    before::Before,
    paper::Paper,
    signs::{Fit, Look, look},
    trace::{self, About, Trace},
};
use crate::{Account, Error};

/// Longest pause between two looks.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// What one trace says.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// All of it, and nothing else that might be it.
    Whole(Vec<Sign>),
    /// Some of it, or something that might be it.
    Part(Vec<Sign>),
    /// More than was bought.
    TooMuch(Vec<Sign>),
    Nothing,
    /// The provider cannot tell.
    Cannot,
}

/// What all traces together say.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Done(Vec<Sign>),
    Nothing,
    /// It may become clearer.
    Unclear(Vec<Sign>),
    /// It will not become clearer.
    Ambiguous(Vec<Sign>),
}

impl Account {
    /// Looks for a purchase in the background, unless somebody does.
    pub(super) fn look_after(&self, id: PurchaseId) {
        if !self.gateway.0.looked_after.lock().insert(id) {
            return;
        }
        let account = self.for_house();
        tokio::spawn(async move {
            loop {
                let mut looked = account.look_for(id).await;
                // A database that was busy or full for a moment must not leave a purchase open for good.
                while looked == Err(Error::Internal) && !account.gateway.0.pool.is_closed() {
                    tokio::time::sleep(LONGEST_PAUSE).await;
                    looked = account.look_for(id).await;
                }
                account.gateway.0.looked_after.lock().remove(&id);
                account.owner_state().changed.notify_waiters();
                if let Err(error) = looked {
                    // The line stays open; the next start goes on.
                    tracing::warn!(purchase = %id, %error, "a purchase is no longer looked for");
                    return;
                }
                // A person may have asked for another look at this very moment.
                let wanted = account.gateway.journal().paper(id).await;
                let wanted = wanted.is_ok_and(|paper| paper.state == PurchaseState::Looking);
                if !wanted || !account.gateway.0.looked_after.lock().insert(id) {
                    return;
                }
            }
        });
    }

    async fn look_for(&self, id: PurchaseId) -> Result<(), Error> {
        let timings = &self.gateway.0.timings;
        let began = Instant::now();
        let mut pause = timings.purchase_pause;
        // Since when nothing was there, and since when the provider has answered, both without a gap.
        let (mut nothing_since, mut answering_since) = (None, None);
        let mut found = Vec::new();
        loop {
            let mut paper = self.gateway.journal().paper(id).await?;
            if paper.state != PurchaseState::Looking {
                return Ok(());
            }
            let started = Instant::now();
            let verdict = self.verdict(&paper).await;
            let ended = Instant::now();
            // Two looks at least, with the whole period between them.
            let long_since = |since: &mut Option<Instant>| {
                started.duration_since(*since.get_or_insert(ended)) >= timings.purchase_look
                    && *since != Some(ended)
            };
            let settled = match verdict {
                Ok(Verdict::Done(signs)) => Some((PurchaseState::Done, signs)),
                Ok(Verdict::Ambiguous(signs)) => Some((PurchaseState::Unknown, signs)),
                Ok(Verdict::Nothing) => {
                    answering_since.get_or_insert(ended);
                    long_since(&mut nothing_since).then_some((PurchaseState::NotDone, Vec::new()))
                }
                Ok(Verdict::Unclear(signs)) => {
                    found = signs;
                    nothing_since = None;
                    long_since(&mut answering_since).then(|| (PurchaseState::Unknown, found.clone()))
                }
                // The token is refused: nobody can look any more.
                Err(Error::TokenRefused) => Some((PurchaseState::Unknown, found.clone())),
                // It answers, only not this.
                Err(Error::RateLimited(wait)) => {
                    pause = pause.max(wait);
                    None
                }
                Err(_) => {
                    (nothing_since, answering_since) = (None, None);
                    None
                }
            };
            let given_up = began.elapsed() >= timings.purchase_give_up;
            let settled = settled.or_else(|| given_up.then(|| (PurchaseState::Unknown, found.clone())));
            if let Some((state, signs)) = settled {
                paper.content.found = signs;
                self.gateway.journal().change(&mut paper, &[PurchaseState::Looking], state).await?;
                self.forget_reads();
                tracing::info!(purchase = %id, state = state.word(), "a purchase was looked for");
                return Ok(());
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE.max(timings.purchase_pause));
        }
    }

    async fn verdict(&self, paper: &Paper) -> Result<Verdict, Error> {
        let mut all = Vec::new();
        for (trace, before) in paper.content.traces.iter().zip(&paper.content.before) {
            self.state.budget.background().await;
            let seen = match before {
                Some(before) => seen(trace, before, look(self, trace, Some(before)).await?),
                None => Seen::Cannot,
            };
            all.push((is_weak(trace), seen));
        }
        let verdict = judge(all);
        match verdict {
            Verdict::Done(signs) if self.has_rivals(paper).await? => Ok(Verdict::Ambiguous(signs)),
            verdict => Ok(verdict),
        }
    }

    /// Whether what was found could come from another purchase of this owner: one whose outcome nobody knows,
    /// or a later one.
    async fn has_rivals(&self, paper: &Paper) -> Result<bool, Error> {
        let others = self.gateway.journal().open_or_since(paper.owner, paper.created_at).await?;
        Ok(others.iter().any(|other| {
            other.id != paper.id
                && other.state != PurchaseState::NotDone
                && trace::alike(&paper.content.traces, &other.content.traces)
        }))
    }
}

/// An order of which only the type is known could be anybody's: alone against the other traces it proves nothing.
fn is_weak(trace: &Trace) -> bool {
    matches!(trace, Trace::Order { about: About::Whatever, .. })
}

fn seen(trace: &Trace, before: &Before, look: Look) -> Seen {
    let Look::Seen { found, .. } = look else { return Seen::Cannot };
    let needs = trace.needs().saturating_sub(before.had);
    if needs == 0 {
        return Seen::Cannot;
    }
    let new: Vec<_> = found.into_iter().filter(|found| !before.signs.contains(&found.sign.what)).collect();
    let sure = new.iter().filter(|found| found.fit == Fit::Sure).count();
    let (all, perhaps) = (new.len(), new.len() - sure);
    let signs: Vec<Sign> = new.into_iter().map(|found| found.sign).collect();
    let mut names: Vec<_> = signs.iter().map(|sign| &sign.about).collect();
    names.sort_unstable();
    names.dedup();
    let doubled = matches!(trace, Trace::Servers { .. }) && names.len() < all;
    match sure {
        _ if all == 0 => Seen::Nothing,
        _ if sure > needs || doubled => Seen::TooMuch(signs),
        _ if sure == needs && perhaps == 0 => Seen::Whole(signs),
        _ => Seen::Part(signs),
    }
}

/// The verdict over all traces; of each whether it is weak.
fn judge(all: Vec<(bool, Seen)>) -> Verdict {
    let mut signs = Vec::new();
    let (mut whole, mut strong, mut nothing, mut too_much) = (false, false, false, false);
    let only_nothing = !all.is_empty() && all.iter().all(|(_, seen)| *seen == Seen::Nothing);
    for (weak, seen) in all {
        match seen {
            Seen::Whole(more) => {
                (whole, strong) = (true, strong || !weak);
                signs.extend(more);
            }
            Seen::Part(more) => signs.extend(more),
            Seen::TooMuch(more) => {
                too_much = true;
                signs.extend(more);
            }
            Seen::Nothing => nothing = true,
            Seen::Cannot => {}
        }
    }
    match () {
        () if too_much => Verdict::Ambiguous(signs),
        () if strong || (whole && !nothing) => Verdict::Done(signs),
        () if only_nothing => Verdict::Nothing,
        () => Verdict::Unclear(signs),
    }
}

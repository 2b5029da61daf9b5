//! What was there before a purchase was sent: without it nobody could tell an old order from a new one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    signs::{Fit, Look, look},
    trace::Trace,
};
use crate::{Account, Error};

/// What was there before, of one trace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Before {
    /// The newest id of the list: what comes later has a higher one.
    pub(super) newest: u64,
    /// Signs that were there already: a server that is on the plan says nothing when it still is afterwards.
    pub(super) signs: BTreeSet<String>,
    /// How many of these are certain: so many fewer are new when all is done.
    pub(super) had: usize,
    /// Rows that could not be read.
    pub(super) broken: usize,
}

/// What is there now, of each trace; None where the provider cannot tell.
///
/// # Errors
/// [`Error`] when the provider is in trouble: then nothing should be bought.
pub(super) async fn before(account: &Account, traces: &[Trace]) -> Result<Vec<Option<Before>>, Error> {
    let mut all = Vec::with_capacity(traces.len());
    for trace in traces {
        all.push(match look(account, trace, None).await? {
            Look::Cannot => None,
            Look::Seen { found, newest, broken } => Some(Before {
                newest,
                had: found.iter().filter(|found| found.id.is_none() && found.fit == Fit::Sure).count(),
                signs: found
                    .into_iter()
                    .filter(|found| found.id.is_none())
                    .map(|found| found.sign.what)
                    .collect(),
                broken,
            }),
        });
    }
    Ok(all)
}

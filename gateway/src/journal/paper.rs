//! A line of the journal as it is kept: what finding and counting need is plain, everything else sealed.

use serde::{Deserialize, Serialize};

use super::{Purchase, PurchaseId, PurchaseState, Sign, before::Before, trace::Trace};
use crate::{AccountKey, audit::Record};

/// The sealed part. Never holds what was sent: a deployment carries a password.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Content {
    /// Who bought what: the audit record of it, written when the outcome of the sending is known.
    pub(super) record: Record,
    pub(super) shown: Option<String>,
    pub(super) traces: Vec<Trace>,
    /// One for each trace; None where the provider could not tell.
    pub(super) before: Vec<Option<Before>>,
    #[serde(default)]
    pub(super) found: Vec<Sign>,
    #[serde(default)]
    pub(super) refusal: Option<String>,
    #[serde(default)]
    pub(super) decided: Option<Decided>,
}

/// That a person decided, and who.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Decided {
    pub(super) by: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Paper {
    pub(super) id: PurchaseId,
    /// Whose it was when it was read.
    pub(super) owner: AccountKey,
    pub(super) state: PurchaseState,
    /// Milliseconds since 1970.
    pub(super) created_at: i64,
    pub(super) changed_at: i64,
    pub(super) content: Content,
}

impl From<Paper> for Purchase {
    fn from(paper: Paper) -> Self {
        let time = |millis| jiff::Timestamp::from_millisecond(millis).unwrap_or_default();
        let content = paper.content;
        Self {
            id: paper.id,
            operation: content.record.operation,
            object: content.record.object,
            state: paper.state,
            shown: content.shown,
            found: content.found,
            refusal: content.refusal,
            person: content.record.person,
            decided: content.decided.map(|decided| decided.by),
            request_id: content.record.request_id,
            created_at: time(paper.created_at),
            changed_at: time(paper.changed_at),
        }
    }
}

//! Why something may not be done to an object in its present state.

/// A reason, in words a person reads. Each is given beside the rule and the fact it comes from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Reason(pub &'static str);

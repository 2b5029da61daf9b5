//! Traces: what a purchase leaves at the provider if it was done. They are written into the journal with it, so
//! that a later run of the program can look for them without knowing what was sent.

use serde::{Deserialize, Serialize};

/// Something that shows at the provider after a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Trace {
    /// A new order of one of these types, about what is said.
    Order { types: Vec<String>, about: About },
    /// New servers with these names, each once.
    Servers { names: Vec<String> },
    /// So many new floating IPs.
    FloatingIps { count: usize },
    /// A server on another plan.
    ServerPlan { server: u64, plan: String },
    /// Add-ons of a server: name and, if it is counted, the quantity.
    Addons { server: u64, wanted: Vec<(String, Option<u64>)> },
    /// Orders that no longer wait for payment.
    Paid { orders: Vec<u64> },
}

/// What an order is about, as far as its details tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum About {
    /// Its type says enough.
    Whatever,
    /// Exactly these servers.
    Servers(Vec<u64>),
    /// A support level, whose orders share their types with those of servers.
    Support,
}

impl Trace {
    /// How many signs make a whole.
    pub(super) fn needs(&self) -> usize {
        match self {
            Self::Servers { names } => names.len(),
            Self::FloatingIps { count } => *count,
            Self::Addons { wanted, .. } => wanted.len(),
            Self::Paid { orders } => orders.len(),
            Self::Order { .. } | Self::ServerPlan { .. } => 1,
        }
    }

    /// Whether a sign of the one could be taken for a sign of the other.
    pub(super) fn could_be_taken_for(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Order { types, .. }, Self::Order { types: others, .. }) => {
                types.iter().any(|kind| others.contains(kind))
            }
            (Self::Servers { names }, Self::Servers { names: others }) => {
                names.iter().any(|name| others.contains(name))
            }
            (Self::FloatingIps { .. }, Self::FloatingIps { .. }) => true,
            (Self::ServerPlan { server, .. }, Self::ServerPlan { server: other, .. })
            | (Self::Addons { server, .. }, Self::Addons { server: other, .. }) => server == other,
            (Self::Paid { orders }, Self::Paid { orders: others }) => {
                orders.iter().any(|order| others.contains(order))
            }
            _ => false,
        }
    }
}

/// Whether two purchases could be mistaken for each other.
pub(super) fn alike(one: &[Trace], other: &[Trace]) -> bool {
    one.iter().any(|trace| other.iter().any(|another| trace.could_be_taken_for(another)))
}

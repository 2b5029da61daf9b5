//! The address of the page: which operations are shown. Nothing of it is kept anywhere else.

use gateway::Diagnosis;
use leptos_router::params::ParamsMap;

use crate::{
    routes,
    words::operations::{self, families, slug},
};

/// What can be shown: the word in the address and the text of its chip.
pub const SHOWN: [(&str, &str); 4] =
    [("", "All"), ("called", "Called"), ("misfits", "Did not fit"), ("not-offered", "Not offered")];

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// One of [`SHOWN`].
    pub show: String,
    /// A family as it stands in addresses; empty: all.
    pub family: String,
}

impl Query {
    /// Reads the address. Nonsense is as if it were not there.
    pub fn read(params: &ParamsMap) -> Self {
        let get = |name: &str| params.get(name).unwrap_or_default();
        let (show, family) = (get("show"), get("family"));
        Self {
            show: if SHOWN.iter().any(|(word, _)| *word == show) { show } else { String::new() },
            family: if families().any(|known| slug(known) == family) { family } else { String::new() },
        }
    }

    /// Whether an operation is shown.
    pub fn takes(&self, diagnosis: &Diagnosis) -> bool {
        let (family, _) = operations::of(diagnosis.info.id);
        let shown = match self.show.as_str() {
            "called" => diagnosis.last.is_some(),
            "misfits" => diagnosis.misfit.is_some(),
            "not-offered" => diagnosis.not_offered,
            _ => true,
        };
        shown && (self.family.is_empty() || slug(family) == self.family)
    }

    /// The address.
    pub fn address(&self) -> String {
        routes::with_query(routes::DIAGNOSTICS, &[("show", &self.show), ("family", &self.family)])
    }

    /// The address that shows something else of the same family.
    pub fn showing(&self, show: &str) -> String {
        Self { show: show.to_owned(), ..self.clone() }.address()
    }

    /// True when something is left out.
    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }
}

//! The parts of a server's page, each with an address of its own.

use vpsbg_api::ServerId;

use crate::{components::tabs::Tab, routes};

/// A part of a server's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerTab {
    /// What it is.
    Overview,
    /// What it did with its processor, memory, disk and network.
    Metrics,
    /// What it sent and received, against its plan.
    Traffic,
    /// What was bought beside it.
    AddOns,
    /// What can be put on its disk and into its drives.
    Images,
    /// What it boots.
    Boot,
    /// Who gets in.
    Access,
    /// Where it is reached.
    Network,
    /// Who changed what.
    Activity,
}

impl ServerTab {
    /// All of them, in their order: word in the address, name.
    const ALL: [(Self, &'static str, &'static str); 9] = [
        (Self::Overview, "", "Overview"),
        (Self::Metrics, "metrics", "Metrics"),
        (Self::Traffic, "traffic", "Traffic"),
        (Self::AddOns, "add-ons", "Add-ons"),
        (Self::Images, "images", "Images"),
        (Self::Boot, "boot", "Boot"),
        (Self::Access, "access", "Access"),
        (Self::Network, "network", "Network"),
        (Self::Activity, "activity", "Activity"),
    ];

    /// The word in addresses; empty for the first.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(tab, ..)| *tab == self).map_or("", |(_, word, _)| word)
    }

    /// The tab of an address; the first for an unknown word. Links of before there were tabs name a range, and mean the
    /// metrics.
    pub fn of_query(get: impl Fn(&str) -> Option<String>) -> Self {
        match get("tab").filter(|word| !word.is_empty()) {
            None if get("range").is_some() => Self::Metrics,
            word => Self::from_word(&word.unwrap_or_default()),
        }
    }

    fn from_word(word: &str) -> Self {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map_or(Self::Overview, |(tab, ..)| *tab)
    }

    /// All tabs of a server, this one being shown.
    pub fn tabs(self, id: ServerId) -> Vec<Tab> {
        let tab = |(tab, word, name): (Self, &'static str, &'static str)| Tab {
            name,
            to: routes::server_tab(id, word),
            here: tab == self,
        };
        Self::ALL.map(tab).into()
    }
}

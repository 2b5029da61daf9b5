//! What can be done to many objects at once.

use vpsbg_api::{DeleteIso, Operation, Permission, ResolveTicket, StartServer};

/// What is done to each object of a bulk job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BulkAction {
    /// Servers are switched on.
    StartServers,
    /// Servers are switched off.
    StopServers,
    /// Servers are switched off and on.
    RestartServers,
    /// ISOs are deleted.
    DeleteIsos,
    /// Tickets are marked as resolved.
    ResolveTickets,
}

impl BulkAction {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::StartServers, Self::StopServers, Self::RestartServers, Self::DeleteIsos, Self::ResolveTickets];

    /// The word in addresses, forms and the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::StartServers => "start-servers",
            Self::StopServers => "stop-servers",
            Self::RestartServers => "restart-servers",
            Self::DeleteIsos => "delete-isos",
            Self::ResolveTickets => "resolve-tickets",
        }
    }

    /// The action of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// What a person must be allowed to start, stop or resume such a job: what the single action needs.
    pub fn permission(self) -> Permission {
        match self {
            Self::StartServers | Self::StopServers | Self::RestartServers => StartServer::INFO.permission,
            Self::DeleteIsos => DeleteIso::INFO.permission,
            Self::ResolveTickets => ResolveTicket::INFO.permission,
        }
    }
}

//! One object of a job at the provider: whether its present state allows the action, the action itself, and what
//! the object shows of an action whose answer was lost.

use vpsbg_api::{
    DeleteIso, GetIso, GetServer, GetTicket, IsoId, IsoStatus, NotAnId, Operation, Reason, ResolveTicket,
    RestartServer, Server, ServerId, StartServer, StopServer, TicketId, TicketStatus,
};

use super::BulkAction;
use crate::{Account, Actor, Error, PowerAction, audit::Record};

/// What an object shows of an action whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// It was done.
    Done,
    /// Nothing of it. Early on that says nothing: it may still be under way.
    Nothing,
    /// It cannot show it.
    CannotTell,
}

/// Whether a number can be an object's at all.
pub(super) fn is_id(number: u64) -> bool {
    ServerId::try_from(number).is_ok()
}

fn id<I: TryFrom<u64, Error = NotAnId>>(number: u64) -> Result<I, Error> {
    number.try_into().map_err(|_| Error::NotFound)
}

impl Account {
    /// What is done to many objects as commands, one after the other.
    pub fn bulk_as_curl(&self, action: BulkAction, objects: impl IntoIterator<Item = u64>) -> Option<String> {
        let all: Option<Vec<String>> =
            objects.into_iter().map(|object| action.as_curl(self, object)).collect();
        Some(all?.join("\n"))
    }
}

impl BulkAction {
    fn power(self) -> Option<PowerAction> {
        match self {
            Self::StartServers => Some(PowerAction::Start),
            Self::StopServers => Some(PowerAction::Stop),
            Self::RestartServers => Some(PowerAction::Restart),
            Self::DeleteIsos | Self::ResolveTickets => None,
        }
    }

    /// The operation that looks at an object.
    pub(super) fn looks_by(self) -> &'static str {
        match self {
            Self::StartServers | Self::StopServers | Self::RestartServers => GetServer::INFO.id,
            Self::DeleteIsos => GetIso::INFO.id,
            Self::ResolveTickets => GetTicket::INFO.id,
        }
    }

    /// False when no look at an object can tell whether it was done.
    pub(super) fn can_be_seen(self) -> bool {
        self != Self::RestartServers
    }

    /// Whether an object allows it now, by the contract's own table. Asks the provider.
    pub(super) async fn allowed(self, account: &Account, object: u64) -> Result<Result<(), Reason>, Error> {
        Ok(match self {
            Self::StartServers => server(account, object).await?.can_start(),
            Self::StopServers => server(account, object).await?.can_stop(),
            Self::RestartServers => server(account, object).await?.can_restart(),
            Self::DeleteIsos => account.read_now(&GetIso { id: id(object)? }).await?.can_delete(),
            Self::ResolveTickets => account.read_now(&GetTicket { id: id(object)? }).await?.can_resolve(),
        })
    }

    /// Does it to one object, as the single action does: with its audit record, and power is followed.
    pub(super) async fn act(self, account: &Account, object: u64) -> Result<(), Error> {
        if let Some(power) = self.power() {
            return account.power(id(object)?, power).await;
        }
        match self {
            Self::DeleteIsos => account.act(&DeleteIso { id: id::<IsoId>(object)? }).await,
            _ => account.act(&ResolveTicket { id: id::<TicketId>(object)? }).await,
        }
    }

    /// The same for one object as a command. None: no object has this number, or no route fits.
    fn as_curl(self, account: &Account, object: u64) -> Option<String> {
        if let Some(power) = self.power() {
            return account.power_as_curl(id(object).ok()?, power);
        }
        match self {
            Self::DeleteIsos => account.as_curl(&DeleteIso { id: id::<IsoId>(object).ok()? }),
            _ => account.as_curl(&ResolveTicket { id: id::<TicketId>(object).ok()? }),
        }
    }

    /// What an object shows of it. Asks the provider.
    pub(super) async fn shows(self, account: &Account, object: u64) -> Result<Shows, Error> {
        match self {
            // Off and on again looks like nothing.
            Self::RestartServers => Ok(Shows::CannotTell),
            Self::StartServers => Ok(power_shows(server(account, object).await?.running(), true)),
            Self::StopServers => Ok(power_shows(server(account, object).await?.running(), false)),
            Self::DeleteIsos => match account.read_now(&GetIso { id: id(object)? }).await {
                Err(Error::NotFound) => Ok(Shows::Done),
                Err(error) => Err(error),
                Ok(iso) if iso.status == Some(IsoStatus::Deleted) => Ok(Shows::Done),
                Ok(_) => Ok(Shows::Nothing),
            },
            Self::ResolveTickets => {
                Ok(match account.read_now(&GetTicket { id: id(object)? }).await?.status {
                    Some(TicketStatus::Resolved | TicketStatus::Closed) => Shows::Done,
                    Some(TicketStatus::Opened | TicketStatus::Answered) => Shows::Nothing,
                    Some(TicketStatus::Other(_)) | None => Shows::CannotTell,
                })
            }
        }
    }

    /// The audit record of doing it to one object.
    pub(super) fn record(self, actor: &Actor, object: u64) -> Result<Record, Error> {
        Ok(match self {
            Self::StartServers => Record::of(&StartServer { id: id(object)? }, actor),
            Self::StopServers => Record::of(&StopServer { id: id(object)? }, actor),
            Self::RestartServers => Record::of(&RestartServer { id: id(object)? }, actor),
            Self::DeleteIsos => Record::of(&DeleteIso { id: id(object)? }, actor),
            Self::ResolveTickets => Record::of(&ResolveTicket { id: id(object)? }, actor),
        })
    }
}

async fn server(account: &Account, object: u64) -> Result<Server, Error> {
    account.read_now(&GetServer { id: id(object)?, with_app_guide: false }).await
}

/// Power lags (FACTS §3, power): that it does not show proves nothing, however long ago it was asked.
fn power_shows(running: Option<bool>, wanted: bool) -> Shows {
    if running == Some(wanted) { Shows::Done } else { Shows::CannotTell }
}

//! Power actions, followed until the provider shows their effect.
//!
//! Power lags behind the answer by up to a minute, and an early read may show the old state (FACTS §3, power):
//! what was asked is kept in our storage, so that every tab, every colleague and a restart of the program know.

mod followed;

use std::{collections::HashMap, time::Duration};

use vpsbg_api::{
    BillingState, GetServer, Operation, PowerOffServer, RestartServer, Server, ServerId, StartServer,
    StopServer,
};

use self::followed::Seen;
use crate::{Account, Error, Reading, storage::now};

/// How long after settling the page still says so.
const RECENT: Duration = Duration::from_secs(5 * 60);

/// What a person asked of a server's power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerAction {
    /// On.
    Start,
    /// Off.
    Stop,
    /// Off and on.
    Restart,
    /// Off at once, as if the plug were pulled.
    PowerOff,
}

impl PowerAction {
    /// The word in addresses and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::PowerOff => "power-off",
        }
    }

    /// All of them, in the order of a page's buttons.
    pub const ALL: [Self; 4] = [Self::Start, Self::Restart, Self::Stop, Self::PowerOff];

    /// The action of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// Whether the server runs once it is done.
    fn ends_running(self) -> bool {
        matches!(self, Self::Start | Self::Restart)
    }

    /// Whether the server allows it now, by the contract's own table.
    ///
    /// # Errors
    /// The reason why not.
    pub fn allowed(self, server: &Server) -> Result<(), vpsbg_api::Reason> {
        match self {
            Self::Start => server.can_start(),
            Self::Stop | Self::PowerOff => server.can_stop(),
            Self::Restart => server.can_restart(),
        }
    }
}

/// What is known about power beyond the provider's present answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerState {
    /// Nothing was asked lately.
    Steady,
    /// Asked; the provider does not show it yet.
    Following {
        /// What.
        action: PowerAction,
        /// Since when.
        since: jiff::Timestamp,
    },
    /// Asked, and the provider shows it.
    Settled {
        /// What.
        action: PowerAction,
        /// Since when it is shown.
        at: jiff::Timestamp,
    },
    /// Asked, and not shown in the time it should take.
    Unsettled {
        /// What.
        action: PowerAction,
        /// When it was asked.
        since: jiff::Timestamp,
    },
    /// It was shown, and then the opposite: something else acted, for example a late stop.
    Undone {
        /// What had been done.
        action: PowerAction,
        /// When it had been done.
        at: jiff::Timestamp,
    },
}

/// A server and its followed power.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerSeen {
    /// As the provider tells it.
    pub server: Server,
    /// What was asked of its power.
    pub power: PowerState,
}

impl ServerSeen {
    /// True when something may still change by itself.
    pub fn is_active(&self) -> bool {
        matches!(self.power, PowerState::Following { .. })
            || self.server.locked == Some(true)
            || self.server.status == Some(BillingState::Processing)
    }
}

impl Account {
    /// One server, for a page.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn server(&self, id: ServerId) -> Result<Reading<ServerSeen>, Error> {
        let reading = self.read(&GetServer { id, with_app_guide: false }).await?;
        self.seen_server(reading).await
    }

    /// One server as it is now, past the cache: for what is only right while nobody else has changed it.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn server_now(&self, id: ServerId) -> Result<Server, Error> {
        // Fills the cache: the page that tells of a change must show it.
        let reading = self.read_first(&GetServer { id, with_app_guide: false }).await?;
        Ok(reading.present()?.as_ref().clone())
    }

    /// One server, for the poller: past the cache.
    pub(crate) async fn server_anew(&self, id: ServerId) -> Result<Reading<ServerSeen>, Error> {
        let reading = self.read_anew(&GetServer { id, with_app_guide: false }).await?;
        self.seen_server(reading).await
    }

    /// What was asked of the power of several servers and is not shown yet. `running` tells of each whether it runs, as
    /// was read at `read_at`; of a server for which it tells nothing, nothing is known here either.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails.
    pub async fn power_asked(
        &self,
        running: impl Fn(ServerId) -> Option<bool>,
        read_at: jiff::Timestamp,
    ) -> Result<HashMap<ServerId, PowerAction>, Error> {
        let seen = |id| running(id).map(|running| Seen { running: Some(running), read_at });
        self.all_followed(seen).await.map_err(|error| unread(&error))
    }

    /// Switches a server, and follows it from now on.
    ///
    /// # Errors
    /// [`Error`] as [`Account::act`]. After [`Error::OutcomeUnknown`] it is followed all the same.
    pub async fn power(&self, id: ServerId, action: PowerAction) -> Result<(), Error> {
        // Until the note is written too.
        let _under_way = self.gateway.under_way();
        let result = match action {
            PowerAction::Start => self.switch(&StartServer { id }, id, action).await,
            PowerAction::Stop => self.switch(&StopServer { id }, id, action).await,
            PowerAction::Restart => self.switch(&RestartServer { id }, id, action).await,
            PowerAction::PowerOff => self.switch(&PowerOffServer { id }, id, action).await,
        };
        // The note was written after the call: whoever looks now must see it.
        self.state.changed.notify_waiters();
        result
    }

    /// The same as a command, as [`Account::as_curl`].
    pub fn power_as_curl(&self, id: ServerId, action: PowerAction) -> Option<String> {
        match action {
            PowerAction::Start => self.as_curl(&StartServer { id }),
            PowerAction::Stop => self.as_curl(&StopServer { id }),
            PowerAction::Restart => self.as_curl(&RestartServer { id }),
            PowerAction::PowerOff => self.as_curl(&PowerOffServer { id }),
        }
    }

    async fn switch<O: Operation<Answer = ()>>(
        &self,
        operation: &O,
        id: ServerId,
        action: PowerAction,
    ) -> Result<(), Error> {
        let result = self.act(operation).await;
        if matches!(result, Ok(()) | Err(Error::OutcomeUnknown)) {
            let noted = sqlx::query(
                "INSERT INTO power_actions (account, server, action, started_at, seen_off, settled_at, answered) \
                 VALUES ($1, $2, $3, $4, FALSE, NULL, $5) ON CONFLICT (account, server) DO UPDATE SET \
                 action = excluded.action, started_at = excluded.started_at, seen_off = FALSE, \
                 settled_at = NULL, answered = excluded.answered",
            )
            .bind(&self.owner().0[..])
            .bind(i64::try_from(id.get()).unwrap_or(i64::MAX))
            .bind(action.word())
            .bind(now())
            .bind(result.is_ok())
            .execute(&self.gateway.0.pool)
            .await;
            if let Err(error) = noted {
                tracing::error!(%error, "a power action could not be noted");
            }
        }
        result
    }

    async fn seen_server(&self, reading: Reading<Server>) -> Result<Reading<ServerSeen>, Error> {
        let seen = Seen { running: reading.value.running(), read_at: reading.read_at };
        let power = self.followed(reading.value.id, seen).await.map_err(|error| unread(&error))?;
        Ok(reading.with(ServerSeen { server: reading.value.as_ref().clone(), power }))
    }
}

fn unread(error: &sqlx::Error) -> Error {
    tracing::error!(%error, "power actions could not be read");
    Error::Internal
}

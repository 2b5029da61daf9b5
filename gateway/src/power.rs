//! Power actions, followed until the provider shows their effect.
//!
//! Power lags behind the answer by up to a minute, and an early read may show the old state (FACTS §3, power):
//! what was asked is kept in our storage, so that every tab, every colleague and a restart of the program know.

use std::time::Duration;

use vpsbg_api::{
    BillingState, GetServer, Operation, PowerOffServer, RestartServer, Server, ServerId, StartServer,
    StopServer,
};

use crate::{
    Account, Error, Reading,
    storage::{millis, now},
};

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
        let power = self.followed(&reading).await.map_err(|error| {
            tracing::error!(%error, "power actions could not be read");
            Error::Internal
        })?;
        Ok(reading.with(ServerSeen { server: reading.value.as_ref().clone(), power }))
    }

    async fn followed(&self, reading: &Reading<Server>) -> Result<PowerState, sqlx::Error> {
        let server = i64::try_from(reading.value.id.get()).unwrap_or(i64::MAX);
        let row: Option<(String, i64, bool, Option<i64>, bool)> = sqlx::query_as(
            "SELECT action, started_at, seen_off, settled_at, answered FROM power_actions \
             WHERE account = $1 AND server = $2",
        )
        .bind(&self.owner().0[..])
        .bind(server)
        .fetch_optional(&self.gateway.0.pool)
        .await?;
        let Some((word, started_at, seen_off, settled_at, answered)) = row else {
            return Ok(PowerState::Steady);
        };
        let Some(action) = PowerAction::from_word(&word) else { return Ok(PowerState::Steady) };
        let (started, settled) = (moment(started_at), settled_at.map(moment));
        let running = reading.value.running();
        let read_at = reading.read_at.as_millisecond();
        // Only a look after the action says anything about it.
        let later = read_at > started_at;
        if let Some(at) = settled {
            let opposite = running.is_some_and(|running| running != action.ends_running());
            let since = now() - at.as_millisecond();
            return Ok(match since {
                since if since > millis(RECENT) => PowerState::Steady,
                _ if opposite && read_at > at.as_millisecond() => PowerState::Undone { action, at },
                _ => PowerState::Settled { action, at },
            });
        }
        let seen_off = seen_off || (later && running == Some(false));
        // A running server says nothing of a restart whose answer was lost: it may never have begun.
        let unseen = answered && read_at - started_at > millis(self.gateway.0.timings.unseen_restart);
        let shows = later
            && match action {
                PowerAction::Start => running == Some(true),
                PowerAction::Stop | PowerAction::PowerOff => running == Some(false),
                PowerAction::Restart => running == Some(true) && (seen_off || unseen),
            };
        if shows || (seen_off && action == PowerAction::Restart) {
            sqlx::query(
                "UPDATE power_actions SET seen_off = $3, settled_at = $4 \
                 WHERE account = $1 AND server = $2 AND started_at = $5 AND settled_at IS NULL",
            )
            .bind(&self.owner().0[..])
            .bind(server)
            .bind(seen_off)
            .bind(shows.then_some(read_at))
            .bind(started_at)
            .execute(&self.gateway.0.pool)
            .await?;
        }
        let waited = now() - started_at;
        Ok(if shows {
            PowerState::Settled { action, at: reading.read_at }
        } else if waited <= millis(self.gateway.0.timings.settle) {
            PowerState::Following { action, since: started }
        } else if waited <= millis(RECENT) {
            PowerState::Unsettled { action, since: started }
        } else {
            PowerState::Steady
        })
    }
}

fn moment(millis: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(millis).unwrap_or_default()
}

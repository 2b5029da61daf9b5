//! What may be done to a server now, and why not: one table for pages and gateway. Each rule names its fact.
//!
//! Rules speak only where the provider's answer is certain: with an unknown state everything is offered and
//! the provider decides. A lock never forbids: it answers 423, the button stays and the lock is shown
//! (FACTS §5.5).

use super::{BillingState, Server};
use crate::reason::Reason;

impl Server {
    /// Power as far as the answer tells. None: not told (list rows), or not known.
    pub fn running(&self) -> Option<bool> {
        self.state.as_ref().and_then(|state| state.running)
    }

    /// Whether it can be started.
    ///
    /// # Errors
    /// The reason why not.
    pub fn can_start(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match self.running() {
            Some(true) => Err(Reason("It is already running.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be stopped.
    ///
    /// # Errors
    /// The reason why not.
    pub fn can_stop(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match self.running() {
            Some(false) => Err(Reason("It is already stopped.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be restarted. A restart is a stop and a start from outside (FACTS §3, power).
    ///
    /// # Errors
    /// The reason why not.
    pub fn can_restart(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match self.running() {
            Some(false) => Err(Reason("It is stopped: start it instead.")),
            _ => Ok(()),
        }
    }

    /// FACTS §3, server, billing: only an active server has a machine that a customer may switch.
    fn may_be_powered(&self) -> Result<(), Reason> {
        match self.status {
            Some(BillingState::Processing) => Err(Reason("It is still being made.")),
            Some(BillingState::Suspended) => Err(Reason("It is suspended: renew it first.")),
            Some(BillingState::Terminated) => Err(Reason("It is terminated.")),
            _ => Ok(()),
        }
    }
}

//! What may be done to a floating IP now, and why not: one table for pages and gateway. Each rule names its
//! fact.
//!
//! As with servers a lock never forbids: it answers 423, the button stays and the lock is shown (FACTS §5.5).

use super::FloatingIp;
use crate::{reason::Reason, servers::BillingState, told::Told};

impl FloatingIp {
    /// True while it is attached to a server. None: not told.
    pub fn is_attached(&self) -> Option<bool> {
        match self.server_id {
            Told::Is(_) => Some(true),
            Told::Nothing => Some(false),
            Told::Unknown => None,
        }
    }

    /// Whether it can be attached to a server.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, floating IP: detached or attached).
    pub fn can_attach(&self) -> Result<(), Reason> {
        self.may_be_used()?;
        match self.is_attached() {
            Some(true) => Err(Reason("It is attached to a server: detach it first.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be detached.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, floating IP: detached or attached).
    pub fn can_detach(&self) -> Result<(), Reason> {
        self.may_be_used()?;
        match self.is_attached() {
            Some(false) => Err(Reason("It is attached to no server.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be cancelled.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, cancellation: one request at a time, none for what is gone).
    pub fn can_cancel(&self) -> Result<(), Reason> {
        if self.status == Some(BillingState::Terminated) {
            return Err(Reason("It is terminated."));
        }
        match self.cancel_request {
            Told::Is(_) => Err(Reason("It is already cancelled.")),
            Told::Unknown | Told::Nothing => Ok(()),
        }
    }

    /// Whether its cancellation can be withdrawn.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, cancellation: withdrawn means active again, unless it is terminated).
    pub fn can_undo_cancel(&self) -> Result<(), Reason> {
        if self.status == Some(BillingState::Terminated) {
            return Err(Reason("It is terminated."));
        }
        match self.cancel_request {
            Told::Nothing => Err(Reason("It is not cancelled.")),
            Told::Unknown | Told::Is(_) => Ok(()),
        }
    }

    /// FACTS §2 and §3, floating IP: its states are those of servers, and only an active one is usable.
    fn may_be_used(&self) -> Result<(), Reason> {
        match self.status {
            Some(BillingState::Processing) => Err(Reason("It is still being made.")),
            Some(BillingState::Suspended) => Err(Reason("It is suspended: renew it first.")),
            Some(BillingState::Terminated) => Err(Reason("It is terminated.")),
            _ => Ok(()),
        }
    }
}

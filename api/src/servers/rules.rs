//! What may be done to a server now, and why not: one table for pages and gateway. Each rule names its fact.
//!
//! Rules speak only where the provider's answer is certain: with an unknown state everything is offered and
//! the provider decides. A lock never forbids: it answers 423, the button stays and the lock is shown
//! (FACTS §5.5).

mod reboots;

use serde_json::json;

use super::{Addon, BillingState, Server, ServerState};
use crate::{
    decode::{Decode, Notes},
    reason::Reason,
};

impl Server {
    /// Power as far as the answer tells. None: not told (list rows), or not known.
    pub fn running(&self) -> Option<bool> {
        self.state.as_ref().and_then(|state| state.running)
    }

    /// The same with its power as another answer tells it: rows of the list may not (FACTS §2, server).
    #[must_use]
    pub fn told_to_run(mut self, running: bool) -> Self {
        if self.state.is_none() {
            self.state = ServerState::decode(&json!({}), &mut Notes::default()).ok();
        }
        if let Some(state) = self.state.as_mut() {
            state.running = Some(running);
        }
        self
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

    /// Whether it can be cancelled. A pending cancellation does not forbid: whether a second one turns "at
    /// expiry" into "now" is not known.
    ///
    /// # Errors
    /// The reason why not: what is terminated is gone (FACTS §3, server, billing).
    pub fn can_cancel(&self) -> Result<(), Reason> {
        self.must_exist()
    }

    /// Whether its cancellation can be withdrawn: also when it was suspended by it (FACTS §3, server, billing).
    ///
    /// # Errors
    /// The reason why not: it is gone, or was told to have no `cancel_request` (FACTS §3, cancellation).
    pub fn can_undo_cancel(&self) -> Result<(), Reason> {
        self.must_exist()?;
        if self.cancel_request.is_nothing() {
            return Err(Reason("It has no cancellation to withdraw."));
        }
        Ok(())
    }

    /// Whether it can be renewed: suspended ones too, it makes them active (FACTS §3, server, billing).
    ///
    /// # Errors
    /// The reason why not: it is gone.
    pub fn can_renew(&self) -> Result<(), Reason> {
        self.must_exist()
    }

    /// Whether it can be renamed.
    ///
    /// # Errors
    /// The reason why not: it is gone.
    pub fn can_rename(&self) -> Result<(), Reason> {
        self.must_exist()
    }

    /// Whether its password can be set.
    ///
    /// # Errors
    /// The reason why not: there is no machine.
    pub fn can_change_password(&self) -> Result<(), Reason> {
        self.must_have_a_machine()
    }

    /// Whether its keys can be set.
    ///
    /// # Errors
    /// The reason why not: there is no machine.
    pub fn can_set_ssh_keys(&self) -> Result<(), Reason> {
        self.must_have_a_machine()
    }

    /// Whether ISOs can be put into its drives or taken out. Whether an ISO can be is [`crate::Iso::can_mount`].
    ///
    /// # Errors
    /// The reason why not: there is no machine.
    pub fn can_mount_isos(&self) -> Result<(), Reason> {
        self.must_have_a_machine()
    }

    /// Whether add-ons can be bought for it.
    ///
    /// # Errors
    /// The reason why not: there is no machine.
    pub fn can_buy_addons(&self) -> Result<(), Reason> {
        self.must_have_a_machine()
    }

    /// Whether sizes of its add-ons can be changed.
    ///
    /// # Errors
    /// The reason why not: there is no machine.
    pub fn can_scale_addons(&self) -> Result<(), Reason> {
        self.must_have_a_machine()
    }

    /// FACTS §3, server, billing: terminated is the end.
    fn must_exist(&self) -> Result<(), Reason> {
        match self.status {
            Some(BillingState::Terminated) => Err(Reason("It is terminated.")),
            _ => Ok(()),
        }
    }

    /// FACTS §3, server, billing: the machine is made while `processing`. A suspended one is still there; what
    /// the provider lets a customer do to it is not known.
    fn must_have_a_machine(&self) -> Result<(), Reason> {
        self.must_exist()?;
        match self.status {
            Some(BillingState::Processing) => Err(Reason("It is still being made.")),
            _ => Ok(()),
        }
    }

    /// FACTS §3, server, billing: only an active server has a machine that a customer may switch.
    fn may_be_powered(&self) -> Result<(), Reason> {
        self.must_have_a_machine()?;
        match self.status {
            Some(BillingState::Suspended) => Err(Reason("It is suspended: renew it first.")),
            _ => Ok(()),
        }
    }
}

impl Addon {
    /// Whether it can be cancelled. A pending cancellation does not forbid, as for servers.
    ///
    /// # Errors
    /// The reason why not: it came without the id that the call needs (FACTS §2, add-ons).
    pub fn can_cancel(&self) -> Result<(), Reason> {
        match self.id {
            None => Err(Reason("It came without its id: the provider's own panel can do it.")),
            Some(_) => Ok(()),
        }
    }

    /// Whether its cancellation can be withdrawn.
    ///
    /// # Errors
    /// The reason why not: it came without its id, or was told to have no `cancel_request`.
    pub fn can_undo_cancel(&self) -> Result<(), Reason> {
        self.can_cancel()?;
        if self.cancel_request.is_nothing() {
            return Err(Reason("It has no cancellation to withdraw."));
        }
        Ok(())
    }
}

//! The part of the table about what switches the machine off and on: all of it needs an active server.

use crate::{ip_addresses::IpAddress, reason::Reason, servers::Server, sizes::Gigabytes};

impl Server {
    /// Whether it can be installed from scratch. Runs the machine.
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched.
    pub fn can_reinstall(&self) -> Result<(), Reason> {
        self.may_be_powered()
    }

    /// Whether its disk can be overwritten with a snapshot or backup. Runs the machine. Whether a certain one
    /// fits is asked of that: [`crate::Snapshot::can_be_restored_over`].
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched.
    pub fn can_restore(&self) -> Result<(), Reason> {
        self.may_be_powered()
    }

    /// A restore needs a disk at least as large as what is restored (openapi, Snapshot). The disk may be smaller
    /// than that of the plan (a move that left it) or its limit may be a guess, so both must be too small.
    pub(crate) fn can_hold(&self, size: Option<Gigabytes>) -> Result<(), Reason> {
        let of_plan = self.plan.as_ref().and_then(|plan| plan.disk);
        let of_state = self.state.as_ref().and_then(|state| state.disk.as_ref()).and_then(|disk| disk.limit);
        let largest = [of_plan, of_state].into_iter().flatten().map(|disk| disk.0).reduce(f64::max);
        match (size, largest) {
            (Some(size), Some(largest)) if size.0 > largest => {
                Err(Reason("It is larger than the disk of the server."))
            }
            _ => Ok(()),
        }
    }

    /// Whether it can be moved to another plan. Reboots (FACTS §5.6).
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched.
    pub fn can_scale(&self) -> Result<(), Reason> {
        self.may_be_powered()
    }

    /// Whether it can boot the rescue system. Reboots (FACTS §3, rescue).
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched, or runs it already.
    pub fn can_enable_rescue(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match self.in_rescue() {
            Some(true) => Err(Reason("It runs the rescue system already.")),
            _ => Ok(()),
        }
    }

    /// Whether it can leave the rescue system. Reboots (FACTS §3, rescue).
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched, or does not run it.
    pub fn can_disable_rescue(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match self.in_rescue() {
            Some(false) => Err(Reason("It does not run the rescue system.")),
            _ => Ok(()),
        }
    }

    /// Whether it can boot an uploaded kernel. Reboots at once (FACTS §3, measured boot). Whether it needs
    /// SEV-SNP for that is not known.
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched.
    pub fn can_attach_measured_boot(&self) -> Result<(), Reason> {
        self.may_be_powered()
    }

    /// Whether it can boot its disk again. Reboots (FACTS §3, measured boot).
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched, or was told to boot its disk already: `null`, while
    /// a missing key says nothing (FACTS §2, server state).
    pub fn can_detach_measured_boot(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match &self.state {
            Some(state) if state.measured_boot.is_nothing() => Err(Reason("It boots its own disk already.")),
            _ => Ok(()),
        }
    }

    /// Whether another address can be made the primary one. Reboots at once (FACTS §5.6).
    ///
    /// # Errors
    /// The reason why not: the machine may not be switched, or has one address only. With none the answer did
    /// not tell.
    pub fn can_change_primary_ip(&self) -> Result<(), Reason> {
        self.may_be_powered()?;
        match self.addresses.as_slice() {
            [_] => Err(Reason("It has no other address.")),
            _ => Ok(()),
        }
    }

    /// Whether this one of its addresses can be made the primary one.
    ///
    /// # Errors
    /// The reason why not: that of [`Server::can_change_primary_ip`], or it is the primary one (openapi,
    /// `IpAddress`, main).
    pub fn can_make_primary(&self, address: &IpAddress) -> Result<(), Reason> {
        self.can_change_primary_ip()?;
        match address.main {
            Some(true) => Err(Reason("It is the primary address already.")),
            _ => Ok(()),
        }
    }

    fn in_rescue(&self) -> Option<bool> {
        self.state.as_ref().and_then(|state| state.rescue_mode)
    }
}

//! The live part of a server: power, use, and what an app tells about itself.

use serde_json::Value;

use super::boot::MeasuredBoot;
use crate::{
    decode::{Decode, Misfit, Notes},
    ids::ServerId,
    model::{Encode, model},
    sizes::{Gigabytes, Percent},
    told::Told,
};

model! {
    /// Live part of a server (`ServerState`).
    pub struct ServerState {
        /// Power. Lags behind an action by up to a minute (FACTS §5.4).
        pub running: Option<bool>,
        /// Switched off by the provider.
        pub suspended: Option<bool>,
        /// Runs, but its network is cut.
        pub network_suspended: Option<bool>,
        /// Runs the rescue system.
        pub rescue_mode: Option<bool>,
        /// Public resolvers.
        pub dns_resolvers: Vec<String>,
        /// Processor; present also when stopped.
        pub cpu: Option<CpuUsage>,
        /// Disk in GB.
        pub disk: Option<Usage>,
        /// Traffic in GB; limit 0: unmetered.
        pub bandwidth: Option<Usage>,
        /// The hypervisor answers.
        pub node_reachable: Option<bool>,
        /// 0 off, 1 SEV, 2 SEV-ES, 3 SEV-SNP.
        pub amd_sev_level: Option<u32>,
        /// Images it boots from; told to be nothing: it boots from its disk (FACTS §2, server state).
        pub measured_boot: Told<MeasuredBoot>,
    }
}

model! {
    /// Live state (`ServerStatus`).
    pub struct ServerStatus {
        /// Power.
        pub running: Option<bool>,
        /// Switched off by the provider.
        pub suspended: Option<bool>,
        /// Runs, but its network is cut.
        pub network_suspended: Option<bool>,
        /// Runs the rescue system.
        pub rescue_mode: Option<bool>,
        /// Public resolvers.
        pub dns_resolvers: Vec<String>,
        /// Processor.
        pub cpu: Option<CpuUsage>,
        /// Disk in GB.
        pub disk: Option<Usage>,
        /// Traffic in GB; limit 0: unmetered.
        pub bandwidth: Option<Usage>,
    }
}

impl ServerStatus {
    /// The same as one of many.
    pub fn of(self, id: ServerId) -> StatusEntry {
        let Self { running, suspended, network_suspended, rescue_mode, dns_resolvers, cpu, disk, bandwidth } =
            self;
        StatusEntry {
            id,
            running,
            suspended,
            network_suspended,
            rescue_mode,
            dns_resolvers,
            cpu,
            disk,
            bandwidth,
        }
    }
}

model! {
    /// Live state of one of many servers (`ServerStatusEntry`).
    pub struct StatusEntry {
        /// Which server.
        pub id: ServerId,
        /// Power.
        pub running: Option<bool>,
        /// Switched off by the provider.
        pub suspended: Option<bool>,
        /// Runs, but its network is cut.
        pub network_suspended: Option<bool>,
        /// Runs the rescue system.
        pub rescue_mode: Option<bool>,
        /// Public resolvers.
        pub dns_resolvers: Vec<String>,
        /// Processor.
        pub cpu: Option<CpuUsage>,
        /// Disk in GB.
        pub disk: Option<Usage>,
        /// Traffic in GB; limit 0: unmetered.
        pub bandwidth: Option<Usage>,
    }
}

model! {
    /// Processor use (`CpuUsage`).
    pub struct CpuUsage {
        /// Percent of the whole machine.
        pub used: Option<Percent>,
        /// What is left.
        pub free: Option<Percent>,
    }
}

model! {
    /// Something used of a limit (`DiskUsage`, `BandwidthUsage`), in GB.
    pub struct Usage {
        /// Used.
        pub used: Option<Gigabytes>,
        /// Limit; 0 for traffic means unmetered.
        pub limit: Option<Gigabytes>,
    }
}

/// First steps with an installed app. Text in the contract, but that is a guess (FACTS §1, pagination): kept as
/// it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct AppGuide(pub Value);

impl AppGuide {
    /// The guide, if it is text. May be HTML of any sort: sanitise before showing.
    pub fn text(&self) -> Option<&str> {
        self.0.as_str()
    }
}

impl Decode for AppGuide {
    fn decode(value: &Value, _: &mut Notes) -> Result<Self, Misfit> {
        Ok(Self(value.clone()))
    }
}

impl Encode for AppGuide {
    fn encode(&self) -> Value {
        self.0.clone()
    }
}

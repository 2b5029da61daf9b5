//! Traffic of a server, by day.

use crate::{
    ids::ServerId,
    model::model,
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    sizes::Gigabytes,
    times::UnixSeconds,
};

model! {
    /// Traffic of the running period (`ServerBandwidth`), in GB.
    pub struct Traffic {
        /// Limit; 0 means unmetered.
        pub limit: Option<Gigabytes>,
        /// Used of it.
        pub used: Option<Gigabytes>,
        /// Its days.
        pub days: Vec<DailyTraffic> = "daily_usage",
    }
}

model! {
    /// Traffic of one day (`DailyBandwidth`), in GB.
    pub struct DailyTraffic {
        /// Midnight in Sofia, the beginning of the day.
        pub timestamp: UnixSeconds,
        /// Received.
        pub incoming: Option<Gigabytes>,
        /// Sent.
        pub outgoing: Option<Gigabytes>,
    }
}

/// `GET /servers/{id}/bandwidth`: traffic by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetServerBandwidth {
    /// Which server.
    pub id: ServerId,
    /// From then on; none: the provider's default.
    pub start: Option<UnixSeconds>,
    /// Until then; none: the provider's default.
    pub end: Option<UnixSeconds>,
}

impl Operation for GetServerBandwidth {
    type Answer = Traffic;
    const INFO: Info = Info::new(
        "getServerBandwidth",
        Method::Get,
        "/servers/{id}/bandwidth",
        Evidence::Documented,
        Permission::ServersRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let moments = [("filter[start]", self.start), ("filter[end]", self.end)];
        let given = moments.into_iter().filter_map(|(name, moment)| Some((name, moment?)));
        given.map(|(name, moment)| (name, moment.0.as_second().to_string())).collect()
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

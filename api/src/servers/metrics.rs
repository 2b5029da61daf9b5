//! Past usage of a server.

use crate::{
    ids::ServerId,
    model::model,
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    sizes::{Gigabytes, MegabytesPerSecond, Percent},
    times::UnixSeconds,
};

/// Samples, newest first as sent.
pub type Metrics = Vec<MetricPoint>;

model! {
    /// One sample, about five minutes apart (`ServerMetricPoint`).
    pub struct MetricPoint {
        /// When.
        pub timestamp: UnixSeconds,
        /// Power at that time.
        pub running: Option<bool>,
        /// Processor in percent.
        pub cpu: Option<Percent>,
        /// Received, MB/s.
        pub network_in: Option<MegabytesPerSecond>,
        /// Sent, MB/s.
        pub network_out: Option<MegabytesPerSecond>,
        /// Used disk in GB, whatever the page's label says (FACTS §1, units).
        pub disk: Option<Gigabytes>,
        /// Read from disk, MB/s.
        pub io_read: Option<MegabytesPerSecond>,
        /// Written to disk, MB/s.
        pub io_write: Option<MegabytesPerSecond>,
    }
}

/// `GET /servers/{id}/metrics`: samples of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetServerMetrics {
    /// Which server.
    pub id: ServerId,
    /// Year and month (1 to 12); none: the provider's default, presumably the present month.
    pub month: Option<(i16, i8)>,
}

impl Operation for GetServerMetrics {
    type Answer = Metrics;
    const INFO: Info = Info::new(
        "getServerMetrics",
        Method::Get,
        "/servers/{id}/metrics",
        Evidence::Documented,
        Permission::ServersRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        self.month.map_or_else(Vec::new, |(year, month)| {
            vec![("filter[month]", month.to_string()), ("filter[year]", year.to_string())]
        })
    }
}

//! Servers: what they are and what may be done to them now. Their operations are in `servers/operations.rs`.

mod metrics;
mod operations;
mod rules;

pub use metrics::{GetServerMetrics, MetricPoint, Metrics};
pub use operations::{
    GetServer, GetServerStatus, ListServerStatuses, ListServers, PowerOffServer, QuoteRenewal, RestartServer,
    ServerFilter, ServerSort, StartServer, StopServer,
};

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    ids::{IpAddressId, PlanId, ServerId, ServerImageId},
    isos::Iso,
    model::{Encode, model, words},
    money::{Money, Price},
    sizes::{Gigabytes, Percent, Terabytes},
    times::Timestamp,
};

words! {
    /// Billing state of a server; power is another thing (FACTS §2, server).
    pub enum BillingState {
        /// Paid and usable.
        Active = "active",
        /// Being made.
        Processing = "processing",
        /// Switched off by the provider, for example after expiry.
        Suspended = "suspended",
        /// Gone.
        Terminated = "terminated",
    }
}

model! {
    /// A virtual server (`Server`).
    pub struct Server {
        /// Id.
        pub id: ServerId,
        /// Host name.
        pub hostname: Option<String>,
        /// Months covered by one payment.
        pub billing_cycle: Option<u32>,
        /// Size.
        pub plan: Option<Plan>,
        /// Billing state, not power.
        pub status: Option<BillingState>,
        /// `kvm` in samples.
        pub virtualization: Option<String>,
        /// Promo code in force.
        pub promo_code: Option<String>,
        /// A task holds the server; changes answer 423.
        pub locked: Option<bool>,
        /// Since when.
        pub locked_at: Option<Timestamp>,
        /// Why.
        pub lock_reason: Option<String>,
        /// When it was ordered.
        pub created_at: Option<Timestamp>,
        /// End of the paid period: midnight in Sofia.
        pub expiry_at: Option<Timestamp>,
        /// Renewed from the balance or a saved card.
        pub auto_renew: Option<bool>,
        /// A renewal order is unpaid or in progress.
        pub pending_renew_order: Option<bool>,
        /// What was installed.
        pub image: Option<ServerImage> = "server_image",
        /// Addresses.
        pub addresses: Vec<IpAddress> = "ip_addresses",
        /// Add-ons.
        pub addons: Vec<Addon>,
        /// A pending cancellation.
        pub cancel_request: Option<CancelRequest>,
        /// First mounted ISO.
        pub primary_iso: Option<Box<Iso>>,
        /// Second mounted ISO.
        pub secondary_iso: Option<Box<Iso>>,
        /// Live part; on single servers, unconfirmed on list rows.
        pub state: Option<ServerState>,
    }
}

model! {
    /// A server size (`Plan`). No field is marked required in the documentation.
    pub struct Plan {
        /// Id; one sample uses an id for two sizes.
        pub id: Option<PlanId>,
        /// `cloud-vps` (shared cores) or `vds` (dedicated cores).
        pub kind: Option<String> = "type",
        /// Value for the plan field of requests.
        pub key: Option<String>,
        /// Name.
        pub name: Option<String>,
        /// Cores.
        pub vcpus: Option<u32>,
        /// Memory in GB.
        pub memory: Option<Gigabytes>,
        /// Disk in GB.
        pub disk: Option<Gigabytes>,
        /// Traffic a month in TB.
        pub bandwidth: Option<Terabytes>,
        /// Shortest purchase in months.
        pub minimum_billing_cycle: Option<u32>,
        /// Sibling with more disk.
        pub plan_with_more_disk: Option<PlanId>,
        /// Sibling with more memory.
        pub plan_with_more_memory: Option<PlanId>,
        /// In stock.
        pub available: Option<bool>,
        /// Per month without VAT.
        pub price: Option<Money>,
        /// Per month with the VAT of the account.
        pub price_with_vat: Option<Money>,
    }
}

impl Plan {
    /// Both prices per month, as sent.
    pub fn monthly_price(&self) -> Price {
        Price { net: self.price, with_vat: self.price_with_vat }
    }
}

model! {
    /// What was installed (`ServerImage`).
    pub struct ServerImage {
        /// Id.
        pub id: Option<ServerImageId>,
        /// Name with version.
        pub name: Option<String>,
        /// Family.
        pub group: Option<ImageGroup>,
    }
}

model! {
    /// Family of images (`ServerImageGroup`).
    pub struct ImageGroup {
        /// Name.
        pub name: Option<String>,
        /// `os` or `app`.
        pub kind: Option<String> = "type",
        /// Key.
        pub key: Option<String>,
    }
}

model! {
    /// An address of a server (`IpAddress`).
    pub struct IpAddress {
        /// Id; calls about an address take this, not the address.
        pub id: IpAddressId,
        /// The address.
        pub address: Option<String> = "ip_address",
        /// Prefix length: 32 or 64 in samples.
        pub prefix: Option<u32>,
        /// 4 or 6.
        pub version: Option<u32>,
        /// `public` in samples.
        pub kind: Option<String> = "type",
        /// Primary address of its server.
        pub main: Option<bool>,
        /// Filtered against attacks.
        pub ddos_protected: Option<bool>,
        /// Reverse names by address (FACTS §2, address).
        pub reverse_names: Option<ReverseNames> = "ptr",
        /// When it came to the account.
        pub assigned_on: Option<Timestamp>,
        /// Only in older samples.
        pub gateway: Option<String>,
        /// Only in older samples.
        pub mask: Option<String>,
    }
}

/// Reverse names: a map from address to name (FACTS §2, address).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReverseNames(pub BTreeMap<String, String>);

impl Decode for ReverseNames {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::Object(names) => {
                let mut kept = BTreeMap::new();
                for (address, name) in names {
                    if let Ok(name) = String::decode(name, notes) {
                        kept.insert(address.clone(), name);
                    }
                }
                Ok(Self(kept))
            }
            // An empty PHP map is an empty list in JSON.
            Value::Array(list) if list.is_empty() => Ok(Self(BTreeMap::new())),
            _ => Err(Misfit::new("a map from address to name", value)),
        }
    }
}

impl Encode for ReverseNames {
    fn encode(&self) -> Value {
        self.0.iter().map(|(address, name)| (address.clone(), Value::from(name.clone()))).collect()
    }
}

model! {
    /// An add-on of a server (`ServerAddon`).
    pub struct Addon {
        /// Needed to cancel; absent in an old sample.
        pub id: Option<u64>,
        /// Key of the add-on.
        pub name: Option<String>,
        /// Seats, or for backups a size.
        pub quantity: Option<u32>,
        /// End of the paid period.
        pub expiry_at: Option<Timestamp>,
        /// A pending cancellation.
        pub cancel_request: Option<CancelRequest>,
    }
}

model! {
    /// A pending cancellation (`CancelRequest`).
    pub struct CancelRequest {
        /// Id.
        pub id: Option<u64>,
        /// 1 was seen; presumably tells now from at expiry.
        pub kind: Option<u32> = "type",
        /// Why, as the person wrote it.
        pub reason: Option<String>,
        /// When it was asked for.
        pub created_at: Option<Timestamp>,
    }
}

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

//! Servers: what they are and what may be done to them now. The room of one thing to do each is in `servers/`.

mod addons;
mod billing;
mod boot;
mod deploy;
mod media;
mod metrics;
mod one;
mod operations;
mod rescue;
mod rules;
mod scale;
mod settings;
mod state;
mod traffic;

pub use addons::{
    Addon, AddonChoice, AddonScaleQuote, AddonSizes, CancelServerAddon, ListServerAddonPrices,
    PurchaseServerAddons, QuoteServerAddonScale, ScaleServerAddons, UndoCancelServerAddon,
};
pub use billing::{CancelServer, QuoteRenewal, RenewQuote, RenewServers, UndoCancelServer};
pub use boot::{
    AttachMeasuredBoot, BootImageKind, DeleteMeasuredBootImage, LARGEST_BOOT_IMAGE, ListMeasuredBootImages,
    MeasuredBoot, MeasuredBootImage, UploadMeasuredBootImage,
};
pub use deploy::{DeployServer, Deployed, DiskSource, ExtraAddresses};
pub use media::{ReinstallServer, RestoreServer, RestoreSource, SetServerIsos};
pub use metrics::{GetServerMetrics, MetricPoint, Metrics};
pub use operations::{
    GetServer, GetServerStatus, ListServerStatuses, ListServers, PowerOffServer, RestartServer, ServerFilter,
    ServerSort, StartServer, StopServer,
};
pub use rescue::{DisableRescue, EnableRescue};
pub use scale::{Downtime, ListScalePlans, QuoteScale, ScaleQuote, ScaleServer};
pub use settings::{ChangePrimaryIp, ChangeServerPassword, UpdateServerHostname, UpdateServerSshKeys};
pub use state::{AppGuide, CpuUsage, ServerState, ServerStatus, StatusEntry, Usage};
pub use traffic::{DailyTraffic, GetServerBandwidth, Traffic};

use crate::{
    ids::ServerId,
    ip_addresses::IpAddress,
    isos::Iso,
    model::{model, words},
    plans::Plan,
    server_images::ServerImage,
    ssh_keys::SshKeyRef,
    times::Timestamp,
    told::Told,
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
        /// A pending cancellation. On servers the field is a guess: it may be missing although there is one.
        pub cancel_request: Told<CancelRequest>,
        /// Keys that were put on it.
        pub ssh_keys: Vec<SshKeyRef>,
        /// First mounted ISO.
        pub primary_iso: Told<Box<Iso>>,
        /// Second mounted ISO.
        pub secondary_iso: Told<Box<Iso>>,
        /// First steps with the app it was installed with; only when asked for.
        pub app_getting_started: Option<AppGuide>,
        /// Live part; on single servers, unconfirmed on list rows.
        pub state: Option<ServerState>,
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

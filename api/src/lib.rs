#![doc = include_str!("../README.md")]

mod account;
mod affiliate;
mod backups;
mod balance;
#[cfg(feature = "client")]
pub mod client;
mod curl;
mod decode;
mod files;
mod floating_ips;
mod ids;
mod invoices;
mod ip_addresses;
mod isos;
mod model;
mod money;
mod operation;
mod operations;
mod orders;
mod plans;
mod protection;
mod reason;
mod secret;
mod server_images;
mod servers;
mod sizes;
mod snapshots;
mod ssh_keys;
mod support_plans;
mod tickets;
mod times;
mod told;
mod two_factor;

pub use account::{Country, GetUser, UpdateUser, User};
pub use affiliate::{
    ActivateAffiliate, Affiliate, AffiliateConversion, AffiliatePayout, ConversionStatus, GetAffiliate,
    ListAffiliateConversions, ListAffiliatePayouts, UpdateAffiliate,
};
pub use backups::{Backup, DeleteBackup, ListBackups};
pub use balance::{
    Balance, DepositFunds, GetBalance, LastDeposit, ListBalanceTransactions, Transaction, TransactionKind,
    UnconfirmedDeposit,
};
pub use curl::as_curl;
pub use decode::{Decode, Misfit, Notes};
pub use files::{Content, File, FilePart, FileStream};
pub use floating_ips::{
    AttachFloatingIps, CancelFloatingIps, DetachFloatingIps, FloatingIp, FloatingIpFilter, FloatingIpPlan,
    ListFloatingIpPlans, ListFloatingIps, PurchaseFloatingIps, UndoCancelFloatingIps,
};
pub use ids::{
    AddonId, AttachmentId, BackupId, BootImageId, ConversionId, CountryId, DepartmentId, FloatingIpId,
    FloatingIpPlanId, InvoiceId, IpAddressId, IsoId, LanguageId, MessageId, NotAnId, OrderId, PayoutId,
    PlanId, ServerId, ServerImageId, ServiceId, SnapshotId, SshKeyId, TicketId, TransactionId,
};
pub use invoices::{DownloadInvoice, DownloadInvoices, Invoice, InvoiceType, ListInvoices};
pub use ip_addresses::{Floating, FloatingIpReference, IpAddress, ReverseNames, UpdateIpAddress};
pub use isos::{CreateIso, DeleteIso, GetIso, Iso, IsoStatus, ListIsos};
pub use model::{Encode, Page};
pub use money::{Money, Price};
pub use operation::{
    Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling, TokenKind, fill,
};
pub use operations::OPERATIONS;
pub use orders::{
    ChangeRenewalPeriod, DeleteOrder, GetOrder, ListOrders, Order, OrderKind, OrderPromo, OrderService,
    OrderStatus, PayOrders, PaymentInformation, PaymentMethod, PromoChange, ServiceKind, UpdateOrder,
};
pub use plans::{AddonPrice, ListPlanAddons, ListPlanPromoCodes, ListPlans, Plan, PromoCode};
pub use protection::{
    Attack, AttackBandwidthPoint, AttackDetector, AttackId, AttackPorts, AttackProtocol, AttackSeverity,
    AttackSourceAsn, AttackSourceIp, BlockedIp, CountryCode, DeleteBlacklist, DeleteGeoFilter,
    DeleteWhitelist, GeoAction, GeoFilter, GetAttack, GetAttackBandwidth, GetBlacklist, GetGeoFilter,
    GetProtection, GetProtectionBandwidth, GetWhitelist, ListAttacks, ListBlockedIps, Network, NetworkList,
    NotACountry, NotANetwork, NotAnAttackId, PortShares, ProtectedService, Protection,
    ProtectionBandwidthPoint, SetBlacklist, SetGeoFilter, SetWhitelist, UpdateBlacklist, UpdateGeoFilter,
    UpdateWhitelist,
};
pub use reason::Reason;
pub use secret::Secret;
pub use server_images::{ImageGroup, ListServerImages, ServerImage};
pub use servers::{
    Addon, AddonChoice, AddonScaleQuote, AddonSizes, AppGuide, AttachMeasuredBoot, BillingState,
    BootImageKind, CancelRequest, CancelServer, CancelServerAddon, ChangePrimaryIp, ChangeServerPassword,
    CpuUsage, DailyTraffic, DeleteMeasuredBootImage, DeployServer, Deployed, DisableRescue, DiskSource,
    Downtime, EnableRescue, ExtraAddresses, GetServer, GetServerBandwidth, GetServerMetrics, GetServerStatus,
    LARGEST_BOOT_IMAGE, ListMeasuredBootImages, ListScalePlans, ListServerAddonPrices, ListServerStatuses,
    ListServers, MeasuredBoot, MeasuredBootImage, MetricPoint, Metrics, PowerOffServer, PurchaseServerAddons,
    QuoteRenewal, QuoteScale, QuoteServerAddonScale, ReinstallServer, RenewQuote, RenewServers,
    RestartServer, RestoreServer, RestoreSource, ScaleQuote, ScaleServer, ScaleServerAddons, Server,
    ServerFilter, ServerSort, ServerState, ServerStatus, SetServerIsos, StartServer, StatusEntry, StopServer,
    Traffic, UndoCancelServer, UndoCancelServerAddon, UpdateServerHostname, UpdateServerSshKeys,
    UploadMeasuredBootImage, Usage,
};
pub use sizes::{
    Bytes, Gigabytes, MegabitsPerSecond, Megabytes, MegabytesPerSecond, Packets, PacketsPerSecond, Percent,
    TaxRate, Terabytes,
};
pub use snapshots::{ByDate, DeleteSnapshot, ListSnapshots, Snapshot};
pub use ssh_keys::{
    CreateSshKey, DeleteSshKey, GetSshKey, ListSshKeys, SshKey, SshKeyRef, SshKeyServer, UpdateSshKey,
};
pub use support_plans::{
    CancelSupportPlan, ListSupportPlans, PurchaseSupportPlan, RenewSupportPlan, SupportLevel, SupportPlan,
    UndoCancelSupportPlan,
};
pub use tickets::{
    Attachment, CreateTicket, Department, DownloadAttachment, GetTicket, ListDepartments, ListServices,
    ListTickets, Message, RelatedService, ReplyTicket, ResolveTicket, Ticket, TicketStatus, TicketSummary,
};
pub use times::{Timestamp, UnixSeconds};
pub use told::Told;
pub use two_factor::{
    DisableTwoFactor, EnableTwoFactor, GetTwoFactorSecret, NotACode, OneTimeCode, TwoFactorSecret,
};

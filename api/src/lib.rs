#![doc = include_str!("../README.md")]

mod account;
#[cfg(feature = "client")]
pub mod client;
mod decode;
mod files;
mod ids;
mod invoices;
mod isos;
mod model;
mod money;
mod operation;
mod operations;
mod reason;
mod servers;
mod sizes;
mod tickets;
mod times;

pub use account::{Balance, Country, GetBalance, GetUser, LastDeposit, User};
pub use decode::{Decode, Misfit, Notes};
pub use files::{Content, File, FilePart, FileStream};
pub use ids::{
    AttachmentId, DepartmentId, InvoiceId, IpAddressId, IsoId, MessageId, NotAnId, OrderId, PlanId, ServerId,
    ServerImageId, ServiceId, TicketId,
};
pub use invoices::{DownloadInvoice, Invoice, InvoiceType, ListInvoices};
pub use isos::{CreateIso, DeleteIso, GetIso, Iso, IsoStatus, ListIsos};
pub use model::{Encode, Page};
pub use money::{Money, Price};
pub use operation::{
    Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling, TokenKind, fill,
};
pub use operations::OPERATIONS;
pub use reason::Reason;
pub use servers::{
    Addon, BillingState, CancelRequest, CpuUsage, GetServer, GetServerMetrics, GetServerStatus, ImageGroup,
    IpAddress, ListServerStatuses, ListServers, MetricPoint, Metrics, Plan, PowerOffServer, QuoteRenewal,
    RestartServer, ReverseNames, Server, ServerFilter, ServerImage, ServerSort, ServerState, ServerStatus,
    StartServer, StatusEntry, StopServer, Usage,
};
pub use sizes::{Bytes, Gigabytes, MegabytesPerSecond, Percent, Terabytes};
pub use tickets::{
    Attachment, CreateTicket, Department, DownloadAttachment, GetTicket, ListDepartments, ListServices,
    ListTickets, Message, RelatedService, ReplyTicket, ResolveTicket, Ticket, TicketStatus, TicketSummary,
};
pub use times::{Timestamp, UnixSeconds};

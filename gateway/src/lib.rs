#![doc = include_str!("../README.md")]

mod access;
mod account;
mod activity;
mod audit;
mod breaker;
mod budget;
mod bulk;
mod cache;
mod calls;
mod curl;
mod diagnostics;
mod error;
mod feeds;
mod files;
mod forms;
mod http;
mod invoices;
mod isos;
mod journal;
mod metrics;
mod owner;
mod pages;
mod permissions;
mod power;
mod quotes;
mod reading;
mod seal;
mod send;
mod servers;
mod sessions;
mod shared;
mod sign_in;
mod stopping;
mod storage;
mod timings;
mod views;

pub use access::Access;
pub use account::{Account, AccountKey, Actor};
pub use activity::{AuditFilter, AuditPage, AuditRecord, Outcomes, Who};
pub use bulk::{
    BulkAction, BulkCounts, BulkId, BulkItem, BulkJob, BulkRow, BulkState, BulkSummary, NotABulkJob,
    PauseReason, RowOutcome,
};
pub use diagnostics::{Diagnosis, LastCall, Misfits};
pub use error::{Error, FieldErrors};
pub use feeds::{Feed, Live};
pub use files::FileStream;
pub use forms::{Draft, Submission};
pub use invoices::FoundInvoice;
pub use isos::{IsoProgress, IsosSeen, Phase};
pub use journal::{Decision, NotAPurchase, Purchase, PurchaseId, PurchaseState, Sign, Spent};
pub use metrics::OpenStream;
pub use pages::{Gathered, Gathering, MOST_GATHERED};
pub use permissions::Permissions;
pub use power::{PowerAction, PowerState, ServerSeen};
pub use quotes::{Quote, quote_is_higher, shown_total};
pub use reading::{Freshness, Reading};
pub use seal::{KeyError, SealingKey};
pub use servers::StatusesSeen;
pub use sessions::{Sessions, SignedIn};
pub use shared::{Gateway, Settings, StartError};
pub use sign_in::{Checked, Out, SignInError};
pub use storage::StorageError;
pub use timings::Timings;
pub use tower_sessions_core::Session;
pub use views::{NotAView, SavedView, ViewId};

//! An operation is a value: what is asked, under which route, with which effects and permission.
//!
//! From this one declaration come the request, the permission check, the audit record, the confirmation and
//! the tests of coverage. How it travels is the business of the client.

use std::fmt;

use crate::{decode::Decode, files::FilePart};

/// The verb of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Allowed to read tokens; every other verb needs a write token (FACTS §1, permissions).
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// The verb in capitals.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The weakest kind of token that the provider lets use this verb.
    pub const fn needs(self) -> TokenKind {
        match self {
            Self::Get => TokenKind::Read,
            _ => TokenKind::Write,
        }
    }
}

/// The two kinds of token of the provider; there is no finer scope (FACTS §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Only GET.
    Read,
    /// Everything.
    Write,
}

/// How an operation is known (`x-evidence`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The provider's page was read.
    Documented,
    /// A public client does it.
    Observed,
    /// Only the name is known; route and body are designed after the documented part.
    Inferred,
}

/// What a person must be allowed to do. Ours, finer than the provider's two kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// `account.read`: user data.
    AccountRead,
    /// `account.manage`: change user data and two-factor login.
    AccountManage,
    /// `affiliate.read`: affiliate earnings.
    AffiliateRead,
    /// `affiliate.manage`: take part in the affiliate programme and change its settings.
    AffiliateManage,
    /// `billing.read`: balance, orders, invoices, prices and quotes.
    BillingRead,
    /// `billing.manage`: change or cancel open orders, renewal periods and the support plan.
    BillingManage,
    /// `billing.spend`: order, pay, renew, deposit.
    BillingSpend,
    /// `catalogue.read`: plans, images and what can be bought.
    CatalogueRead,
    /// `images.read`: snapshots and backups.
    ImagesRead,
    /// `images.destroy`: delete snapshots and backups.
    ImagesDestroy,
    /// `isos.read`: ISOs.
    IsosRead,
    /// `isos.manage`: add and delete ISOs.
    IsosManage,
    /// `keys.read`: SSH keys.
    KeysRead,
    /// `keys.manage`: add, change and delete SSH keys.
    KeysManage,
    /// `boot.read`: images for measured boot.
    BootRead,
    /// `boot.manage`: upload and delete images for measured boot.
    BootManage,
    /// `network.read`: floating IPs, protection, attacks.
    NetworkRead,
    /// `network.manage`: reverse names, floating IPs, filters and lists.
    NetworkManage,
    /// `servers.read`: servers, their state and metrics.
    ServersRead,
    /// `servers.power`: start, stop, restart, power off.
    ServersPower,
    /// `servers.manage`: name, password, keys, media, rescue and boot of a server.
    ServersManage,
    /// `servers.destroy`: reinstall, restore over, cancel.
    ServersDestroy,
    /// `tickets.read`: tickets and their files.
    TicketsRead,
    /// `tickets.write`: create, reply, resolve.
    TicketsWrite,
}

impl Permission {
    /// The name in audit records and roles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountRead => "account.read",
            Self::AccountManage => "account.manage",
            Self::AffiliateRead => "affiliate.read",
            Self::AffiliateManage => "affiliate.manage",
            Self::BillingRead => "billing.read",
            Self::BillingManage => "billing.manage",
            Self::BillingSpend => "billing.spend",
            Self::CatalogueRead => "catalogue.read",
            Self::ImagesRead => "images.read",
            Self::ImagesDestroy => "images.destroy",
            Self::IsosRead => "isos.read",
            Self::IsosManage => "isos.manage",
            Self::KeysRead => "keys.read",
            Self::KeysManage => "keys.manage",
            Self::BootRead => "boot.read",
            Self::BootManage => "boot.manage",
            Self::NetworkRead => "network.read",
            Self::NetworkManage => "network.manage",
            Self::ServersRead => "servers.read",
            Self::ServersPower => "servers.power",
            Self::ServersManage => "servers.manage",
            Self::ServersDestroy => "servers.destroy",
            Self::TicketsRead => "tickets.read",
            Self::TicketsWrite => "tickets.write",
        }
    }
}

/// What a call does, a set. Effects, not the verb, decide caching, retry, audit and confirmation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Effects(u8);

impl Effects {
    /// Only reads: may be repeated and cached.
    pub const READS: Self = Self(0);
    /// Changes something.
    pub const CHANGES: Self = Self(1);
    /// Reboots a machine or cuts it off.
    pub const INTERRUPTS: Self = Self(1 | 2);
    /// Something is gone afterwards.
    pub const DESTROYS: Self = Self(1 | 4);
    /// Costs money.
    pub const SPENDS: Self = Self(1 | 8);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when all of `other` is in this set.
    pub const fn contain(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// True when nothing is changed.
    pub const fn only_read(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Debug for Effects {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names =
            [(Self::INTERRUPTS, "interrupts"), (Self::DESTROYS, "destroys"), (Self::SPENDS, "spends")];
        let mut set = formatter.debug_set();
        set.entry(&if self.only_read() { "reads" } else { "changes" });
        set.entries(names.iter().filter(|(effect, _)| self.contain(*effect)).map(|(_, name)| name)).finish()
    }
}

/// One way to write the route of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelling {
    /// The verb.
    pub method: Method,
    /// The path below the base, with `{name}` for arguments.
    pub path: &'static str,
}

impl Spelling {
    /// True when `arguments` has a value for each `{name}`: a spelling for one object cannot stand for a call
    /// about several. Nothing and dots are no values: they would lead to another route.
    pub fn can_be_filled(&self, arguments: &[(&'static str, String)]) -> bool {
        let mut names = self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let is_a_step = |value: &str| !matches!(value, "" | "." | "..");
        names.all(|name| arguments.iter().any(|(given, value)| *given == name && is_a_step(value)))
    }
}

/// What is known of an operation before any value is given.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    /// `operationId` of the contract.
    pub id: &'static str,
    /// The likeliest spelling of the route.
    pub route: Spelling,
    /// The others, tried in this order (`x-alternatives`).
    pub alternatives: &'static [Spelling],
    /// How it is known.
    pub evidence: Evidence,
    /// What the person must be allowed to do.
    pub permission: Permission,
    /// What it reads may not be there although the route names no object: then 404 is an answer.
    pub absent_is_an_answer: bool,
}

impl Info {
    /// An operation with one spelling.
    pub const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        evidence: Evidence,
        permission: Permission,
    ) -> Self {
        Self {
            id,
            route: Spelling { method, path },
            alternatives: &[],
            evidence,
            permission,
            absent_is_an_answer: false,
        }
    }

    /// The same with other likely spellings.
    #[must_use]
    pub const fn or(mut self, alternatives: &'static [Spelling]) -> Self {
        self.alternatives = alternatives;
        self
    }

    /// The same where what it reads may not be there, so that 404 does not speak of the route.
    #[must_use]
    pub const fn may_be_absent(mut self) -> Self {
        self.absent_is_an_answer = true;
        self
    }

    /// All spellings, the likeliest first.
    pub fn spellings(&self) -> impl Iterator<Item = Spelling> {
        std::iter::once(self.route).chain(self.alternatives.iter().copied())
    }

    /// True when the route names no object that could be missing, so that any 404 means "no such route"
    /// (design §3).
    pub fn is_without_id(&self) -> bool {
        !self.absent_is_an_answer && !self.route.path.contains('{')
    }
}

/// The body of a request.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// None.
    Empty,
    /// A JSON object.
    Json(serde_json::Value),
    /// A multipart form: text fields, then files (tickets, replies, measured-boot images).
    Multipart {
        /// Fields in order.
        fields: Vec<(&'static str, String)>,
        /// Files in order.
        files: Vec<FilePart>,
    },
}

impl Body {
    /// A JSON object of those fields that are not null.
    pub(crate) fn given(mut fields: serde_json::Value) -> Self {
        if let Some(object) = fields.as_object_mut() {
            object.retain(|_, value| !value.is_null());
        }
        Self::Json(fields)
    }

    /// True while it can be sent: a file that is read as it goes can be sent only once.
    pub fn can_be_sent(&self) -> bool {
        match self {
            Self::Empty | Self::Json(_) => true,
            Self::Multipart { files, .. } => files.iter().all(|file| file.content.can_be_sent()),
        }
    }
}

/// Only the names of the fields: what is in them may be a password, or personal.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Empty"),
            Self::Json(value) => {
                let names = value.as_object().into_iter().flat_map(serde_json::Map::keys);
                formatter.debug_tuple("Json").field(&names.collect::<Vec<_>>()).finish()
            }
            Self::Multipart { fields, files } => {
                let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
                formatter.debug_tuple("Multipart").field(&names).field(files).finish()
            }
        }
    }
}

/// One call of the provider's API, ready to be sent.
pub trait Operation: Clone + Send + Sync + 'static {
    /// What comes back.
    type Answer: Decode + Send + Sync + 'static;
    /// What is known of the operation.
    const INFO: Info;

    /// What the call does; may depend on the value.
    fn effects(&self) -> Effects;

    /// Arguments of the path, by the names used in its spellings.
    fn arguments(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The query, in order.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The body.
    fn body(&self) -> Body {
        Body::Empty
    }

    /// The object it is about, for audit records: `server 7`. None: the account as a whole.
    fn object(&self) -> Option<String> {
        None
    }
}

/// The path of a spelling with its arguments filled in, each percent-encoded.
pub fn fill(path: &str, arguments: &[(&'static str, String)]) -> String {
    let mut filled = path.to_owned();
    for (name, value) in arguments {
        filled = filled.replace(&format!("{{{name}}}"), &encoded(value));
    }
    filled
}

/// Text percent-encoded for a part of an address: everything but letters, digits and `-._~`.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

//! Ordering a new server.

use serde_json::{Map, Value, json};

use super::{AddonChoice, Server};
use crate::{
    decode::{Decode, Misfit, Notes},
    ids::{BackupId, IsoId, ServerImageId, SnapshotId, SshKeyId},
    model::Encode,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    secret::Secret,
};

/// What the disk of a new server is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskSource {
    /// Installed from an image.
    Image(ServerImageId),
    /// A copy of a snapshot.
    Snapshot(SnapshotId),
    /// A copy of a backup.
    Backup(BackupId),
    /// Empty: it will be installed from an ISO.
    Empty,
}

/// How many addresses to buy beside the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExtraAddresses {
    /// IPv4.
    pub ipv4: u32,
    /// IPv4, filtered against attacks.
    pub ipv4_ddos: u32,
    /// IPv6.
    pub ipv6: u32,
}

/// `POST /servers`: order servers, one for each name. There is no quote for this (FACTS §5.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployServer {
    /// Host names. More than one is inferred from the page's "choice of types".
    pub hostnames: Vec<String>,
    /// Key of the plan, not its id.
    pub plan: String,
    /// Months covered by one payment, 1 to 24; a plan has a minimum (FACTS §1, money).
    pub billing_cycle: u32,
    /// What is on the disk.
    pub source: DiskSource,
    /// First ISO.
    pub primary_iso: Option<IsoId>,
    /// Second ISO.
    pub secondary_iso: Option<IsoId>,
    /// Password of the administrator.
    pub password: Option<Secret>,
    /// Keys to put on it.
    pub ssh_keys: Vec<SshKeyId>,
    /// More addresses.
    pub addresses: ExtraAddresses,
    /// Add-ons.
    pub addons: AddonChoice,
    /// A code that makes it cheaper.
    pub promo_code: Option<String>,
}

impl Operation for DeployServer {
    type Answer = Deployed;
    const INFO: Info =
        Info::new("deployServer", Method::Post, "/servers", Evidence::Documented, Permission::BillingSpend);
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        let name = match self.hostnames.as_slice() {
            [one] => json!(one),
            several => json!(several),
        };
        let (mut image, mut snapshot, mut backup) = (None, None, None);
        match self.source {
            DiskSource::Image(id) => image = Some(id.get()),
            DiskSource::Snapshot(id) => snapshot = Some(id.get()),
            DiskSource::Backup(id) => backup = Some(id.get()),
            DiskSource::Empty => {}
        }
        let keys: Vec<_> = self.ssh_keys.iter().map(|id| id.get()).collect();
        let count = |number: u32| (number > 0).then_some(number);
        let mut fields = json!({
            "name": name,
            "plan": self.plan,
            "billing_cycle": self.billing_cycle,
            "image_id": image,
            "snapshot_id": snapshot,
            "backup_id": backup,
            "primary_iso_id": self.primary_iso.map(IsoId::get),
            "secondary_iso_id": self.secondary_iso.map(IsoId::get),
            "password": self.password.as_ref().map(Secret::expose),
            "ssh_keys": (!keys.is_empty()).then_some(keys),
            "extra_ipv4": count(self.addresses.ipv4),
            "extra_ipv4_ddos": count(self.addresses.ipv4_ddos),
            "extra_ipv6": count(self.addresses.ipv6),
            "promo_code": self.promo_code,
        });
        if let (Value::Object(all), Value::Object(addons)) = (&mut fields, self.addons.fields()) {
            all.extend(addons);
        }
        Body::given(fields)
    }
    fn object(&self) -> Option<String> {
        Some(format!("plan {}", self.plan))
    }
}

/// The servers that were ordered, as far as the answer tells. Its page is lost: one server is assumed, but it
/// may be a list or an order, and what is accepted is bought in any case. So nothing here is ever a failure.
#[derive(Debug, Clone, PartialEq)]
pub struct Deployed(pub Vec<Server>);

impl Decode for Deployed {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        // An order has an id too: only what has a host name is taken for a server.
        let is_server = |object: &Map<String, Value>| object.contains_key("hostname");
        let one = value.get("data").filter(|inner| inner.is_object()).unwrap_or(value);
        let rows = match value.get("data").unwrap_or(value) {
            Value::Array(rows) => rows.as_slice(),
            _ => std::slice::from_ref(one),
        };
        let mut servers = Vec::new();
        for row in rows {
            match row.as_object().filter(|row| is_server(row)) {
                Some(_) => servers.extend(Option::<Server>::decode(row, notes)?),
                None => notes.add(Misfit::new("a server", row)),
            }
        }
        Ok(Self(servers))
    }

    fn missing() -> Option<Self> {
        Some(Self(Vec::new()))
    }

    fn expects_nothing() -> bool {
        true
    }
}

impl Encode for Deployed {
    fn encode(&self) -> Value {
        match self.0.as_slice() {
            [one] => one.encode(),
            several => several.iter().map(Encode::encode).collect(),
        }
    }
}

//! Addresses: what they are, their reverse names, and whether the filter against attacks stands before them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    decode::{Decode, Misfit, Notes},
    ids::{FloatingIpId, IpAddressId, ServerId},
    model::{Encode, model},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    servers::BillingState,
    times::Timestamp,
    told::Told,
};

model! {
    /// An address of the account (`IpAddress`).
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
        /// Sold on its own, and as what.
        pub floating_ip: Option<Floating>,
        /// Reverse names (FACTS §2, address).
        pub reverse_names: Option<ReverseNames> = "ptr",
        /// When it came to the account.
        pub assigned_on: Option<Timestamp>,
        /// Only in older samples.
        pub gateway: Option<String>,
        /// Only in older samples.
        pub mask: Option<String>,
    }
}

impl IpAddress {
    /// Whether filters, lists and attacks can be asked about it.
    ///
    /// # Errors
    /// The reason why not: only protected addresses have them (FACTS §5.13).
    pub fn can_be_protected(&self) -> Result<(), Reason> {
        match self.ddos_protected {
            Some(false) => {
                Err(Reason("It is not protected against attacks: only protected addresses are filtered."))
            }
            _ => Ok(()),
        }
    }

    /// True when it is sold on its own. None: not told.
    pub fn is_floating(&self) -> Option<bool> {
        self.floating_ip.as_ref().map(|floating| match floating {
            Floating::Is(yes) => *yes,
            Floating::As(_) => true,
        })
    }
}

/// Whether an address is a floating IP: a boolean on one page, an object or null on a newer one (FACTS §2,
/// address).
#[derive(Debug, Clone, PartialEq)]
pub enum Floating {
    /// It is, or is not.
    Is(bool),
    /// It is this one.
    As(FloatingIpReference),
}

impl Decode for Floating {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::Object(_) => FloatingIpReference::decode(value, notes).map(Self::As),
            _ => bool::decode(value, notes).map(Self::Is),
        }
    }
}

impl Encode for Floating {
    fn encode(&self) -> Value {
        match self {
            Self::Is(yes) => Value::from(*yes),
            Self::As(reference) => reference.encode(),
        }
    }
}

model! {
    /// A floating IP as its address names it (`FloatingIpReference`).
    pub struct FloatingIpReference {
        /// Id.
        pub id: FloatingIpId,
        /// State.
        pub status: Option<BillingState>,
        /// The address.
        pub address: Option<String> = "ip",
        /// The server it is attached to.
        pub server_id: Told<ServerId>,
        /// End of the paid period.
        pub expiry_at: Option<Timestamp> = "expiry",
    }
}

/// Reverse names. Answers give a map from address to name; a request takes one name for an IPv4 address and a
/// map for an IPv6 block (FACTS §2, address). Either is read in answers too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReverseNames {
    /// The name of the address itself.
    One(String),
    /// Names by address.
    ByAddress(BTreeMap<String, String>),
}

impl ReverseNames {
    /// The names, in the order of their addresses.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::One(name) => vec![name],
            Self::ByAddress(names) => names.values().map(String::as_str).collect(),
        }
    }
}

impl Decode for ReverseNames {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::String(name) => Ok(Self::One(name.clone())),
            Value::Object(names) => {
                let mut kept = BTreeMap::new();
                for (address, name) in names {
                    match String::decode(name, notes) {
                        Ok(name) => drop(kept.insert(address.clone(), name)),
                        Err(_) if name.is_null() => {}
                        // The step is not the address: notes never hold what was sent.
                        Err(misfit) => notes.within("name", |notes| notes.add(misfit)),
                    }
                }
                Ok(Self::ByAddress(kept))
            }
            // An empty PHP map is an empty list in JSON.
            Value::Array(list) if list.is_empty() => Ok(Self::ByAddress(BTreeMap::new())),
            _ => Err(Misfit::new("a name, or a map from address to name", value)),
        }
    }
}

impl Encode for ReverseNames {
    fn encode(&self) -> Value {
        match self {
            Self::One(name) => Value::from(name.clone()),
            Self::ByAddress(names) => {
                names.iter().map(|(address, name)| (address.clone(), Value::from(name.clone()))).collect()
            }
        }
    }
}

/// `PATCH /ip-addresses/{id}`: set reverse names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateIpAddress {
    /// Which address.
    pub id: IpAddressId,
    /// One name for IPv4, a map for IPv6.
    pub reverse_names: ReverseNames,
}

impl Operation for UpdateIpAddress {
    type Answer = IpAddress;
    const INFO: Info = Info::new(
        "updateIpAddress",
        Method::Patch,
        "/ip-addresses/{id}",
        Evidence::Documented,
        Permission::NetworkManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "ptr": self.reverse_names.encode() }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}

//! An address of the account: a server's own, or a floating one that sits on a server or waits.
//! The id of an address, not the address, is what reverse names and protection ask for (FACTS §2).

use crate::stamp;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One address. IPv6 ones stand for their whole /64.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub id: i64,
    pub ip: String,
    /// 4 or 6.
    pub version: u8,
    /// The primary address of its server.
    pub main: bool,
    pub ddos_protected: bool,
    /// The floating IP it was sold as.
    pub floating: Option<i64>,
    /// Reverse names by address.
    pub names: BTreeMap<String, String>,
    pub assigned_on: Timestamp,
}

impl Address {
    /// With a reverse name of its own, or none.
    pub fn named(mut self, name: Option<String>) -> Self {
        self.names = name.map(|name| (self.ip.clone(), name)).into_iter().collect();
        self
    }

    /// `IpAddress`, in the form of the older pages: `floating_ip` says yes or no.
    pub fn json(&self) -> Value {
        let names: Map<String, Value> =
            self.names.iter().map(|(ip, name)| (ip.clone(), json!(name))).collect();
        json!({
            "id": self.id,
            "ip_address": self.ip,
            "prefix": if self.version == 4 { 32 } else { 64 },
            "version": self.version,
            "type": "public",
            "main": self.main,
            "ddos_protected": self.ddos_protected,
            "floating_ip": self.floating.is_some(),
            "ptr": if names.is_empty() { Value::Null } else { Value::Object(names) },
            "assigned_on": stamp::iso(self.assigned_on),
        })
    }
}

//! Disks put aside: snapshots, which customers order elsewhere, and the weekly backups of the add-on
//! (FACTS §3 and §4). A deletion takes a while; until then they are listed.

use super::images::Image;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Days between two backups.
pub(crate) const BACKUP_EVERY: i64 = 7;
/// Days a backup is kept.
pub(crate) const BACKUP_KEPT: i64 = 21;

/// A disk image taken on demand.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub id: i64,
    pub server_id: i64,
    pub name: String,
    pub created_at: Timestamp,
    /// GB of disk.
    pub size: u32,
    /// What is installed on it.
    pub image: Option<&'static Image>,
    /// When its deletion is done.
    pub gone_at: Option<Timestamp>,
}

/// A disk image taken by the weekly add-on. It keeps the server's name and address of that day.
#[derive(Debug, Clone)]
pub(crate) struct Backup {
    pub id: i64,
    pub server_id: i64,
    pub hostname: String,
    pub ip: String,
    pub created_at: Timestamp,
    /// GB of disk.
    pub size: u32,
    /// What is installed on it.
    pub image: Option<&'static Image>,
    /// When its deletion is done.
    pub gone_at: Option<Timestamp>,
}

impl Snapshot {
    pub fn exists(&self, now: Timestamp) -> bool {
        self.gone_at.is_none_or(|at| at > now)
    }

    /// `Snapshot`
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "server_id": self.server_id,
            "name": self.name,
            "created_at": stamp::iso(self.created_at),
            "size": self.size,
        })
    }
}

impl Backup {
    /// Until it is deleted or three weeks old.
    pub fn exists(&self, now: Timestamp) -> bool {
        self.gone_at.is_none_or(|at| at > now) && stamp::later_days(self.created_at, BACKUP_KEPT) > now
    }

    /// `Backup`
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "server_id": self.server_id,
            "server_hostname": self.hostname,
            "server_ip": self.ip,
            "name": format!("{} weekly", self.hostname),
            "created_at": stamp::iso(self.created_at),
            "size": self.size,
        })
    }
}

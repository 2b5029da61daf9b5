//! What is on the disk and in the drives of a server.

use serde_json::json;

use super::Server;
use crate::{
    ids::{BackupId, IsoId, ServerId, ServerImageId, SnapshotId, SshKeyId},
    isos::Iso,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    secret::Secret,
    told::Told,
};

impl Server {
    /// What is in the first and in the second drive, as far as the provider tells it.
    pub fn drives(&self) -> [&Told<Box<Iso>>; 2] {
        [&self.primary_iso, &self.secondary_iso]
    }
}

/// `POST /servers/{id}/isos`: insert or eject ISOs. Both drives are set each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetServerIsos {
    /// Which server.
    pub id: ServerId,
    /// What is in the first drive afterwards; none ejects.
    pub primary: Option<IsoId>,
    /// What is in the second drive afterwards; none ejects.
    pub secondary: Option<IsoId>,
}

impl Operation for SetServerIsos {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "setServerIsos",
        Method::Post,
        "/servers/{id}/isos",
        Evidence::Inferred,
        Permission::ServersManage,
    )
    .or(&[Spelling { method: Method::Post, path: "/servers/{id}/iso" }]);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        // Here null says something: it ejects.
        Body::Json(json!({
            "primary_iso_id": self.primary.map(IsoId::get),
            "secondary_iso_id": self.secondary.map(IsoId::get),
        }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

/// What to restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreSource {
    /// A snapshot.
    Snapshot(SnapshotId),
    /// A backup.
    Backup(BackupId),
}

/// `POST /servers/{id}/restore`: overwrite the disk with a snapshot or backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoreServer {
    /// Which server.
    pub id: ServerId,
    /// What from.
    pub source: RestoreSource,
}

impl Operation for RestoreServer {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "restoreServer",
        Method::Post,
        "/servers/{id}/restore",
        Evidence::Inferred,
        Permission::ServersDestroy,
    );
    fn effects(&self) -> Effects {
        Effects::DESTROYS.and(Effects::INTERRUPTS)
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(match self.source {
            RestoreSource::Snapshot(id) => json!({ "snapshot_id": id.get() }),
            RestoreSource::Backup(id) => json!({ "backup_id": id.get() }),
        })
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

/// `POST /servers/{id}/reinstall`: overwrite the disk with a fresh install.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReinstallServer {
    /// Which server.
    pub id: ServerId,
    /// What to install.
    pub image: ServerImageId,
    /// Password of the administrator.
    pub password: Option<Secret>,
    /// Keys to put on it.
    pub ssh_keys: Vec<SshKeyId>,
    /// A new host name; none: the present one.
    pub hostname: Option<String>,
}

impl Operation for ReinstallServer {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "reinstallServer",
        Method::Post,
        "/servers/{id}/reinstall",
        Evidence::Inferred,
        Permission::ServersDestroy,
    );
    fn effects(&self) -> Effects {
        Effects::DESTROYS.and(Effects::INTERRUPTS)
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        let keys: Vec<_> = self.ssh_keys.iter().map(|id| id.get()).collect();
        Body::given(json!({
            "image_id": self.image.get(),
            "password": self.password.as_ref().map(Secret::expose),
            "ssh_keys": (!keys.is_empty()).then_some(keys),
            "hostname": self.hostname,
        }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

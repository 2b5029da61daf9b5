//! Settings of a server: name, password, keys, primary address.

use serde_json::json;

use super::Server;
use crate::{
    ids::{IpAddressId, ServerId, SshKeyId},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    secret::Secret,
};

/// `PUT /servers/{id}/password`: set the password of root or Administrator. Takes effect with a reboot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeServerPassword {
    /// Which server.
    pub id: ServerId,
    /// At least 6 characters.
    pub password: Secret,
    /// Reboot now.
    pub reboot: bool,
}

impl Operation for ChangeServerPassword {
    type Answer = ();
    const INFO: Info = Info::new(
        "changeServerPassword",
        Method::Put,
        "/servers/{id}/password",
        Evidence::Documented,
        Permission::ServersManage,
    );
    fn effects(&self) -> Effects {
        if self.reboot { Effects::INTERRUPTS } else { Effects::CHANGES }
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "password": self.password.expose(), "reboot": self.reboot }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

/// `PUT /servers/{id}/hostname`: rename.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateServerHostname {
    /// Which server.
    pub id: ServerId,
    /// 1 to 253 characters.
    pub hostname: String,
}

impl Operation for UpdateServerHostname {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "updateServerHostname",
        Method::Put,
        "/servers/{id}/hostname",
        Evidence::Inferred,
        Permission::ServersManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "hostname": self.hostname }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

/// `PATCH /servers/{id}/ssh-keys`: set the keys that a server carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateServerSshKeys {
    /// Which server.
    pub id: ServerId,
    /// All of them; empty: none.
    pub ssh_keys: Vec<SshKeyId>,
    /// Reboot now.
    pub reboot: bool,
}

impl Operation for UpdateServerSshKeys {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "updateServerSshKeys",
        Method::Patch,
        "/servers/{id}/ssh-keys",
        Evidence::Inferred,
        Permission::ServersManage,
    );
    fn effects(&self) -> Effects {
        if self.reboot { Effects::INTERRUPTS } else { Effects::CHANGES }
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        let keys: Vec<_> = self.ssh_keys.iter().map(|id| id.get()).collect();
        Body::Json(json!({ "ssh_keys": keys, "reboot": self.reboot }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

/// `POST /servers/{id}/primary-ip`: make another address the primary one. Reboots at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangePrimaryIp {
    /// Which server.
    pub id: ServerId,
    /// Which of its addresses.
    pub address: IpAddressId,
}

impl Operation for ChangePrimaryIp {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "changePrimaryIp",
        Method::Post,
        "/servers/{id}/primary-ip",
        Evidence::Documented,
        Permission::ServersManage,
    );
    fn effects(&self) -> Effects {
        Effects::INTERRUPTS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "ip_id": self.address.get() }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}
